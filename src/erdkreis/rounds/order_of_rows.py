"""Write rows anew in an order that tells nothing.

Where a row lies in the file, and in PostgreSQL the number of the transaction that wrote it last,
tell when it came, even where its key is random and no column holds a time. Rows that are written
anew together, in a random order, have one number and places by chance.
"""

from collections.abc import Collection
from secrets import SystemRandom
from typing import Any

from django.db import connection, models, transaction


def write_anew(model: type[models.Model], keys: Collection[Any]) -> None:
    """Take rows out and put them back in a random order. Only for tables nothing points to.

    (On SQLite, where one writes at a time, for any table: keys are compared when all is done.)
    """
    if not keys:
        return
    table, marks = model._meta.db_table, ", ".join(["%s"] * len(keys))
    chosen = f'"{table}" WHERE id IN ({marks})'
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"WITH taken AS (DELETE FROM {chosen} RETURNING *) "
                f'INSERT INTO "{table}" SELECT * FROM taken ORDER BY random()',
                [*keys],
            )
            return
        cursor.execute(f"CREATE TEMP TABLE taken AS SELECT * FROM {chosen}", [*keys])
        cursor.execute(f"DELETE FROM {chosen}", [*keys])
        cursor.execute(f'INSERT INTO "{table}" SELECT * FROM taken ORDER BY random()')
        cursor.execute("DROP TABLE taken")


def touch(model: type[models.Model], keys: Collection[Any]) -> None:
    """Write rows anew where they are, in a random order: for tables that others point to.

    Somebody who adds a row that points here would not find what was taken out a moment ago.
    """
    if connection.vendor == "sqlite":
        write_anew(model, keys)
        return
    in_any_order = SystemRandom().sample([*keys], len(keys))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET id = id WHERE id = %s',
            [[key] for key in in_any_order],
        )


def level(model: type[models.Model]) -> None:
    """Give all rows of a table the number of one transaction, and lay them by their keys.

    On PostgreSQL alone, outside of a transaction, and in a moment in which nobody can write.
    """
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'LOCK TABLE "{table}" IN EXCLUSIVE MODE')
        cursor.execute(f'UPDATE "{table}" SET id = id')
    with connection.cursor() as cursor:
        cursor.execute(f'CLUSTER "{table}" USING "{table}_pkey"')
