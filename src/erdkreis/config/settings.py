"""Settings of one installation. Every variable is explained in docs/settings.md."""

import os
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from erdkreis.config.generic import let_classes_say_of_what
from erdkreis.config.secret import secret_key_from

let_classes_say_of_what()

env = environ.Env()


def _several(name: str) -> list[str]:
    """Read what is separated by commas, with or without spaces after them."""
    return [one.strip() for one in env.list(name, default=[]) if one.strip()]


PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = env.bool("ERDKREIS_DEBUG", default=False)
DATA = Path(env("ERDKREIS_DATA", default="var")).resolve()
DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
SECRET_KEY = env("ERDKREIS_SECRET_KEY", default="") or secret_key_from(DATA / "secret_key")

# The one public address: links in mails, QR codes and the list of allowed hosts follow from it.
PUBLIC_URL = env("ERDKREIS_URL", default="http://127.0.0.1:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
IS_HTTPS = _public.scheme == "https"
ALLOWED_HOSTS = [_public.hostname or "127.0.0.1", *_several("ERDKREIS_HOSTS")]
if ALLOWED_HOSTS[0] in {"127.0.0.1", "localhost"}:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if IS_HTTPS else []

# Proxies whose word on the visitor's address and on https counts; everybody else's does not.
TRUSTED_PROXIES = _several("ERDKREIS_TRUSTED_PROXIES")
for _proxy in TRUSTED_PROXIES:
    ip_network(_proxy, strict=False)  # what is no address is refused here, not at each request

OPERATOR = env("ERDKREIS_OPERATOR", default="")
PRIVACY_CONTACT = env("ERDKREIS_PRIVACY_CONTACT", default="")
METRICS_TOKEN = env("ERDKREIS_METRICS_TOKEN", default="")
BACKUPS = Path(folder).resolve() if (folder := env("ERDKREIS_BACKUPS", default="")) else None
DASK_SCHEDULER = env("ERDKREIS_DASK_SCHEDULER", default="")

# Programs of others: how much they may ask, and which inner addresses webhooks may reach.
API_PER_MINUTE = env.int("ERDKREIS_API_PER_MINUTE", default=6000)
WEBHOOK_INSIDE = _several("ERDKREIS_WEBHOOK_INSIDE")

INSTALLED_APPS = [
    "erdkreis.operations",
    "erdkreis.home",
    "erdkreis.trust",
    "erdkreis.reports",
    "erdkreis.outside",
    "erdkreis.imports",
    "erdkreis.api",
    "erdkreis.answerback",
    "erdkreis.experiments",
    "erdkreis.meetings",
    "erdkreis.tensions",
    "erdkreis.conversations",
    "erdkreis.balances",
    "erdkreis.dialogues",
    "erdkreis.pictures",
    "erdkreis.directory",
    "erdkreis.fit",
    "erdkreis.pulse",
    "erdkreis.questionnaires",
    "erdkreis.invitations",
    "erdkreis.gate",
    "erdkreis.rounds",
    "erdkreis.jobs",
    "erdkreis.circles",
    "erdkreis.moderation",
    "erdkreis.accounts",
    "erdkreis.web",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
]

MIDDLEWARE = [
    "erdkreis.web.proxies.only_from_trusted_proxies",
    "erdkreis.operations.machines.answer_machines",
    "erdkreis.operations.requests.counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "erdkreis.web.policy.one_policy_for_all",
    "erdkreis.web.caching.kept_by_nobody",
    "django.middleware.gzip.GZipMiddleware",
    "erdkreis.api.doorway.doorway",
    "erdkreis.web.without_account.accounts_where_needed",
    "erdkreis.web.languages.language_of_page",
    "erdkreis.web.errors.never_an_empty_page",
    "erdkreis.web.limits.only_usual_requests",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "erdkreis.config.urls"
WSGI_APPLICATION = "erdkreis.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "erdkreis.web.first_fault.FormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "erdkreis.web.context.installation",
            ],
        },
    },
]

# Database -----------------------------------------------------------------------------------

SQLITE_OPTIONS = {
    "timeout": 20,
    # A write lock taken late cannot wait for its turn ("database is locked"): take it at once.
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA cache_size=-64000;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;"
        "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;PRAGMA journal_size_limit=67108864;"
    ),
}


def _database(url: str) -> dict[str, Any]:
    settings: dict[str, Any] = environ.Env.db_url_config(url)
    settings["CONN_MAX_AGE"] = None
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = SQLITE_OPTIONS
        name = Path(settings["NAME"])
        # Browser tests read from a second thread, which a database in memory does not allow.
        settings["TEST"] = {"NAME": str(name.with_name(f"test-{name.name}"))}
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        # A machine that does not answer at all is given up soon, and asked again next time.
        # What goes through `web.prepared` is planned once a connection; Django's own cursors never.
        usual = {"connect_timeout": 5, "prepare_threshold": 0}
        settings["OPTIONS"] = usual | settings.get("OPTIONS", {})
        if settings["OPTIONS"]["prepare_threshold"] == "None":
            settings["OPTIONS"]["prepare_threshold"] = None
    return settings


