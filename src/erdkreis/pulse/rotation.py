"""Which six items of the pool a date asks. Pure: the same number asks the same, everywhere.

Always how full the time was and how much went into doing things twice; in turn one more of load
and rework, one of free space, and two of resonance.
"""

from erdkreis.calc.pulse import Band
from erdkreis.questionnaires.catalogue import Item, catalogue

LOAD, REWORK, SPACE, RESONANCE = BLOCKS = ("load", "rework", "space", "resonance")
LOAD_BAND, REWORK_BAND, OPEN = "pulse.load.band", "pulse.rework.band", "pulse.open"
SAY_OPENLY = "pulse.rework.say_openly"
# More reported mistakes are read together with whether one can say so: therefore it comes first.
IN_TURN = (
    SAY_OPENLY, "pulse.load.finish", "pulse.rework.spiral", "pulse.load.slack", "pulse.load.pace",
    "pulse.load.waiting",
)  # fmt: skip
SPACES = ("pulse.space.think", "pulse.space.dialogue", "pulse.space.try")
RESONANCES = (
    "pulse.resonance.purpose", "pulse.resonance.answer", "pulse.resonance.moved",
    "pulse.resonance.human", "pulse.resonance.moving", "pulse.resonance.changed",
)  # fmt: skip
# Where to set the sliders of the model to look at what a band feels like. No measurement.
MIDDLES = (0.60, 0.775, 0.90, 0.975, 1.05)
HIGHEST_LOAD, LOWEST_LOAD = 98, 50


def items_of_date(number: int) -> list[str]:
    """Return the codes of what a date asks, the open question last; the first date is number 1."""
    turn = number - 1
    pair = [RESONANCES[(2 * turn + i) % len(RESONANCES)] for i in (0, 1)]
    return [
        LOAD_BAND,
        REWORK_BAND,
        IN_TURN[turn % len(IN_TURN)],
        SPACES[turn % len(SPACES)],
        *pair,
        OPEN,
    ]


def of_block(number: int, block: str) -> list[str]:
    """Return what a date asked in a block and may be laid together: all in the same direction."""
    if block in {LOAD, REWORK}:
        return [{LOAD: LOAD_BAND, REWORK: REWORK_BAND}[block]]
    return [code for code in items_of_date(number) if code.startswith(f"pulse.{block}.")]


def beside(number: int) -> str:
    """Return the further item of load and rework that a date asked, read on its own."""
    return IN_TURN[(number - 1) % len(IN_TURN)]


def item(version: str, code: str) -> Item:
    return next(one for one in catalogue(version).closing if one.code == code)


def slider_load(band: Band) -> int:
    """Return, in percent, where the slider of the model may begin for how full people felt."""
    percent = round(MIDDLES[band.middle - 1] * 100)
    return min(max(percent, LOWEST_LOAD), HIGHEST_LOAD)
