from django.db import transaction
from django.db.models import F

from erdkreis.invitations.codes import digest, new_code
from erdkreis.invitations.models import Code, Guardian, Invitee
from erdkreis.invitations.roll import carry_over
from erdkreis.rounds import services as rounds
from erdkreis.rounds.models import Round, RoundGroup


def issue_codes(round_group: RoundGroup, number: int) -> list[str]:
    """Put new single-use codes on the roll and return them; only digests are kept."""
    codes = [new_code() for _ in range(number)]
    Code.objects.bulk_create(Code(round_group=round_group, digest=digest(c)) for c in codes)
    return codes


@transaction.atomic
def start_inviting_again(round_: Round, by: str) -> int:
    """Make the links of a round that follows another, and take over its rolls: both, or neither."""
    return carry_over(rounds.start_inviting(round_, by))


def use_code(code: str) -> RoundGroup | None:
    """Mark a code as used and return its group; nothing if it is unknown or used already.

    One statement decides: of two that come at once, one finds the code unused.
    """
    hashed = digest(code)
    if not Code.objects.filter(digest=hashed, is_used=False).update(is_used=True):
        return None
    return RoundGroup.objects.select_related("round__circle__organisation").get(
        codes__digest=hashed
    )


def level_roll(round_: Round) -> None:
    """Write every code of a round anew, at once.

    PostgreSQL keeps with each row the number of the transaction that wrote it last: the order in
    which codes were used, and, with the same number beside it, the voice that was begun with it.
    Codes that were made from a seed cannot be made again from now on.
    """
    Code.objects.filter(round_group__round=round_).update(is_used=F("is_used"))
    Invitee.objects.filter(round_group__round=round_).update(seed=None)


def appoint_guardian(guardian: Guardian) -> str:
    """Appoint somebody and return the personal code, which is shown once."""
    code = new_code()
    guardian.digest = digest(code)
    guardian.save()
    return code
