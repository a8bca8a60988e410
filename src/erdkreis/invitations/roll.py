"""The roll: who is invited by mail. It knows people, and never what they said."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.invitations.codes import code_from, digest, new_seed
from erdkreis.invitations.lists import Entry, Problem, Understood
from erdkreis.invitations.models import Code, Invitee, Mail, NoMail, Reminding, SlipKey
from erdkreis.invitations.slips import fix_key
from erdkreis.rounds.models import Round, RoundGroup

# It stops mails, and nothing else: whoever finds one cannot answer, read or change anything.
_stop_tokens = Signer(salt="erdkreis.invitations.stop")


def without_known(group: RoundGroup, understood: Understood) -> Understood:
    """Leave out who is on a list of this round already: one invitation per person."""
    invited = dict(
        Invitee.objects.filter(
            round_group__round=group.round_id, email__in=[e.email for e in understood.entries]
        ).values_list("email", "round_group")
    )
    fresh = [entry for entry in understood.entries if entry.email not in invited]
    known = [
        Problem(
            entry.line,
            entry.email,
            _("is on this list already")
            if invited[entry.email] == group.pk
            else _("is on the list of another group of this round"),
        )
        for entry in understood.entries
        if entry.email in invited
    ]
    problems = sorted([*understood.problems, *known], key=lambda problem: problem.line)
    return Understood(fresh, problems)


def put_on_roll(group: RoundGroup, entries: Sequence[Entry]) -> int:
    """Put people on the roll of a group, each with a code of their own: all of them, or none."""
    fix_key(group)  # before the transaction: making a key takes a moment
    return _put_on_roll(group, entries)


@transaction.atomic
def _put_on_roll(group: RoundGroup, entries: Sequence[Entry]) -> int:
    # One list of a round at a time, so that nobody gets on two.
    Round.of_any_kind.select_for_update().get(pk=group.round_id)
    fresh = without_known(group, Understood(list(entries))).entries
    seeds = [new_seed() for _entry in fresh]
    codes = Code.objects.bulk_create(
        Code(round_group=group, digest=digest(code_from(seed))) for seed in seeds
    )
    first_language = group.round.language_codes[0]
    Invitee.objects.bulk_create(
        Invitee(
            round_group=group,
            email=entry.email,
            name=entry.name,
            language=entry.language or first_language,
            seed=seed,
            code=code,
        )
        for entry, seed, code in zip(fresh, seeds, codes, strict=True)
    )
    return len(fresh)


def carry_over(round_: Round) -> int:
    """Put on the roll whoever was on that of the earlier round, in the same groups; with new codes.

    Only addresses are carried over. Nothing tells who answered, then or now.
    """
    n = 0
    for group in round_.groups.filter(is_asked=True).select_related("round"):
        earlier = Invitee.objects.filter(
            round_group__round=round_.follows_id, round_group__group=group.group_id
        ).order_by("email")
        entries = [
            Entry(line, one.email, one.name, one.language) for line, one in enumerate(earlier, 1)
        ]
        n += put_on_roll(group, entries)
    return n


def clear_roll(group: RoundGroup) -> int:
    """Take a list back, as long as nobody on it was written to."""
    uninvited = Invitee.objects.filter(round_group=group, invited_on=None, mails=None)
    codes = Code.objects.filter(pk__in=uninvited.values("code"), is_used=False)
    return codes.delete()[1].get(Invitee._meta.label, 0)


def forget_codes_of_ended_rounds() -> None:
    """Let nobody, not even with the secret of the installation, make these codes again."""
    ended = (
        Round.State.PICTURE,
        Round.State.TALKING,
        Round.State.EXPERIMENTING,
        Round.State.CLOSED,
    )
    Invitee.objects.filter(round_group__round__state__in=ended, seed__isnull=False).update(
        seed=None
    )


def delete_roll(round_: Round) -> int:
    """Delete who was invited to a round, all codes and mails; return how many rows.

    Who wants no mail from the circle is still known by a digest: a later round must not write.
    """
    groups = RoundGroup.objects.filter(round=round_)
    return sum(
        rows.objects.filter(round_group__in=groups).delete()[0]
        for rows in (Mail, Reminding, Invitee, Code, SlipKey)
    )


def stop_token(invitee: Invitee) -> str:
    return _stop_tokens.sign(str(invitee.pk)).replace(":", ".")


def invitee_of_token(token: str) -> Invitee | None:
    """Return whose mails a token stops."""
    try:
        pk = _stop_tokens.unsign(token.replace(".", ":"))
    except BadSignature:
        return None
    if not pk.isdigit():
        return None
    return (
        Invitee.objects.select_related("round_group__round__circle__organisation")
        .filter(pk=pk)
        .first()
    )


def stop_token_of_letter(circle: Circle, email: str) -> str:
    """Return what stops mails to an address on no roll. The address cannot be read in it."""
    return _stop_tokens.sign(f"{circle.pk}-{address_digest(email)}").replace(":", ".")


@dataclass(frozen=True)
class Stoppable:
    """Whose mails a token stops: an address, known by its digest, in one circle."""

    circle: Circle
    digest: str
    language_codes: tuple[str, ...] = ()


def stoppable(token: str) -> Stoppable | None:
    """Return what a token stops, on a roll or not, or nothing if it is none of ours."""
    if (invitee := invitee_of_token(token)) is not None:
        round_ = invitee.round_group.round
        others = (code for code in round_.language_codes if code != invitee.language)
        codes = (invitee.language, *others)
        return Stoppable(round_.circle, address_digest(invitee.email), codes)
    try:
        pk, _, digest_of_address = _stop_tokens.unsign(token.replace(".", ":")).partition("-")
    except BadSignature:
        return None
    if not digest_of_address:
        return None
    circle = Circle.objects.select_related("organisation").filter(pk=pk).first()
    return Stoppable(circle, digest_of_address) if circle else None


def stop_mail(circle: Circle, emails: Iterable[str], reason: str) -> int:
    """Send these addresses nothing more from this circle; return how many are new."""
    return stop_digests(circle, {address_digest(email) for email in emails}, reason)


def stop_digests(circle: Circle, wanted: set[str], reason: str) -> int:
    """Do the same where only digests of the addresses are known."""
    known = set(NoMail.objects.filter(circle=circle).values_list("digest", flat=True))
    NoMail.objects.bulk_create(
        [NoMail(circle=circle, digest=one, reason=reason) for one in wanted - known],
        ignore_conflicts=True,
    )
    return len(wanted - known)


def gets_mail(circle: Circle, email: str) -> bool:
    return not NoMail.objects.filter(circle=circle, digest=address_digest(email)).exists()


def address_digest(email: str) -> str:
    """Return what is kept of an address that wants no mail: enough to know it again."""
    message = f"erdkreis address {email.strip().lower()}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), message, sha256).hexdigest()
