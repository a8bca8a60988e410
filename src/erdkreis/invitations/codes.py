"""Codes that people hold in their hands: random, readable, and stored only as a digest."""

import hashlib
import hmac
import re
import secrets

from django.conf import settings

# Crockford's alphabet: no letter that looks like another.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16  # 80 bits: not to be guessed, even without the throttle
_NO_LETTERS = re.compile(r"[^0-9A-Z]+")
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def new_code() -> str:
    """Return a new code in four groups of four, as it is shown to its holder."""
    return readable("".join(secrets.choice(ALPHABET) for _position in range(LENGTH)))


def new_seed() -> str:
    """Return what a code can be made from, together with the secret of this installation."""
    return secrets.token_hex(16)


def code_from(seed: str) -> str:
    """Return the code of a seed: always the same one, so it need not be stored to be repeated."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"erdkreis code {seed}".encode(), "sha256")
    return in_letters(made, LENGTH)


def in_letters(random: bytes, length: int) -> str:
    """Write random bytes in the letters of codes, five bits each."""
    number = int.from_bytes(random, "big")
    return readable("".join(ALPHABET[number >> (5 * i) & 31] for i in range(length)))


def readable(code: str) -> str:
    """Write a code as it is shown, however it was typed."""
    letters = normalised(code)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def normalised(typed: str) -> str:
    """Forgive small letters, spaces, missing hyphens and look-alikes."""
    return _NO_LETTERS.sub("", typed.upper()).translate(_LOOKALIKES)


def digest(code: str) -> str:
    """Return what is stored instead of the code.

    Looking a digest up takes the same time whether or not the code was nearly right: what the
    database compares has nothing in common with what was typed.
    """
    return hashlib.sha256(f"erdkreis code {normalised(code)}".encode()).hexdigest()
