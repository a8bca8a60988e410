"""How many people were reached: noted when the answering ends, because the lists are deleted."""

from erdkreis.invitations.models import Reach
from erdkreis.invitations.queries import ways_in
from erdkreis.rounds.models import Round


def note_reach(round_: Round) -> None:
    """Write down how many of each group were reached. It happens once."""
    Reach.objects.bulk_create(_counted(round_), ignore_conflicts=True)


def reach_of(round_: Round) -> dict[str, Reach]:
    """Return by group how many were reached; of older rounds, as far as the lists still tell."""
    noted = Reach.objects.filter(round_group__round=round_).select_related("round_group")
    found = {one.round_group.code: one for one in noted}
    return found or {one.round_group.code: one for one in _counted(round_)}


def _counted(round_: Round) -> list[Reach]:
    return [
        Reach(
            round_group=ways.group,
            n_by_mail=ways.n_invited,
            n_by_paper=ways.n_paper_codes,
            n_guardians=ways.n_guardians,
        )
        for ways in ways_in(round_)
    ]
