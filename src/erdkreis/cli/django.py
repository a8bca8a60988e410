"""Start Django for the commands that need the database."""

import os
from typing import TYPE_CHECKING

import django

from erdkreis.cli import InputError

if TYPE_CHECKING:
    from erdkreis.circles.models import Circle


def start_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "erdkreis.config.settings")
    django.setup()


def database_is_ready() -> bool:
    """Say whether the database answers and its tables are up to date."""
    from django.db import DatabaseError  # noqa: PLC0415 - needs Django to be started

    from erdkreis.web import tables  # noqa: PLC0415 - needs Django to be started

    try:
        return not tables.are_behind()
    except DatabaseError:
        return False


def circle_called(slug: str) -> "Circle":
    """Return the circle at an address, or end the command with those there are."""
    from erdkreis.circles.models import Circle  # noqa: PLC0415 - needs Django to be started

    circle = Circle.objects.filter(slug=slug).first()
    if circle is None:
        some = ", ".join(Circle.objects.values_list("slug", flat=True)[:10]) or "none yet"
        raise InputError(f"There is no circle “{slug}”. Circles here: {some}.")
    return circle
