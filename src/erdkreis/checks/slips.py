"""Attacks by an operator who wrote everything down: what was signed for whom, and every slip.

She has each code with its envelope and the signature through it, and each slip as it came back.
For any envelope and any slip there is one factor with which the one was made of the other. A
browser that draws its factors at random leaves nothing to choose by; the attack looks for those
that did not.
"""

from collections import Counter
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from erdkreis.checks.attack import Tallies, hits_beyond_chance
from erdkreis.invitations.blind_signatures import is_signed
from erdkreis.invitations.slips import Slip

BY_SLIP = "roll against ballots by slip"
FEWEST_BITS = 256  # a factor with fewer was not drawn at random


@dataclass
class Record:
    """What was written down, code by code; the slips stand beside the codes they were made for."""

    keys: list[RSAPublicKey] = field(default_factory=list)
    signed: list[bytes] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)

    def note(self, key: RSAPublicKey, signed: bytes, slip: Slip) -> None:
        self.keys.append(key)
        self.signed.append(signed)
        self.slips.append(slip)


def attack_slips(record: Record, tallies: Tallies) -> None:
    """Try to say of each slip for which code it was made."""
    n = len(record.slips)
    factors = _factors(record)
    seen = Counter(factor for row in factors for factor in row if factor is not None)
    hits = 0
    for slip in range(n):
        possible = [code for code in range(n) if factors[code][slip] is not None]
        marked = [code for code in possible if _is_marked(factors[code][slip], seen)]
        # A key for one person alone, or a factor that no honest browser draws.
        named = possible if len(possible) == 1 else marked
        hits += named == [slip] and n > 1
    tallies[BY_SLIP].count(
        success=hits >= min(hits_beyond_chance(1), max(n, 1)),
        example=f"Of {hits} of {n} slips the factor or the key tells the code.",
    )


def _factors(record: Record) -> list[list[int | None]]:
    """Return for each code and slip the factor between them; nothing if the key is another."""
    rows: list[list[int | None]] = []
    for key, signed in zip(record.keys, record.signed, strict=True):
        n = key.public_numbers().n
        rows.append(
            [
                int.from_bytes(signed, "big") * pow(int.from_bytes(s.signature, "big"), -1, n) % n
                if is_signed(key, s.message, s.signature)
                else None
                for s in record.slips
            ]
        )
    return rows


def _is_marked(factor: int | None, seen: Counter[int]) -> bool:
    return factor is not None and (factor.bit_length() < FEWEST_BITS or seen[factor] > 1)
