"""How many marks of each shape stand in each opinion group, and when shapes would tell too much.

Everybody knows how many people of each group stand on the map, the sizes of opinion groups in
steps, and the rules. Where few ways remain in which groups can be spread so that the same marks
come out, shapes say that all of a group, or all but one, stand together.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from math import prod

from erdkreis.calc.privacy import Rules, heard_in_steps, n_marks

MOST_SPREADS = 4_000
Sizes = tuple[tuple[str | None, int], ...]
# For each of two opinion groups, how many marks there are of each shape.
Drawing = tuple[frozenset[tuple[str | None, int]], ...]


def shapes_to_show(
    cells: Sequence[Mapping[str | None, int]], shaped: Collection[str], rules: Rules
) -> Collection[str]:
    """Return the groups whose marks may have a shape; ``cells`` count the people standing where.

    All spreads that the public numbers allow are tried, never the true one alone. Those whose
    drawing would tell something are drawn without shapes, and others with them until these
    together tell nothing either: so that shapes are missing tells no more. With more than two
    opinion groups, or too many spreads to try, groups have a shape that are large.
    """
    if len(cells) == 1 or not shaped:
        return shaped
    n_of = sum((Counter(cell) for cell in cells), Counter[str | None]())
    sizes = tuple(sorted(n_of.items(), key=lambda item: (item[1], item[0] or "")))
    if not can_be_tried(sizes, len(cells)):
        return {code for code in shaped if n_of[code] >= rules.exact_from}
    steps = tuple(heard_in_steps(sum(cell.values()), rules) for cell in cells)
    hidden = _without_shapes(sizes, frozenset(shaped), steps, rules)
    return () if _drawing(cells, n_of, shaped, rules) in hidden else shaped


def can_be_tried(sizes: Sequence[tuple[str | None, int]], n_opinion_groups: int) -> bool:
    """Say whether there are few enough spreads to try them all."""
    ns = sorted(n for _code, n in sizes)
    return n_opinion_groups == 2 and prod(n + 1 for n in ns[:-1]) <= MOST_SPREADS  # noqa: PLR2004


def n_standing(
    cells: Mapping[str | None, int], shaped: Collection[str], rules: Rules
) -> dict[str | None, int]:
    """Return how many stand in marks of each shape in one opinion group.

    Groups of whom few stand there share marks without a shape. There is one in each opinion group:
    where they are no crowd, the largest group there lends some.
    """
    large: dict[str | None, int] = {
        code: n
        for code, n in cells.items()
        if code is not None and code in shaped and n >= rules.min_group
    }
    rest = sum(cells.values()) - sum(large.values())
    standing = dict(large)
    if large and rest < rules.min_group:
        lending = max(large, key=lambda code: (large[code], code or ""))
        left = large[lending] - (rules.min_group - rest)
        standing[lending] = left if left >= rules.min_group else 0
        rest += large[lending] - standing[lending]
    return {code: n for code, n in (standing | {None: rest}).items() if n}


def most_marks(n: int, rules: Rules, code: str | None) -> int | None:
    """Return how many marks a group of ``n`` has at most, so that five of it may be elsewhere.

    Five more may have been lent to the marks without a shape: where others there are few, it is
    known that they were.
    """
    return None if code is None else max(n_marks(n - 2 * rules.min_group, rules), 1)


def _drawing(
    cells: Sequence[Mapping[str | None, int]],
    n_of: Mapping[str | None, int],
    shaped: Collection[str],
    rules: Rules,
) -> Drawing:
    return tuple(
        frozenset(
            (code, n_marks(n, rules, most=most_marks(n_of[code], rules, code) if code else None))
            for code, n in n_standing(cell, shaped, rules).items()
        )
        for cell in cells
    )


@lru_cache(maxsize=256)
def _without_shapes(
    sizes: Sizes, shaped: frozenset[str], steps: tuple[int, ...], rules: Rules
) -> frozenset[Drawing]:
    """Return the drawings that are not shown: it follows from what everybody knows."""
    n_of = dict(sizes)
    alike: dict[Drawing, list[tuple[int, ...]]] = defaultdict(list)
    for spread in _spreads(sizes, steps, rules):
        first = dict(zip(n_of, spread, strict=True))
        second = {code: n - first[code] for code, n in n_of.items()}
        alike[_drawing((first, second), n_of, shaped, rules)].append(spread)
    hidden = {drawing for drawing, spreads in alike.items() if _tells(spreads, sizes, rules)}
    together = [spread for drawing in hidden for spread in alike[drawing]]
    others = sorted(alike.keys() - hidden, key=lambda one: (len(alike[one]), _in_words(one)))
    for drawing in others:
        if not together or not _tells(together, sizes, rules):
            break
        hidden.add(drawing)
        together += alike[drawing]
    return frozenset(hidden)


def _spreads(sizes: Sizes, steps: tuple[int, ...], rules: Rules) -> Iterator[tuple[int, ...]]:
    """Go through how many of each group may be in the first opinion group, the largest last."""
    *smaller, n_last = (n for _code, n in sizes)
    everybody = sum(smaller) + n_last
    fit = [
        n
        for n in range(everybody + 1)
        if (heard_in_steps(n, rules), heard_in_steps(everybody - n, rules)) == steps
    ]
    for at in product(*(range(n + 1) for n in smaller)):
        for n in fit:
            if 0 <= n - sum(at) <= n_last:
                yield *at, n - sum(at)


def _tells(spreads: Sequence[tuple[int, ...]], sizes: Sizes, rules: Rules) -> bool:
    """Say whether these spreads have in common where a group stands, or where a handful of it."""
    for (code, n), here in zip(sizes, zip(*spreads, strict=True), strict=True):
        least, most = min(here), max(here)
        is_few = least == most and 0 < min(least, n - least) < rules.min_group
        if code is not None and (least >= n - rules.almost or most <= rules.almost or is_few):
            return True
    return False


def _in_words(drawing: Drawing) -> str:
    return repr([sorted(side, key=repr) for side in drawing])
