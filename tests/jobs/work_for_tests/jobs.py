"""Kinds of work that write into a folder what they did."""

import os
import time
from pathlib import Path

from erdkreis.circles.models import Organisation
from erdkreis.jobs.kinds import job

FOLDER = Path(os.environ.get("WORK_FOR_TESTS", "/nowhere"))


def _write(name, line):
    with (FOLDER / name).open("a") as file:
        file.write(f"{line}\n")


@job("test.quick", "Something quick")
def quick(work):
    _write("quick", work.numbers["n"])
    time.sleep(0.01)


@job("test.one", "The same, never twice at once")
def one(work):
    (FOLDER / "inside").mkdir()  # fails if somebody else is inside
    time.sleep(0.1)
    (FOLDER / "inside").rmdir()
    _write("one", work.numbers["n"])


@job("test.slow", "Something that waits until it may go on")
def slow(work):
    _write("slow", os.getpid())
    while not (FOLDER / "go").exists():
        time.sleep(0.02)
    Organisation.objects.get_or_create(name=f"made by {work.numbers['n']}")
