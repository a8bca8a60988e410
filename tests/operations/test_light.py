"""What a phone waits for is light: the pages of a running round load nothing that calculates."""

import subprocess
import sys

import pytest

HEAVY = ["numpy", "scipy", "sklearn", "polars", "openpyxl", "xlsxwriter", "odfdo", "pyreadstat",
         "weasyprint", "PIL", "lxml", "requests", "distributed",
         "segno", "django_stubs_ext", "django.contrib.admin"]  # fmt: skip
LOADED = f"""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings_for_tests"
from erdkreis.config.wsgi import application
from django.urls import get_resolver
assert len(get_resolver().reverse_dict) > 20
print(*(name for name in {HEAVY} if name in sys.modules))
"""


def test_every_address_is_known_before_anything_heavy_is_loaded():
    """A start that loads it all takes three times the memory, and as many seconds."""
    tests = next(path for path in sys.path if path.endswith("/tests"))
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={"PYTHONPATH": tests, "PATH": ""}, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split() == []


@pytest.mark.django_db
def test_answering_asks_the_analysis_nothing(employees, phone, monkeypatch):
    """Whoever answers while a picture is made reads no release and calculates nothing."""
    from factories.phones import at, begin

    monkeypatch.setitem(sys.modules, "numpy", None)  # importing it now fails
    monkeypatch.setitem(sys.modules, "scipy", None)
    begin(phone, employees)

    assert phone.get(at(employees, 1)).status_code == 200
    assert phone.post(at(employees, 1), {"answer": "4"}).status_code == 302
    assert phone.get(at(employees, "check")).status_code == 200
    assert phone.post(at(employees, "check")).status_code == 302
    assert phone.get(at(employees, "thanks")).status_code == 200
