"""The public pages: off by default, only what is public already, framed by nobody unasked."""

import re
import struct
from datetime import timedelta

import pytest
from django.test import Client

from erdkreis.circles.models import Group, JournalEntry
from erdkreis.outside.models import CirclePage
from erdkreis.outside.services import (
    switch_circle_page,
    switch_round_page,
    write_circle_page,
    write_round_page,
)
from erdkreis.pictures.models import Publication
from erdkreis.pictures.services import make_picture, publish_picture
from factories import circles, experiments, pictures, rounds, voices
from factories.rounds import group

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

ANSWER = {
    "said": "Nights are long.",
    "heard": "That it goes on for years.",
    "trying": "We begin at five.",
    "not_doing": "We do not close on Mondays, because of the rent.",
    "look_again_on": "2027-06-01",
    "language": "en",
}
SITE = "https://www.example.org"
NASTY = f"<img src=x onerror=alert(1)>{'W' * 80} \u05e9\u05dc\u05d5\u05dd"


@pytest.fixture
def round_(at_noon, circle):
    return pictures.with_picture(circle)


def slug(round_):
    return Publication.objects.get(round=round_).slug


def at(round_, end=""):
    return f"/r/{slug(round_)}/{end}"


def text(answer):
    return answer.content.decode()


def plain(answer, place):
    """Return a page without what is another one in each request: its address, a token."""
    return re.sub(r'value="\w{64}"', "", text(answer)).replace(place, "")


def seen_by_everyone(address, language="en"):
    return Client().get(f"{address}?lang={language}")


def test_nothing_is_there_until_a_host_opens_it_and_nothing_after_taking_back(as_ada, round_):
    circle = round_.circle
    r, c = f"/rounds/{round_.pk}/page/", f"/circles/{circle.slug}/page/"
    as_ada.get(r)
    places = [at(round_), f"/embed{at(round_)}", at(round_, "card.png"), f"/c/{circle.slug}/",
              f"/embed/c/{circle.slug}/", f"/c/{circle.slug}/card.png"]  # fmt: skip
    missing = plain(Client().get("/r/nothing/"), "/r/nothing/")
    for place in places:
        hidden = Client().get(place)
        assert hidden.status_code == 404
        assert plain(hidden, place) == missing

    as_ada.post(f"{r}switch/", {"show": "yes"})
    as_ada.post(f"{c}switch/", {"show": "yes"})
    assert [Client().get(place).status_code for place in places] == [200] * 6

    as_ada.post(f"{r}switch/", {"show": "no"})
    as_ada.post(f"{c}switch/", {"show": "no"})
    assert [Client().get(place).status_code for place in places] == [404] * 6
    done = [e.action for e in JournalEntry.objects.filter(action__startswith="outside")]
    assert sorted(done) == ["outside.circle_shown", "outside.circle_taken_back",
                            "outside.round_shown", "outside.round_taken_back"]  # fmt: skip


def test_opening_a_page_publishes_neither_picture_nor_answer(as_ada, round_):
    as_ada.post(f"/rounds/{round_.pk}/answer-back/", ANSWER)
    switch_round_page(round_, is_shown=True)

    page = text(seen_by_everyone(at(round_)))
    for unsaid in ("voices", "Who is missing", "Mondays", "begin at five", 'class="drawing'):
        assert unsaid not in page
    card = Client().get(at(round_, "card.png")).content

    as_ada.post(f"/rounds/{round_.pk}/answer-back/publish/")
    publish_picture(round_, "Ada")
    page = text(seen_by_everyone(at(round_)))
    for said in ("Mondays", "We begin at five.", "Who is missing", "drawing rundbild"):
        assert said in page
    assert Client().get(at(round_, "card.png")).content != card, "now with a number"
    assert re.search(r"First round: \d+ voices( or more)? in the anonymous groups", page)


def test_the_circle_tells_only_of_rounds_that_are_open_themselves(as_ada, round_):
    publish_picture(round_, "Ada")
    secret = rounds.draft(round_.circle)
    secret.title = "Nobody knows of this round"
    secret.save()
    switch_circle_page(round_.circle, is_shown=True)
    page = text(seen_by_everyone(f"/c/{round_.circle.slug}/"))
    assert "Nothing is shown here yet." in page
    assert "drawing rundbild" not in page

    switch_round_page(round_, is_shown=True)

    page = text(seen_by_everyone(f"/c/{round_.circle.slug}/"))
    assert round_.title in page
    assert "drawing rundbild" in page
    assert "Nobody knows" not in page


