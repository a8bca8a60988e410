"""Votes on one statement: what of their counts may leave, and when newer ones may follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from erdkreis.calc.privacy.cell import (
    MIDDLE_START,
    Cell,
    Showing,
    Tendency,
    coarse_cell,
    next_band,
    released_cell,
)
from erdkreis.calc.privacy.counts import Counts
from erdkreis.calc.privacy.rules import Rules

NONE = (0, 0, 0)
# Agreeing is one kind of vote, not two steps: who alone differs would know all other votes.
ALMOST_OF_ONE_VOTE = 2
KINDS = ("agree", "passed", "disagree")
# Rounding may have begun anywhere; what needs a place between these is taken as impossible.
POSSIBLE_STARTS = tuple((step + 0.5) / 12 for step in range(12))


@dataclass(frozen=True)
class VoteCounts:
    """How often people agreed, passed and disagreed.

    Parameters
    ----------
    agree, passed, disagree : int
        Number of people. A pass is a vote; who has not seen the statement is in none of them.

    Examples
    --------
    >>> VoteCounts(agree=4, passed=1, disagree=2).n
    7
    """

    agree: int = 0
    passed: int = 0
    disagree: int = 0

    @property
    def n(self) -> int:
        """Number of people who voted, passes included."""
        return self.agree + self.passed + self.disagree


@dataclass(frozen=True)
class VoteCell:
    """What leaves of the votes on one statement.

    Parameters
    ----------
    showing : Showing
        ``counts``, ``dots``, ``tendency`` or ``too_few``.
    n_from, n_to : int
        Number of votes: equal where exact, the ends of a band where rounded, 0 where hidden.
    agree, passed, disagree : int
        For ``counts`` people, for ``dots`` dots; else 0.
    tendency : Tendency or None
        Only for ``tendency``; the middle means that (almost) all passed.
    """

    showing: Showing
    n_from: int = 0
    n_to: int = 0
    agree: int = 0
    passed: int = 0
    disagree: int = 0
    tendency: Tendency | None = None


def released_votes(counts: VoteCounts, rules: Rules, *, start: float = MIDDLE_START) -> VoteCell:
    """Decide what the votes on one statement may show: the rules of the picture, on three places.

    Parameters
    ----------
    counts : VoteCounts
        Raw counts.
    rules : Rules
        Thresholds.
    start : float, 0 to 1
        Where rounding into dots begins, as in `released_cell`.

    Returns
    -------
    VoteCell
        Hidden cells carry no number at all; that nobody voted is not told apart from too few.

    References
    ----------
    Anonymity rules 1, 4 and 5 of the domain description, docs/methods/privacy.md.

    Examples
    --------
    >>> released_votes(VoteCounts(agree=4), Rules()).showing
    <Showing.TOO_FEW: 'too_few'>
    >>> released_votes(VoteCounts(agree=12, passed=5, disagree=9), Rules()).passed
    5
    """
    of_votes = replace(rules, almost=ALMOST_OF_ONE_VOTE)
    return _votes(released_cell(_on_the_scale(counts), of_votes, start=start))


def votes_of_part(counts: VoteCounts, rules: Rules, *, start: float = MIDDLE_START) -> VoteCell:
    """Decide what the votes of one group may show beside those of everybody.

    Parameters
    ----------
    counts : VoteCounts
        Raw counts of the group.
    rules : Rules
        Thresholds.
    start : float, 0 to 1
        Where rounding into dots begins; see :func:`released_cell`.

    Returns
    -------
    VoteCell
        Never exact counts: they could be taken off the total.

    Examples
    --------
    >>> cell = votes_of_part(VoteCounts(agree=21, passed=3, disagree=6), Rules())
    >>> cell.agree, cell.passed, cell.disagree, cell.n_from, cell.n_to
    (14, 2, 4, 30, 34)
    """
    of_votes = replace(rules, almost=ALMOST_OF_ONE_VOTE)
    return _votes(coarse_cell(_on_the_scale(counts), of_votes, start=start))


def hidden_parts(
    parts: Mapping[str, VoteCounts],
    rules: Rules,
    start_of: Callable[[str], float] = lambda _part: MIDDLE_START,
) -> frozenset[str]:
    """Name the groups whose votes on one statement must stay hidden.

    Those below the minimum. And where what is left of everybody is a handful of people, further
    ones, smallest first, as long as the total and the groups shown would say for certain how
    somebody of that handful voted. Parts are told in dots and bands, so mostly they do not.

    Parameters
    ----------
    parts : mapping from group to raw counts
        Together they must be everybody, those without a group included.
    rules : Rules
        Thresholds.
    start_of : callable from group to float, 0 to 1
        Where rounding into dots begins in the cell of each group, as it is shown.

    Returns
    -------
    frozenset of str

    Notes
    -----
    How many people of a group voted is taken as known: whoever is asked who was there can tell. And
    with the exact total a band says nearly as much. Each kind of vote among the handful has to stay
    open: some group must look the same if one vote of this kind had been cast in it, and another
    one of its votes by the handful.

    References
    ----------
    Anonymity rules 1 and 2 of the domain description.

    Examples
    --------
    >>> parts = {"a": VoteCounts(1, 0, 2), "b": VoteCounts(20, 4, 30), "c": VoteCounts(9, 1, 8)}
    >>> sorted(hidden_parts(parts, Rules()))
    ['a']
    >>> sorted(hidden_parts({"a": VoteCounts(0, 3, 0), "c": VoteCounts(18)}, Rules()))
    ['a', 'c']
    """
    hidden = {part for part, counts in parts.items() if counts.n < rules.min_group}
    shown = sorted(parts.keys() - hidden, key=lambda part: (parts[part].n, part))
    while shown:
        left = sum(parts[part].n for part in hidden)
        if left == 0 or left >= rules.min_group:
            break
        cells = [
            (parts[part], votes_of_part(parts[part], rules, start=start_of(part))) for part in shown
        ]
        if not _gives_away_the_rest(_together(parts[part] for part in hidden), cells, rules):
            break
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def _gives_away_the_rest(
    rest: VoteCounts, cells: Sequence[tuple[VoteCounts, VoteCell]], rules: Rules
) -> bool:
    """Say whether the groups shown leave no doubt about some vote of those who are left.

    Either more of a kind were cast than the cells could stand for, taken one by one; or no group
    would look the same if one of those votes had been its own.
    """
    most = _together(_most_of(cell, counts.n) for counts, cell in cells)
    given = _together([rest, *(counts for counts, _cell in cells)])
    if any(getattr(given, kind) > getattr(most, kind) for kind in KINDS):
        return True
    return any(
        not any(_could_hold_one_more(kind, counts, cell, rules) for counts, cell in cells)
        for kind in KINDS
        if getattr(rest, kind)
    )


def _could_hold_one_more(kind: str, counts: VoteCounts, cell: VoteCell, rules: Rules) -> bool:
    """Say whether a group would look the same if one more of its votes were of this kind."""
    others = [
        replace(counts, **{kind: getattr(counts, kind) + 1, other: getattr(counts, other) - 1})
        for other in KINDS
        if other != kind and getattr(counts, other)
    ]
    return any(
        votes_of_part(other, rules, start=start) == cell
        for other in others
        for start in POSSIBLE_STARTS
    )


def _most_of(cell: VoteCell, n: int) -> VoteCounts:
    """Return how many of each answer a cell of so many people could stand for at most."""
    if cell.showing is Showing.TENDENCY:
        # Words are for all, or for all but one: more than that the others cannot have given.
        ends = (Tendency.AGREE, Tendency.MIDDLE, Tendency.DISAGREE)
        return VoteCounts(*(n if cell.tendency is end else 0 for end in ends))
    dots = cell.agree + cell.passed + cell.disagree
    # Rounding moves an answer by less than one dot.
    told = (cell.agree, cell.passed, cell.disagree)
    return VoteCounts(*(min(ceil((part + 1) * n / dots) - 1, n) for part in told))


def _together(counts: Iterable[VoteCounts]) -> VoteCounts:
    counted = list(counts)
    return VoteCounts(*(sum(getattr(one, kind) for one in counted) for kind in KINDS))


def _votes(cell: Cell) -> VoteCell:
    if cell.showing is Showing.SILENT:
        return VoteCell(Showing.TOO_FEW)
    agree, passed, disagree = (cell.steps[4], cell.steps[2], cell.steps[0]) if cell.steps else NONE
    return VoteCell(cell.showing, cell.n_from, cell.n_to, agree, passed, disagree, cell.tendency)


def may_follow(
    now: VoteCounts, before: VoteCounts | None, rules: Rules, *, secret_wait: int = 0
) -> bool:
    """Say whether these counts may be let out after those that were let out last.

    Two releases can be subtracted. So what came in between must itself be allowed to show: at
    least the minimum of new votes, not (almost) all the same, and as many as may be counted out
    if both releases count people. A vote changed or taken back must not show either: no kind of
    vote may have become fewer, unless at least the minimum of people left it. The same words
    once more, with a newer number of votes, may always follow.

    Parameters
    ----------
    now : VoteCounts
        Raw counts of now.
    before : VoteCounts or None
        Raw counts the last release was made from, if there was one.
    rules : Rules
        Thresholds.
    secret_wait : int
        Votes to wait for beyond the minimum. Nobody outside knows how many, so that whoever looks
        all the time does not learn the exact number from the moment of a release.

    Returns
    -------
    bool

    Examples
    --------
    >>> few, more = VoteCounts(3, 1, 3), VoteCounts(6, 3, 6)
    >>> may_follow(few, None, Rules()), may_follow(VoteCounts(5, 3, 6), few, Rules())
    (True, False)
    >>> may_follow(more, few, Rules()), may_follow(VoteCounts(12, 1, 3), few, Rules())
    (True, False)
    >>> may_follow(more, few, Rules(), secret_wait=1)
    False
    >>> may_follow(VoteCounts(2, 8, 6), few, Rules())
    False
    """
    at_most = released_votes(before, rules).n_to if before else 0
    # Enough are new whatever the number behind the last band was; and the wait begins where a band
    # begins, so that every number of the band is possible at the moment of the release.
    if now.n < next_band(at_most + rules.min_group, rules) + secret_wait:
        return False
    if before is None:
        return True
    told, then = released_votes(now, rules), released_votes(before, rules)
    if told.showing is Showing.TENDENCY and told.tendency is then.tendency:
        return True  # the same words once more: only the number of votes is new
    moves = (now.agree - before.agree, now.passed - before.passed, now.disagree - before.disagree)
    if any(-rules.min_group < move < 0 for move in moves):
        return False
    new = released_votes(VoteCounts(*(max(move, 0) for move in moves)), rules).showing
    both_count = told.showing is then.showing is Showing.COUNTS
    return new is Showing.COUNTS or (new is Showing.DOTS and not both_count)


def _on_the_scale(counts: VoteCounts) -> Counts:
    """Lay three kinds of votes on five steps: the rules look only at both ends and the middle."""
    return Counts(steps=(counts.disagree, 0, counts.passed, 0, counts.agree))
