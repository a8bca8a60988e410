"""What if: change facts, weights or ratings and see points move, without saving anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from erdkreis.calc.commongood.assessment import Assessment, assess
from erdkreis.calc.commongood.edition import RatingKind
from erdkreis.calc.commongood.merging import check_ratings
from erdkreis.calc.commongood.sheet import Sheet
from erdkreis.calc.commongood.tables import levels


@dataclass(frozen=True, slots=True)
class Move:
    """How one topic moved: weight, points and maximum, before and after."""

    code: str
    weight_before: float
    weight_after: float
    points_before: float
    points_after: float
    max_points_before: float
    max_points_after: float

    @property
    def gain(self) -> float:
        """Points won; below 0 for points lost."""
        return self.points_after - self.points_before


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two assessments side by side.

    Attributes
    ----------
    before, after : Assessment
    moves : tuple of Move
        The topics whose weight, points or maximum differ, in the order of the matrix.
    """

    before: Assessment
    after: Assessment
    moves: tuple[Move, ...]

    @property
    def gain(self) -> float:
        """Points the total wins; below 0 for points lost."""
        return self.after.total_points - self.before.total_points


@dataclass(frozen=True, slots=True)
class NextStep:
    """One aspect lifted by one level, or one harm ended, and what the total would win.

    Attributes
    ----------
    code : str
        The aspect.
    estimation_before, estimation_after : float
        0 to 10, or -200 to 0.
    gain : float
        Points, above 0.
    """

    code: str
    estimation_before: float
    estimation_after: float
    gain: float


def what_if(before: Assessment, changed: Sheet) -> WhatIf:
    """Compare an assessment with a changed sheet.

    Parameters
    ----------
    before : Assessment
    changed : Sheet
        Of the same edition; from ``changed_sheet``, ``rerated_sheet`` or ``dataclasses.replace``.

    Returns
    -------
    WhatIf

    Raises
    ------
    UnknownCode, NothingWeighs
        As for ``assess``.
    ValueError
        The changed sheet is of another edition, so that topics cannot be laid side by side.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import changed_sheet, new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 6}],
    ... })
    >>> doubled = changed_sheet(sheet, {"stakeholderWeights": [{"shortName": "A", "weight": 2}]})
    >>> found = what_if(assess(sheet), doubled)
    >>> found.moves[0].code, round(found.moves[0].points_after, 9), round(found.gain, 9)
    ('A1', 50.0, 20.0)
    """
    if changed.edition is not before.sheet.edition:
        raise ValueError("both sheets must be of the same version and kind of the matrix")
    after = assess(changed)
    moves = [
        Move(
            old.code,
            old.weight,
            new.weight,
            old.points,
            new.points,
            old.max_points,
            new.max_points,
        )
        for old, new in zip(before.topics, after.topics, strict=True)
        if old != new
    ]
    return WhatIf(before, after, tuple(moves))


def rerated_sheet(sheet: Sheet, estimations: Mapping[str, float]) -> Sheet:
    """Change estimations only; chosen weights stay (a patch without weight would lose them).

    Parameters
    ----------
    sheet : Sheet
    estimations : mapping of str to float
        By code of the aspect: 0 to 10, or -200 to 0 for a negative one.

    Returns
    -------
    Sheet

    Raises
    ------
    InvalidRating
        An estimation does not fit its aspect.
    KeyError
        The edition has no such aspect.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Full", "version": "5.10",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ... })
    >>> rerated_sheet(sheet, {"A1.1": 6}).rating("A1.1").estimation
    6.0
    """
    ratings = list(sheet.ratings)
    for code, estimation in estimations.items():
        at = sheet.edition.places[code]
        ratings[at] = ratings[at]._replace(estimation=float(estimation))
    check_ratings(sheet.edition, tuple(ratings))
    return replace(sheet, ratings=tuple(ratings))


def next_steps(assessment: Assessment) -> tuple[NextStep, ...]:
    """List single steps by how many points they would win, the most telling first.

    Each step is calculated as a whole sheet. A positive aspect is lifted to the start of its next
    level (1, 2, 4, 7) and from exemplary on to 10; a negative one is brought to 0. Steps that win
    nothing are left out: aspects that weigh 0, and harm in a topic that weighs 0.

    Parameters
    ----------
    assessment : Assessment

    Returns
    -------
    tuple of NextStep
        By gain, then in the order of the matrix. Points are no plan: what matters may weigh
        little.

    Examples
    --------
    >>> from erdkreis.calc.commongood.merging import new_sheet
    >>> sheet = new_sheet({
    ...     "type": "Compact", "version": "5.08",
    ...     "generalInformation": {
    ...         "company": {"name": "Beispiel eG"},
    ...         "contactPerson": {"name": "Kim Muster", "email": "kim@example.org"},
    ...     },
    ...     "ratings": [{"shortName": "A1.1", "estimations": 4}],
    ... })
    >>> next_steps(assess(sheet))[0]
    NextStep(code='A1.1', estimation_before=4.0, estimation_after=7.0, gain=15.0)
    """
    sheet = assessment.sheet
    steps = []
    for kind, rating in zip(sheet.edition.rating_kinds, sheet.ratings, strict=True):
        target = _next_estimation(kind, rating.estimation)
        if kind.is_topic or target == rating.estimation:
            continue
        after = assess(rerated_sheet(sheet, {kind.code: target}))
        gain = after.total_points - assessment.total_points
        if gain > 0:
            steps.append(NextStep(kind.code, rating.estimation, target, gain))
    return tuple(sorted(steps, key=lambda step: -step.gain))


def _next_estimation(kind: RatingKind, estimation: float) -> float:
    if not kind.is_positive:
        return 0.0
    for level in levels():
        if level.points_from > estimation:
            return float(level.points_from)
    return float(levels()[-1].points_to)
