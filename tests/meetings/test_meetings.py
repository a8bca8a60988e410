"""A circle meeting: planned from the picture or with paper, printed in two languages, minuted."""

import pytest
from django.test import Client

from erdkreis.experiments.models import Experiment
from erdkreis.meetings.models import Idea, Meeting
from erdkreis.meetings.plan import plan_of
from erdkreis.tensions.models import Tension
from erdkreis.web.pdf import can_make_pdf
from factories import circles, meetings, pictures

pytestmark = pytest.mark.django_db

MINUTES = {
    "heard": "Nights are long.",
    "still_open": "Who decides?",
    "ideas": "Begin at five\n\n Close on  Mondays \nBegin at five",
    "agreements": "Olga asks the team by Friday.",
    "answer_back_on": "2027-02-01",
}


def words(answer):
    return answer.content.decode()


def test_a_plan_is_made_of_the_picture(circle, as_ada):
    round_ = pictures.with_picture(circle)
    data = {
        "title": "Talk", "day": "2027-01-12", "round": round_.pk,
        "what_is_open": "All.", "what_is_decided": "Nothing.",
    }  # fmt: skip

    answer = as_ada.post(f"/circles/{circle.slug}/meetings/new/", data)

    plan = plan_of(Meeting.objects.get(), "en")
    assert answer.url == f"/meetings/{Meeting.objects.get().pk}/"
    assert not plan.questions
    assert "Business partners" in {name for name, _sentence in plan.empty_chairs}
    assert "Leadership speaks last" in words(as_ada.get(answer.url))


@pytest.mark.parametrize("missing", ["title", "day", "what_is_open", "what_is_decided"])
def test_nobody_meets_without_knowing_what_is_open(circle, as_ada, missing):
    data = {"title": "T", "day": "2027-01-12", "what_is_open": "A", "what_is_decided": "B"}

    refused = as_ada.post(f"/circles/{circle.slug}/meetings/new/", data | {missing: ""})

    assert (refused.status_code, Meeting.objects.count()) == (422, 0)


def test_a_circle_that_is_too_small_meets_with_six_questions_on_paper(circle, as_ada):
    meeting = meetings.planned(circle)

    page = words(as_ada.get(f"/meetings/{meeting.pk}/print/cards/?language=en"))

    assert len(plan_of(meeting, "de").questions) == 6
    assert "Are employees paid well?" in page
    assert "one sentence to each on a card" in words(as_ada.get(f"/meetings/{meeting.pk}/"))


def test_worded_tensions_come_before_what_the_picture_offers_and_red_lines_never(circle):
    meeting = meetings.planned(circle, pictures.with_picture(circle))
    for title in ("One", "Two", "Three", "Four"):
        Tension.objects.create(circle=circle, title=title)
    Tension.objects.create(circle=circle, title="Law", kind="red_line")

    titles = [card.title for card in plan_of(meeting, "en").tensions]

    assert len(titles) == 3
    assert "Law" not in titles


@pytest.mark.parametrize(("language", "says"), [("de", "Die Leitung spricht zuletzt"),
                                                ("en", "Leadership speaks last")])  # fmt: skip
@pytest.mark.parametrize("kind", ["cards", "script", "minutes"])
def test_each_sheet_is_printed_in_both_languages(circle, as_ada, kind, language, says):
    meeting = meetings.planned(circle, pictures.with_picture(circle))
    address = f"/meetings/{meeting.pk}/print/{kind}"

    page = words(as_ada.get(f"{address}/?language={language}"))

    assert f'<html lang="{language}">' in page
    assert (says in page) == (kind == "script")
    if can_make_pdf() and language == "de":
        assert as_ada.get(f"{address}.pdf?language=de").content.startswith(b"%PDF")


def test_minutes_are_kept_on_one_page_and_ideas_become_experiments_with_one_press(circle, as_ada):
    meeting = meetings.planned(circle)

    as_ada.post(f"/meetings/{meeting.pk}/minutes/", MINUTES)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.noted_by, str(meeting.answer_back_on)) == (
        "held", "Ada", "2027-02-01",
    )  # fmt: skip
    assert [idea.text for idea in meeting.ideas.all()] == ["Begin at five", "Close on Mondays"]
    idea = Idea.objects.get(text="Begin at five")
    press = {"kind": "meeting", "key": idea.pk}
    as_ada.post(f"/circles/{circle.slug}/experiments/take-up/", press)
    made = Experiment.objects.get()
    assert (made.state, made.title, made.start_idea) == ("idea", "Begin at five", idea)
    again = as_ada.post(f"/circles/{circle.slug}/experiments/take-up/", press)
    assert again.status_code == 404, "an idea is taken up once"


def test_changed_minutes_leave_the_source_of_an_experiment_where_it_is(circle, as_ada):
    meeting = meetings.planned(circle)
    as_ada.post(f"/meetings/{meeting.pk}/minutes/", MINUTES)
    before = Idea.objects.get(text="Begin at five").pk

    as_ada.post(f"/meetings/{meeting.pk}/minutes/", MINUTES | {"ideas": "Begin at five\nRest"})

    assert Idea.objects.get(text="Begin at five").pk == before
    assert set(meeting.ideas.values_list("text", flat=True)) == {"Begin at five", "Rest"}


def test_faulty_minutes_come_back_as_they_were_typed(circle, as_ada):
    meeting = meetings.planned(circle)

    refused = as_ada.post(
        f"/meetings/{meeting.pk}/minutes/", MINUTES | {"heard": "", "ideas": "x" * 301}
    )

    assert refused.status_code == 422
    assert "Olga asks the team" in words(refused)
    assert Meeting.objects.get().state == "planned"


def test_readers_read_and_only_those_who_prepare_write(circle, as_charlotte):
    meeting = meetings.planned(circle)
    reader = Client()
    reader.force_login(circles.member(circle, "emil", "reader"))

    assert reader.get(f"/meetings/{meeting.pk}/").status_code == 200
    for client in (reader, as_charlotte):
        assert client.post(f"/meetings/{meeting.pk}/minutes/", MINUTES).status_code == 403
    assert Meeting.objects.get().state == "planned"
