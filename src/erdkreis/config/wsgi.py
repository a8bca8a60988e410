"""Entry for the web server."""

import os
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.signals import request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, reset_queries
from django.db.backends.signals import connection_created

from erdkreis.web.whole_bodies import only_whole_bodies

# Commands may wait long for their turn; whoever waits at a phone is told after five seconds.
WAIT_SHORTLY = {
    "sqlite": "PRAGMA busy_timeout = 5000",
    "postgresql": "SET lock_timeout = 5000",
}


def wait_shortly(connection: Any, **_of_the_signal: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(WAIT_SHORTLY[connection.vendor])


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erdkreis.config.settings")
application = only_whole_bodies(get_wsgi_application())
import_module(settings.ROOT_URLCONF)  # now, and not while the first visitor waits
connection_created.connect(wait_shortly)
# Connections are looked after when a request has ended; at the next beginning all is as it was.
request_started.disconnect(close_old_connections)
if not settings.DEBUG:
    request_started.disconnect(reset_queries)  # it empties lists that only DEBUG fills
