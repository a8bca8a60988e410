"""What follows from events of the sign-in library."""

import logging

from allauth.account.models import EmailAddress
from allauth.account.signals import password_reset
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from erdkreis.accounts.models import Person

logger = logging.getLogger(__name__)


@receiver(user_login_failed)
def notice_failure(**_details: object) -> None:
    """Let the operator see that somebody tries; whose account it is belongs into no log."""
    logger.warning("A sign-in failed.")


@receiver(user_logged_in)
def notice_sign_in(user: Person, **_details: object) -> None:
    """Let the operator see who came in: by the number of the account, from nowhere.

    Accounts are of those who prepare rounds; whoever answers has none.
    """
    logger.info("Account %s signed in.", user.pk)


@receiver(password_reset)
def confirm_address(user: Person, **_details: object) -> None:
    """Take an address as confirmed once its owner has opened a link from a mail.

    Without that nobody could add a passkey before asking for one more mail. With several
    addresses we cannot know which one the link went to, and confirm nothing.
    """
    addresses = EmailAddress.objects.filter(user=user)
    if addresses.exclude(email=user.email).exists():
        return
    addresses.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
