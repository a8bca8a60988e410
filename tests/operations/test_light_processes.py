"""Each megabyte of a process is there as many times as there are processes."""

import os
import subprocess
import sys

LOAD = {
    "a web process": (
        "from erdkreis.config.wsgi import application;"
        "from django.urls import get_resolver; get_resolver()._populate();"
    ),
    "a worker": "import django; django.setup(); from erdkreis.jobs.kinds import kinds; kinds();",
}
HEAVY = "numpy scipy sklearn polars pandas dask distributed weasyprint openpyxl odfdo pyreadstat"


def loaded(folder, who):
    code = f"{LOAD[who]}import sys; print(sorted(set('{HEAVY}'.split()) & sys.modules.keys()))"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings", "ERDKREIS_DATA": str(folder),
    }  # fmt: skip
    command = [sys.executable, "-W", "ignore", "-c", code]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return ended.stdout.strip()


def test_neither_loads_a_library_of_statistics_before_it_is_needed(tmp_path):
    assert {who: loaded(tmp_path, who) for who in LOAD} == dict.fromkeys(LOAD, "[]")
