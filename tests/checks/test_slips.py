"""Slips against the full record of an operator: an honest browser leaves nothing to choose by."""

import secrets

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from erdkreis.checks.attack import Tallies
from erdkreis.checks.blinding import blind, open_envelope
from erdkreis.checks.slips import BY_SLIP, Record, attack_slips
from erdkreis.invitations.blind_signatures import blind_sign
from erdkreis.invitations.slips import Slip


def record_of(keys, factors) -> Record:
    """One person after the other, each with the key and the factor that her browser used."""
    record = Record()
    for key, factor in zip(keys, factors, strict=True):
        public = key.public_key()
        envelope = blind(public, secrets.token_bytes(64), secrets.token_bytes(48), factor)
        signed = blind_sign(key, envelope.blinded)
        record.note(public, signed, Slip(envelope.message, open_envelope(public, envelope, signed)))
    return record


def successes(record: Record) -> int:
    tallies = Tallies()
    attack_slips(record, tallies)
    assert tallies[BY_SLIP].tries == 1
    return tallies[BY_SLIP].successes


@pytest.fixture
def same_key(_one_key):
    return [_one_key] * 14


@pytest.fixture
def at_random(_one_key):
    n = _one_key.public_key().public_numbers().n
    return [secrets.randbelow(n - 2) + 2 for _ in range(14)]


def test_an_honest_browser_withstands(same_key, at_random):
    assert successes(record_of(same_key, at_random)) == 0


@pytest.mark.parametrize("factors", [[1] * 14, [7919] * 14, [secrets.randbits(64) | 1] * 14])
def test_a_browser_that_hardly_blinds_is_seen_through(same_key, factors):
    assert successes(record_of(same_key, factors)) == 1


def test_a_browser_that_blinds_always_alike_is_seen_through(same_key, at_random):
    assert successes(record_of(same_key, at_random[:1] * 14)) == 1


def test_a_key_for_each_person_is_seen_through(at_random):
    keys = [rsa.generate_private_key(65537, 1024) for _ in range(14)]

    assert successes(record_of(keys, [factor >> 1100 | 1 for factor in at_random])) == 1
