"""Attacks by somebody who holds the database, to find whose code brought which voice.

The attacker knows the roll (who was given which code), watched in which order people came, and
reads every column of every table and the file itself, after the picture was made. Watching the
machine while people answer is out of reach of any separation, and of these attacks.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet
from django.utils import timezone

from erdkreis.calc.privacy.rules import LOWEST_MINIMUM
from erdkreis.checks.attack import Tallies, hits_beyond_chance
from erdkreis.checks.blinding import open_envelope, seal
from erdkreis.checks.dumps import Dump, take_dump
from erdkreis.checks.slips import Record, attack_slips
from erdkreis.checks.sqlite_file import rows_as_written
from erdkreis.circles.services import found_circle
from erdkreis.invitations.codes import digest
from erdkreis.invitations.models import Code
from erdkreis.invitations.services import issue_codes
from erdkreis.invitations.slips import Slip, key_of, public_numbers, sign
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.catalogue import CURRENT_VERSION
from erdkreis.questionnaires.models import Answer, Voice
from erdkreis.questionnaires.queries import voice_with
from erdkreis.questionnaires.services import (
    Given,
    begin_voice_with_code,
    begin_voice_with_slip,
    give_answer,
    send_voice,
)
from erdkreis.rounds.models import LEADERSHIP, Round, RoundGroup
from erdkreis.rounds.services import start_asking, start_inviting

BY_COUNT, BY_ORDER = "roll against ballots by count", "roll against ballots by order"
BY_TIME, BY_KEY = "roll against ballots by time", "roll against ballots by a common key"
ITEM = "q1_work.employees.core"
MOST_PEOPLE = 40
LEAST_IN_A_DUMP = 10  # of fewer, chance puts too many in the right order
Row = dict[str, Any]


@dataclass
class Held:
    """What the attacker holds: the roll, the ballots, and what she saw herself.

    ``came`` are the rows of the roll in the order in which people came; ``truth`` says which
    ballot each of them cast, and is used only to see whether she is right.
    """

    came: list[Row]
    ballots: list[Row]
    truth: list[Any]
    as_written: dict[str, list[Any]] = field(default_factory=dict)
    record: Record = field(default_factory=Record)


def attack_roll(held: Held, tallies: Tallies) -> None:
    """Try every way to join a code with a voice."""
    by_count(held, tallies)
    by_key(held, tallies)
    attack_slips(held.record, tallies)
    if len(held.truth) < 2 * LOWEST_MINIMUM:
        return  # of a few, chance puts too many in the right order
    found = orders(held)
    if not any(_is_time(held, name) for name in found):
        tallies[BY_TIME].count(success=False)  # no time tells two ballots apart
    for name, order in found.items():
        is_time = _is_time(held, name)
        for direction, ballots in (("", order), (", backwards", order[::-1])):
            hits = sum(a == b for a, b in zip(ballots, held.truth, strict=False))
            tallies[BY_TIME if is_time else BY_ORDER].count(
                success=hits >= hits_beyond_chance(1),
                example=f"sorted by {name}{direction}, {hits} of {len(held.truth)} ballots stand "
                "where their codes do.",
            )


def by_count(held: Held, tallies: Tallies) -> None:
    """Of one used code and one ballot, each belongs to the other."""
    used = [row for row in held.came if row.get("is_used")]
    is_alone = len(used) == 1 and len(held.ballots) == 1
    tallies[BY_COUNT].count(
        success=is_alone and held.ballots[0]["id"] == held.truth[0],
        example="One code was used, and there is one ballot.",
    )


def by_key(held: Held, tallies: Tallies) -> None:
    """Look for a value that stands on the roll and on one ballot, and nowhere else."""
    where: dict[Any, list[Any]] = {}
    for ballot in held.ballots:
        for name, value in ballot.items():
            if not isinstance(value, bool | None) and name != "round_group_id":
                where.setdefault(value, []).append(ballot["id"])
    joined = 0
    for row, ballot in zip(held.came, held.truth, strict=True):
        values = [v for k, v in row.items() if k != "round_group_id"]
        joined += any(where.get(v) == [ballot] for v in values if not isinstance(v, bool | None))
    most = hits_beyond_chance(1)
    tallies[BY_KEY].count(
        success=joined >= min(most, max(len(held.truth), 1)) and joined > 0,
        example=f"{joined} of {len(held.truth)} ballots carry something that their code carries.",
    )


def orders(held: Held) -> dict[str, list[Any]]:
    """Return every order of ballots that can be read: by each column, and as the file has it."""
    columns = {name for ballot in held.ballots for name in ballot}
    found = dict(held.as_written)
    for name in sorted(columns):
        values = [ballot.get(name) for ballot in held.ballots]
        if None not in values and len(set(values)) > 1:
            ranked = sorted(held.ballots, key=lambda ballot: ballot[name])
            found[name] = [ballot["id"] for ballot in ranked]
    return found


def real_round(seed: int, number: int, dumps: list[Dump] | None = None) -> Held:
    """Let people of one group answer in a database that was made for this, and make the picture.

    Where ``dumps`` are wanted, copies are taken while they answer.
    """
    dice = Random(f"{seed} roll {number}")  # noqa: S311 - a run must be repeatable
    n = dice.choice((1, 1, 2, 4, *[dice.randint(10, MOST_PEOPLE)] * 6))
    round_ = _asked_round(f"{seed}.{number}")
    group = round_.groups.select_related("round").get(code="employees")
    codes = issue_codes(group, n)
    came = dice.sample(codes, n)
    record = Record()
    # Half of the rounds with slips: then the order of signing is the order of beginning, too.
    begin = partial(_with_slip, record) if number % 2 else _with_code
    key_of_code = dict(Code.objects.filter(round_group=group).values_list("digest", "pk"))
    truth: list[int] = []
    for code in came:
        truth.append(_speak(begin(code, group), group, dice))
        if dumps is not None and len(truth) >= LEAST_IN_A_DUMP and len(truth) % 6 == n % 6:
            pairs = [key_of_code[digest(one)] for one in came[: len(truth)]]
            dumps.append(take_dump(group, list(zip(pairs, truth, strict=True)), dice))
    make_picture(round_, "check")
    ballots = _rows(Voice, round_group=group)
    roll = {row["digest"]: row for row in _rows(Code, round_group=group)}
    held = Held([roll[digest(code)] for code in came], ballots, truth)
    held.as_written, held.record = _orders_of_the_file(ballots), record
    return held


def _with_code(code: str, group: RoundGroup) -> str:
    return begin_voice_with_code(code, group, "de")


def _with_slip(record: Record, code: str, group: RoundGroup) -> str:
    """Exchange the code for a slip and begin with it, as a browser does; write everything down."""
    key = key_of(group)
    assert key is not None  # noqa: S101 - made with the codes
    public = public_numbers(key).public_key()
    envelope = seal(public)
    signed = sign(code, envelope.blinded, key)
    assert signed is not None  # noqa: S101 - the code is unused
    slip = Slip(envelope.message, open_envelope(public, envelope, signed))
    record.note(public, signed, slip)
    return begin_voice_with_slip(slip, group, "de")


def _speak(receipt: str, group: RoundGroup, dice: Random) -> int:
    give_answer(receipt, group.pk, ITEM, Given(Answer.Status.RATED, dice.randint(1, 5)))
    voice = voice_with(receipt, group)
    assert voice is not None  # noqa: S101 - begun a moment ago
    send_voice(voice)
    return int(voice.pk)


def _asked_round(name: str) -> Round:
    circle = found_circle(None, f"Check {name}")
    circle.groups.filter(code=LEADERSHIP).update(is_on=False, off_reason="not part of the check")
    today = timezone.localdate()
    told = dict.fromkeys(
        ("purpose", "named_person", "contact", "who_sees", "who_decides", "what_is_open"), "check"
    )
    round_ = Round.objects.create(
        circle=circle, title=name, item_version=CURRENT_VERSION, opens_on=today, closes_on=today,
        answer_back_on=today, works_council=Round.WorksCouncil.NONE, **told,
    )  # fmt: skip
    return start_asking(start_inviting(round_, "check"), "check")


def _rows(model: type[Model], **where: Any) -> list[Row]:
    """Return all rows with every column, and the hidden one in which SQLite counts."""
    query: QuerySet[Any] = QuerySet(model).filter(**where)
    if connection.vendor == "sqlite":
        query = query.extra(select={"rowid": f"{model._meta.db_table}.rowid"})  # noqa: S610 - a name of ours
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        query = query.extra(  # noqa: S610 - names of ours
            select={
                "xmin": f"{table}.xmin::text::bigint",
                "place": f"({table}.ctid::text::point)[0] * 1000 + ({table}.ctid::text::point)[1]",
            }
        )
    return list(query.values())


def _orders_of_the_file(ballots: Sequence[Row]) -> dict[str, list[Any]]:
    if connection.vendor != "sqlite":
        return {}
    keys = {ballot["id"] for ballot in ballots}
    file = Path(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    as_stored = Voice.objects.filter(pk__in=keys).order_by().values_list("pk", flat=True)
    return {
        "the place in the file": rows_as_written(file, keys),
        "the order of the table": list(as_stored),
    }


def _is_time(held: Held, name: str) -> bool:
    return any(isinstance(ballot.get(name), date | time | timedelta) for ballot in held.ballots)
