from django.db.models import Case, F, QuerySet, Value, When

from erdkreis.balances.models import BalanceRoom, RaterView, Sheet, SheetRating
from erdkreis.circles.models import Circle


def is_on(circle: Circle) -> bool:
    """Say whether a host has opened the room for this circle."""
    return BalanceRoom.objects.filter(circle=circle).exists()


def sheets_of(circle: Circle) -> QuerySet[Sheet]:
    return circle.sheets.order_by("title", "line", "-number")


def others_in(circle: Circle, sheet: Sheet) -> QuerySet[Sheet]:
    """Return the sheets that one sheet can be laid beside, versions of itself first."""
    own_first = Case(When(line=sheet.line, then=Value(0)), default=Value(1))
    return circle.sheets.exclude(pk=sheet.pk).order_by(own_first, "title", "-number")


def sheet_to_compare(circle: Circle) -> Sheet | None:
    """Return the sheet that speaks for a circle: the one agreed last, else the newest draft."""
    if not is_on(circle):
        return None
    return circle.sheets.order_by(F("agreed_on").desc(nulls_last=True), "-pk").first()


def ratings_of(sheet: Sheet) -> dict[str, SheetRating]:
    """Return what was agreed, by code of topic or aspect."""
    return {rating.code: rating for rating in sheet.ratings.all()}


def views_of(sheet: Sheet, codes: list[str]) -> dict[str, list[RaterView]]:
    """Return how single people see these aspects, by code."""
    found: dict[str, list[RaterView]] = {code: [] for code in codes}
    for view in sheet.rater_views.filter(code__in=codes).select_related("person"):
        found[view.code].append(view)
    return found
