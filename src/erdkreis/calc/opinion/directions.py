"""The plain rule by which a statement may be a tension, on what was let out of its votes."""

from collections.abc import Iterable

from erdkreis.calc.opinion.thresholds import threshold
from erdkreis.calc.privacy import Showing, Tendency, VoteCell


def in_opposite_directions(cells: Iterable[VoteCell]) -> bool:
    """Say whether groups vote in opposite directions.

    In one group at least 60 % of those who voted agree, in another at least 60 % disagree; passes
    are counted among those who voted.

    Parameters
    ----------
    cells : iterable of VoteCell
        One per group, as released: counts, dots, or a tendency. What is hidden says nothing.

    Returns
    -------
    bool
        False where fewer than two groups can be shown.

    Examples
    --------
    >>> yes = VoteCell(Showing.COUNTS, 20, 20, agree=12, passed=4, disagree=4)
    >>> no = VoteCell(Showing.COUNTS, 20, 20, agree=4, passed=4, disagree=12)
    >>> in_opposite_directions([yes, no]), in_opposite_directions([yes, yes])
    (True, False)
    """
    shares = [share for cell in cells if (share := _shares(cell)) is not None]
    least = threshold("tensions.share")
    return any(a >= least for a, _d in shares) and any(d >= least for _a, d in shares)


def _shares(cell: VoteCell) -> tuple[float, float] | None:
    """Return the shares of agreement and disagreement; nothing where nothing is shown."""
    if cell.showing == Showing.TENDENCY:
        return float(cell.tendency == Tendency.AGREE), float(cell.tendency == Tendency.DISAGREE)
    n = cell.agree + cell.passed + cell.disagree
    if cell.showing not in {Showing.COUNTS, Showing.DOTS} or not n:
        return None
    return cell.agree / n, cell.disagree / n
