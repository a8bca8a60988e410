"""What may be known of groups × items: decided from counts alone, nothing is read or stored."""

from collections.abc import Callable, Iterable, Mapping

from erdkreis.calc.privacy import (
    Cell,
    Counts,
    Heard,
    Rules,
    Showing,
    heard_group,
    heard_total,
    may_stand_apart,
    released_cell,
)
from erdkreis.calc.privacy.cell import MIDDLE_START
from erdkreis.gate.tables import (
    Expected,
    RawExpected,
    RawGroup,
    ReleasedGroup,
    ReleasedPart,
    ReleasedTable,
)

# Where rounding begins, by place in a table.
Start = Callable[[str], float]


def in_the_middle(_place: str) -> float:
    return MIDDLE_START


def released_table(
    groups: list[RawGroup],
    rules: Rules,
    start_at: Start = in_the_middle,
    expected: Iterable[RawExpected] = (),
) -> ReleasedTable:
    """Decide what may be known of a whole asking."""
    released = tuple(_released_group(group, rules, start_at) for group in groups)
    return ReleasedTable(
        groups=released,
        heard=heard_total(_sizes(groups, released), rules),
        min_group=rules.min_group,
        expected=tuple(_released_expectation(one, rules, start_at) for one in expected),
    )


def _released_expectation(raw: RawExpected, rules: Rules, start_at: Start) -> Expected:
    if raw.is_anonymous:
        place = f"expected.{raw.group}"
        cells = _cells(place, {raw.question: raw.counts}, raw.n_voices, rules, start_at)
        return Expected(raw.group, raw.question, cell=cells[raw.question])
    # One agreed answer: whoever gave it knew that it would be read.
    value = next((step for step, n in enumerate(raw.counts.steps, start=1) if n), None)
    return Expected(raw.group, raw.question, value=value)


def _sizes(groups: list[RawGroup], released: tuple[ReleasedGroup, ...]) -> list[int]:
    """Return the voices behind each row that is told of: what the total must not give away."""
    sizes = []
    for raw, told in zip(groups, released, strict=True):
        if raw.is_anonymous and told.by_link:
            sizes += [raw.n_voices - raw.n_by_link, raw.n_by_link]
        elif raw.is_anonymous:
            sizes.append(raw.n_voices)
    return sizes


def _released_group(group: RawGroup, rules: Rules, start_at: Start) -> ReleasedGroup:
    if not group.is_anonymous:
        n = group.n_voices
        # These people were told before they answered that they speak openly.
        return ReleasedGroup(
            group.code, Heard(n > 0, n > 0, n, n), is_anonymous=False, spoken=group.spoken
        )
    if (apart := _apart(group, rules, start_at)) is not None:
        return apart
    return ReleasedGroup(
        code=group.code,
        heard=heard_group(group.n_voices, rules),
        cells=_cells(group.code, group.counts, group.n_voices, rules, start_at),
        is_open_link=group.n_by_link > 0,
    )


def _apart(group: RawGroup, rules: Rules, start_at: Start) -> ReleasedGroup | None:
    """Show the invited and those of the open link apart, if both may be shown in everything."""
    n_invited = group.n_voices - group.n_by_link
    nobody = Counts((0, 0, 0, 0, 0))
    invited = {
        item: counts.without(group.counts_by_link.get(item, nobody))
        for item, counts in group.counts.items()
    }
    own = _cells(group.code, invited, n_invited, rules, start_at)
    theirs = _cells(f"{group.code}.by_link", group.counts_by_link, group.n_by_link, rules, start_at)
    if not may_stand_apart((n_invited, group.n_by_link), (own, theirs), rules):
        return None
    return ReleasedGroup(
        code=group.code,
        heard=heard_group(n_invited, rules),
        cells=own,
        by_link=ReleasedPart(heard_group(group.n_by_link, rules), theirs),
    )


def _cells(
    place: str, counts: Mapping[str, Counts], n_voices: int, rules: Rules, start_at: Start
) -> dict[str, Cell]:
    # Of a group too small to show, not even “all left this out” is told.
    is_enough = n_voices >= rules.min_group
    return {
        item: released_cell(of, rules, start=start_at(f"{place}.{item}"))
        if is_enough
        else Cell(Showing.TOO_FEW)
        for item, of in counts.items()
    }
