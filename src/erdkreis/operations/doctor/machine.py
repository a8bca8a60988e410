"""What the machine gives: folder, disk, clock, libraries, files of the front end."""

import os
import platform
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import django
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis import __version__
from erdkreis.jobs.models import SILENCE, Worker
from erdkreis.operations.doctor.finding import Finding, fine, mend, note

MEGABYTE = 1024 * 1024
NEARLY_FULL, GETTING_FULL = 500 * MEGABYTE, 2048 * MEGABYTE
OLDEST_SQLITE = (3, 35)  # UPSERT and RETURNING
FONTS = ("vendor/source-serif-4-latin-wght-normal.woff2",)
SECONDS = 3.0
FIRST_YEAR = 2026


def versions() -> Iterator[Finding]:
    yield fine(
        "versions",
        f"Erdkreis {__version__}, Python {platform.python_version()}, "
        f"Django {django.get_version()}",
    )


def data_folder() -> Iterator[Finding]:
    folder: Path = settings.DATA
    if not os.access(folder, os.W_OK | os.X_OK):
        yield mend(
            "data folder",
            _("Nothing can be written into %s.") % folder,
            _("Give the folder to the user under which Erdkreis runs."),
        )
        return
    open_to_all = [
        path.name
        for path in (folder / "erdkreis.sqlite3", folder / "mail")
        if path.exists() and path.stat().st_mode & 0o007
    ]
    if folder.stat().st_mode & 0o005 and open_to_all:
        yield mend(
            "data folder",
            _("Everybody on this machine can read answers in %s.") % folder,
            f"chmod 700 {folder}",
        )
        return
    yield fine("data folder", str(folder))


def disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    says = _("%s MB are free where the data lie.") % f"{free // MEGABYTE:,}"
    if free < NEARLY_FULL:
        yield mend("disk", says, _("Make room: old backups, logs, files of other programs."))
    elif free < GETTING_FULL:
        yield note("disk", says, _("Make room before it is full."))
    else:
        yield fine("disk", says)


def clock() -> Iterator[Finding]:
    now = timezone.now()
    ahead = Worker.objects.filter(seen_at__gt=now + 2 * SILENCE).exists()
    if ahead or now.year < FIRST_YEAR:
        yield mend(
            "clock",
            _("The clock of this machine is behind what stands in the database already."),
            _("Let the machine set its clock by itself (NTP): last days and deletions follow it."),
        )


def front_end() -> Iterator[Finding]:
    if not all(finders.find(name) for name in FONTS):
        yield mend(
            "front end",
            _("Fonts or scripts of the pages are missing."),
            _("Run: make setup. Then: erdkreis init"),
        )
    elif not (settings.STATIC_ROOT / "staticfiles.json").exists():
        yield mend("front end", _("The files of the pages were not collected."), "erdkreis init")
    german = Path(__file__).parents[2] / "web/locale/de/LC_MESSAGES/django.mo"
    if not german.exists():
        yield mend("front end", _("The German texts are not compiled."), "make setup")


def pdf() -> Iterator[Finding]:
    try:
        import_module("weasyprint")
    except (OSError, ImportError):
        yield mend(
            "PDF",
            _("PDFs cannot be made: the library Pango is missing. All else works."),
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )


def dask() -> Iterator[Finding]:
    if not settings.DASK_SCHEDULER:
        return
    at = urlsplit(settings.DASK_SCHEDULER)
    if find_spec("distributed") is None:
        yield mend(
            "Dask",
            _("ERDKREIS_DASK_SCHEDULER is set, but Dask is not installed."),
            "pip install erdkreis[cluster]",
        )
        return
    try:
        socket.create_connection((at.hostname or "", at.port or 8786), SECONDS).close()
    except OSError as error:
        yield mend(
            "Dask",
            _("The Dask scheduler at %(at)s does not answer (%(why)s).")
            % {"at": settings.DASK_SCHEDULER, "why": type(error).__name__},
            _("Start it, or leave ERDKREIS_DASK_SCHEDULER out: one machine is enough for millions "
              "of votes."),
        )  # fmt: skip
    else:
        yield fine("Dask", settings.DASK_SCHEDULER)


def sqlite() -> Iterator[Finding]:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield mend(
            "SQLite",
            _("SQLite %s is too old.") % sqlite3.sqlite_version,
            _("Take a Python with SQLite 3.35 or newer."),
        )


CHECKS = (versions, data_folder, disk, clock, front_end, pdf, dask, sqlite)
