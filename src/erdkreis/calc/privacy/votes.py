"""Votes on one statement: what of their counts may leave, and when newer ones may follow."""

from dataclasses import dataclass, replace

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
    (7, 1, 2, 30, 34)
    """
    of_votes = replace(rules, almost=ALMOST_OF_ONE_VOTE)
    return _votes(coarse_cell(_on_the_scale(counts), of_votes, start=start))


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
