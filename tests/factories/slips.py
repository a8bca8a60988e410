"""People with a slip without a name: what their browser does, done step by step."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from erdkreis.checks.blinding import Envelope, open_envelope, seal
from erdkreis.invitations.slips import Slip
from erdkreis.rounds.models import RoundGroup
from factories.phones import at


def written(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def read(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key(client: Client, group: RoundGroup) -> rsa.RSAPublicKey:
    told = client.get(at(group, "key")).json()
    n, e = (int.from_bytes(read(told[name]), "big") for name in ("n", "e"))
    return rsa.RSAPublicNumbers(e, n).public_key()


def ask_for_signature(client: Client, code: str, envelope: Envelope) -> Any:
    return client.post(f"/v/{code}/signature/", {"envelope": written(envelope.blinded)})


def slip_for(client: Client, code: str, group: RoundGroup) -> Slip:
    """Exchange a code for a slip."""
    key = public_key(client, group)
    envelope = seal(key)
    signed = read(ask_for_signature(client, code, envelope).json()["signature"])
    return Slip(envelope.message, open_envelope(key, envelope, signed))


def hand_in(client: Client, group: RoundGroup, slip: Slip) -> Any:
    fields = {"slip_message": written(slip.message), "slip_signature": written(slip.signature)}
    return client.post(at(group), fields)
