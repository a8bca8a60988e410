"""The server's half of blind signatures: RSABSSA-SHA384-PSS-Randomized of RFC 9474.

The browser blinds, we sign what we cannot see, the browser takes the blinding away. What comes out
is an ordinary RSA-PSS signature, which `cryptography` verifies. Only the raw signing is ours: no
library that is kept up offers it for Python.
"""

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA384

SALT_BYTES, PREFIX_BYTES = 48, 32
_PADDING = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=SALT_BYTES)


class NotSignable(ValueError):
    """Something that no browser can have blinded for this key."""


def blind_sign(key: RSAPrivateKey, blinded: bytes) -> bytes:
    """Sign a blinded message (RFC 9474, 4.3). The same message always gets the same signature."""
    numbers = key.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    length = (n.bit_length() + 7) // 8
    message = int.from_bytes(blinded, "big")
    if len(blinded) != length or not 0 < message < n:
        raise NotSignable
    # Python's powers take different times for different numbers. What is raised here is random,
    # so that how long it takes tells nobody anything about the key.
    mask = secrets.randbelow(n - 2) + 2
    masked = message * pow(mask, e, n) % n
    in_p = pow(masked, numbers.dmp1, numbers.p)
    in_q = pow(masked, numbers.dmq1, numbers.q)
    raised = in_q + (in_p - in_q) * numbers.iqmp % numbers.p * numbers.q
    signed = raised * pow(mask, -1, n) % n
    if pow(signed, e, n) != message:
        # One wrong bit in a half of this calculation would give the key away.
        raise ArithmeticError("The signature does not verify.")
    return signed.to_bytes(length, "big")


def is_signed(key: RSAPublicKey, message: bytes, signature: bytes) -> bool:
    """Say whether a message, with its random prefix in front, carries a signature of this key."""
    try:
        key.verify(signature, message, _PADDING, SHA384())
    except InvalidSignature:
        return False
    return True
