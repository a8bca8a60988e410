"""What hosts do with public pages: write on them, open them to everyone, take them back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from erdkreis.circles.models import Circle
from erdkreis.outside.models import CirclePage, RoundPage
from erdkreis.pictures.services import prepare_publication
from erdkreis.rounds.models import Round


def write_circle_page(circle: Circle, written: Mapping[str, object]) -> CirclePage:
    page, _is_new = CirclePage.objects.update_or_create(circle=circle, defaults=dict(written))
    return page


def write_round_page(round_: Round, written: Mapping[str, object]) -> RoundPage:
    page, _is_new = RoundPage.objects.update_or_create(round=round_, defaults=dict(written))
    return page


def switch_circle_page(circle: Circle, *, is_shown: bool) -> CirclePage:
    """Open the page to everyone, or take it back. It can be opened again."""
    return write_circle_page(circle, _since(is_shown=is_shown))


@transaction.atomic
def switch_round_page(round_: Round, *, is_shown: bool) -> RoundPage:
    """Open the page to everyone at the address of the round's picture, or take it back."""
    prepare_publication(round_)
    return write_round_page(round_, _since(is_shown=is_shown))


def _since(*, is_shown: bool) -> dict[str, object]:
    return {"shown_since": timezone.localdate() if is_shown else None}