def test_promises_are_told_as_kept_late_open_and_overdue(as_ada, round_, on_day):
    switch_round_page(round_, is_shown=True)
    by = round_.answer_back_on
    assert "We answer by" in text(seen_by_everyone(at(round_)))
    on_day(by + timedelta(days=2))
    assert "The answer is still to come." in text(seen_by_everyone(at(round_)))
    as_ada.force_login(round_.circle.roles.get().person)
    as_ada.post(f"/rounds/{round_.pk}/answer-back/", ANSWER)
    as_ada.post(f"/rounds/{round_.pk}/answer-back/publish/")
    assert "The answer came later, on" in text(seen_by_everyone(at(round_)))
    round_.answer_back_on = by + timedelta(days=3)
    round_.save()

    assert "We did, on" in text(seen_by_everyone(at(round_)))
    assert "Wir hatten zugesagt" in text(seen_by_everyone(at(round_), "de"))


def test_experiments_are_told_from_their_agreement_on_without_names_and_inner_words(round_):
    idea = experiments.shaped(round_.circle, title="Only an idea so far")
    begun = experiments.begun(round_.circle)
    switch_round_page(round_, is_shown=True)
    switch_circle_page(round_.circle, is_shown=True)

    for place in (at(round_), f"/c/{round_.circle.slug}/"):
        page = text(seen_by_everyone(place))
        assert begun.title in page
        assert begun.question in page
        assert idea.title not in page
        for inner in (begun.owner, begun.time_freed_from, begun.expectation):
            assert inner not in page


