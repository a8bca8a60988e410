"""The settings of an installation, with quick passwords, mail in memory and nothing to compile."""

import os
import tempfile

os.environ["ERDKREIS_DATA"] = tempfile.mkdtemp(prefix="erdkreis-test-")
os.environ.setdefault("ERDKREIS_SECRET_KEY", "only for tests")
os.environ["ERDKREIS_URL"] = "http://testserver"

from erdkreis.config.settings import *  # noqa: F403 - after the environment is set
from erdkreis.config.settings import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DATABASES = {"default": DATABASES["default"]}
DATABASE_ROUTERS: list[str] = []
SECONDS_PUBLIC_PAGES_ARE_KEPT = 0  # tests change what they look at
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [m for m in MIDDLEWARE if "whitenoise" not in m]  # noqa: F405 - from the star
