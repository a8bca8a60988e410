"""The settings of an installation, with kinds of work that only tests ask for."""

from erdkreis.config.settings import *  # noqa: F403
from erdkreis.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "work_for_tests"]
