"""A form with faults is shown at the first of them."""

import pytest
from django import forms

from factories import dialogues

pytestmark = pytest.mark.django_db


class Sheet(forms.Form):
    kept = forms.CharField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput)
    first = forms.CharField()
    second = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def focused(form: forms.Form) -> list[str]:
    return [field.name for field in form if "autofocus" in str(field)]


def test_only_the_first_field_with_a_fault_asks_for_the_focus():
    assert focused(Sheet({})) == ["first"]
    assert focused(Sheet({"secret": "x", "first": "x"})) == ["second"]


def test_without_faults_nothing_asks_for_the_focus():
    assert focused(Sheet()) == []
    assert focused(Sheet({"secret": "x", "first": "x", "second": "a"})) == []


def test_a_form_below_a_long_page_is_in_sight_when_it_comes_back(circle, as_ada):
    talk = dialogues.dialogue(circle)

    page = as_ada.post(f"/dialogues/{talk.pk}/", {"text": ""}).content.decode()

    assert page.count(" autofocus") == 1
