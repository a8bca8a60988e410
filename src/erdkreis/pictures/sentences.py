"""Every code the calculation may say, in one sentence for people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from erdkreis.calc.picture import Saying, Says

MIDDLE = 3


@dataclass(frozen=True)
class Names:
    """What groups and questions are called in the language of the page."""

    groups: Mapping[str, str]
    subjects: Mapping[str, str]
    # How a group is called inside a sentence, where that differs: Employees, the employees.
    inside: Mapping[str, str] = field(default_factory=dict)

    def group(self, code: object) -> str:
        return self.groups.get(str(code), str(code))

    def inside_a_sentence(self, code: object) -> str:
        return self.inside.get(str(code)) or self.group(code)

    def subject(self, code: object) -> str:
        return self.subjects.get(str(code), str(code))

    def all(self, codes: object) -> str:
        listed = codes if isinstance(codes, tuple) else (codes,)
        return str(get_text_list([self.inside_a_sentence(code) for code in listed], _("and")))


def satisfaction_names() -> dict[str, str]:
    """Return what the four satisfactions are called."""
    return {
        "effects": _("Satisfaction with the effects"),
        "goals": _("Satisfaction with the goals"),
        "goal_conflicts": _("Satisfaction with how goal conflicts are handled"),
        "image": _("Satisfaction with the image"),
    }


def step_words(step: float) -> str:
    """Write a step of the scale: 4, or 2½ where the middle falls between two."""
    whole = int(step)
    return f"{whole}½" if step != whole else str(whole)


def towards_the_middle(step: float) -> int:
    """Return the whole step that a middle is coloured as: halves lean to the middle of the scale.

    Examples
    --------
    >>> [towards_the_middle(step) for step in (1.5, 2.5, 3.5, 4.5)]
    [2, 3, 3, 4]
    """
    whole = int(step)
    return whole if step == whole or whole >= MIDDLE else whole + 1


def sentence(said: Saying, names: Names) -> str:
    """Say it so that it can stand alone: with the question and the group."""
    values = dict(said.values)
    if said.code in ABOUT_A_GROUP_ON_AN_ITEM:
        return _about_item_and_group(said, names)
    words = {
        "item": names.subject(values.get("item")),
        "group": names.group(values.get("group")),
        "spoke": names.all(values.get("spoke", ())),
        "weakest": names.inside_a_sentence(values.get("weakest")),
        "brighter": names.inside_a_sentence(values.get("brighter")),
        "darker": names.inside_a_sentence(values.get("darker")),
        "number": _number(values),
        "size": number_format(str(values.get("size", "")) or 0, use_l10n=True, force_grouping=True),
        "missing": _missing(values, names),
    }
    return STANDING_ALONE[said.code]() % words


def short_sentence(said: Saying) -> str:
    """Say it where question and group already stand beside it."""
    values = dict(said.values)
    words = {"expected": values.get("expected"), "they": _they(values)}
    return SHORT[said.code]() % words


def _about_item_and_group(said: Saying, names: Names) -> str:
    """“Good work – Employees: …”, or with several groups where all of them say the same."""
    values = dict(said.values)
    who = values.get("groups", values.get("group"))
    parts = {
        "item": names.subject(values.get("item")),
        "group": names.all(who),
        "sentence": short_sentence(said),
    }
    both = _both_sides(values)
    if said.code in NAMING_THE_GROUP:
        told = NAMING_THE_GROUP[said.code]() % parts
        return f"{told} ({both})" if both else told
    if said.code in COMPARED and both:
        return _("%(item)s – %(group)s: %(sentence)s (%(both)s)") % {**parts, "both": both}
    return _("%(item)s – %(group)s: %(sentence)s") % parts


def _both_sides(values: Mapping[str, object]) -> str:
    if (you := values.get("you")) is None or not (they := _they(values)):
        return ""
    return _("of 5 steps: leadership %(you)s, they %(they)s") % {
        "you": _step(you),
        "they": they,
    }


def _they(values: Mapping[str, object]) -> str:
    if (they := values.get("they")) is not None:
        return _step(they)
    tendency = values.get("they_say")
    return TENDENCIES[str(tendency)]() if tendency else ""


def _step(value: object) -> str:
    return step_words(float(str(value)))


def _number(values: Mapping[str, object]) -> str:
    low, high = values.get("n_from"), values.get("n_to")
    return f"{low}" if low == high else f"{low}–{high}"


def _missing(values: Mapping[str, object], names: Names) -> str:
    told = {
        "silent": _("Asked, but nobody answered: %s."),
        "too_few": _("Heard, but too few for a picture: %s."),
        "not_asked": _("Not asked: %s."),
    }
    return " ".join(told[why] % names.all(values[why]) for why in told if why in values)


Template = Callable[[], str]
TENDENCIES: Mapping[str, Template] = {
    "agree": lambda: _("4–5"),
    "middle": lambda: _("3"),
    "disagree": lambda: _("1–2"),
}

SHORT: Mapping[Says, Template] = {
    Says.TOO_FEW: lambda: _("Too few answers to say anything."),
    Says.SPLIT: lambda: _("This group does not speak with one voice: many agree, many disagree."),
    Says.INVISIBLE: lambda: _("Most cannot see this. Is that wanted?"),
    Says.NO_SELF_VIEW: lambda: _("The leadership gave no answer to lay beside this."),
    Says.BLIND_SPOT: lambda: _("The leadership sees this brighter than they do."),
    Says.HIDDEN_STRENGTH: lambda: _("They see this brighter than the leadership does."),
    Says.SHARED_CONCERN: lambda: _("They and the leadership agree: here it hurts."),
    Says.SHARED_STRENGTH: lambda: _("They and the leadership agree: this works."),
    Says.OPEN: lambda: _("No clear difference."),
    Says.AS_EXPECTED: lambda: _("The leadership expected this."),
    Says.BRIGHTER_THAN_EXPECTED: lambda: _(
        "The leadership expected %(expected)s, they say %(they)s: brighter than expected."
    ),
    Says.DARKER_THAN_EXPECTED: lambda: _(
        "The leadership expected %(expected)s, they say %(they)s: darker than expected."
    ),
    Says.EXPECTATION_OPEN: lambda: _(
        "The leadership expected %(expected)s. There is no number to compare it with."
    ),
    Says.NOTHING_EXPECTED: lambda: _("The leadership wrote no expectation."),
}

# At first sight a sentence about two sides names both of them.
NAMING_THE_GROUP: Mapping[Says, Template] = {
    Says.BLIND_SPOT: lambda: _("%(item)s: the leadership sees this brighter than %(group)s."),
    Says.HIDDEN_STRENGTH: lambda: _("%(item)s: %(group)s see this brighter than the leadership."),
}
COMPARED = {Says.BLIND_SPOT, Says.HIDDEN_STRENGTH, Says.SHARED_CONCERN, Says.SHARED_STRENGTH}
ABOUT_A_GROUP_ON_AN_ITEM = set(SHORT)

STANDING_ALONE: Mapping[Says, Template] = {
    Says.FACADE: lambda: _(
        "%(group)s: satisfied with the image, not with what it does. What does not match?"
    ),
    Says.UNSEEN_GOOD: lambda: _(
        "%(group)s: satisfied with what it does, not with its image. What stays unseen?"
    ),
    Says.NO_TIME: lambda: _(
        "%(group)s: good goals, but dissatisfied with how conflicts between them are handled. "
        "Who paid the price last time?"
    ),
    Says.GROUPS_DIFFER: lambda: _(
        "%(item)s: clearly brighter for one group than for another. Brighter: %(brighter)s. "
        "Darker: %(darker)s."
    ),
    Says.GROUPS_OPPOSED: lambda: _(
        "%(item)s: two groups say opposite things. Most agree: %(brighter)s. "
        "Most disagree: %(darker)s."
    ),
    Says.GROUPS_COULD_BE_CHANCE: lambda: _(
        "%(item)s: the differences between the groups could be chance."
    ),
    Says.ALL_AGREE: lambda: _(
        "%(item)s: every group that can judge it largely agrees (%(spoke)s)."
    ),
    Says.ALL_DISAGREE: lambda: _(
        "%(item)s: every group that can judge it largely disagrees (%(spoke)s)."
    ),
    Says.NO_COMMON_GROUND: lambda: _("%(item)s: no common ground."),
    Says.ONE_GROUP_ONLY: lambda: _(
        "%(item)s: only one group can be shown (%(spoke)s). That is not common ground."
    ),
    Says.NOT_ASKED: lambda: _("%(group)s: not asked."),
    Says.SILENT: lambda: _("%(group)s: asked, but nobody answered."),
    Says.HEARD_TOO_FEW: lambda: _("%(group)s: heard, but too few for a picture."),
    Says.HEARD_OF: lambda: _("%(group)s: we heard %(number)s of about %(size)s."),
    Says.HEARD_SIZE_UNKNOWN: lambda: _(
        "%(group)s: we heard %(number)s. How many there are, nobody knows."
    ),
    Says.NOT_HEARD: lambda: "%(missing)s",
    Says.CLEARLY_DIFFERENT: lambda: _("Clearly different."),
    Says.PERHAPS_DIFFERENT: lambda: _("Perhaps different. That is no finding."),
    Says.NO_CLEAR_DIFFERENCE: lambda: _("No clear difference."),
    Says.TOO_FEW_TO_TELL: lambda: _("Too few to tell."),
    Says.OTHER_ITEM: lambda: _("Not compared: this is another question."),
    Says.OTHER_WORDING: lambda: _("Not compared: the wording has changed."),
    Says.OTHER_GROUP: lambda: _("Not compared: this is another group."),
    Says.OTHER_SCALE: lambda: _("Not compared: the scale has changed."),
    Says.OTHER_VOICE_MODE: lambda: _(
        "Not compared: this group spoke as one in one round, and each for themselves in the other."
    ),
    Says.MANY_THINGS_CHANGED: lambda: _(
        "Many things changed in this time. We see that something is different, not why."
    ),
    Says.DRIFT_TO_THE_MIDDLE: lambda: _(
        "What was extreme the first time tends to be less so the second time, by itself."
    ),
}
