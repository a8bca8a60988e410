"""What the settings say, alone and against each other."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from erdkreis.operations.doctor.finding import Finding, fine, mend, note
from erdkreis.web.proxies import proxy_is_silent

ONLY_HERE = {"127.0.0.1", "localhost", "::1"}
SHORTEST_KEY, FEWEST_SIGNS = 32, 8
PLAIN_UTC = {"UTC", "Etc/UTC", "GMT"}


def _is_public() -> bool:
    return urlsplit(settings.PUBLIC_URL).hostname not in ONLY_HERE


def secret_key() -> Iterator[Finding]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or "insecure" in key:
        yield mend(
            "secret key",
            _("The secret key can be guessed: whoever does signs in as anybody."),
            _("Leave ERDKREIS_SECRET_KEY out, and a good one is made; everybody signs in anew."),
        )
        return
    file = settings.DATA / "secret_key"
    if file.exists() and file.stat().st_mode & 0o077:
        yield mend(
            "secret key",
            _("Others on this machine can read %s.") % file,
            f"chmod 600 {file}",
        )
        return
    yield fine("secret key", _("The secret key is long, and nobody else reads it."))


def debugging() -> Iterator[Finding]:
    if settings.DEBUG:
        yield mend(
            "debugging",
            _("ERDKREIS_DEBUG is on: pages of errors show settings and what people sent."),
            _("Leave ERDKREIS_DEBUG out and restart."),
        )


def address() -> Iterator[Finding]:
    at = urlsplit(settings.PUBLIC_URL)
    if at.scheme not in {"http", "https"} or not at.hostname or at.path or at.query:
        yield mend(
            "address",
            _("ERDKREIS_URL is no address of a website: %s") % settings.PUBLIC_URL,
            _("Write it like https://kreis.example.org, without a path."),
        )
        return
    if "*" in settings.ALLOWED_HOSTS:
        yield mend(
            "address",
            _("Any host name is accepted: links in mails can be made to lead elsewhere."),
            _("Name the hosts in ERDKREIS_HOSTS one by one."),
        )
    if _is_public() and at.scheme == "http":
        yield mend(
            "address",
            _("%s is not encrypted: codes and answers can be read on the way.")
            % settings.PUBLIC_URL,
            _("Put a proxy with a certificate in front, and write https:// in ERDKREIS_URL."),
        )
        return
    yield fine("address", settings.PUBLIC_URL)
    if not _is_public():
        yield note("address", _("Only this machine reaches it."), _("Set ERDKREIS_URL."))


def proxies() -> Iterator[Finding]:
    if settings.IS_HTTPS and not settings.TRUSTED_PROXIES:
        yield mend(
            "proxy",
            _("The address begins with https://, and no proxy is trusted: visitors are sent in "
              "circles, and all share one counter of wrong codes."),
            _("Name your proxy in ERDKREIS_TRUSTED_PROXIES, for instance 127.0.0.1."),
        )  # fmt: skip
    elif settings.TRUSTED_PROXIES and proxy_is_silent():
        yield mend(
            "proxy",
            _("A trusted proxy passes requests on without saying for whom, or whether they came "
              "encrypted."),
            _("Let it set X-Forwarded-For and X-Forwarded-Proto: docs/operations.md shows how."),
        )  # fmt: skip


def mail() -> Iterator[Finding]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        says = _("Mails are written into files: nobody gets them.")
        do = _("Set ERDKREIS_EMAIL_URL to your mail server.")
        yield mend("mail", says, do) if _is_public() else note("mail", says, do)
        return
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    if sender in ONLY_HERE or "." not in sender:
        yield mend(
            "mail",
            _("Mails come from %s: most servers refuse that.") % settings.DEFAULT_FROM_EMAIL,
            _("Set ERDKREIS_EMAIL_FROM to an address of your own."),
        )


def mail_server_lets_us_in() -> Iterator[Finding]:
    """Really connect and sign in. Nothing is sent."""
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return
    connection = get_connection()
    try:
        connection.open()
        connection.close()
    except Exception as error:  # noqa: BLE001 - whatever is in the way, it is said by its name
        yield mend(
            "mail server",
            _("The mail server cannot be reached, or refuses us (%s).") % type(error).__name__,
            _("Compare host, port, user, password and the kind of encryption in "
              "ERDKREIS_EMAIL_URL with what your provider says. Mails wait meanwhile."),
        )  # fmt: skip
    else:
        yield fine("mail server", _("The mail server lets us in."))


def who_is_responsible() -> Iterator[Finding]:
    if not (settings.OPERATOR and settings.PRIVACY_CONTACT):
        says = _("Before the first question nobody reads who runs this, and whom to ask.")
        do = _("Set ERDKREIS_OPERATOR and ERDKREIS_PRIVACY_CONTACT.")
        yield mend("responsible", says, do) if _is_public() else note("responsible", says, do)


def time_zone() -> Iterator[Finding]:
    if settings.TIME_ZONE in PLAIN_UTC:
        yield note(
            "time zone",
            _("Days begin and end in UTC: in Central Europe a last day ends at 1 or 2 at night."),
            _("Set ERDKREIS_TIME_ZONE, for instance to Europe/Berlin."),
        )
    else:
        yield fine("time zone", settings.TIME_ZONE)


CHECKS = (secret_key, debugging, address, proxies, mail, who_is_responsible, time_zone)
