"""How this installation runs, read from its settings."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from erdkreis.circles.models import VoiceMode
from erdkreis.invitations.slips import key_of
from erdkreis.rounds.models import RoundGroup


@dataclass(frozen=True)
class Fact:
    term: str
    said: str


def facts() -> list[Fact]:
    return [
        Fact(_("Who runs the server"), settings.OPERATOR or _("Not stated: please ask the host.")),
        Fact(
            _("Questions about data protection"),
            settings.PRIVACY_CONTACT or _("Not stated: please ask the host."),
        ),
        Fact(_("Address"), f"{settings.PUBLIC_URL} · {_encryption()}"),
        Fact(_("Where it is stored"), _database()),
        Fact(_("Mails"), _mails()),
        Fact(_("Third parties"), _third_parties()),
        Fact(_("Cookies"), _cookies()),
        Fact(
            _("Logs"),
            _(
                "What goes wrong, and which account signed in (by its number), without personal "
                "codes and without internet addresses. A server in front of this one may keep logs "
                "of its own: its operator can say."
            ),
        ),
        Fact(_("Accounts"), _accounts()),
    ]


def separation(group: RoundGroup) -> str:
    """Say how answers of a group are kept apart from people, in the way it really is done."""
    if group.voice_mode == VoiceMode.COLLECTIVE:
        return _("One agreed answer of a small group, open to everyone: nothing is hidden.")
    if group.voice_mode == VoiceMode.ON_RECORD:
        return _("By name, with consent: nothing is hidden.")
    if (key := key_of(group)) is not None:
        return _(
            "Codes and answers lie in two tables without a common key, number or time. Invited "
            "people begin with a slip without a name (RFC 9474): the browser blinds it, the "
            "server signs it unseen, so that not even both tables together tell who answered "
            "what. Fingerprint of this group’s key: %(fingerprint)s. Without JavaScript the "
            "two tables alone keep them apart."
        ) % {"fingerprint": key.fingerprint}
    return _("Codes and answers lie in two tables without a common key, number or time.")


def _accounts() -> str:
    made = (
        _("Anybody may make an account.")
        if settings.SIGNUP_IS_OPEN
        else _("Only the operator and hosts make accounts.")
    )
    if not (settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID):
        return made
    if settings.OIDC_NEW_PEOPLE:
        made = _("Whoever can sign in with %(provider)s gets an account.") % {
            "provider": settings.OIDC_NAME
        }
    learns = _("%(provider)s learns when somebody signs in through it. Answering needs no sign-in.")
    return f"{made} {learns % {'provider': settings.OIDC_NAME}}"


def _encryption() -> str:
    if settings.IS_HTTPS:
        return _("the connection is encrypted")
    return _("the connection is not encrypted, which is right only on a machine of one’s own")


def _database() -> str:
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        return _("In one file on the server itself")
    if host := database.get("HOST"):
        return _("In a PostgreSQL database on %(host)s") % {"host": host}
    return _("In a PostgreSQL database on the server itself")


def _mails() -> str:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return _("Go through %(host)s, which sees addresses and texts of invitations.") % {
            "host": settings.EMAIL_HOST
        }
    return _("None leave: no mail server is set.")


def _third_parties() -> str:
    none = _("None. No page loads anything from elsewhere, nothing is counted, nothing is sold.")
    if not settings.DASK_SCHEDULER:
        return none
    helped = _("Large analyses of dialogues run on further machines, on votes without names.")
    return f"{none} {helped}"


def _cookies() -> str:
    days = timedelta(seconds=settings.SESSION_COOKIE_AGE).days
    return _(
        "For those who answer: one with which this device finds its own answers again, one that "
        "keeps others from sending a form in your name, one with the language. For those with an "
        "account also one for being signed in, for %(days)d days at most."
    ) % {"days": days}
