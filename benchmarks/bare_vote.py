"""The second yardstick: a vote in a bare Django, with the middleware of a usual project.

One address, one statement on three small tables, protection against forged forms, and none of what
Erdkreis promises: no limits, no languages of a round, no counting, no chance of a statement.
`python -m benchmarks.bare_vote FOLDER` fills the tables with the people named on its input.
"""

import hashlib
import json
import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

FOLDER = Path(os.environ.get("BARE_VOTE") or sys.argv[1])
SETTINGS_OF_SQLITE = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;"
    "PRAGMA cache_size=-64000; PRAGMA mmap_size=268435456; PRAGMA foreign_keys=ON;"
)
settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    SECRET_KEY="x",
    USE_TZ=True,
    STATIC_URL="/static/",
    STATIC_ROOT=str(FOLDER),
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
        "django.contrib.messages", "django.contrib.staticfiles", "allauth", "allauth.account",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "django_htmx.middleware.HtmxMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(FOLDER / "bare.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SETTINGS_OF_SQLITE},
        }
    },
)  # fmt: skip
CAST = """
    INSERT INTO vote (participant_id, statement_id, value)
    SELECT p.id, s.id, %s FROM participant p
    JOIN statement s ON s.dialogue_id = p.dialogue_id AND s.open
    WHERE p.token_hash = %s AND s.id = %s
    ON CONFLICT (participant_id, statement_id) DO UPDATE SET value = excluded.value
"""
TABLES = """
    CREATE TABLE participant (id INTEGER PRIMARY KEY, dialogue_id INTEGER, token_hash TEXT UNIQUE);
    CREATE TABLE statement (id INTEGER PRIMARY KEY, dialogue_id INTEGER, open INTEGER);
    CREATE TABLE vote (participant_id INTEGER, statement_id INTEGER, value INTEGER,
                       UNIQUE (participant_id, statement_id));
"""


def ready(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def vote(request: HttpRequest, slug: str) -> HttpResponse:
    said, receipt = request.POST, request.COOKIES.get("voter", "")
    token = hashlib.sha256(receipt.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(CAST, [int(said["vote"]), token, int(said["statement"])])
        if cursor.rowcount != 1:
            return HttpResponse(status=403)
    return HttpResponseRedirect(f"/d/{slug}/vote/")


urlpatterns = [path("healthz", ready), path("d/<slug:slug>/vote/", vote)]


def fill(voters: list[str], statements: list[int]) -> None:
    with closing(sqlite3.connect(FOLDER / "bare.sqlite3")) as made, made:
        made.executescript(TABLES)
        people = [(hashlib.sha256(v.encode()).hexdigest(),) for v in voters]
        made.executemany("INSERT INTO participant (dialogue_id, token_hash) VALUES (1, ?)", people)
        made.executemany("INSERT INTO statement VALUES (?, 1, 1)", [(s,) for s in statements])


if __name__ == "__main__":
    fill(*json.load(sys.stdin))
else:
    application = get_wsgi_application()
