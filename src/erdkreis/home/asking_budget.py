"""Before inviting: how many minutes each group was asked for within a year, and is about to be."""

from erdkreis.rounds.asking_time import GroupMinutes, minutes_by_group
from erdkreis.rounds.models import Round, RoundGroup


def minutes_asked(round_: Round) -> list[GroupMinutes]:
    """Return what is asked of each group, for whoever is about to invite it."""
    before = minutes_by_group(round_.circle)
    groups = list(round_.groups.filter(is_asked=True).select_related("round"))
    if not groups:
        groups = [
            RoundGroup(round=round_, code=g.code, name_de=g.name_de, name_en=g.name_en)
            for g in round_.circle.groups.filter(is_on=True)
            if not round_.only_items or g.code in round_.only_items
        ]
    return [GroupMinutes(g.name, before.get(g.code, 0), g.minutes) for g in groups]
