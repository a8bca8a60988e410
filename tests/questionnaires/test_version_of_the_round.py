"""A round asks, prints and shows in the words it froze, whatever the catalogue says today."""

from dataclasses import replace

import pytest

from erdkreis.questionnaires import catalogue as asked
from erdkreis.questionnaires import forms, paths
from erdkreis.questionnaires.catalogue import CURRENT_VERSION, Wording, catalogue
from erdkreis.questionnaires.forms import PredictionForm, RatingForm
from erdkreis.questionnaires.views.paper import printed_items
from erdkreis.rounds.models import Round
from factories.rounds import group

pytestmark = pytest.mark.django_db

LABELS = ("never", "seldom", "sometimes", "often", "always")


@pytest.fixture
def old_round(asking, monkeypatch):
    """A round of an older catalogue with other labels and another explanation."""
    now = catalogue(CURRENT_VERSION)
    scale = tuple(Wording(de=label.upper(), en=label) for label in LABELS)

    def older(items):
        return tuple(replace(item, version="2025-1") for item in items)

    old = replace(
        now,
        version="2025-1",
        questions=tuple(replace(q, items=older(q.items)) for q in now.questions),
        satisfaction=older(now.satisfaction),
        closing=older(now.closing),
        scales=dict.fromkeys(now.scales, scale),
        explain_conflict=Wording(de="Früher erklärt.", en="Explained of old."),
    )

    def read(version=CURRENT_VERSION):
        return old if version == "2025-1" else now

    for module in (asked, forms, paths):
        monkeypatch.setattr(module, "catalogue", read)
    for module in ("steps", "views.paper", "templatetags.questionnaires"):
        monkeypatch.setattr(f"erdkreis.questionnaires.{module}.catalogue", read)
    Round.objects.filter(pk=asking.pk).update(item_version="2025-1")
    return Round.objects.get(pk=asking.pk)


def labels(field):
    return [str(label) for _value, label in field.choices][:5]


def test_rating_predicting_and_paper_keep_the_scale_of_the_round(old_round):
    employees = group(old_round, "employees")
    pages = paths.Path(employees).pages
    first = next(page.item for page in pages if page.item)

    assert labels(RatingForm(first, None).fields["answer"]) == list(LABELS)
    form = PredictionForm([employees], {})
    assert labels(form.fields[f"group_{employees.pk}"]) == list(LABELS)
    assert printed_items(employees, "en")[0].boxes[:5] == LABELS


def test_what_a_goal_conflict_is_stays_explained_as_it_was(old_round):
    pages = paths.Path(group(old_round, "employees")).pages

    assert [p.explanation.en for p in pages if p.explanation] == ["Explained of old."]
