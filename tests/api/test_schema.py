"""Schemathesis against the running service: nothing that the description does not promise.

A few examples here, the same every time; by hand thousands, with `schemathesis run`.
"""

import subprocess
import sys
from pathlib import Path

import pytest

from erdkreis.api.v1 import operations
from erdkreis.pictures.services import prepare_publication, publish_picture
from factories import conversations, dialogues, experiments, pictures, rounds
from factories.programs import program

COMMAND = Path(sys.executable).with_name("schemathesis")
OPTIONS = (
    "--phases", "fuzzing", "--max-examples", "4", "--seed", "20261125", "--no-color",
    "--generation-database", "none", "--request-timeout", "60",
)  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
def test_schemathesis_finds_no_violation(circle, live_server, tmp_path):
    """Numbers that exist are named, or nearly every example would miss what it is about."""
    seen, changed = pictures.with_picture(circle), rounds.promised(circle)
    publish_picture(seen, "Ada")
    named = {
        "round_id": changed.pk,
        "code": "employees",
        "key": "chairs",
        "slug": prepare_publication(seen).slug,
        "experiment_id": experiments.shaped(circle).pk,
        "dialogue_id": dialogues.dialogue(circle).pk,
        "conversation_id": conversations.conversation(circle).pk,
    }
    lines = [f'"path.{name}" = {value!r}' for name, value in named.items()]
    (tmp_path / "schemathesis.toml").write_text("\n".join(["[parameters]", *lines, ""]))
    address, token = f"{live_server.url}/api/v1/openapi.json", program(circle).secret

    n_operations = sum(map(len, operations.description["paths"].values()))

    done = subprocess.run(
        [COMMAND, "run", address, "-H", f"Authorization: Bearer {token}", *OPTIONS],
        cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-6000:]
    assert f"{n_operations} passed" in done.stdout
