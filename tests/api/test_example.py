"""The example in the documentation runs against a server, as somebody would run it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from factories import pictures
from factories.programs import program

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


@pytest.mark.django_db(transaction=True)
def test_the_example_of_the_guide_runs(circle, live_server):
    pictures.with_picture(circle)
    (example,) = re.findall(r"```python\n(.+?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    here = {"ERDKREIS_URL": live_server.url, "ERDKREIS_TOKEN": program(circle).secret}

    done = subprocess.run(
        [sys.executable, "-c", example], env=os.environ | here, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert "First round · picture" in done.stdout
    assert "employees q1_work.employees.core 22 answers" in done.stdout
    assert "prepared: How we are seen, next autumn" in done.stdout
    assert circle.rounds.filter(title="How we are seen, next autumn").count() == 1
