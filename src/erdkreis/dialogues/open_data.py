"""A dialogue as Polis open data: files that other programs for such conversations read.

Of a conversation that was published elsewhere, everything; of one of our own, statements with the
counts that were let out. How each person voted is in none of those.
"""

from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.conf import settings

from erdkreis.calc.opinion.sign import AGREE, DISAGREE
from erdkreis.calc.privacy import Showing, VoteCell
from erdkreis.dialogues.models import Dialogue, Statement, Vote
from erdkreis.dialogues.queries import counted_statements
from erdkreis.dialogues.services import heard_so_far, released_votes
from erdkreis.web.csv_lines import csv_lines
from erdkreis.web.long_reading import long_reading

AT_A_TIME = 5_000
MODERATED = {"accepted": 1, "pending": 0, "rejected": -1}
STATEMENTS = (
    "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated",
    "comment-body", "is-seed", "is-meta",
)  # fmt: skip
PARTICIPANT = ("participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree")

Rows = Iterator[list[Any]]
Lines = Callable[[Dialogue], Iterator[str]]


def files_of(dialogue: Dialogue) -> dict[str, Lines]:
    """Return the files there are, by name, each a function that yields its lines."""
    both: dict[str, Lines] = {"comments.csv": comments, "summary.csv": summary}
    return both | ({"participants-votes.csv": matrix} if dialogue.is_public_source else {})


def comments(dialogue: Dialogue) -> Iterator[str]:
    """Yield the statements. Times and authors are not kept, so these columns stay empty."""
    with long_reading():
        cells = released_votes(dialogue)
    rows = (
        _statement(statement, cells.get(statement.pk)) for statement in counted_statements(dialogue)
    )
    return csv_lines(STATEMENTS, rows)


def matrix(dialogue: Dialogue) -> Iterator[str]:
    """Yield one line a participant, one column a statement; empty: not seen."""
    statements = counted_statements(dialogue)
    places = {statement.pk: at for at, statement in enumerate(statements)}
    header = [*PARTICIPANT, *(_number(statement) for statement in statements)]
    return csv_lines(header, _participants(dialogue, places))


def summary(dialogue: Dialogue) -> Iterator[str]:
    """Yield keys and values, without a header, as Polis writes them; and what the signs mean."""
    with long_reading():
        n_heard = heard_so_far(dialogue)
    rows: list[list[Any]] = [
        ["url", dialogue.source or f"{settings.PUBLIC_URL}/d/{dialogue.slug}/"],
        ["voters", n_heard],
        ["comments", len(counted_statements(dialogue))],
        ["conversation-description", dialogue.intro],
        ["licence", dialogue.licence],
        ["vote-sign", f"{AGREE} means agree; 0 pass; {DISAGREE} disagree; empty not seen"],
    ]
    return csv_lines(["topic", dialogue.title], rows)


def _statement(statement: Statement, cell: VoteCell | None) -> list[Any]:
    is_told = cell is not None and cell.showing is Showing.COUNTS
    return [
        None,
        None,
        _number(statement),
        None,
        cell.agree if cell and is_told else None,
        cell.disagree if cell and is_told else None,
        MODERATED[statement.status],
        statement.wording,
        str(statement.is_seed).lower(),
        str(statement.is_meta).lower(),
    ]


def _participants(dialogue: Dialogue, places: dict[int, int]) -> Rows:
    votes = (
        Vote.objects.filter(voter__dialogue=dialogue)
        .order_by("voter")
        .values_list("voter", "voter__external_id", "statement", "value")
        .iterator(chunk_size=AT_A_TIME)
    )
    with long_reading():
        for (_voter, number), cast in groupby(votes, key=itemgetter(0, 1)):
            row: list[int | None] = [None] * len(places)
            for _same, _number_again, statement, value in cast:
                row[places[statement]] = value
            n_agree, n_disagree = row.count(AGREE), row.count(DISAGREE)
            n_votes = len(row) - row.count(None)
            yield [number, None, None, n_votes, n_agree, n_disagree, *row]


def _number(statement: Statement) -> str:
    return statement.external_id or str(statement.number)