def test_public_pages_carry_no_cookie_and_may_be_kept_but_are_asked_for_again(round_):
    publish_picture(round_, "Ada")
    switch_round_page(round_, is_shown=True)
    for place in (at(round_), f"/embed{at(round_)}", at(round_, "card.png")):
        client = Client()
        first = client.get(f"{place}?lang=en")
        assert not first.cookies, place
        assert first["Cache-Control"].startswith("public")
        assert "Cookie" in first["Vary"]
        again = client.get(f"{place}?lang=en", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = client.get(f"{place}?lang=de", headers={"If-None-Match": first["ETag"]})
        assert other.status_code == 200

    switch_round_page(round_, is_shown=False)
    tagged = {"If-None-Match": first["ETag"]}
    assert Client().get(at(round_), headers=tagged).status_code == 404


def test_only_named_sites_may_frame_and_only_what_is_made_for_frames(as_ada, round_):
    circle = round_.circle
    switch_round_page(round_, is_shown=True)
    framed = Client().get(f"/embed{at(round_)}")
    assert "frame-ancestors 'none'" in framed["Content-Security-Policy"]
    assert framed["X-Frame-Options"] == "DENY"

    as_ada.post(f"/circles/{circle.slug}/page/", {"origins": f"{SITE.upper()}/\n{SITE}:8443"})

    framed = Client().get(f"/embed{at(round_)}")
    policy = framed["Content-Security-Policy"]
    assert f"frame-ancestors {SITE} {SITE}:8443" in policy
    assert "default-src 'self'" in policy
    assert "X-Frame-Options" not in framed
    for place in (at(round_), "/", f"/rounds/{round_.pk}/page/"):
        other = as_ada.get(place)
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
        assert other["X-Frame-Options"] == "DENY"
    others = circles.circle(circles.person("dora"), "Elsewhere")
    switch_circle_page(others, is_shown=True)
    answer = Client().get(f"/embed/c/{others.slug}/")
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_wrong_site_is_named_and_nothing_is_lost(as_ada, circle):
    write_circle_page(circle, {"origins": [SITE]})

    answer = as_ada.post(
        f"/circles/{circle.slug}/page/",
        {"words": "We bake.", "origins": "https://a.example\n* ; script-src *"},
    )

    assert answer.status_code == 422
    assert "* ; script-src * is not the address of a site" in text(answer)
    assert "We bake." in text(answer)
    assert CirclePage.objects.get().origins == [SITE]


def test_the_snippet_is_ready_once_a_site_is_named(as_ada, round_):
    page = text(as_ada.get(f"/rounds/{round_.pk}/page/"))
    assert "iframe" not in page
    write_circle_page(round_.circle, {"origins": [SITE]})

    page = text(as_ada.get(f"/rounds/{round_.pk}/page/"))

    assert f"http://testserver/embed{at(round_)}?lang=en" in page
    assert "http://testserver/static/outside/embed.js" in page
    assert "It is empty there until you open the page" in page


def test_other_services_read_what_the_page_is_about(round_):
    publish_picture(round_, "Ada")
    switch_round_page(round_, is_shown=True)
    page = text(seen_by_everyone(at(round_), "de"))
    address = f"http://testserver{at(round_)}"

    for tag in (
        f'<link rel="canonical" href="{address}?lang=de">',
        f'<link rel="alternate" hreflang="en" href="{address}?lang=en">',
        f'<meta property="og:title" content="{round_.title}">',
        '<meta property="og:locale" content="de_DE">',
        '<meta property="og:locale:alternate" content="en_GB">',
        f'<meta property="og:image" content="{address}card.png?lang=de">',
    ):
        assert tag in page
    card = Client().get(at(round_, "card.png"))
    assert card["Content-Type"] == "image/png"
    assert struct.unpack(">II", card.content[16:24]) == (1200, 630)


def test_hostile_words_stay_words_everywhere(as_ada, circle):
    circle.name = circle.organisation.name = NASTY[:120]
    circle.organisation.save()
    circle.save()
    Group.objects.filter(circle=circle, code="employees").update(name_en=NASTY[:60])
    round_ = pictures.with_picture(circle)
    round_.title = NASTY[:120]
    round_.save()
    publish_picture(round_, "Ada")
    write_round_page(round_, {"how_to_take_part": NASTY})
    write_circle_page(circle, {"words": NASTY, "origins": [SITE]})
    switch_round_page(round_, is_shown=True)
    switch_circle_page(circle, is_shown=True)

    for place in (at(round_), f"/embed{at(round_)}", f"/c/{circle.slug}/",
                  f"/embed/c/{circle.slug}/"):  # fmt: skip
        assert "<img src=x" not in text(seen_by_everyone(place)), place
    for page in (f"/rounds/{round_.pk}/page/", f"/circles/{circle.slug}/page/"):
        assert "<img src=x" not in text(as_ada.get(page))
    for card in (at(round_, "card.png"), f"/c/{circle.slug}/card.png"):
        assert Client().get(card).content.startswith(b"\x89PNG")


def test_a_circle_with_nothing_in_it_and_a_round_of_too_few_have_pages(circle):
    switch_circle_page(circle, is_shown=True)
    assert "Nothing is shown here yet." in text(seen_by_everyone(f"/c/{circle.slug}/"))
    assert Client().get(f"/c/{circle.slug}/card.png").status_code == 200

    small = rounds.asking(circle)
    voices.voice(group(small, "employees"), {"q1_work.employees.core": 1})
    make_picture(small, "Ada")
    publish_picture(small, "Ada")
    switch_round_page(small, is_shown=True)

    assert "in the anonymous groups" in text(seen_by_everyone(at(small)))


def test_a_hundred_groups_and_three_rounds_need_few_queries(circle, django_assert_max_num_queries):
    Group.objects.bulk_create(
        Group(circle=circle, code=f"own{n}", kind="own", name_de=f"Gruppe {n}", position=20 + n,
              name_en=f"Group {n}")
        for n in range(100)
    )  # fmt: skip
    switch_circle_page(circle, is_shown=True)

    def look():
        with django_assert_max_num_queries(40) as seen:
            assert seen_by_everyone(f"/c/{circle.slug}/").status_code == 200
        return len(seen)

    def one_more():
        round_ = rounds.asking(circle)
        make_picture(round_, "Ada")
        publish_picture(round_, "Ada")
        switch_round_page(round_, is_shown=True)

    one_more()
    with_one = look()
    one_more()
    one_more()
    assert look() == with_one


def test_only_hosts_open_and_look(as_bela, as_ada, circle, round_):
    reader = Client()
    reader.force_login(circles.member(circle, "emil", "reader"))
    for client in (as_bela, reader, Client()):
        for page in (f"/rounds/{round_.pk}/page/", f"/circles/{circle.slug}/page/"):
            client.post(f"{page}switch/", {"show": "yes"})
            assert client.get(f"{page}look/").status_code in {302, 403}
    assert not CirclePage.objects.filter(shown_since__isnull=False).exists()

    look = text(as_ada.get(f"/rounds/{round_.pk}/page/look/"))
    assert "Only you see this." in look


def test_while_people_answer_it_says_until_when_and_no_number(asking):
    voices.voice(group(asking, "employees"), {"q1_work.employees.core": 5})
    write_round_page(asking, {"how_to_take_part": "Ask at the counter."})
    switch_round_page(asking, is_shown=True)

    page = text(seen_by_everyone(at(asking)))

    assert "People can answer until" in page
    assert "Ask at the counter." in page
    assert "The picture is not published." not in page
    assert group(asking, "employees").slug not in page
