"""What the database file knows of the order of addresses, once a conversation is closed."""

import pytest
from django.db import connection

from erdkreis.conversations.digests import subscribe
from erdkreis.conversations.models import Subscription
from erdkreis.conversations.services import close_conversation
from factories.conversations import conversation


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the file of SQLite")
def test_after_the_end_it_stands_nowhere_who_came_first(circle, at_noon):
    talk = conversation(circle)
    for n in range(9):
        subscribe(talk, f"person{n}@example.org", "en", "weekly")
    assert as_written() == [f"person{n}@example.org" for n in range(9)], "there is a trace to wipe"

    close_conversation(talk, "We try it.", "")

    by_random_key = Subscription.objects.order_by("pk").values_list("address", flat=True)
    assert as_written() == list(by_random_key)


def as_written() -> list[str]:
    """Return addresses as their page holds them: SQLite fills it from its end."""
    image = bytes(connection.connection.serialize())
    places = {
        address: image.rfind(f"{address}enweekly".encode())
        for address in Subscription.objects.values_list("address", flat=True)
    }
    assert min(places.values()) > 0
    return sorted(places, key=lambda address: -places[address])
