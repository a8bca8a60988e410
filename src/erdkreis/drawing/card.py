"""The card beside a link in other services: a title, a number, the circle with its free place."""

import math

from erdkreis.drawing.sheet import LETTER
from erdkreis.drawing.svg import Markup, element

WIDTH, HEIGHT = 1200, 630
SANS, SERIF = "sans-serif", "serif"  # the renderer puts our fonts in their places
PAPER, INK, QUIET, FOREST = "#f6f1e6", "#1a251f", "#535c56", "#2c5a47"
LEFT, TEXT_WIDTH = 72.0, 690.0
MOST_LINES = 4
TITLE_SIZES = (72.0, 60.0, 50.0)
LINE = 1.15
SMALL = 32.0
# The circle: seats around an empty middle, one of them free.
MIDDLE, AROUND, SEAT, SEATS, FREE = (960.0, 315.0), 150.0, 36.0, 8, 7


def card_svg(*, title: str, above: str, below: str, name: str) -> Markup:
    """Draw the card.

    Parameters
    ----------
    title : str
        As somebody typed it, in any length; what does not fit ends in an ellipsis.
    above, below : str
        One line each: whose it is, and how many were heard.
    name : str
        Of the software, small.

    Returns
    -------
    Markup
        One ``svg`` element of 1200 × 630, the size that services ask for (Open Graph protocol).

    Examples
    --------
    >>> drawn = card_svg(title="A < B", above="", below="", name="")
    >>> 'width="1200"' in drawn, "A &lt; B" in drawn
    (True, True)
    """
    size, lines = _fitted(title)
    top = HEIGHT / 2 - (len(lines) - 1) * size * LINE / 2 + size * 0.35
    written = [
        _words(line, top + i * size * LINE, size, INK, SERIF, bold=True)
        for i, line in enumerate(lines)
    ]
    return element(
        "svg",
        element("rect", width=WIDTH, height=HEIGHT, fill=PAPER),
        *_circle(),
        _words(_cut(above, SMALL), 104, SMALL, FOREST, SANS, bold=True),
        *written,
        _words(_cut(below, SMALL), HEIGHT - 118, SMALL, INK, SANS),
        _words(name, HEIGHT - 62, SMALL * 0.8, QUIET, SERIF, bold=True),
        xmlns="http://www.w3.org/2000/svg",
        width=WIDTH,
        height=HEIGHT,
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
    )


def _fitted(title: str) -> tuple[float, list[str]]:
    """Return the largest size at which a title fits, and its lines."""
    for size in TITLE_SIZES:
        lines = _broken(title, int(TEXT_WIDTH / (LETTER * size)))
        if len(lines) <= MOST_LINES:
            return size, lines
    last = lines[MOST_LINES - 1]
    return size, [*lines[: MOST_LINES - 1], f"{last[: max(len(last) - 1, 1)].rstrip()}…"]


def _broken(words: str, room: int) -> list[str]:
    """Break words into lines; a word longer than a line goes on in the next.

    Examples
    --------
    >>> _broken("ab cd efghijk", 5)
    ['ab cd', 'efghi', 'jk']
    """
    lines: list[str] = []
    for word in words.split():
        pieces = [word[i : i + room] for i in range(0, len(word), room)]
        if lines and len(lines[-1]) + 1 + len(pieces[0]) <= room:
            lines[-1] += f" {pieces.pop(0)}"
        lines += pieces
    return lines


def _cut(line: str, size: float) -> str:
    room = int(TEXT_WIDTH / (LETTER * size))
    return line if len(line) <= room else f"{line[: room - 1].rstrip()}…"


def _words(
    line: str, y: float, size: float, fill: str, family: str, *, bold: bool = False
) -> Markup:
    weight = 700 if bold else 400
    return element(
        "text", line, x=LEFT, y=y, font_size=size, fill=fill, font_family=family, font_weight=weight
    )


def _circle() -> list[Markup]:
    drawn = []
    for place in range(SEATS):
        angle = 2 * math.pi * place / SEATS
        x, y = MIDDLE[0] + AROUND * math.sin(angle), MIDDLE[1] - AROUND * math.cos(angle)
        is_free = place == FREE
        drawn.append(
            element(
                "circle", cx=x, cy=y, r=SEAT - 5 if is_free else SEAT,
                fill="none" if is_free else FOREST,
                stroke=FOREST, stroke_width=8 if is_free else 0,
            )
        )  # fmt: skip
    return drawn
