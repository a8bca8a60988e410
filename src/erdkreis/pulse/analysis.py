"""What the gate let out of each date → the blocks of one team, each with its trend."""

from collections.abc import Sequence
from dataclasses import dataclass

from erdkreis.calc.privacy import Cell, Heard, Showing
from erdkreis.calc.pulse import Band, Point, Trend, band_of, trend
from erdkreis.gate.tables import ReleasedGroup
from erdkreis.pulse.models import PulseDate, Team
from erdkreis.pulse.queries import Told
from erdkreis.pulse.rotation import BLOCKS, LOAD, beside, of_block, slider_load

HIDDEN = Cell(Showing.TOO_FEW)


@dataclass(frozen=True)
class DateInBlock:
    """One date in one block: its items with their cells, and the band they make together."""

    date: PulseDate
    cells: tuple[tuple[str, Cell], ...]
    band: Band | None

    @property
    def is_silent(self) -> bool:
        return all(cell.showing == Showing.SILENT for _code, cell in self.cells)


@dataclass(frozen=True)
class Block:
    """One of the four blocks over all dates."""

    code: str
    dates: tuple[DateInBlock, ...]
    trend: Trend


@dataclass(frozen=True)
class TeamTold:
    """Everything that may be said of one team."""

    team: Team
    blocks: tuple[Block, ...]
    # The further item of load and rework of each date, read on its own.
    beside: tuple[DateInBlock, ...]
    heard: tuple[tuple[PulseDate, Heard], ...]

    @property
    def is_ever_shown(self) -> bool:
        return any(heard.is_enough for _date, heard in self.heard)

    @property
    def slider(self) -> int | None:
        """Return where the sliders of the model may begin: a feeling, no measurement."""
        load = next(block for block in self.blocks if block.code == LOAD)
        bands = [one.band for one in load.dates if one.band is not None]
        return slider_load(bands[-1]) if bands else None


def team_told(team: Team, told: Sequence[Told]) -> TeamTold:
    released = [(one.date, one.table.group(team.code)) for one in told]
    return TeamTold(
        team=team,
        blocks=tuple(_block(code, released) for code in BLOCKS),
        beside=tuple(_date(date, group, [beside(date.number)]) for date, group in released),
        heard=tuple((date, group.heard) for date, group in released if group is not None),
    )


def _block(code: str, released: Sequence[tuple[PulseDate, ReleasedGroup | None]]) -> Block:
    dates = tuple(_date(date, group, of_block(date.number, code)) for date, group in released)
    first = dates[0].date.day if dates else None
    points = [
        Point((one.date.day - first).days / 7, one.band) for one in dates if first is not None
    ]
    return Block(code, dates, trend(points))


def _date(date: PulseDate, group: ReleasedGroup | None, codes: Sequence[str]) -> DateInBlock:
    cells = tuple((code, _cell(group, code)) for code in codes)
    return DateInBlock(date, cells, band_of([cell for _code, cell in cells]))


def _cell(group: ReleasedGroup | None, code: str) -> Cell:
    if group is None:
        return Cell(Showing.SILENT)
    if (cell := group.cells.get(code)) is not None:
        return cell
    # Nobody of a team that is large enough answered it; of any other nothing at all is told.
    return Cell(Showing.SILENT) if group.heard.is_enough or not group.heard.is_heard else HIDDEN
