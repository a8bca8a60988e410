"""Results into drawings, each in a wide and a phone's form, with the table that says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from erdkreis.calc.picture import Gap, Interval, Share, View
from erdkreis.calc.privacy import Showing
from erdkreis.drawing.bars import Bar, Ends, bars_svg
from erdkreis.drawing.chairs import chairs_svg
from erdkreis.drawing.gap_chart import GapKey, GapRow, gap_chart_svg
from erdkreis.drawing.rundbild import CellKind, KeyLine, RingCell, Sector, rundbild_svg
from erdkreis.drawing.svg import Markup
from erdkreis.pictures.analysis import Result
from erdkreis.pictures.rows import Chair, PictureCell, PictureRow, n_sentence
from erdkreis.pictures.sentences import Names, short_sentence, step_words, towards_the_middle

RUNDBILD, CHAIRS, GAPS = "rundbild", "chairs", "gaps"
TENDENCY_STEP = {"agree": (4, "4–5"), "middle": (3, "3"), "disagree": (2, "1–2")}
Texts = Sequence[tuple[str, ...]]


@dataclass(frozen=True)
class Figure:
    """A drawing in its forms, and its numbers as a table."""

    key: str
    title: str
    wide: Markup
    phone: Markup | None
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def drawn(
    key: str, title: str, draw: Callable[[str, bool], Markup], head: tuple[str, ...], rows: Texts
) -> Figure:
    """Draw both forms: the style sheet shows the one that fits."""
    wide, phone = draw(key, False), draw(f"{key}-phone", True)
    return Figure(key, title, wide, phone, head, tuple(rows))


def chairs_figure(seats: list[Chair]) -> Figure:
    title = _("Who was heard, and which chairs are empty")
    svg = chairs_svg([(s.name, s.fill, s.sentence, s.is_asked) for s in seats], title=title)
    rows = tuple((seat.name, seat.sentence) for seat in seats)
    return Figure(CHAIRS, title, svg, None, (_("Group"), _("Heard")), rows)


def rundbild_figure(
    rows: list[PictureRow], not_asked: list[str], questions: list[str], heard: tuple[str, ...]
) -> Figure:
    """Draw groups as sectors and questions as rings."""
    sectors = [
        Sector(row.group.name, _note(row), tuple(_ring_cell(cell, row) for cell in row.cells[:6]))
        for row in rows
        if not row.is_chosen_part
    ]
    empty = (RingCell(CellKind.NOT_ASKED),) * len(questions)
    sectors += [Sector(name, _("not asked"), empty) for name in not_asked]
    title = _("Groups and questions in one circle")

    def draw(key: str, is_phone: bool) -> Markup:
        return rundbild_svg(
            sectors,
            questions,
            middle=heard,
            legend=_key_lines(),
            title=title,
            description=_(
                "Each sector is a group, each ring a question, the innermost first. The number is "
                "the middle answer of the group, from 1, not true at all, to 5, completely true."
            ),
            key=key,
            is_phone=is_phone,
        )

    table = [(s.name, *(cell.label or _kind_words(cell) for cell in s.cells)) for s in sectors]
    return drawn(RUNDBILD, title, draw, (_("Group"), *questions), table)


def gap_figure(
    result: Result, gaps: Sequence[Gap], names: Names, *, key: str, title: str
) -> Figure:
    """Draw what the leadership says, what it expected, and what a group says."""
    rows = [_gap_row(gap, result, names) for gap in gaps]

    def draw(key: str, is_phone: bool) -> Markup:
        return gap_chart_svg(
            rows,
            signs=_gap_key(),
            title=title,
            description=" ".join(f"{r.question}, {r.group}: {r.words}" for r in rows),
            key=key,
            is_phone=is_phone,
        )

    head = (
        _("Question"), _("Group"), _("Leadership"), _("Leadership expected"), _("They say"),
        _("In words"),
    )  # fmt: skip
    table = [
        (
            row.question,
            row.group,
            row.labels[0] or "–",
            f"{row.expected:g}" if row.expected is not None else "–",
            row.labels[1] or "–",
            row.words,
        )
        for row in rows
    ]
    return drawn(key, title, draw, head, table)


def bars_figure(views: Sequence[View], names: Names, *, key: str, title: str) -> Figure:
    """Draw the groups under one another on one question."""
    bars = [_bar(view, names) for view in views]

    def draw(key: str, is_phone: bool) -> Markup:
        return bars_svg(
            bars,
            ends=Ends(_("not true"), _("true"), _("don’t know")),
            title=title,
            description=_("What each group answered, from not true on the left to true."),
            key=key,
            is_phone=is_phone,
        )

    head = (_("Group"), _("Answers"), "1", "2", "3", "4", "5", _("don’t know"), _("In words"))
    table = [
        (
            bar.name,
            bar.note,
            *(tuple(map(str, bar.steps)) or ("–",) * 5),
            str(bar.dont_know) if bar.steps else "–",
            bar.words or (_("dots, rounded") if bar.is_dots else _("people")),
        )
        for bar in bars
    ]
    return drawn(key, title, draw, head, table)


def _note(row: PictureRow) -> str:
    if row.heard.is_enough and row.heard.n_to > 1:
        low, high = row.heard.n_from, row.heard.n_to
        n = f"n = {low}" if low == high else f"n = {low}–{high}"
        return f"{n}, {row.way}" if row.is_part else n
    if not row.heard.is_heard:
        return _("no answer")
    return _("one answer") if row.heard.is_enough else _("too few")


def _ring_cell(cell: PictureCell, row: PictureRow) -> RingCell:
    sentence = f"{row.group.name}: {cell.sentence}"
    if cell.spoken:
        return _spoken_cell(cell, row)
    if cell.distribution:
        median = cell.distribution.median
        label = step_words(median)
        return RingCell(
            CellKind.SPLIT if cell.is_split else CellKind.VALUE,
            towards_the_middle(median),
            label,
            f"{row.group.name}: {label}, {cell.sentence}",
            cell.is_observer,
        )
    if cell.kind == Showing.TENDENCY and cell.tendency:
        step, label = TENDENCY_STEP[cell.tendency]
        return RingCell(CellKind.VALUE, step, label, sentence, cell.is_observer)
    if cell.kind == Showing.CANNOT_SEE:
        return RingCell(CellKind.CANNOT_SEE, label="?", sentence=sentence)
    kinds = {Showing.TOO_FEW.value: CellKind.HIDDEN, Showing.SILENT.value: CellKind.SILENT}
    return RingCell(kinds.get(cell.kind, CellKind.NOT_ASKED), sentence=sentence)


def _spoken_cell(cell: PictureCell, row: PictureRow) -> RingCell:
    """Show one open answer; where guardians differ there is no mean, but the sign for it."""
    values = {one.value for one in cell.spoken}
    said = ", ".join(f"{one.who or row.group.name}: {one.value or '–'}" for one in cell.spoken)
    value = next(iter(values))
    if len(values) > 1:
        return RingCell(CellKind.SPLIT, sentence=said)
    if value is None:
        return RingCell(CellKind.CANNOT_SEE, label="?", sentence=said)
    return RingCell(CellKind.VALUE, value, str(value), said)


def _kind_words(cell: RingCell) -> str:
    return {
        CellKind.SPLIT: _("not with one voice"),
        CellKind.CANNOT_SEE: _("most cannot see this"),
        CellKind.HIDDEN: _("too few"),
        CellKind.SILENT: _("no answer"),
        CellKind.NOT_ASKED: _("not asked"),
        CellKind.VALUE: "",
    }[cell.kind]


def _key_lines() -> list[KeyLine]:
    def at(step: int) -> RingCell:
        return RingCell(CellKind.VALUE, step, str(step))

    return [
        KeyLine(at(1), _("not true at all")),
        *[KeyLine(at(step), "") for step in (2, 3, 4)],
        KeyLine(at(5), _("completely true")),
        KeyLine(RingCell(CellKind.SPLIT), _("not with one voice")),
        KeyLine(RingCell(CellKind.CANNOT_SEE, label="?"), _("most cannot see this")),
        KeyLine(RingCell(CellKind.HIDDEN), _("too few")),
        KeyLine(RingCell(CellKind.SILENT), _("asked, no answer")),
        KeyLine(RingCell(CellKind.VALUE, 4, "4", is_observer=True), _("narrow: seen from outside")),
    ]


def _gap_key() -> GapKey:
    return GapKey(
        own=_("leadership’s view"),
        expected=_("what it expected"),
        they=_("what they say"),
        span=_("where the whole group probably stands"),
        pale=_("could be chance"),
        low_end=_("not true at all"),
        high_end=_("completely true"),
    )


def _gap_row(gap: Gap, result: Result, names: Names) -> GapRow:
    view = result.view(gap.item, gap.group)
    expected = result.predictions[gap.item, gap.group]
    words = short_sentence(gap.saying)
    if gap.could_be_chance:
        words = f"{words} {_('This could be chance.')}"
    return GapRow(
        question=names.subject(gap.item),
        group=f"{names.group(gap.group)}, {n_sentence(view.cell)}" if view else "",
        words=words,
        self_value=_middle(gap.you),
        expected=expected.predicted,
        they=_middle(gap.they),
        span=(gap.they_could_be.low, gap.they_could_be.high) if gap.they_could_be else None,
        labels=(_ends(gap.you), _ends(gap.they)),
        is_pale=gap.could_be_chance,
    )


def _middle(interval: Interval | None) -> float | None:
    return (interval.low + interval.high) / 2 if interval else None


def _ends(interval: Interval | None) -> str:
    if interval is None:
        return ""
    if interval.low == interval.high:
        return step_words(interval.low)
    return f"{step_words(interval.low)}–{step_words(interval.high)}"


def _bar(view: View, names: Names) -> Bar:
    said, shown = view.summary(), view.shown
    name = names.group(view.group)
    if said is None or shown is None:
        words = hidden_words(view)
        is_hidden = view.cell.showing == Showing.TOO_FEW
        note = n_sentence(view.cell) if view.cell.n_from else ""
        return Bar(name, note, words=words, is_hidden=is_hidden)
    return Bar(
        name,
        n_sentence(view.cell),
        steps=shown.steps,
        dont_know=shown.dont_know,
        is_dots=shown.is_dots,
        left=bar_words(said.disagree),
        right=bar_words(said.agree),
        dont_know_words=bar_words(said.dont_know) if shown.dont_know else "",
    )


def bar_words(share: Share) -> str:
    return "" if share.percent is None else _("%(n)s %%") % {"n": share.percent}


def hidden_words(view: View) -> str:
    tendency = {
        "agree": _("mostly agree"),
        "middle": _("mostly in the middle"),
        "disagree": _("mostly disagree"),
    }
    if view.cell.tendency:
        return tendency[view.cell.tendency]
    return {
        Showing.CANNOT_SEE: _("most cannot see this"),
        Showing.TOO_FEW: _("too few"),
    }.get(view.cell.showing, _("no answer"))
