"""A release stays as it was let out, whichever way somebody tries to change it."""

import pytest
from django.db import DatabaseError, connection, transaction

from erdkreis.gate.models import Release
from erdkreis.gate.services import release
from erdkreis.gate.tables import RawGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def let_out(asking):
    release(asking, "picture", [RawGroup("employees", 30, {})])
    return Release.objects.get()


def test_our_own_code_cannot_change_or_delete_it(let_out):
    for change in (
        let_out.save,
        let_out.delete,
        Release.objects.all().delete,
        lambda: Release.objects.update(content={}),
        lambda: let_out.circle.releases.update(content={}),
    ):
        with pytest.raises(TypeError, match="stays as it was"):
            change()


def test_the_database_refuses_to_change_it(let_out):
    before = Release.objects.values().get()

    with (
        pytest.raises(DatabaseError, match="stays as it was"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE gate_release SET content = '{}'")

    assert Release.objects.values().get() == before


def test_it_goes_with_its_circle(let_out):
    let_out.circle.rounds.all().delete()
    let_out.circle.delete()

    assert not Release.objects.exists()
