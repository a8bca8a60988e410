"""A conversation published elsewhere: the files somebody sends → what stands in them, and back.

Polis names its downloads after the conversation (``…-votes.csv``); the end of a name says which
file it is. What was looked through travels on in the page as plain numbers and texts.
"""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.core.files import File
from django.utils.translation import gettext as _

from erdkreis.calc.opinion.sign import AGREE, DISAGREE
from erdkreis.calc.opinion.statements import Statement
from erdkreis.dialogues.polis_files import (
    PolisExport,
    PolisFilesError,
    PolisVotes,
    read_polis_folder,
)

# The matrix before the log: its name ends like the log's.
KNOWN = {
    "participants-votes.csv": "participants-votes.csv",
    "participant-votes.csv": "participants-votes.csv",
    "votes.csv": "votes.csv",
    "comments.csv": "comments.csv",
    "summary.csv": "summary.csv",
}
SHOWN_STATEMENTS = 5


@dataclass(frozen=True)
class Counted:
    """One statement and its votes, so that somebody who knows it sees whether the sign is right."""

    text: str
    n_agree: int
    n_disagree: int


def read_files(files: Iterable[File[bytes]]) -> PolisExport:
    """Read what was sent; raise PolisFilesError with file and line for what cannot be read."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            name = _known_name(file.name or "")
            path = Path(folder) / name
            if path.exists():
                raise PolisFilesError(_("There are two files called %(name)s.") % {"name": name})
            with path.open("wb") as copy:
                shutil.copyfileobj(file, copy)
        return read_polis_folder(Path(folder))


def _known_name(sent: str) -> str:
    for ending, name in KNOWN.items():
        if sent.lower().endswith(ending):
            return name
    raise PolisFilesError(
        _("One of these files is not named as the files of a dialogue are. Their names end in "
          "comments.csv, votes.csv, participants-votes.csv or summary.csv.")
    )  # fmt: skip


def turned(export: PolisExport) -> PolisExport:
    """Return the same conversation with agreement and disagreement exchanged."""
    votes = export.votes
    values = np.asarray(votes.values * DISAGREE, dtype=np.int8)
    changed = PolisVotes(votes.participants, votes.statements, values, votes.n_cast)
    return PolisExport(**(_shallow(export) | {"votes": changed}))


def first_statements(export: PolisExport) -> list[Counted]:
    """Return the statements with most votes, as they would be counted."""
    votes = export.votes
    ids, counts = np.unique(votes.statements, return_counts=True)
    most = ids[np.argsort(-counts, kind="stable")[:SHOWN_STATEMENTS]].tolist()
    texts = {statement.id: statement.text for statement in export.statements}
    return [
        Counted(texts[one], *(_n(votes, one, value) for value in (AGREE, DISAGREE))) for one in most
    ]


def n_people(export: PolisExport) -> int:
    return len(np.unique(export.votes.participants))


def as_data(export: PolisExport) -> dict[str, Any]:
    votes = export.votes
    return _shallow(export) | {
        "statements": [asdict(statement) for statement in export.statements],
        "votes": [votes.participants.tolist(), votes.statements.tolist(), votes.values.tolist()],
        "n_cast": votes.n_cast,
    }


def from_data(data: dict[str, Any]) -> PolisExport:
    participants, statements, values = data["votes"]
    return PolisExport(
        topic=data["topic"],
        description=data["description"],
        url=data["url"],
        statements=tuple(Statement(**one) for one in data["statements"]),
        votes=PolisVotes(
            np.array(participants, dtype=np.int64),
            np.array(statements, dtype=np.int64),
            np.array(values, dtype=np.int8),
            data["n_cast"],
        ),
        looks_inverted=data["looks_inverted"],
    )


def _shallow(export: PolisExport) -> dict[str, Any]:
    return dict(vars(export))


def _n(votes: PolisVotes, statement: int, value: int) -> int:
    return int(((votes.statements == statement) & (votes.values == value)).sum())
