from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from erdkreis.circles.models import Circle
from erdkreis.gate.services import released_of_rounds, words_let_out
from erdkreis.gate.tables import RawGroup, RawWords, ReleasedTable
from erdkreis.pulse.models import Pulse, PulseDate, Team
from erdkreis.questionnaires.models import OwnWords
from erdkreis.questionnaires.queries import (
    counts_per_item,
    own_words_per_group,
    voices_per_group,
)
from erdkreis.rounds.models import Round

RELEASE, WORDS = "pulse", "pulse_words"


def pulses_of(circle: Circle) -> QuerySet[Pulse]:
    return circle.pulses.annotate(
        n_dates=Count("dates", filter=Q(dates__round__state=Round.State.PICTURE))
    )


def teams_of(pulse: Pulse) -> list[Team]:
    """Return the teams, each with how many are on its list."""
    return list(pulse.teams.annotate(n_members=Count("members")))


def open_date(pulse: Pulse) -> PulseDate | None:
    """Return the date that is being asked, if there is one."""
    return (
        pulse.dates.filter(round__state=Round.State.ASKING)
        .select_related("round__circle__organisation")
        .last()
    )


@dataclass(frozen=True)
class Told:
    """One finished date, with what the gate let out of it."""

    date: PulseDate
    table: ReleasedTable


def told_dates(pulse: Pulse) -> list[Told]:
    """Return the dates that are over, oldest first. The same number of queries for any of them."""
    dates: Sequence[PulseDate] = list(
        pulse.dates.filter(round__state=Round.State.PICTURE).select_related("round")
    )
    tables = released_of_rounds([date.round for date in dates], RELEASE)
    return [Told(d, tables[d.round_id]) for d in dates if d.round_id in tables]


def raw_teams(round_: Round) -> list[RawGroup]:
    """Count the answers of a date. Raw: only the gate may let them out."""
    n_voices, counts = voices_per_group(round_), counts_per_item(round_)
    return [
        RawGroup(group.code, n_voices.get(group.code, 0), counts.get(group.code, {}))
        for group in round_.groups.all()
    ]


def raw_words(round_: Round, n_writers: dict[str, int]) -> dict[str, RawWords]:
    """Gather what was written after it was cut from its voices. Raw: only the gate may tell it."""
    keys = own_words_per_group(round_)
    return {
        group.code: RawWords(n_writers.get(group.code, 0), keys.get(group.code, ()))
        for group in round_.groups.all()
    }


def words_of(told: Told, team: Team) -> list[OwnWords]:
    """Return what a team wrote on a date, as far as it was let out, in its shuffled order."""
    keys = (words_let_out(told.date.round, WORDS) or {}).get(team.code, [])
    found = OwnWords.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]
