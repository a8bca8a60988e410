"""Numbers as people write and read them, in the language of the page."""

import re
from decimal import Decimal
from math import isfinite

from django.utils.formats import number_format

from erdkreis.balances.texts import language, say, texts
from erdkreis.calc.commongood.tables import Quantity

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_MOST_WHOLE = 1e15
_DECIMALS = 4
_LARGE, _DECIMALS_OF_MONEY = 1000, 2


def number_read(text: str) -> float:
    """Read a number as it is written in the language of the page; ValueError if it is none.

    1.500 is fifteen hundred in German and one and a half in English; 1.500,50 and 1,500.50 are
    clear in both.
    """
    bare = _SPACES.sub("", text).replace("−", "-")
    thousands, decimal = (".", ",") if language() == "de" else (",", ".")
    if thousands in bare and decimal in bare:
        # The one that comes last is the decimal sign, whatever the language.
        if bare.rindex(thousands) > bare.rindex(decimal):
            thousands, decimal = decimal, thousands
    elif bare.count(decimal) > 1 or (thousands in bare and not _groups(bare, thousands)):
        thousands, decimal = decimal, thousands
    number = float(bare.replace(thousands, "").replace(decimal, "."))
    if not isfinite(number) or "_" in bare:
        raise ValueError(text)
    return number


def _groups(text: str, sign: str) -> bool:
    """Say whether a sign stands where it parts thousands: 120.000, but not 7.5."""
    return re.fullmatch(rf"[-+]?\d{{1,3}}({re.escape(sign)}\d{{3}})+", text) is not None


def number_shown(value: float, decimals: int = _DECIMALS) -> str:
    """Write a number for reading: grouped, with no more decimals than needed, with a real minus."""
    if not isfinite(value) or abs(value) >= _MOST_WHOLE:
        return f"{value:g}"
    # Rounded here: Django's own formatting would cut digits off.
    rounded = Decimal(f"{value:.{decimals}f}")
    if rounded == rounded.to_integral_value():
        rounded = Decimal(int(rounded))
    shown = number_format(rounded.normalize(), use_l10n=True, force_grouping=True)
    return str(shown).replace("-", "−")


def number_typed(value: float) -> str:
    """Write a number for typing: every digit, no grouping, so that it reads back the same."""
    text = repr(float(value)).removesuffix(".0")
    return text.replace(".", ",") if language() == "de" else text


def quantity_shown(value: Quantity) -> str:
    """Write whatever a calculation names: a number, a word, yes or no, or that there is none."""
    words = texts("weights")["word"]
    if value is None:
        return say(words["missing"])
    if isinstance(value, bool):
        return say(words["yes" if value else "no"])
    if isinstance(value, str):
        return say(words[value]) if value in words else value
    return number_shown(value, _DECIMALS if abs(value) < _LARGE else _DECIMALS_OF_MONEY)
