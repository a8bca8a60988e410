from secrets import token_hex

from django.db import transaction
from django.db.models import F

from erdkreis.invitations.codes import digest, new_code
from erdkreis.invitations.mixing import mix_with_used_codes, one_at_a_time
from erdkreis.invitations.models import NO_ENVELOPE, Code, Guardian, Invitee, SlipKey
from erdkreis.invitations.roll import carry_over
from erdkreis.invitations.slips import fix_key
from erdkreis.rounds import services as rounds
from erdkreis.rounds.models import Round, RoundGroup


def issue_codes(round_group: RoundGroup, number: int) -> list[str]:
    """Put new single-use codes on the roll and return them; only digests are kept."""
    fix_key(round_group)
    codes = [new_code() for _ in range(number)]
    Code.objects.bulk_create(Code(round_group=round_group, digest=digest(c)) for c in codes)
    return codes


@transaction.atomic
def start_inviting_again(round_: Round, by: str) -> int:
    """Make the links of a round that follows another, and take over its rolls: both, or neither."""
    return carry_over(rounds.start_inviting(round_, by))


@transaction.atomic
def use_code(code: str) -> RoundGroup | None:
    """Mark a code as used and return its group; nothing if it is unknown or used already.

    One statement decides: of two that come at once, one finds the code unused.
    """
    hashed = digest(code)
    groups = RoundGroup.objects.select_related("round__circle__organisation")
    group = groups.filter(codes__digest=hashed).first()
    if group is None:
        return None
    one_at_a_time(group.pk)
    unused = Code.objects.filter(digest=hashed, is_used=False)
    # A random number in the place of an envelope: the roll does not tell who took a slip.
    if not unused.update(is_used=True, envelope=token_hex(32)):
        return None
    mix_with_used_codes(group.pk, hashed)
    return group


def level_roll(round_: Round) -> None:
    """Write every code of a round anew, at once.

    PostgreSQL keeps with each row the number of the transaction that wrote it last: the order in
    which codes were used, and, with the same number beside it, the voice that was begun with it.
    Codes that were made from a seed cannot be made again from now on, and no slip signed.
    """
    of_the_round = {"round_group__round": round_}
    Code.objects.filter(**of_the_round).update(is_used=F("is_used"), envelope=NO_ENVELOPE)
    SlipKey.objects.filter(**of_the_round).update(private=None)
    Invitee.objects.filter(**of_the_round).update(seed=None)


def appoint_guardian(guardian: Guardian) -> str:
    """Appoint somebody and return the personal code, which is shown once."""
    code = new_code()
    guardian.digest = digest(code)
    guardian.save()
    return code
