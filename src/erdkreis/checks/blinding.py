"""The browser's half of blind signatures (RFC 9474), for attacks: it must know all a browser knows.

Pages use a library instead; both are held against the vectors of the RFC.
"""

import secrets
from dataclasses import dataclass
from hashlib import sha384

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from erdkreis.invitations.blind_signatures import PREFIX_BYTES, SALT_BYTES, is_signed

HASH_BYTES = 48


@dataclass(frozen=True)
class Envelope:
    """A message on its way to be signed: what the server sees of it, and what undoes that."""

    message: bytes
    blinded: bytes
    inverse: int


def seal(key: RSAPublicKey, content: bytes | None = None) -> Envelope:
    """Prepare and blind a message, by default a random one."""
    content = secrets.token_bytes(32) if content is None else content
    n = key.public_numbers().n
    message = secrets.token_bytes(PREFIX_BYTES) + content
    return blind(key, message, secrets.token_bytes(SALT_BYTES), secrets.randbelow(n - 2) + 2)


def blind(key: RSAPublicKey, message: bytes, salt: bytes, r: int) -> Envelope:
    """Blind a prepared message with a given salt and factor (RFC 9474, 4.2)."""
    n, e = key.public_numbers().n, key.public_numbers().e
    encoded = int.from_bytes(pss_encoded(message, salt, n.bit_length() - 1), "big")
    blinded = encoded * pow(r, e, n) % n
    return Envelope(message, blinded.to_bytes((n.bit_length() + 7) // 8, "big"), pow(r, -1, n))


def open_envelope(key: RSAPublicKey, envelope: Envelope, signed: bytes) -> bytes:
    """Take the blinding away and return the signature of the message (RFC 9474, 4.4)."""
    n = key.public_numbers().n
    bare = int.from_bytes(signed, "big") * envelope.inverse % n
    signature = bare.to_bytes(len(signed), "big")
    if not is_signed(key, envelope.message, signature):
        raise ValueError("This is no signature of that key.")
    return signature


def pss_encoded(message: bytes, salt: bytes, bits: int) -> bytes:
    """Encode a message for RSA-PSS with SHA-384 (RFC 8017, 9.1.1)."""
    length = (bits + 7) // 8
    digest = sha384(bytes(8) + sha384(message).digest() + salt).digest()
    block = bytes(length - len(salt) - HASH_BYTES - 2) + b"\x01" + salt
    mask = _mgf1(digest, len(block))
    masked = bytearray(a ^ b for a, b in zip(block, mask, strict=True))
    masked[0] &= 0xFF >> (8 * length - bits)
    return bytes(masked) + digest + b"\xbc"


def _mgf1(seed: bytes, length: int) -> bytes:
    rounds = range(-(-length // HASH_BYTES))
    return b"".join(sha384(seed + i.to_bytes(4, "big")).digest() for i in rounds)[:length]
