"""After a test that really stored something: only the tables that hold rows are emptied.

Django empties every table there is and then makes its own rows about our models anew, which is most
of what such a test takes.
"""

from django.db import connections, transaction

# Filled once, by migrations; no test changes them.
ALWAYS_THERE = {"django_migrations", "django_content_type", "auth_permission"}


def empty_tables_that_hold_something(test):
    """Take the place of what Django does after a test without a transaction around it."""
    for alias in test._databases_names(include_mirrors=False):
        empty(connections[alias])


def empty(connection):
    held = tables_that_hold_something(connection)
    with (
        connection.constraint_checks_disabled(),
        transaction.atomic(using=connection.alias),
        connection.cursor() as cursor,
    ):
        if connection.vendor == "postgresql":
            # All of it goes: nobody need look whether a row still points to another.
            cursor.execute("SET LOCAL session_replication_role = replica")
        for name in held:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def tables_that_hold_something(connection) -> list[str]:
    there = set(connection.introspection.table_names()) - ALWAYS_THERE
    each = (
        f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {connection.ops.quote_name(name)})"
        for name in sorted(there)
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        return [name for (name,) in cursor.fetchall()]
