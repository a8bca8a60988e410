"""The picture that other services show beside a link: title, how many were heard, the circle."""

from django.utils.translation import gettext as _

from erdkreis.drawing.card import HEIGHT, WIDTH, card_svg
from erdkreis.drawing.png import png
from erdkreis.outside.shown import Shown
from erdkreis.pictures.files import SANS, SERIF, fonts, has_png

__all__ = ["HEIGHT", "WIDTH", "card_of", "has_cards"]


def has_cards() -> bool:
    """Say whether the fonts are here without which there are no words in a picture."""
    return has_png()


def card_of(shown: Shown) -> bytes:
    """Draw the card of a page as PNG, 1200 × 630."""
    about = shown.n or _("All who are touched are asked.")
    drawn = card_svg(
        title=shown.title, above=shown.circle.organisation.name, below=about, name="Erdkreis",
    )  # fmt: skip
    return png(drawn, fonts=fonts(), sans=SANS, serif=SERIF, zoom=1.0)
