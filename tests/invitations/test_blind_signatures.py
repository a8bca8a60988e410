"""Both halves of blind signatures against RFC 9474, and what must not be signed."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from erdkreis.checks.blinding import blind, open_envelope, seal
from erdkreis.invitations.blind_signatures import NotSignable, blind_sign, is_signed

VECTOR = json.loads(Path(__file__).with_name("rfc9474.json").read_text(encoding="ascii"))
E = 0x10001


def of(name: str) -> bytes:
    return bytes.fromhex(VECTOR[name])


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    """The key of the RFC, put together from its prime factors."""
    p, q = int(VECTOR["p"], 16), int(VECTOR["q"], 16)
    d = pow(E, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p=p, q=q, d=d, dmp1=d % (p - 1), dmq1=d % (q - 1), iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(E, p * q),
    ).private_key()  # fmt: skip


def test_the_server_signs_as_the_rfc_does(key):
    assert blind_sign(key, of("blinded_msg")) == of("blind_sig")
    assert blind_sign(key, of("blinded_msg")) == of("blind_sig"), "and once more the same"


def test_the_signature_of_the_rfc_is_valid_and_any_other_is_not(key):
    message, signature = of("msg_prefix") + of("msg"), of("sig")
    public = key.public_key()

    assert is_signed(public, message, signature)
    assert not is_signed(public, of("msg"), signature)
    assert not is_signed(public, message, of("blind_sig"))
    assert not is_signed(public, message, signature[:-1])
    assert not is_signed(public, message, b"")


def test_blinding_and_opening_are_those_of_the_rfc(key):
    public = key.public_key()
    r = pow(int(VECTOR["inv"], 16), -1, public.public_numbers().n)

    envelope = blind(public, of("msg_prefix") + of("msg"), of("salt"), r)

    assert envelope.blinded == of("blinded_msg")
    assert open_envelope(public, envelope, of("blind_sig")) == of("sig")


def test_one_content_never_looks_the_same_twice(key):
    one, other = seal(key.public_key(), b"same"), seal(key.public_key(), b"same")

    assert one.blinded != other.blinded
    assert one.message != other.message


@pytest.mark.parametrize("change", [lambda n: 0, lambda n: n, lambda n: n + 5])
def test_what_no_browser_can_have_blinded_is_not_signed(key, change):
    n = key.public_key().public_numbers().n

    with pytest.raises(NotSignable):
        blind_sign(key, change(n).to_bytes(512, "big"))


@pytest.mark.parametrize("change", [lambda b: b"", lambda b: b[1:], lambda b: b"\0" + b])
def test_what_has_another_length_is_not_signed(key, change):
    with pytest.raises(NotSignable):
        blind_sign(key, change(of("blinded_msg")))
