"""Slips without a name: what a code is exchanged for, so that nobody can join code and voice.

The browser makes a random slip, seals it in an envelope (it blinds it) and shows it with the code.
We sign through the envelope, once per code. Later the slip comes without the code: we see that the
signature is ours, and cannot see for whom we made it, whatever we wrote down.
"""

import hmac
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from erdkreis.invitations.blind_signatures import blind_sign, is_signed
from erdkreis.invitations.codes import digest
from erdkreis.invitations.mixing import mix_with_used_codes, one_at_a_time
from erdkreis.invitations.models import Code, SlipKey
from erdkreis.rounds.models import RoundGroup

KEY_BITS = 3072
EXPONENT = 65537
CONTENT_BYTES = 64  # a random prefix and a random number


@dataclass(frozen=True)
class Slip:
    """A signed random number: whoever holds it may begin one voice of its group."""

    message: bytes
    signature: bytes

    @property
    def digest(self) -> str:
        return sha256(b"erdkreis slip " + self.message).hexdigest()


def fix_key(group: RoundGroup) -> None:
    """Make the key of a group, if it has none: with its first code, before anybody is invited."""
    if SlipKey.objects.filter(round_group=group).exists():
        return
    key = new_key()
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    locked = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(_lock()),
    )
    # Of two that make one at once, the first stays.
    SlipKey.objects.get_or_create(round_group=group, defaults={"public": public, "private": locked})


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(EXPONENT, KEY_BITS)


def key_of(group: RoundGroup) -> SlipKey | None:
    """Return the key of a group whose people get slips: those who answer anonymously."""
    if group.voice_mode != "anonymous":
        return None
    return SlipKey.objects.filter(round_group=group).first()


def public_numbers(key: SlipKey) -> rsa.RSAPublicNumbers:
    return _public(bytes(key.public)).public_numbers()


def group_that_may_sign(code: str, envelope: bytes) -> RoundGroup | None:
    """Return the group of a code that is unused, or was used for this very envelope."""
    codes = _signable(code, envelope)
    return (
        RoundGroup.objects.select_related("round__circle__organisation", "slip_key")
        .filter(codes__in=codes)
        .first()
    )


def sign(code: str, envelope: bytes, key: SlipKey) -> bytes | None:
    """Use a code up and sign the envelope that came with it; nothing if another was signed for it.

    One statement decides, so of two that come at once one is signed. The same envelope is signed
    again as often as it comes: a lost answer loses no voice, and makes no second one.
    """
    if key.private is None:
        return None
    private = _unlocked(bytes(key.private), _lock())
    signature = blind_sign(
        private, envelope
    )  # refuses what cannot be signed: before using the code
    with transaction.atomic():
        one_at_a_time(key.round_group_id)
        if not _signable(code, envelope).update(is_used=True, envelope=_mark(envelope)):
            return None
        mix_with_used_codes(key.round_group_id, digest(code))
    return signature


def is_ours(group: RoundGroup, slip: Slip) -> bool:
    """Say whether a slip was signed for this group in this round."""
    key = key_of(group)
    if key is None or len(slip.message) != CONTENT_BYTES:
        return False
    return is_signed(_public(bytes(key.public)), slip.message, slip.signature)


def _signable(code: str, envelope: bytes) -> QuerySet[Code]:
    return Code.objects.filter(Q(is_used=False) | Q(envelope=_mark(envelope)), digest=digest(code))


def _mark(envelope: bytes) -> str:
    return sha256(b"erdkreis envelope " + envelope).hexdigest()


def _lock() -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), b"erdkreis slip keys", "sha256").hex().encode()


@lru_cache(maxsize=256)
def _public(der: bytes) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(der)
    assert isinstance(key, rsa.RSAPublicKey)  # noqa: S101 - tells the type checker
    return key


@lru_cache(maxsize=256)
def _unlocked(der: bytes, lock: bytes) -> rsa.RSAPrivateKey:
    key = serialization.load_der_private_key(der, lock)
    assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 - tells the type checker
    return key
