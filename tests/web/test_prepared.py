"""What is asked a thousand times a minute is planned once, and fails as everything else does."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from erdkreis.dialogues.models import Vote
from erdkreis.questionnaires.models import Answer
from erdkreis.web.prepared import prepared

pytestmark = pytest.mark.django_db
SQL = "SELECT CAST(%s AS bigint), CAST(%s AS smallint)"


def ask(*values):
    with prepared() as cursor:
        cursor.execute(SQL, values)
        return cursor.fetchone()


def plans():
    """How often a plan of ours is kept on this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return sum("AS smallint" in statement for (statement,) in cursor.fetchall())


def test_values_come_back_as_they_went_in():
    large = 2**62 + 1

    assert [ask(large, -1), ask(7, None)] == [(large, -1), (7, None)]


def test_each_execution_is_one_statement_with_one_plan():
    with CaptureQueriesContext(connection) as asked:
        for value in range(3):
            ask(2**62 + value, value)

    assert len(asked) == 3
    if connection.vendor == "postgresql":
        assert plans() == 1


def test_a_failure_is_one_that_pages_know():
    with pytest.raises(DatabaseError), transaction.atomic(), prepared() as cursor:
        cursor.execute("SELECT * FROM nowhere WHERE id = %s", [1])


def test_a_plan_is_made_again_after_a_failure():
    ask(2**62, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), prepared() as cursor:
        cursor.execute("SELECT * FROM nowhere WHERE id = %s", [1])

    assert ask(2**62, 2) == (2**62, 2)


@pytest.mark.parametrize("model", [Vote, Answer])
def test_no_index_is_written_that_another_one_holds(model):
    """An index that begins as another one does finds nothing more, and costs every writing."""
    made = [*model._meta.indexes, *model._meta.constraints]
    indexes = [tuple(one.fields) for one in made if hasattr(one, "fields")]
    indexes += [(field.name,) for field in model._meta.local_fields if field.db_index]

    held = [i for i in indexes for j in indexes if len(i) < len(j) and j[: len(i)] == i]

    assert (bool(indexes), held) == (True, [])
