"""The database refuses to change a release, whoever asks: a program of ours, or a hand.

Made anew after every migration, because SQLite loses triggers when a table is changed. A release
goes only with its circle.
"""

from typing import Any

from django.db import connections

from erdkreis.gate.models import STAYS, Release

TABLE = Release._meta.db_table

SQLITE = f"""
    CREATE TRIGGER IF NOT EXISTS a_release_stays BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{STAYS}'); END
"""
POSTGRESQL = f"""
    CREATE OR REPLACE FUNCTION a_release_stays() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{STAYS}'; END $$;
    DROP TRIGGER IF EXISTS a_release_stays ON {TABLE};
    CREATE TRIGGER a_release_stays BEFORE UPDATE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION a_release_stays()
"""


def keep_releases(using: str = "default", **_of_the_signal: Any) -> None:
    """Put the trigger on the table of releases, if that table is in this database."""
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE)
