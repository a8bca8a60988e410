from typing import NamedTuple

from django.db.models import QuerySet

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Circle, Group, Role


class LeftOut(NamedTuple):
    """Groups that are not asked, with the reason they share."""

    names: str
    reason: str


def circles_of(person: Person) -> QuerySet[Circle]:
    """Return the circles in which somebody has a role."""
    return (
        Circle.objects.filter(roles__person=person)
        .select_related("organisation")
        .distinct()
        .order_by("name")
    )


def team(circle: Circle) -> list[Role]:
    return list(circle.roles.select_related("person").order_by("kind", "person__name"))


def host_is_only_facilitator(roles: list[Role]) -> bool:
    """Say whether the same people host and facilitate: the page of the circle says so, too."""
    hosts = {r.person_id for r in roles if r.kind == Role.Kind.HOST}
    facilitators = {r.person_id for r in roles if r.kind == Role.Kind.FACILITATOR}
    return not facilitators - hosts


def left_out(circle: Circle) -> list[LeftOut]:
    """Return which of the eight groups are not asked: a reason that many share is said once."""
    by_reason: dict[str, list[str]] = {}
    for group in circle.groups.filter(is_on=False, kind=Group.Kind.DEFAULT):
        by_reason.setdefault(group.off_reason, []).append(group.name)
    # Names may have commas of their own.
    return [LeftOut("; ".join(names), reason) for reason, names in by_reason.items()]
