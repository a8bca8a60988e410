"""The promise: complete before anybody is asked, and kept afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from erdkreis.circles.models import Group
from erdkreis.rounds import services
from erdkreis.rounds.models import Round
from erdkreis.rounds.queries import PROMISED, obstacles_to_inviting
from factories import rounds, voices

pytestmark = pytest.mark.django_db

FORM_FIELDS = (
    "title", "purpose", "opens_on", "closes_on", "answer_back_on", "named_person", "contact",
    "who_sees", "who_decides", "what_is_open", "works_council", "form", "languages", "min_group",
    "retention_months",
)  # fmt: skip


def as_posted(round_, **changes):
    return {name: str(getattr(round_, name) or "") for name in FORM_FIELDS} | changes


@pytest.mark.parametrize("field", PROMISED)
def test_nobody_is_invited_before_every_part_is_promised(circle, field):
    empty = None if field.endswith("_on") else ""
    round_ = rounds.promised(circle, **{field: empty})

    assert [obstacle.field for obstacle in obstacles_to_inviting(round_)] == [field]
    with pytest.raises(services.RoundError, match="promise is not complete"):
        services.start_inviting(round_, "Ada")


def test_employees_are_not_invited_past_the_works_council(circle):
    round_ = rounds.promised(circle, works_council="open")

    with pytest.raises(services.RoundError, match="works council"):
        services.start_inviting(round_, "Ada")


def test_the_works_council_is_no_obstacle_where_employees_are_not_asked(circle):
    Group.objects.filter(code="employees").update(is_on=False, off_reason="There are none.")
    round_ = rounds.promised(circle, works_council="open")

    assert services.start_inviting(round_, "Ada").state == "inviting"


def test_somebody_must_be_asked(circle):
    Group.objects.update(is_on=False, off_reason="Nobody.")

    obstacles = obstacles_to_inviting(rounds.promised(circle))

    assert [obstacle.field for obstacle in obstacles] == ["groups"]


@pytest.mark.parametrize("field", PROMISED)
def test_what_was_promised_does_not_disappear_once_people_are_invited(circle, as_ada, field):
    round_ = rounds.inviting(circle)
    before = getattr(round_, field)

    answer = as_ada.post(f"/rounds/{round_.pk}/promise/", as_posted(round_, **{field: ""}))

    assert "it can change but not disappear" in answer.content.decode()
    assert getattr(Round.objects.get(pk=round_.pk), field) == before


def test_the_works_council_is_not_forgotten_once_people_are_invited(circle):
    round_ = rounds.inviting(circle)

    with pytest.raises(services.RoundError, match="not disappear"):
        services.change_promise(round_, "Ada", {"works_council": "open"})


def test_a_draft_may_be_saved_unfinished(draft, as_ada):
    answer = as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft, purpose="To learn."))

    assert answer.status_code == 302
    assert Round.objects.get(pk=draft.pk).purpose == "To learn."


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("form", "long"),
        ("languages", "de"),
        ("min_group", 10),
        ("retention_months", 60),
        ("who_sees", "Everyone on the internet."),
    ],
)
def test_what_people_were_told_is_frozen_with_the_first_voice(asking, as_ada, field, value):
    services.freeze(asking.pk)
    before = getattr(asking, field)

    answer = as_ada.post(f"/rounds/{asking.pk}/promise/", as_posted(asking, **{field: value}))

    assert "this can no longer change" in answer.content.decode()
    assert getattr(Round.objects.get(pk=asking.pk), field) == before


def test_beginning_to_answer_freezes_the_round(asking, phone):
    assert not asking.is_frozen

    phone.post(f"/e/{rounds.group(asking, 'employees').slug}/")

    asking.refresh_from_db()
    assert asking.is_frozen


def test_the_moment_of_the_first_voice_is_kept_by_the_day_only(asking):
    services.freeze(asking.pk)

    asking.refresh_from_db()
    frozen = timezone.localtime(asking.frozen_at)
    assert (frozen.hour, frozen.minute, frozen.second, frozen.microsecond) == (0, 0, 0, 0)
    assert frozen.date() == timezone.localdate()


def test_other_parts_may_change_openly(asking):
    services.freeze(asking.pk)

    services.change_promise(asking, "Ada", {"named_person": "Emil", "contact": asking.contact})

    assert Round.objects.get(pk=asking.pk).named_person == "Emil"
    assert list(asking.log.filter(kind="promise").values_list("after", "by")) == [
        ("named_person", "Ada")
    ]


def test_a_change_before_the_invitation_is_nobodys_business(draft):
    services.change_promise(draft, "Ada", {"purpose": "To learn."})

    assert not draft.log.exists()


def test_changing_nothing_is_not_logged(asking):
    services.change_promise(asking, "Ada", {"purpose": asking.purpose})

    assert not asking.log.filter(kind="promise").exists()


def test_once_people_are_invited_the_smallest_group_is_raised_and_never_lowered(circle):
    """Nobody has answered yet; but what the sheet and the mails said was ten."""
    round_ = services.start_inviting(rounds.promised(circle, min_group=10), "Ada")
    with pytest.raises(services.RoundError, match="not lowered"):
        services.change_promise(round_, "Ada", {"min_group": 9})
    assert Round.objects.get(pk=round_.pk).min_group == 10

    assert services.change_promise(round_, "Ada", {"min_group": 12}).min_group == 12


@pytest.mark.parametrize("min_group", ["4", "0", "-1", "51"])
def test_the_form_refuses_a_minimum_that_protects_nobody(draft, as_ada, min_group):
    answer = as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft, min_group=min_group))

    assert list(answer.context["form"].errors) == ["min_group"]
    assert Round.objects.get(pk=draft.pk).min_group == 5


def test_the_database_refuses_a_minimum_below_five(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=draft.pk).update(min_group=4)


def test_the_minimum_may_be_raised_before_anybody_answered(draft, as_ada):
    as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft, min_group=8))

    assert Round.objects.get(pk=draft.pk).min_group == 8


def test_days_must_follow_each_other(draft, as_ada):
    today = timezone.localdate()
    days = {
        "opens_on": str(today),
        "closes_on": str(today - timedelta(days=1)),
        "answer_back_on": str(today - timedelta(days=2)),
    }

    answer = as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft, **days))

    assert list(answer.context["form"].errors) == ["closes_on", "answer_back_on"]


def test_the_database_refuses_a_round_that_closes_before_it_opens(draft):
    today = timezone.localdate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=draft.pk).update(
            opens_on=today, closes_on=today - timedelta(days=1)
        )


def test_what_is_no_field_of_the_form_is_ignored(draft, as_ada):
    smuggled = {"state": "picture", "circle": 99, "item_version": "x", "frozen_at": "2020-01-01",
                "leadership_sealed_at": "2020-01-01 00:00"}  # fmt: skip

    as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft) | smuggled)

    after = Round.objects.get(pk=draft.pk)
    assert (after.state, after.circle_id, after.item_version) == (
        "draft", draft.circle_id, draft.item_version,
    )  # fmt: skip
    assert (after.frozen_at, after.leadership_sealed_at) == (None, None)


def test_a_text_too_long_comes_back_whole_and_nothing_is_stored(draft, as_ada):
    long = "because " * 60

    answer = as_ada.post(f"/rounds/{draft.pk}/promise/", as_posted(draft, purpose=long))

    assert long.strip() in answer.content.decode()
    assert "at most 300 characters (it has 479)" in answer.content.decode()
    assert Round.objects.get(pk=draft.pk).purpose == ""


def test_the_page_lists_what_is_missing(draft, as_ada):
    page = as_ada.get(f"/rounds/{draft.pk}/promise/")

    assert [o.field for o in page.context["obstacles"]] == [*PROMISED, "works_council"]


def test_a_voice_remembers_which_promise_it_was_given(asking, phone):
    group = rounds.group(asking, "employees")
    phone.post(f"/e/{group.slug}/")
    Round.objects.filter(pk=asking.pk).update(who_decides="Nobody.")
    phone.lose_cookies()
    phone.post(f"/e/{group.slug}/")

    told = set(group.voices.values_list("promise_digest", flat=True))
    assert len(told) == 2
    assert voices.voice(group).promise_digest == ""
