"""What may be said, as data: a stable code and its values. The page puts it into words."""

from dataclasses import dataclass
from enum import StrEnum

Value = str | int | float | tuple[str, ...]


class Says(StrEnum):
    """Every sentence the picture may say. A page translates all of them and adds none."""

    # Perception gaps, section f.
    TOO_FEW = "gap.too_few"
    SPLIT = "gap.split"
    INVISIBLE = "gap.invisible"
    NO_SELF_VIEW = "gap.no_self_view"
    BLIND_SPOT = "gap.blind_spot"
    HIDDEN_STRENGTH = "gap.hidden_strength"
    SHARED_CONCERN = "gap.shared_concern"
    SHARED_STRENGTH = "gap.shared_strength"
    OPEN = "gap.open"
    # What was expected.
    AS_EXPECTED = "expected.as_expected"
    BRIGHTER_THAN_EXPECTED = "expected.brighter"
    DARKER_THAN_EXPECTED = "expected.darker"
    EXPECTATION_OPEN = "expected.open"
    NOTHING_EXPECTED = "expected.nothing"
    # Satisfaction, section e.
    FACADE = "pair.facade"
    UNSEEN_GOOD = "pair.hidden_strength"
    NO_TIME = "pair.good_will_no_time"
    # Between groups.
    GROUPS_DIFFER = "groups.differ"
    GROUPS_OPPOSED = "groups.opposed"
    GROUPS_COULD_BE_CHANCE = "groups.could_be_chance"
    ALL_AGREE = "ground.all_agree"
    ALL_DISAGREE = "ground.all_disagree"
    NO_COMMON_GROUND = "ground.none"
    ONE_GROUP_ONLY = "ground.one_group_only"
    # Who was heard.
    NOT_ASKED = "heard.not_asked"
    SILENT = "heard.silent"
    HEARD_TOO_FEW = "heard.too_few"
    HEARD_OF = "heard.of_size"
    HEARD_SIZE_UNKNOWN = "heard.size_unknown"
    NOT_HEARD = "heard.groups_not_heard"
    # Before and after, section g.
    CLEARLY_DIFFERENT = "change.clearly"
    PERHAPS_DIFFERENT = "change.perhaps"
    NO_CLEAR_DIFFERENCE = "change.no_clear_difference"
    TOO_FEW_TO_TELL = "change.too_few"
    OTHER_ITEM = "change.refused_item"
    OTHER_WORDING = "change.refused_version"
    OTHER_GROUP = "change.refused_group"
    OTHER_SCALE = "change.refused_scale"
    OTHER_VOICE_MODE = "change.refused_voice_mode"
    MANY_THINGS_CHANGED = "change.many_things_changed"
    DRIFT_TO_THE_MIDDLE = "change.drift_to_the_middle"


@dataclass(frozen=True)
class Saying:
    """One sentence that may be said.

    Parameters
    ----------
    code : Says
        Which sentence.
    values : tuple of (name, value)
        What it names: codes of groups and items, steps, people. Hashable, in a fixed order.

    Examples
    --------
    >>> said = saying(Says.BLIND_SPOT, group="employees", you=5.0, they=2.0)
    >>> said["they"], str(said.code)
    (2.0, 'gap.blind_spot')
    """

    code: Says
    values: tuple[tuple[str, Value], ...] = ()

    def __getitem__(self, name: str) -> Value:
        return dict(self.values)[name]


def saying(code: Says, **values: Value | None) -> Saying:
    """Write a sentence down as data; what is not known is left out.

    Examples
    --------
    >>> saying(Says.SILENT, group="suppliers", you=None).values
    (('group', 'suppliers'),)
    """
    return Saying(code, tuple((name, v) for name, v in values.items() if v is not None))
