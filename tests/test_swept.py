"""What the suite itself relies on: where tests run, and that none leaves anything to the next."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection

from erdkreis.circles.models import Circle
from swept import empty, tables_that_hold_something


def test_what_asks_the_database_is_tried_on_both(request, ada):
    assert "database" in request.keywords


def test_what_asks_none_is_tried_once(request):
    assert "database" not in request.keywords


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_but_what_migrations_made(asking):
    assert Circle.objects.exists()
    assert Permission.objects.exists()

    empty(connection)

    assert tables_that_hold_something(connection) == []
    assert Permission.objects.exists()
