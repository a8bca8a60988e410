"""The gate, deliberately weakened in one place each: to show that an attack works."""

from dataclasses import replace

from erdkreis.calc.privacy import (
    Beside,
    Cell,
    Heard,
    Rules,
    Showing,
    VoteCell,
    heard_group,
    marks,
    released_cell,
    votes_of_part,
)
from erdkreis.checks.gate import Gate
from erdkreis.gate.deciding import released_table
from erdkreis.gate.opinion_parts import Standing, newer_standing, together
from erdkreis.gate.tables import ReleasedPart


def _plain_total(groups, rules, start_at=None):
    n = sum(group.n_voices for group in groups)
    table = released_table(groups, rules)
    return replace(table, heard=Heard(is_heard=True, is_enough=True, n_from=n, n_to=n))


def _whole_beside_part(groups, rules, start_at=None):
    table = released_table([replace(g, n_by_link=0, counts_by_link={}) for g in groups], rules)
    told = [
        replace(
            shown,
            is_open_link=True,
            by_link=ReleasedPart(
                heard_group(raw.n_by_link, rules),
                {item: _plain_cell(c, rules) for item, c in raw.counts_by_link.items()},
            ),
        )
        for raw, shown in zip(groups, table.groups, strict=True)
    ]
    return replace(table, groups=tuple(told))


def _plain_cell(counts, _rules, *, start=0.5):
    n = counts.answered
    return Cell(Showing.COUNTS, n, n, counts.steps, counts.dont_know)


def _plain_table(groups, rules, start_at=None):
    table = released_table(groups, rules)
    told = [
        replace(
            shown,
            is_open_link=raw.n_by_link > 0,
            by_link=None,
            cells={
                item: _plain_cell(c, rules) if c.rated >= rules.min_group else Cell(Showing.TOO_FEW)
                for item, c in raw.counts.items()
            },
        )
        for raw, shown in zip(groups, table.groups, strict=True)
    ]
    return replace(table, groups=tuple(told))


def _one_differs_cell(counts, rules, *, start=0.5):
    """As it was: only those all on one step are told in words."""
    if counts.rated >= rules.exact_from and max(counts.steps) < counts.rated:
        return _plain_cell(counts, rules)
    return released_cell(counts, rules, start=start)


def _known_start_cell(counts, rules, *, start=0.5):
    """Dots with a known beginning of rounding, and as many as there were people about."""
    cell = released_cell(counts, rules)
    if cell.showing is not Showing.DOTS:
        return cell
    return replace(cell, steps=counts.steps, dont_know=counts.dont_know)


def _table_of(cell_of):
    def table(groups, rules, start_at=None):
        told = released_table(groups, rules)
        return replace(
            told,
            groups=tuple(
                replace(
                    shown,
                    is_open_link=False,
                    by_link=None,
                    cells={
                        item: cell_of(c, rules)
                        if shown.heard.is_enough or shown.by_link
                        else Cell(Showing.TOO_FEW)
                        for item, c in raw.counts.items()
                    },
                )
                for raw, shown in zip(groups, told.groups, strict=True)
            ),
        )

    return table


def _plain_votes(counts, _rules, *, start=0.5):
    return VoteCell(
        Showing.COUNTS, counts.n, counts.n, counts.agree, counts.passed, counts.disagree
    )


def _live(now, before, rules: Rules, *, secret_wait=0):
    return now.n >= rules.min_group and now != before


def _at_the_minimum(now, before, rules: Rules, *, secret_wait=0):
    return now.n - (before.n if before else 0) >= rules.min_group + secret_wait


def _exact_beside_the_total(parts, rules, start):
    """Show groups as they are, and hide nothing but what is too small."""
    return {
        name: VoteCell(Showing.TOO_FEW)
        if counts.n < rules.min_group or not name
        else _plain_votes(counts, rules)
        for name, counts in parts.items()
    }


def _each_cell_alone(places, shaped, rules, *, with_groups):
    """As it was: marks of each group on each side, and others only where there are some."""
    by_cell = {}
    for x, y, side, code in places:
        by_cell.setdefault((side, code if code in shaped else None), []).append((x, y))
    return [
        [x, y, side, 1, code] for (side, code), own in by_cell.items() for x, y in marks(own, rules)
    ]


def _each_group_anew(_then, totals, names, rules, start):
    """Show groups as they are now, whatever the total was told of."""
    parts = totals[-1]
    return Standing(
        together(parts),
        {
            name: Beside(votes_of_part(parts[name], rules, start=start(name)), parts[name], 0)
            for name in names
            if parts[name].n >= rules.min_group
        },
    )


def _each_group_exactly(_then, totals, names, rules, start):
    """Show groups with their numbers, whenever a total is told."""
    parts = totals[-1]
    shown = {n: Beside(_plain_votes(parts[n], rules), parts[n], 0) for n in names if parts[n].n}
    return Standing(together(parts), shown)


def _found_at_any_time(_then, parts, _totals, names, rules, start):
    """Show opinion groups whenever they were found, beside whatever total is told."""
    return newer_standing(Standing(), [parts], names, rules, start)


def _weighed_at_any_time(counts, _last, _totals, _now, rules, start):
    if counts.n < rules.rounded_below:
        return None
    return votes_of_part(counts, rules, start=start)


def _of_any_size(groups, rules, start_at=None):
    """Show whoever answered, however few they are."""
    table = released_table(groups, rules)
    told = [
        replace(shown, cells={item: _plain_cell(c, rules) for item, c in raw.counts.items()})
        for raw, shown in zip(groups, table.groups, strict=True)
    ]
    return replace(table, groups=tuple(told))


OF_ANY_SIZE = Gate(table=_of_any_size, cell=_plain_cell)
PLAIN_TOTAL = Gate(table=_plain_total)
WHOLE_BESIDE_PART = Gate(table=_whole_beside_part)
NO_ROUNDING = Gate(table=_table_of(_known_start_cell), cell=_known_start_cell)
NO_UNANIMITY = Gate(table=_plain_table, cell=_plain_cell)
ONE_MAY_DIFFER = Gate(table=_table_of(_one_differs_cell), cell=_one_differs_cell)
LIVE = Gate(may_follow=_live, votes=_plain_votes, wait=lambda *_: 0, waits=range(1))
NO_WAIT = Gate(may_follow=_at_the_minimum, wait=lambda *_: 0, waits=range(1))
NO_COMPLEMENT = Gate(part=_plain_votes, parts=_exact_beside_the_total)
NOW_BESIDE_THEN = Gate(groups_at=lambda _totals, now: [now], standing=_each_group_anew)
EXACT_AT_ANY_TIME = Gate(part=_plain_votes, standing=_each_group_exactly)
FOUND_AT_ANY_TIME = Gate(found=_found_at_any_time)
CHANCE_AT_ANY_TIME = Gate(may_weigh=lambda *_: True, by_chance=_weighed_at_any_time)
NO_OTHERS_ON_THE_MAP = Gate(marks=_each_cell_alone)
IN_ORDER = Gate(words=lambda texts, n, rules, dice: tuple(texts) if n >= rules.min_group else ())
WORDS_OF_ALL = Gate(words=lambda texts, n, rules, dice: tuple(dice.sample(texts, len(texts))))
