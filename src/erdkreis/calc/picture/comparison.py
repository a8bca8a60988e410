"""Where groups differ, with effect size and with control over how many are shown wrongly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING

from erdkreis.calc.picture.interval import Interval
from erdkreis.calc.picture.saying import Saying, Says, saying
from erdkreis.calc.picture.shrinking import common_share, fitted_strength, shrunk_share
from erdkreis.calc.picture.summary import Summary
from erdkreis.calc.picture.thresholds import DEFAULTS, Thresholds
from erdkreis.calc.picture.view import View

if TYPE_CHECKING:
    import numpy as np

N_COMPARED = 2
ROUNDING = 1e-9


@dataclass(frozen=True)
class Difference:
    """How far the groups stand apart on one item.

    Parameters
    ----------
    item : str
        Code.
    brighter, darker : str
        The two groups that stand furthest apart.
    effect : float
        Difference of their shares of steps 4 and 5, drawn towards the common share, 0 to 1.
    interval : Interval
        Where the difference of the two whole groups probably lies, -1 to 1, not shrunk.
    p_value : float
        Probability of groups so different if group did not matter.
    q_value : float
        Largest false-discovery rate among all items at which this one would still be shown.
    are_opposed : bool
        Most of one group agrees and most of the other disagrees.
    is_shown : bool
        Significant under false-discovery control, and large enough to matter.
    saying : Saying
        What may be said.
    """

    item: str
    brighter: str
    darker: str
    effect: float
    interval: Interval
    p_value: float
    q_value: float
    are_opposed: bool
    is_shown: bool
    saying: Saying


@dataclass(frozen=True)
class _Group:
    code: str
    said: Summary

    @property
    def yes_of(self) -> tuple[int, int]:
        return self.said.agree.n_yes, self.said.agree.n


def differences(
    items: Mapping[str, Sequence[View]], *, seed: int, thresholds: Thresholds = DEFAULTS
) -> tuple[Difference, ...]:
    """Compare groups on every item and say which differences may be shown.

    Dots count as one person each, so few people never weigh more than they are.

    Parameters
    ----------
    items : mapping of item to sequence of View
        All items tested, all groups as released, in any order.
    seed : int
        For the permutations of small tables: the same seed and data give the same picture.
    thresholds : Thresholds
        False-discovery rate, smallest effect, size below which labels are permuted.

    Returns
    -------
    tuple of Difference
        Items with at least two groups whose distributions are shown. Shown ones first, larger
        effects first.

    References
    ----------
    Opinion analysis, 7.3 and 7.5; Benjamini & Hochberg (1995), “Controlling the false discovery
    rate”, J. R. Stat. Soc. B 57; interval of the difference after Newcombe (1998), method 10,
    with Jeffreys ends. Our choices: docs/methods/picture.md.

    Examples
    --------
    >>> from erdkreis.calc.privacy import Cell, Showing
    >>> bright = View("customers", Cell(Showing.COUNTS, 40, 40, (2, 4, 6, 16, 12), 0))
    >>> dark = View("employees", Cell(Showing.COUNTS, 40, 40, (12, 16, 6, 4, 2), 0))
    >>> (found,) = differences({"q1_work": [bright, dark]}, seed=1)
    >>> found.brighter, found.darker, round(found.effect, 1), found.is_shown
    ('customers', 'employees', 0.5, True)
    """
    import numpy as np  # noqa: PLC0415 - heavy, and most processes never need it

    compared = {item: _groups(views, thresholds) for item, views in sorted(items.items())}
    compared = {item: groups for item, groups in compared.items() if len(groups) >= N_COMPARED}
    if not compared:
        return ()
    strength = fitted_strength([[group.yes_of for group in groups] for groups in compared.values()])
    rng = np.random.default_rng(seed)
    p_values = [_p_value(groups, rng, thresholds) for groups in compared.values()]
    q_values = _false_discovery_rates(p_values)
    found = [
        _difference(item, groups, strength, p, float(q), thresholds)
        for (item, groups), p, q in zip(compared.items(), p_values, q_values, strict=True)
    ]
    return tuple(sorted(found, key=lambda d: (not d.is_shown, -d.effect, d.item)))


def _groups(views: Sequence[View], thresholds: Thresholds) -> list[_Group]:
    # In the order of their codes: permutations then do not depend on the order handed in.
    said = [(view.group, view.summary(thresholds)) for view in views]
    return sorted((_Group(code, s) for code, s in said if s is not None), key=lambda g: g.code)


def _p_value(groups: list[_Group], rng: "np.random.Generator", thresholds: Thresholds) -> float:
    """Test agree or not × group: by formula where fields are full, else by permuting labels."""
    import numpy as np  # noqa: PLC0415 - heavy, and most processes never need it
    from scipy.special import chdtrc  # noqa: PLC0415 - as above; scipy.stats would take 60 MB more

    yes, n = (np.array(column) for column in zip(*(g.yes_of for g in groups), strict=True))
    share = yes.sum() / n.sum()
    if share in {0.0, 1.0}:
        return 1.0
    if min(share, 1 - share) * n.min() >= thresholds.expected:
        return float(chdtrc(len(groups) - 1, _chi_square(yes, n, share)))
    drawn = rng.multivariate_hypergeometric(n, int(yes.sum()), size=thresholds.draws)
    as_far = _chi_square(drawn, n, share) >= _chi_square(yes, n, share) - ROUNDING
    # The picture itself is one of the possible tables: a p value is never 0.
    return float((1 + as_far.sum()) / (1 + thresholds.draws))


def _false_discovery_rates(p_values: list[float]) -> list[float]:
    """Return for each p value the smallest rate of false findings at which it counts.

    References
    ----------
    Benjamini & Hochberg (1995), “Controlling the false discovery rate”, procedure of step 1.
    """
    lowest, rates = 1.0, dict[int, float]()
    ranked = sorted(range(len(p_values)), key=lambda at: p_values[at])
    for rank, at in reversed(list(enumerate(ranked, start=1))):
        lowest = min(lowest, p_values[at] * len(p_values) / rank)
        rates[at] = lowest
    return [rates[at] for at in range(len(p_values))]


def _chi_square(
    yes: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
    n: "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
    share: float,
) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    squares: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = (
        (yes - n * share) ** 2 / (n * share * (1 - share))
    ).sum(axis=-1)
    return squares


def _difference(
    item: str, groups: list[_Group], strength: float, p: float, q: float, thresholds: Thresholds
) -> Difference:
    common = common_share([group.yes_of for group in groups])
    shrunk = {g.code: shrunk_share(*g.yes_of, common, strength) for g in groups}
    brighter = max(groups, key=lambda g: shrunk[g.code])
    darker = min(groups, key=lambda g: shrunk[g.code])
    effect = shrunk[brighter.code] - shrunk[darker.code]
    are_opposed = (
        brighter.said.agree.value >= thresholds.opposed
        and darker.said.disagree.value >= thresholds.opposed
    )
    is_shown = q <= thresholds.false_discovery and effect >= thresholds.effect
    return Difference(
        item=item,
        brighter=brighter.code,
        darker=darker.code,
        effect=effect,
        interval=_difference_interval(brighter.said, darker.said),
        p_value=p,
        q_value=q,
        are_opposed=are_opposed,
        is_shown=is_shown,
        saying=saying(
            _words(is_shown=is_shown, are_opposed=are_opposed),
            item=item,
            brighter=brighter.code,
            darker=darker.code,
        ),
    )


def _words(*, is_shown: bool, are_opposed: bool) -> Says:
    if not is_shown:
        return Says.GROUPS_COULD_BE_CHANCE
    return Says.GROUPS_OPPOSED if are_opposed else Says.GROUPS_DIFFER


def _difference_interval(first: Summary, second: Summary) -> Interval:
    """Return where the difference of two shares of agreement probably lies, -1 to 1."""
    return newcombe(
        first.agree.value, first.agree.interval, second.agree.value, second.agree.interval
    )


def newcombe(first: float, first_in: Interval, second: float, second_in: Interval) -> Interval:
    """Join the intervals of two independent shares into one of their difference.

    References
    ----------
    Newcombe (1998), “Interval estimation for the difference between independent proportions”,
    Statistics in Medicine 17, method 10.

    Examples
    --------
    >>> from erdkreis.calc.picture import share_interval
    >>> newcombe(0.5, share_interval(20, 40), 0.5, share_interval(20, 40)).holds(0)
    True
    """
    down = hypot(first - first_in.low, second_in.high - second)
    up = hypot(first_in.high - first, second - second_in.low)
    return Interval(first - second - down, first - second + up)
