import pytest
from django.db import IntegrityError, transaction

from erdkreis.conversations.about import About, Head, frozen
from erdkreis.tensions.models import Pole, Tension
from erdkreis.tensions.services import raise_tension

pytestmark = pytest.mark.django_db


def test_a_tension_has_two_poles_and_knows_where_it_comes_from(circle):
    about = About("statement", "17", "/dialogues/3/opinion/", frozen(lambda: Head("Sundays")))
    tension = raise_tension(
        Tension(circle=circle, title="Bread on Sundays"),
        [Pole(name="Being open"), Pole(name="Being at home")],
        about,
    )
    assert [(p.letter, p.name) for p in tension.poles.all()] == [
        ("a", "Being open"),
        ("b", "Being at home"),
    ]
    assert tension.sources.get().key == "17"
    assert tension.head.title == "Sundays"


def test_a_red_line_is_not_traded(circle):
    tension = Tension(circle=circle, title="Pay", kind="red_line", treatment="balance")
    with pytest.raises(IntegrityError), transaction.atomic():
        tension.save()
