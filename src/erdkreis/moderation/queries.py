from collections.abc import Iterable

from django.db.models import QuerySet

from erdkreis.moderation.models import Case


def cases_in(place: str, room: str = "") -> QuerySet[Case]:
    """Return the cases of a place, oldest first, with their reports and who decided."""
    cases = Case.objects.filter(place=place).select_related("decided_by", "appeal_decided_by")
    return (cases.filter(room=room) if room else cases).prefetch_related("reports")


def open_cases(place: str, room: str = "") -> QuerySet[Case]:
    """Return what waits for a first or second decision."""
    return cases_in(place, room).filter(state__in=[Case.State.WAITING, Case.State.APPEALED])


def last_cases(room: str, keys: Iterable[object]) -> dict[str, Case]:
    """Return the newest case of each of these things, by key."""
    cases = Case.objects.filter(room=room, key__in=[str(key) for key in keys]).order_by("pk")
    return {case.key: case for case in cases}
