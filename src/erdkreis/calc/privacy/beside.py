"""Groups beside the total of a statement: which of them may stand there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

from erdkreis.calc.privacy.cell import Showing, Tendency
from erdkreis.calc.privacy.rules import Rules
from erdkreis.calc.privacy.votes import ALMOST_OF_ONE_VOTE, KINDS, VoteCell, VoteCounts

HIDDEN = VoteCell(Showing.TOO_FEW)
ENDS = (Tendency.AGREE, Tendency.MIDDLE, Tendency.DISAGREE)
Vector = tuple[int, ...]
NO_VOTES: Vector = (0, 0, 0)
NOBODY = VoteCounts()


@dataclass(frozen=True)
class Beside:
    """One group beside a total.

    Parameters
    ----------
    cell : VoteCell
        What of the group would be shown.
    counts : VoteCounts
        What the cell was made from, perhaps some votes ago.
    n : int
        How many people of the group are in the total.
    """

    cell: VoteCell
    counts: VoteCounts
    n: int

    @classmethod
    def hidden(cls, n: int) -> "Beside":
        return cls(HIDDEN, VoteCounts(), n)

    @property
    def is_shown(self) -> bool:
        return self.cell.showing is not Showing.TOO_FEW


def hidden_beside(total: VoteCounts, parts: Mapping[str, Beside], rules: Rules) -> frozenset[str]:
    """Name the groups that must stay hidden beside the total of a statement.

    Who takes the groups that are shown from the total has the votes of those who are left: people
    of hidden groups and without one, and whoever voted since a group was shown last. Groups are
    hidden, smallest first, as long as this would tell how somebody of them voted.

    Parameters
    ----------
    total : VoteCounts
        What the total is made from, taken as known exactly.
    parts : mapping from group to `Beside`
        Everybody in the total is in one of them.
    rules : Rules
        Thresholds.

    Returns
    -------
    frozenset of str
        Those that were not shown anyway, too.

    Notes
    -----
    How many people of a group voted is taken as known: whoever is asked who was there can tell.
    A cell of dots fits exactly those counts in which each kind of vote lies less than one dot off,
    and which would not be told in words. Between the ends of these ranges every sum is possible
    (they are integral base polyhedra), so what is left is known up to ranges, too, and no
    further. Of fewer people than the minimum no kind of vote may be certain; of more, not that
    all but two, or all but those of a handful among them, voted alike.

    References
    ----------
    Anonymity rules 1, 2 and 4 of the domain description. Frank & Tardos (1988), Generalized
    polymatroids and submodular flows, Math. Programming 42, on sums of such sets.

    Examples
    --------
    >>> votes = VoteCounts(9, 1, 8)
    >>> cell = VoteCell(Showing.DOTS, 15, 19, agree=3, passed=0, disagree=2)
    >>> parts = {"a": Beside(cell, votes, 18), "": Beside.hidden(1)}
    >>> sorted(hidden_beside(VoteCounts(9, 2, 8), parts, Rules()))
    ['']
    >>> sorted(hidden_beside(VoteCounts(9, 1, 12), parts | {"": Beside.hidden(3)}, Rules()))
    ['', 'a']
    """
    shown = sorted(
        (part for part, one in parts.items() if one.is_shown),
        key=lambda part: (parts[part].counts.n, part),
    )
    hidden = parts.keys() - set(shown)
    while shown:
        handfuls = [parts[part].n for part in hidden]
        smallest = max((n for n in handfuls if n < rules.min_group), default=0)
        if not _is_told(total, [parts[part] for part in shown], smallest, rules):
            break
        hidden.add(shown.pop(0))
    return frozenset(hidden)


def move_is_told(
    total: tuple[VoteCounts, VoteCounts], moves: Sequence[tuple[Beside, Beside]], rules: Rules
) -> bool:
    """Say whether two totals and what groups showed beside both tell how somebody voted.

    Parameters
    ----------
    total : (VoteCounts, VoteCounts)
        What the earlier total and the newer one were made from.
    moves : sequence of (Beside, Beside)
        The earlier and the newer cell of each group that has a newer one.
    rules : Rules
        Thresholds.

    Returns
    -------
    bool
        Who came in between without being in a newer cell would be told, as in `hidden_beside`.

    Examples
    --------
    >>> then = Beside(VoteCell(Showing.DOTS, 20, 24, 5, 0, 5), VoteCounts(10, 0, 10), 20)
    >>> now = Beside(VoteCell(Showing.DOTS, 25, 29, 5, 0, 5), VoteCounts(13, 0, 13), 26)
    >>> move_is_told((VoteCounts(10, 0, 10), VoteCounts(13, 1, 13)), [(then, now)], Rules())
    False
    >>> move_is_told((VoteCounts(10, 0, 10), VoteCounts(17, 0, 13)), [(then, now)], Rules())
    True
    """
    bounds = [
        (_minus(_bounds(now)[0], _bounds(then)[1]), _minus(_bounds(now)[1], _bounds(then)[0]))
        for then, now in moves
    ]
    came = [_minus(_vector(now.counts), _vector(then.counts)) for then, now in moves]
    whole = _minus(_vector(total[1]), _vector(total[0]))
    return _tells(whole, _minus(whole, _sum(came)), bounds, rules)


def newcomers_are_told(
    total: Mapping[str, VoteCounts], shown: Mapping[str, Beside], rules: Rules
) -> bool:
    """Say whether an earlier total would tell how those voted who came after it.

    Parameters
    ----------
    total : mapping from group to counts
        What the earlier total was made from, by group.
    shown : mapping from group to `Beside`
        Newer cells.
    rules : Rules
        Thresholds.

    Returns
    -------
    bool
        More than the cells tell themselves would be certain of the newcomers. Where somebody of
        the total is in no cell, or a cell is older than the total, nothing of it can be said.

    Examples
    --------
    >>> then = {"a": VoteCounts(10, 0, 10)}
    >>> shown = {"a": Beside(VoteCell(Showing.DOTS, 20, 24, 6, 0, 4), VoteCounts(12, 0, 10), 22)}
    >>> newcomers_are_told(then, shown, Rules())
    True
    >>> newcomers_are_told(then | {"": VoteCounts(1)}, shown, Rules())
    False
    """
    before = {part: total.get(part, VoteCounts()).n for part in shown}
    came = {part: one.counts.n - before[part] for part, one in shown.items()}
    is_in_no_cell = any(counts.n for part, counts in total.items() if part not in shown)
    if is_in_no_cell or min(came.values(), default=0) < 0:
        return False
    whole = _sum(_vector(counts) for counts in total.values())
    bounds = {part: _bounds(one) for part, one in shown.items()}
    left = _minus(whole, _sum(_vector(one.counts) for one in shown.values()))
    themselves = _sum(
        tuple(max(at - before[part], 0) for at in low) for part, (low, _high) in bounds.items()
    )
    return _tells(whole, left, list(bounds.values()), rules, known=themselves)


def newcomers_may_be_told(
    now: VoteCounts, shown: Sequence[Beside], rules: Rules, told: VoteCounts = NOBODY
) -> bool:
    """Say whether a later total could tell how those vote who are still to come.

    Parameters
    ----------
    now : VoteCounts
        Everybody who voted up to now, those in the cells among them.
    shown : sequence of `Beside`
        Cells made from votes of now.
    rules : Rules
        Thresholds.
    told : VoteCounts
        The total that is told already, taken as known exactly.

    Returns
    -------
    bool
        Of what the cells leave of now, at most two may have voted otherwise than the others; or
        fewer than a handful, if only a handful is left.

    Notes
    -----
    Take a kind of vote. Of those who are left of a later total, as many as can have voted
    otherwise are those of now less the fewest in the cells, and the newcomers who did. That is
    least where all newcomers vote alike, however many they are. So no later total tells, if that
    many of now are enough for each kind. Of a kind there are never fewer than in the total before;
    and where cells leave as many of a kind as that total does, they tell nothing of it.

    Examples
    --------
    >>> cell = VoteCell(Showing.DOTS, 30, 34, agree=1, passed=9, disagree=0)
    >>> votes = VoteCounts(3, 28, 0)
    >>> newcomers_may_be_told(votes, [Beside(cell, votes, 31)], Rules())
    True
    >>> cell, votes = VoteCell(Showing.DOTS, 40, 44, 5, 0, 5), VoteCounts(20, 0, 20)
    >>> newcomers_may_be_told(votes, [Beside(cell, votes, 40)], Rules())
    False
    >>> newcomers_may_be_told(votes, [Beside(cell, votes, 40)], Rules(), VoteCounts(18, 0, 18))
    False
    """
    left = now.n - sum(one.counts.n for one in shown)
    many = max(ALMOST_OF_ONE_VOTE, left - 1 if left < rules.min_group else 0)
    _low, high = _all_of_now(now, shown, told)
    by_total = [then + now.n - told.n for then in _vector(told)]
    # All others of now, less the fewest others in the cells.
    otherwise = [
        top - at
        for at, top, without in zip(_vector(now), high, by_total, strict=True)
        if top < without
    ]
    return min(otherwise, default=many + 1) <= many


def crowd_is_told(told: VoteCounts, now: VoteCounts, shown: Sequence[Beside], rules: Rules) -> bool:
    """Say whether a total of earlier and cells of later tell how somebody voted.

    The cells are of groups nobody knew when the total was told, so that how many of each group were
    in it is not known: only how many people came since.

    Parameters
    ----------
    told : VoteCounts
        What the earlier total was made from, taken as known exactly.
    now : VoteCounts
        Everybody who voted up to now, those in the cells among them.
    shown : sequence of `Beside`
        Cells made from votes of now.
    rules : Rules
        Thresholds.

    Returns
    -------
    bool
        Of those who came since, or of those who are in no cell, more would be certain than in
        `hidden_beside`; or some of the total are not there any more.

    Examples
    --------
    Of fifteen who came all agreed; the band 20 to 24 of ten dots leaves no room for another way:

    >>> cells = [
    ...     Beside(VoteCell(Showing.TENDENCY, 25, 29, tendency=Tendency.AGREE), votes, votes.n)
    ...     for votes in [VoteCounts(23, 1, 1)]
    ... ]
    >>> crowd_is_told(VoteCounts(8, 10, 7), VoteCounts(23, 10, 7), cells, Rules())
    True
    >>> crowd_is_told(VoteCounts(20, 4, 1), VoteCounts(23, 10, 7), cells, Rules())
    False
    """
    n_new, n_hidden = now.n - told.n, now.n - sum(one.counts.n for one in shown)
    if min(_minus(_vector(now), _vector(told))) < 0:
        return True
    low, high = _sum(_bounds(one)[0] for one in shown), _sum(_bounds(one)[1] for one in shown)
    whole = _vector(told)
    came, _most = _tight(
        _minus(low, whole), [at + n_hidden - then for at, then in zip(high, whole, strict=True)],
        n_new,
    )  # fmt: skip
    hidden, _most = _tight(
        _minus(whole, high), [then + n_new - at for at, then in zip(low, whole, strict=True)],
        n_hidden,
    )  # fmt: skip
    themselves = tuple(max(at + n_hidden - told.n, 0) for at in whole)
    return _names(came, n_new, rules) or _names(hidden, n_hidden, rules, known=themselves)


def _all_of_now(
    now: VoteCounts, shown: Sequence[Beside], told: VoteCounts
) -> tuple[Vector, Vector]:
    """Return the least and the most of each kind of now that cells and the total leave."""
    left = now.n - sum(one.counts.n for one in shown)
    low = _sum(_bounds(one)[0] for one in shown)
    high = _sum(_bounds(one)[1] for one in shown)
    at_least = [max(at, then) for at, then in zip(low, _vector(told), strict=True)]
    return _tight(at_least, [at + left for at in high], now.n)


def _names(
    certain: Vector, n: int, rules: Rules, handful: int = 0, known: Vector = NO_VOTES
) -> bool:
    """Say whether so many of each kind being certain would name somebody of so many people."""
    many = max(ALMOST_OF_ONE_VOTE, handful - 1)
    needed = 1 if n < rules.min_group else n - many
    return n > 0 and any(at >= needed and at > own for at, own in zip(certain, known, strict=True))


def _is_told(total: VoteCounts, shown: Sequence[Beside], handful: int, rules: Rules) -> bool:
    """Say whether the total less the groups shown tells how somebody who is left voted."""
    left = _minus(_vector(total), _sum(_vector(one.counts) for one in shown))
    return _tells(_vector(total), left, [_bounds(one) for one in shown], rules, handful)


def _tells(
    whole: Vector,
    left: Vector,
    bounds: Sequence[tuple[Vector, Vector]],
    rules: Rules,
    handful: int = 0,
    known: Vector = NO_VOTES,
) -> bool:
    if not any(left):
        return False
    if min(left) < 0 < max(left):
        return True  # some are in the total alone, others in a group alone: not worth a proof
    least, most = _sum(low for low, _high in bounds), _sum(high for _low, high in bounds)
    low, high = _minus(whole, most), _minus(whole, least)
    if min(left) < 0:  # the groups are newer than the total
        low, high = tuple(-at for at in high), tuple(-at for at in low)
    n_left = abs(sum(left))
    return _names(_tight(low, high, n_left)[0], n_left, rules, handful, known)


def _bounds(one: Beside) -> tuple[Vector, Vector]:
    """Return how many of each kind of vote a cell of so many people could stand for."""
    n, cell = one.counts.n, one.cell
    told = (cell.agree, cell.passed, cell.disagree)
    if cell.showing is Showing.COUNTS:
        return told, told
    if cell.showing is Showing.TENDENCY:
        at = [cell.tendency is end for end in ENDS]
        low = [n - ALMOST_OF_ONE_VOTE if here else 0 for here in at]
        return _tight(low, [n if here else ALMOST_OF_ONE_VOTE for here in at], n)
    dot = n / sum(told)
    # Rounding moves an answer by less than one dot; and almost of one mind would be told in words.
    low = [max(floor((part - 1) * dot) + 1, 0) for part in told]
    high = [min(ceil((part + 1) * dot) - 1, n - ALMOST_OF_ONE_VOTE - 1) for part in told]
    return _tight(low, high, n)


def _tight(low: Sequence[int], high: Sequence[int], n: int) -> tuple[Vector, Vector]:
    """Return the least and the most of each kind, together being so many."""
    low, high = [max(at, 0) for at in low], [min(at, n) for at in high]
    return (
        tuple(max(at, n - sum(high) + high[kind]) for kind, at in enumerate(low)),
        tuple(min(at, n - sum(low) + low[kind]) for kind, at in enumerate(high)),
    )


def _vector(counts: VoteCounts) -> Vector:
    return tuple(getattr(counts, kind) for kind in KINDS)


def _sum(vectors: Iterable[Vector]) -> Vector:
    return tuple(sum(at) for at in zip(NO_VOTES, *vectors, strict=True))


def _minus(one: Vector, other: Vector) -> Vector:
    return tuple(a - b for a, b in zip(one, other, strict=True))
