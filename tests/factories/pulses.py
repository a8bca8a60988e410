"""Pulses that run, and people who answer them, written past the forms."""

from datetime import date, timedelta

from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.invitations.lists import Entry
from erdkreis.pulse import services
from erdkreis.pulse.models import Pulse, PulseDate
from erdkreis.questionnaires.models import Voice
from erdkreis.rounds.models import Round, RoundGroup
from factories.voices import voice


def pulse(circle: Circle, teams=(), **fields) -> Pulse:
    """Prepare a pulse, by default of all employees, every two weeks from today."""
    told = {
        "whom": "employees",
        "every_weeks": 2,
        "first_on": timezone.localdate(),
        "purpose": "We want to notice early when it gets too much.",
        "who_decides": "The team itself, in its meeting.",
        "named_person": "Dora Dorn",
        "contact": "dora@example.org",
        "works_council": "none",
    }
    return services.prepare(circle, Pulse(**(told | fields)), list(teams))


def listed(pulse: Pulse, name: str, n: int) -> None:
    team = pulse.teams.get(name=name)
    services.take_list(team, [Entry(i, f"{name.lower()}{i}@example.org") for i in range(1, n + 1)])


def running(circle: Circle, sizes: dict[str, int] | None = None, **fields) -> Pulse:
    """Start a pulse with teams of these sizes; its first date is begun when it is due."""
    sizes = sizes or {"Bakery": 12}
    made = pulse(circle, sizes, **fields)
    for name, n in sizes.items():
        listed(made, name, n)
    return services.move(made, Pulse.State.RUNNING)


def asked(pulse: Pulse) -> PulseDate:
    """Begin the date of today and return it."""
    services.do_what_is_due()
    return pulse.dates.get(round__state=Round.State.ASKING)


def team_of(dated: PulseDate, name: str) -> RoundGroup:
    return dated.round.groups.select_related("round__circle__organisation").get(name_en=name)


def answers(dated: PulseDate, name: str, said: dict[str, list[object]]) -> list[Voice]:
    """Let people of a team answer: for each item what one after the other says."""
    group, n = team_of(dated, name), max(len(of_item) for of_item in said.values())
    return [
        voice(group, {item: of_item[i] for item, of_item in said.items() if i < len(of_item)})
        for i in range(n)
    ]


def after(dated: PulseDate) -> date:
    """Return the day after the last one to answer."""
    return dated.round.closes_on + timedelta(days=1)
