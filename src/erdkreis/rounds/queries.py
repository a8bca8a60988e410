from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.rounds.models import LogEntry, Round

# What must stand in the promise before anybody is asked, in the order of the form.
PROMISED = (
    "purpose", "opens_on", "closes_on", "answer_back_on", "named_person", "contact",
    "who_sees", "who_decides", "what_is_open",
)  # fmt: skip


@dataclass(frozen=True)
class Obstacle:
    """Something that keeps a round from going on, and what to do about it."""

    sentence: str
    field: str = ""

    @property
    def name(self) -> str:
        """What the field is called on screen."""
        return field_name(self.field)


def field_name(name: str) -> str:
    """Return what a field of the promise is called on screen."""
    return str(getattr(Round._meta.get_field(name), "verbose_name", name))


def rounds_of(circle: Circle) -> QuerySet[Round]:
    return circle.rounds.order_by("-pk")


def changes_since_inviting(round_: Round) -> list[LogEntry]:
    """Return what changed after people were told of the round: they may read it, too."""
    kinds = [LogEntry.Kind.EXTENSION, LogEntry.Kind.PROMISE]
    return list(round_.log.filter(kind__in=kinds))


def obstacles_to_inviting(round_: Round) -> list[Obstacle]:
    """Return what is missing before anybody may be invited."""
    missing = [name for name in PROMISED if not getattr(round_, name)]
    obstacles = [
        Obstacle(
            _("The promise is not complete: “%(field)s”") % {"field": field_name(name)},
            name,
        )
        for name in missing
    ]
    asked = set(round_.circle.groups.filter(is_on=True).values_list("code", flat=True))
    if "employees" in asked and round_.works_council == Round.WorksCouncil.OPEN:
        obstacles.append(
            Obstacle(
                _(
                    "Is there a works council? Talk to it before employees are invited, or note "
                    "that there is none."
                ),
                "works_council",
            )
        )
    if not asked:
        obstacles.append(Obstacle(_("No group is asked yet."), "groups"))
    return obstacles


def obstacles_to_asking(round_: Round) -> list[Obstacle]:
    """Return what is missing before people may answer: the leadership goes first."""
    leads = round_.groups.filter(code="leadership", is_asked=True).exists()
    if leads and round_.leadership_sealed_at is None:
        return [
            Obstacle(
                _("The leadership answers first, and says what it expects. Then it is sealed.")
            )
        ]
    return []
