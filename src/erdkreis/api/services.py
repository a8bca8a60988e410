"""What hosts do with tokens and webhooks: make, renew, revoke. Secrets are shown once."""

import base64
import hmac
import secrets
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.api.models import Delivery, Repeat, Token, Webhook
from erdkreis.circles.models import Circle

BEGINNING = "erdkreis_"
MOST_TOKENS, MOST_WEBHOOKS = 20, 10
LONGEST = timedelta(days=366)
KEPT_AFTER_END = timedelta(days=30)
KEPT_REPEATS = timedelta(hours=24)
KEPT_DELIVERIES = timedelta(days=30)


class ApiError(Exception):
    """Something a token or webhook does not allow, said in a sentence for people."""


def digest_of(secret: str) -> str:
    """Return what is kept of a token: it is long and random, so this cannot be guessed back."""
    return sha256(f"erdkreis token {secret}".encode()).hexdigest()


@transaction.atomic
def make_token(
    circle: Circle, person: Person, name: str, scopes: Iterable[str], expires_on: date
) -> tuple[Token, str]:
    """Make a token and return it with its secret, of which only a digest stays."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    if circle.tokens.count() >= MOST_TOKENS:
        raise ApiError(
            _("A circle has at most %(n)d tokens. Revoke one first.") % {"n": MOST_TOKENS}
        )
    secret = BEGINNING + secrets.token_urlsafe(32)
    token = Token.objects.create(
        circle=circle,
        person=person,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(scopes),
        expires_on=expires_on,
    )
    return token, secret


def revoke(token: Token) -> None:
    """Let nobody in with this token any more."""
    token.delete()


@transaction.atomic
def add_webhook(circle: Circle, url: str, events: Iterable[str]) -> tuple[Webhook, str]:
    """Register an address and return it with the secret that signs what is sent there."""
    Circle.objects.select_for_update().get(pk=circle.pk)
    if circle.webhooks.count() >= MOST_WEBHOOKS:
        raise ApiError(
            _("A circle has at most %(n)d webhooks. Remove one first.") % {"n": MOST_WEBHOOKS}
        )
    last = circle.journal.order_by("-pk").values_list("pk", flat=True).first()
    webhook = Webhook.objects.create(
        circle=circle,
        url=url,
        events=sorted(events),
        seed=secrets.token_hex(16),
        begins_after=last or 0,
    )
    return webhook, shown_secret(webhook)


def renew_secret(webhook: Webhook) -> str:
    """Make a new secret; what was signed with the old one counts no longer."""
    webhook.seed = secrets.token_hex(16)
    webhook.save(update_fields=["seed"])
    return shown_secret(webhook)


def remove_webhook(webhook: Webhook) -> None:
    webhook.delete()


def try_again(webhook: Webhook) -> int:
    """Let what was set aside wait once more."""
    aside = webhook.deliveries.filter(state=Delivery.State.SET_ASIDE)
    return aside.update(state=Delivery.State.WAITING, attempts=0, next_try=timezone.now())


def secret_bytes(webhook: Webhook) -> bytes:
    message = f"erdkreis webhook {webhook.pk} {webhook.seed}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), message, "sha256")


def shown_secret(webhook: Webhook) -> str:
    """Write the secret as Standard Webhooks does."""
    return "whsec_" + base64.b64encode(secret_bytes(webhook)).decode()


def delete_what_is_due() -> int:
    """Delete tokens long over, answers kept for repeating, and messages that were dealt with."""
    now, today = timezone.now(), timezone.localdate()
    Repeat.objects.filter(begun_at__lt=now - KEPT_REPEATS).delete()
    done = (Delivery.State.DELIVERED, Delivery.State.SET_ASIDE)
    Delivery.objects.filter(state__in=done, day__lt=today - KEPT_DELIVERIES).delete()
    return Token.objects.filter(expires_on__lt=today - KEPT_AFTER_END).delete()[0]
