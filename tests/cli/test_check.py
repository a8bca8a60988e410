"""erdkreis check privacy: a run of its own, with a database of its own."""

import json
import os
import subprocess
import sys

import pytest

from erdkreis.checks.privacy import ALL_KINDS


def check(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: PLW1510 - the exit code is looked at
        [sys.executable, "-m", "erdkreis", "check", *arguments],
        capture_output=True, text=True, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


@pytest.mark.long
def test_a_small_run_names_every_attack_and_nobody():
    ran = check("privacy", "--circles", "20", "--json", "-")

    attacks = json.loads(ran.stdout)["attacks"]
    assert ran.returncode == 0, ran.stderr
    assert [attack["name"] for attack in attacks] == list(ALL_KINDS)
    assert {attack["successes"] for attack in attacks} == {0}
    assert all(attack.keys() == {"name", "tries", "successes"} for attack in attacks)


def test_wrong_use_ends_with_two():
    assert check("privacy", "--circles", "0").returncode == 2
    assert check("nothing").returncode == 2
