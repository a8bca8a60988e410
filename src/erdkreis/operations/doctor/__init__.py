"""What is amiss with this installation, in words, with what to do next."""

from collections.abc import Iterator

from django.db import DatabaseError
from django.utils.translation import gettext as _

from erdkreis.operations.doctor import database, machine, settings, work
from erdkreis.operations.doctor.finding import Finding, Level, mend

__all__ = ["Finding", "Level", "examine"]

CHECKS = (*settings.CHECKS, *machine.CHECKS, *database.CHECKS, *work.CHECKS)


def examine(*, ask_mail_server: bool = False) -> list[Finding]:
    """Look at everything; what is to be mended comes first."""
    found = [finding for check in CHECKS for finding in _looked(check)]
    if ask_mail_server:
        found += list(settings.mail_server_lets_us_in())
    return sorted(found, key=lambda one: one.level)


def _looked(check: object) -> Iterator[Finding]:
    try:
        yield from check()  # type: ignore[operator]  # each check is a function without arguments
    except DatabaseError as error:
        if check is database.answers:
            yield mend(
                "database",
                _("The database does not answer (%s).") % type(error).__name__,
                _("Start it, and see whether DATABASE_URL names it."),
            )
