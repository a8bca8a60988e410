"""Who may come in with the provider's word, and as whom."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from erdkreis.accounts.models import OutsideIdentity, Person
from erdkreis.accounts.provider import Identity


class NotLetIn(Exception):
    """Somebody who may not come in, and why, in a sentence for them."""


@transaction.atomic
def person_behind(identity: Identity) -> Person:
    """Return the account of an identity, and tie the two together the first time.

    Afterwards the identity alone counts: a mail address may be given to somebody else one day.
    """
    tied = OutsideIdentity.objects.filter(issuer=identity.issuer, subject=identity.subject)
    if (known := tied.select_related("person").first()) is not None:
        return known.person
    if not identity.email:
        raise NotLetIn(
            _(
                "%(provider)s does not tell us your mail address, so we cannot know whose account "
                "it is. Whoever runs it can allow that (the scope “email”). Until then you can "
                "sign in with a password; a link to a new one comes by mail."
            )
            % {"provider": settings.OIDC_NAME}
        )
    if identity.is_confirmed is None:
        raise NotLetIn(
            _(
                "%(provider)s does not say whether your mail address is confirmed, so anybody "
                "there could have typed it. Whoever runs it can have it tell that (the claim "
                "“email_verified”). Until then you can sign in with a password; a link to a new "
                "one comes by mail."
            )
            % {"provider": settings.OIDC_NAME}
        )
    if not identity.is_confirmed:
        raise NotLetIn(
            _("Your mail address is not confirmed there, so we cannot know whose account it is.")
        )
    person = Person.objects.select_for_update().filter(email=identity.email).first()
    if person is None:
        person = _newcomer(identity)
    elif person.outside_identities.filter(issuer=identity.issuer).exists():
        raise NotLetIn(
            _("The account with this address belongs to somebody else who signs in there.")
        )
    else:
        _take_over(person)
    OutsideIdentity.objects.create(person=person, issuer=identity.issuer, subject=identity.subject)
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def _newcomer(identity: Identity) -> Person:
    if not settings.OIDC_NEW_PEOPLE:
        raise NotLetIn(
            _("There is no account with your address yet. Please ask a host to add you.")
        )
    return Person.objects.create_user(identity.email, name=identity.name)


def _take_over(person: Person) -> None:
    """Shut out whoever made this account without ever showing that the address is theirs.

    Somebody could make an account in another's name, wait for its owner, and come in beside her.
    """
    if EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists():
        return
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    Authenticator.objects.filter(user=person).delete()
    if person.has_usable_password():
        # Sessions that were begun with it end, too.
        person.set_unusable_password()
        person.save(update_fields=["password"])
