"""Tensions for tests."""

from erdkreis.circles.models import Circle
from erdkreis.tensions.models import Pole, Tension
from erdkreis.tensions.services import accept_words, raise_tension


def tension(circle: Circle, **fields) -> Tension:
    told = {"title": "Bread on Sundays", **fields}
    poles = [Pole(name="Being open"), Pole(name="Being at home")]
    return raise_tension(Tension(circle=circle, **told), poles)


def accepted(circle: Circle, **fields) -> Tension:
    made = tension(circle, **fields)
    for letter in "ab":
        accept_words(made, letter, f"someone of side {letter}")
    made.refresh_from_db()
    return made
