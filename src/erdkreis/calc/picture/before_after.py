"""The same item, asked of the same group in two rounds: one of three honest sentences."""

from dataclasses import dataclass, replace
from enum import StrEnum

from erdkreis.calc.picture.comparison import newcombe
from erdkreis.calc.picture.interval import Interval
from erdkreis.calc.picture.saying import Saying, Says, saying
from erdkreis.calc.picture.summary import Share, Summary
from erdkreis.calc.picture.thresholds import DEFAULTS, Thresholds
from erdkreis.calc.picture.view import View


class Verdict(StrEnum):
    """What may be said about a change. The last two are one sentence for two reasons."""

    CLEARLY = "clearly"
    PERHAPS = "perhaps"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_FEW = "too_few"
    REFUSED = "refused"


@dataclass(frozen=True)
class Measured:
    """One item in one round.

    Parameters
    ----------
    item, item_version, scale : str
        What was asked, in which wording, on which scale.
    view : View
        The group, as released.
    voice_mode : str
        How the group spoke: each for oneself, or as one.
    """

    item: str
    item_version: str
    scale: str
    view: View
    voice_mode: str = "anonymous"


@dataclass(frozen=True)
class Change:
    """Before and after.

    Parameters
    ----------
    before, after : Measured
        As handed in.
    verdict : Verdict
        Which sentence.
    saying : Saying
        That sentence, or why the comparison is refused.
    beneath : tuple of Saying
        What always stands beneath, and a note on drift where it belongs.
    agree, disagree : Interval or None
        Where the change of the share at 4-5, and at 1-2, probably lies, -1 to 1. None where
        nothing may be compared.
    """

    before: Measured
    after: Measured
    verdict: Verdict
    saying: Saying
    beneath: tuple[Saying, ...] = ()
    agree: Interval | None = None
    disagree: Interval | None = None


def before_after(
    before: Measured,
    after: Measured,
    *,
    was_chosen_as_worst: bool = False,
    thresholds: Thresholds = DEFAULTS,
) -> Change:
    """Say whether a group says something different from before.

    Two anonymous rounds are two groups of people: nobody is compared with herself.

    Parameters
    ----------
    before, after : Measured
        The same item, wording, group, scale and voice mode; otherwise the comparison is refused.
    was_chosen_as_worst : bool
        The item was picked because its first value was extreme: such values drift towards the
        middle by themselves.
    thresholds : Thresholds
        Changes and people.

    Returns
    -------
    Change
        ``clearly``: a share changed by 20 points, both n are at least 20, and the interval of
        that change leaves out zero (95 % for each of the two ends). ``perhaps``: 20 points
        otherwise, or 10 points with both n at least 20. Otherwise no clear difference.

    References
    ----------
    Domain description, section g. That the interval must leave out zero is ours: decision 0033.

    Examples
    --------
    >>> from erdkreis.calc.privacy import Cell, Showing
    >>> def measured(*steps):
    ...     cell = Cell(Showing.COUNTS, sum(steps), sum(steps), steps, 0)
    ...     return Measured("q1_work", "2026_1", "agree", View("employees", cell))
    >>> before_after(measured(12, 14, 8, 4, 2), measured(2, 4, 10, 14, 10)).verdict.value
    'clearly'
    """
    if (refusal := _refusal(before, after)) is not None:
        return Change(before, after, Verdict.REFUSED, refusal)
    # Two ends are looked at: each gets half the error, so that both together keep the level.
    strict = replace(thresholds, level=(1 + thresholds.level) / 2)
    was, now = before.view.summary(strict), after.view.summary(strict)
    beneath = _beneath(before, was_chosen_as_worst=was_chosen_as_worst)
    if was is None or now is None:
        words = saying(Says.TOO_FEW_TO_TELL, item=before.item, group=before.view.group)
        return Change(before, after, Verdict.TOO_FEW, words, beneath)
    return _compared(before, after, was, now, beneath, thresholds)


def _refusal(before: Measured, after: Measured) -> Saying | None:
    checks = (
        (Says.OTHER_ITEM, before.item, after.item),
        (Says.OTHER_WORDING, before.item_version, after.item_version),
        (Says.OTHER_GROUP, before.view.group, after.view.group),
        (Says.OTHER_SCALE, before.scale, after.scale),
        (Says.OTHER_VOICE_MODE, before.voice_mode, after.voice_mode),
    )
    return next((saying(says, before=b, after=a) for says, b, a in checks if b != a), None)


def _beneath(before: Measured, *, was_chosen_as_worst: bool) -> tuple[Saying, ...]:
    always = saying(Says.MANY_THINGS_CHANGED)
    if was_chosen_as_worst:
        return always, saying(Says.DRIFT_TO_THE_MIDDLE, item=before.item)
    return (always,)


def _compared(
    before: Measured,
    after: Measured,
    was: Summary,
    now: Summary,
    beneath: tuple[Saying, ...],
    thresholds: Thresholds,
) -> Change:
    ends = [(was.agree, now.agree), (was.disagree, now.disagree)]
    verdict = min((_verdict(*end, thresholds) for end in ends), key=list(Verdict).index)
    agree, disagree = (_change(*end) for end in ends)
    words = saying(WORDS[verdict], item=before.item, group=before.view.group)
    return Change(before, after, verdict, words, beneath, agree, disagree)


WORDS = {
    Verdict.CLEARLY: Says.CLEARLY_DIFFERENT,
    Verdict.PERHAPS: Says.PERHAPS_DIFFERENT,
    Verdict.NO_CLEAR_DIFFERENCE: Says.NO_CLEAR_DIFFERENCE,
}


def _verdict(was: Share, now: Share, thresholds: Thresholds) -> Verdict:
    # Rounded far behind the point: 12 of 20 after 8 of 20 is 20 points, not 19.999…
    by = round(abs(now.value - was.value), 9)
    # A dot is no person: below 20 answers there are only dots.
    is_many = not (was.is_dots or now.is_dots) and min(was.n, now.n) >= thresholds.change_people
    if by >= thresholds.change_large:
        is_clear = is_many and not _change(was, now).holds(0)
        return Verdict.CLEARLY if is_clear else Verdict.PERHAPS
    if by >= thresholds.change_small and is_many:
        return Verdict.PERHAPS
    return Verdict.NO_CLEAR_DIFFERENCE


def _change(was: Share, now: Share) -> Interval:
    return newcombe(now.value, now.interval, was.value, was.interval)
