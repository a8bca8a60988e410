"""Attacks by an operator who takes a copy of the database while people still answer.

She reads every row with its place in the file and, on PostgreSQL, the number of the transaction
that wrote it, sorts the roll and the ballots by them, and lays one beside the other. Or she watched
the door, knows in which order people came, and sorts the ballots alone. Who takes a copy before and
after one person needs no order: she sees which code was used and which ballot came. Nothing kept
in a database helps against that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from erdkreis.checks.attack import Tallies, hits_beyond_chance
from erdkreis.checks.sqlite_file import rows_as_written
from erdkreis.invitations.models import Code
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.rounds.models import RoundGroup

WHILE_ASKING = "roll against ballots in a copy taken while people answer"
# Of a normal distribution, so far out comes once in a thousand million times.
BEYOND_CHANCE = 6.1


@dataclass(frozen=True)
class Dump:
    """A copy of the database: keys of rows in every order that can be read from it.

    ``came`` tells which code and which ballot belong together, in the order in which people came.
    The order is known to who watched the door; the pairs serve only to see whether she is right.
    """

    came: list[tuple[int, int]]
    roll: dict[str, list[int]]
    ballots: dict[str, list[int]]


@dataclass
class Leaning:
    """Over many copies: how far two orders agree, each time in units of what chance gives."""

    by_order: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, agreement: float) -> None:
        self.by_order.setdefault(name, []).append(agreement)

    def judge(self, tallies: Tallies) -> None:
        """Succeed where an order leans further than chance does, all copies taken together."""
        for name, seen in self.by_order.items():
            together = sum(seen) / sqrt(len(seen))
            tallies[WHILE_ASKING].count(
                success=abs(together) > BEYOND_CHANCE,
                example=f"Sorted by {name}, over {len(seen)} copies: {together:.0f} times chance.",
            )


def take_dump(group: RoundGroup, came: Sequence[tuple[int, int]], dice: Random) -> Dump:
    """Read every order that the database has of the used codes and the voices of a group."""
    voices = [ballot for _code, ballot in came]
    of_answers = dict(Answer.objects.filter(voice__in=voices).values_list("pk", "voice"))
    ballots = {f"voices by {name}": order for name, order in _orders(Voice, voices, dice).items()}
    for name, order in _orders(Answer, [*of_answers], dice).items():
        first = dict.fromkeys(of_answers[key] for key in order)
        ballots[f"answers by {name}"] = [*first]
    used = Code.objects.filter(round_group=group, is_used=True).values_list("pk", flat=True)
    return Dump([*came], _orders(Code, list(used), dice), ballots)


def attack_dump(dump: Dump, leaning: Leaning, tallies: Tallies) -> None:
    """Lay every order of the roll, and that of the door, beside every order of the ballots."""
    orders = {"the door": [code for code, _ballot in dump.came], **dump.roll}
    ballot_of = dict(dump.came)
    for roll_name, codes in orders.items():
        expected = [ballot_of[code] for code in codes]
        for name, ballots in dump.ballots.items():
            about = f"{roll_name} and {name}"
            leaning.note(about, _agreement(expected, ballots))
            for order in (ballots, ballots[::-1]):
                hits = sum(a == b for a, b in zip(order, expected, strict=True))
                tallies[WHILE_ASKING].count(
                    success=hits >= hits_beyond_chance(1),
                    example=f"{about}: {hits} of {len(expected)} ballots beside their codes.",
                )


def _agreement(expected: Sequence[int], ballots: Sequence[int]) -> float:
    """Return Spearman's correlation of two orders, in standard deviations of chance."""
    n, place = len(expected), {key: at for at, key in enumerate(ballots)}
    gaps = sum((at - place[key]) ** 2 for at, key in enumerate(expected))
    return (1 - 6 * gaps / (n * (n * n - 1))) * sqrt(n - 1)


def _orders(model: type[Model], keys: list[int], dice: Random) -> dict[str, list[int]]:
    if connection.vendor == "sqlite":
        file = Path(str(connection.settings_dict["NAME"]))
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        return {"the place in the file": rows_as_written(file, set(keys))}
    table = model._meta.db_table
    columns = {
        "transaction": f"{table}.xmin::text::bigint",
        "page": f"({table}.ctid::text::point)[0]",
        "line": f"({table}.ctid::text::point)[1]",
    }
    rows: QuerySet[Any] = QuerySet(model).filter(pk__in=keys).extra(select=columns)  # noqa: S610 - names of ours
    read = list(rows.values("pk", *columns))
    dice.shuffle(read)  # equal ones in any order
    by_place = sorted(read, key=lambda row: (row["page"], row["line"]))
    return {
        "transaction": [row["pk"] for row in sorted(read, key=lambda row: row["transaction"])],
        "place": [row["pk"] for row in by_place],
    }
