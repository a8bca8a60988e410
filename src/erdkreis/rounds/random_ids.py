"""Numbers that tell nothing: neither the order in which people came nor how many there are."""

import secrets
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


def random_id() -> int:
    """Return a random number of 63 bits, never 0."""
    return secrets.randbelow(2**63 - 1) + 1


class RandomIdField(models.BigIntegerField[int, int]):
    """The key of a row about which nobody may learn when it came."""

    def __init__(self, **options: Any) -> None:
        as_key: dict[str, Any] = {"primary_key": True, "default": random_id, "editable": False}
        super().__init__(**as_key | options)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        # Beside a key of any other type, "bigint" too, SQLite keeps a hidden "rowid" that counts
        # up: the order in which people came. An integer key takes its place.
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
