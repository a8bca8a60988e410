"""Statements that are asked a thousand times a minute: planned once for each connection.

PostgreSQL takes longer to plan a vote than to write it, and Django's cursor merges values into the
text, so that each is a new one. Here values go beside the text, and the plan is kept. SQLite keeps
its statements anyhow.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper


@contextmanager
def prepared() -> Iterator[CursorWrapper]:
    """Give a cursor for a statement of ours, of which only the values differ.

    What type a value has must be clear from where it stands. Where nothing says so, as in a list of
    what to insert, the statement does: ``CAST(%s AS smallint)``.
    """
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor  # noqa: PLC0415 - only where PostgreSQL is used

    connection.ensure_connection()
    wrapper = _Logged if connection.queries_logged else CursorWrapper
    with wrapper(Cursor(connection.connection), connection) as cursor:
        yield cursor


class _Logged(CursorDebugWrapper):
    """Logs the statement as we wrote it: of one that is planned already psycopg tells no text."""

    def debug_sql(
        self,
        sql: str | None = None,
        params: Any = None,
        use_last_executed_query: bool = False,  # noqa: ARG002 - Django's signature
        many: bool = False,
    ) -> AbstractContextManager[None]:
        return super().debug_sql(sql, params, many=many)
