"""Shares of small groups, drawn towards what all groups say."""

from collections.abc import Sequence

# How many people's worth of trust the common share may get; the data choose among these. No more
# than a small group: otherwise five items on which all agree would hide the sixth, on which not.
STRENGTHS = (1.0, 2.0, 4.0, 8.0)
Table = Sequence[tuple[int, int]]


def common_share(table: Table) -> float:
    """Return the share over groups, each group one voice, 0 to 1; 0.5 without a group.

    Examples
    --------
    >>> common_share([(8, 10), (10, 50)])
    0.5
    """
    shares = [yes / n for yes, n in table if n]
    # Weighted by size the largest group would pull all others to itself.
    return sum(shares) / len(shares) if shares else 0.5


def fitted_strength(tables: Sequence[Table]) -> float:
    """Choose how strongly small groups are drawn to the common share.

    Parameters
    ----------
    tables : sequence of tables
        Per item the groups' ``(n_yes, n)``. All items together choose one strength.

    Returns
    -------
    float
        People's worth of trust in the common share; one of ``STRENGTHS``. Where groups differ
        much it is small.

    References
    ----------
    Marginal likelihood of the Beta-binomial distribution; opinion analysis, 7.3.

    Examples
    --------
    >>> fitted_strength([[(5, 50), (45, 50)]])
    1.0
    >>> fitted_strength([[(25, 50), (26, 50), (24, 50)]])
    8.0
    """
    likelihoods = [sum(_likelihood(table, m) for table in tables) for m in STRENGTHS]
    return STRENGTHS[likelihoods.index(max(likelihoods))]


def shrunk_share(n_yes: int, n: int, common: float, strength: float) -> float:
    """Return a group's share, drawn towards the common one; the fewer people, the more.

    Examples
    --------
    >>> shrunk_share(5, 5, 0.5, 5.0), round(shrunk_share(100, 100, 0.5, 5.0), 2)
    (0.75, 0.98)
    """
    return (strength * common + n_yes) / (strength + n)


def _likelihood(table: Table, strength: float) -> float:
    from scipy.special import betaln  # noqa: PLC0415 - heavy, and most processes never need it

    # Kept off 0 and 1, where the Beta distribution ends.
    common = min(max(common_share(table), 0.01), 0.99)
    a, b = strength * common, strength * (1 - common)
    return float(sum(betaln(a + yes, b + n - yes) - betaln(a, b) for yes, n in table))