DATABASES = {
    "default": _database(env("DATABASE_URL", default=f"sqlite:///{DATA}/erdkreis.sqlite3"))
}

# Counters of the throttle are written often: on SQLite they get a file of their own, so that
# they never wait for an answer being saved, and an answer never waits for them.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["cache"] = _database(f"sqlite:///{DATA}/cache.sqlite3")
    DATABASE_ROUTERS = ["erdkreis.config.routers.CacheRouter"]
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "erdkreis_cache",
        # More than all counters of a busy hour: what is thrown out early would count anew.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

# Signing in ---------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:circles"
ACCOUNT_LOGOUT_REDIRECT_URL = "home:start"
ACCOUNT_ADAPTER = "erdkreis.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_FORMS = {
    "login": "erdkreis.accounts.forms.SignInForm",
    "reauthenticate": "erdkreis.accounts.forms.AskedAgainForm",
    "change_password": "erdkreis.accounts.forms.NewPasswordForm",
}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Who came by the link and chose a password need not type it again; a second step is still asked.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # our subjects begin with the name themselves
SIGNUP_IS_OPEN = env.bool("ERDKREIS_SIGNUP", default=False)

# The sign-in an organisation has already (OpenID Connect); without an issuer there is none.
OIDC_ISSUER = env("ERDKREIS_OIDC_ISSUER", default="").rstrip("/")
OIDC_CLIENT_ID = env("ERDKREIS_OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env("ERDKREIS_OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env("ERDKREIS_OIDC_NAME", default="") or urlsplit(OIDC_ISSUER).hostname or ""
OIDC_NEW_PEOPLE = env.bool("ERDKREIS_OIDC_NEW_PEOPLE", default=False)

MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_ADAPTER = "erdkreis.accounts.adapter.SecondStepAdapter"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "erdkreis.web.errors.form_expired"

# The browser asks nobody but us -------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
# Others learn nothing. Not "no-referrer": browsers then send our own forms with the origin "null",
# and the protection against forged forms refuses them all.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if IS_HTTPS:
    SECURE_SSL_REDIRECT = env.bool("ERDKREIS_REDIRECT_TO_HTTPS", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# Files, mail, words -------------------------------------------------------------------------

# How old a published page may be; it is made once for everyone, and again after so many seconds.
SECONDS_PUBLIC_PAGES_ARE_KEPT = env.int("ERDKREIS_KEEP_PUBLIC_PAGES", default=10)

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "erdkreis.web.collected.NamedByContent"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

_mail = environ.Env.email_url_config(
    env("ERDKREIS_EMAIL_URL", default=f"filemail:///{DATA}/mail"),
)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_FILE_PATH = str(DATA / "mail")
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST"), _mail.get("EMAIL_PORT")
EMAIL_HOST_USER = _mail.get("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = _mail.get("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("ERDKREIS_EMAIL_FROM", default=f"erdkreis@{_public.hostname}")
EMAIL_SUBJECT_PREFIX = ""

LANGUAGE_CODE = "en"
LANGUAGES = [("de", _("German")), ("de-easy", "Einfache Sprache"), ("en", _("English"))]
USE_I18N = True
FORMAT_MODULE_PATH = "erdkreis.web.formats"
USE_TZ = True
TIME_ZONE = env("ERDKREIS_TIME_ZONE", default=os.environ.get("TZ") or "Europe/Berlin")

# Lines for people, or JSON for programs that collect logs.
LOG_FORM = env("ERDKREIS_LOG", default="text")
LOG_REQUESTS = env.bool("ERDKREIS_LOG_REQUESTS", default=False)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_codes": {"()": "erdkreis.web.logs.WithoutCodes"}},
    "formatters": {
        "text": {"format": "%(message)s"},
        "json": {"()": "erdkreis.web.logs.JsonLines"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["without_codes"],
            "formatter": "json" if LOG_FORM == "json" else "text",
        },
    },
    # On the loggers that write addresses too: a second handler must not see codes either.
    "loggers": {
        name: {"filters": ["without_codes"]}
        for name in ("django.request", "django.server", "django.security.csrf")
    }
    # What it says is about style sheets, and could name what stands on a sheet.
    | {name: {"level": "CRITICAL"} for name in ("weasyprint", "fontTools")}
    | {name: {"level": "INFO"} for name in ("erdkreis.requests", "erdkreis.accounts")},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
