"""What this installation allows of the sign-in library."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest

from erdkreis.web import mails


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return bool(settings.SIGNUP_IS_OPEN)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMultiAlternatives:
        """Let the mails of the library look like all others of the house."""
        message: EmailMultiAlternatives = super().render_mail(*args, **kwargs)
        mails.write(message, mails.spoken(str(message.body)))
        return message


LOCKED = "fernet:"


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Keeps the secrets of apps and recovery codes locked: a copy of the database tells none.

    The key is made from the secret of the installation. What was stored before is read as it is.
    """

    def encrypt(self, text: str) -> str:
        return LOCKED + _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        if not encrypted_text.startswith(LOCKED):
            return encrypted_text
        return _lock().decrypt(encrypted_text.removeprefix(LOCKED).encode()).decode()


def _lock() -> Fernet:
    key = sha256(f"second step {settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
