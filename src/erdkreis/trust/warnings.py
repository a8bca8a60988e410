"""The mail before an account that nobody uses is deleted."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from erdkreis.accounts.models import Person
from erdkreis.circles.models import Role
from erdkreis.web import mails
from erdkreis.web.languages import OWN_NAMES


def warn_of_deletion(person: Person, day: date, today: date) -> bool:
    """Tell somebody the day on which the account goes; signing in once keeps it.

    Noted only when the mail left: an account is never deleted without a warning. In both
    languages, since nobody asked in which one somebody reads.
    """
    if _is_only_host(person):
        return False  # it stays anyway
    texts, subjects = {}, []
    for language in OWN_NAMES:
        with translation.override(language):
            link = f"{settings.PUBLIC_URL}{reverse('account_login')}"
            context = {"day": day, "link": link, "public_url": settings.PUBLIC_URL}
            texts[language] = render_to_string("trust/account_goes.txt", context)
            subjects.append(_("Your account will be deleted"))
    if not mails.send(person.email, " / ".join(subjects), texts, "that warns"):
        return False
    Person.objects.filter(pk=person.pk).update(warned_on=today)
    return True


def _is_only_host(person: Person) -> bool:
    return any(
        not role.circle.roles.filter(kind=Role.Kind.HOST).exclude(person=person).exists()
        for role in person.roles.filter(kind=Role.Kind.HOST).select_related("circle")
    )
