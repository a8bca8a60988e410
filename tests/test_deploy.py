"""What deploy/ says must fit to the house: nobody here builds a container or starts a unit."""

import argparse
import json
import re
import shlex
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path

import django
import pytest

from erdkreis import cli
from erdkreis.operations.machines import ANSWERS

ROOT = Path(__file__).parents[1]
CONTAINER = ROOT / "deploy" / "Containerfile"
IN_PLACE = "/opt/erdkreis"
# What scripts/set_up.py and the build of the package read, beside themselves.
NEEDED = {"requirements", "scripts", "src", "pyproject.toml", "package.json", "package-lock.json"}
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def steps():
    """Return each instruction of the Containerfile with its words, lines put together."""
    text = re.sub(r"^#.*\n", "", CONTAINER.read_text(), flags=re.MULTILINE).replace("\\\n", " ")
    return [tuple(line.split(maxsplit=1)) for line in text.splitlines() if line.strip()]


def said(name):
    return [words for step, words in steps() if step == name]


def health_check():
    """Return what the container runs to see whether it is well."""
    return json.loads(said("HEALTHCHECK")[-1].partition("CMD ")[2])


def understood(command):
    """Let the command line itself read a command, without running it."""
    program, name, *options = shlex.split(command)
    assert Path(program).name == "erdkreis"
    parser = argparse.ArgumentParser()
    import_module(f"erdkreis.cli.{cli.COMMANDS[name][0]}").add_arguments(parser)
    return parser.parse_args(options)


def test_what_is_copied_is_there_and_not_held_back():
    held_back = (ROOT / ".containerignore").read_text().split()
    copied = {
        name
        for words in said("COPY")
        if not words.startswith("--from")
        for name in words.split()[:-1]
    }
    project = (ROOT / "pyproject.toml").read_text()
    read_by_the_build = {
        *re.findall(r'^readme = "(.+)"|license-files = \["(.+)"\]', project, re.MULTILINE)
    }
    files = {name for pair in read_by_the_build for name in pair if name}

    assert {name for name in copied if not (ROOT / name).exists()} == set()
    assert copied & set(held_back) == set()
    assert NEEDED | files == copied


def test_both_stages_have_the_same_python_in_the_same_place():
    built, run = (words.split()[0] for words in said("FROM"))

    assert built == run  # the environment points to it
    assert said("WORKDIR")[0] == IN_PLACE
    assert f"--from=built {IN_PLACE} {IN_PLACE}" in said("COPY")
    environment = " ".join(said("ENV"))
    assert f"PATH={IN_PLACE}/.venv/bin:" in environment
    oldest = re.search(r'requires-python = ">=(\d+)\.(\d+)"', (ROOT / "pyproject.toml").read_text())
    version = re.search(r"python:(\d+)\.(\d+)-", run)
    assert [*map(int, version.groups())] >= [*map(int, oldest.groups())]


def test_it_runs_without_rights_and_writes_into_its_volume_alone():
    (user,), (volume,) = said("USER"), said("VOLUME")
    made = " ".join(said("RUN"))

    assert user != "0"
    assert f"--uid {user} " in made
    assert f"-o erdkreis -g erdkreis {volume}" in made
    assert f"ERDKREIS_DATA={volume}" in " ".join(said("ENV"))
    assert [step for step, _words in steps()].index("USER") < len(steps()) - 1


def test_it_runs_the_documented_commands():
    shell, flag, script = json.loads(said("CMD")[-1])
    first, _and, second = script.partition(" && ")

    assert (shell, flag) == ("sh", "-c")
    understood(first)
    assert understood(second.removeprefix("exec ")).host == "0.0.0.0"
    assert f"PORT={said('EXPOSE')[0]}" in " ".join(said("ENV"))


def test_it_asks_an_address_that_there_is():
    program, flag, code = health_check()
    (path,) = re.findall(r"\}(/[\w/]+)'", code)

    assert (program, flag) == ("python", "-c")
    compile(code, "health check", "exec")
    assert path in ANSWERS


@pytest.mark.parametrize("package", [django, cli])
def test_whatever_runs_was_compiled_when_it_was_set_up(package):
    """Nobody may write there later: each start would compile two thousand files anew."""
    assert Path(cache_from_source(package.__file__)).exists()


def test_the_manual_names_what_is_there():
    manual = (ROOT / "docs" / "operations.md").read_text()

    assert "podman build --format docker -f deploy/Containerfile" in manual
    assert all((ROOT / path).exists() for path in re.findall(r"deploy/[\w-]+\.?\w*", manual))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_runs_commands_that_there_are(unit):
    commands = re.findall(r"^ExecStart(?:Pre)?=(.+)$", unit.read_text(), re.MULTILINE)

    assert commands
    for command in commands:
        assert command.startswith(f"{IN_PLACE}/.venv/bin/")
        understood(command)
