"""The pages of those who suggest, of editors and of everybody."""

import re

import pytest

from erdkreis.directory.models import Editor, Entry
from factories import circles
from factories.entries import VALUES, begun, editor, published, submitted
from shown_forms import read

pytestmark = pytest.mark.django_db
FACT = {"claim": "Ten years.", "source_name": "Own site", "source_kind": "own"}


def suggest(client, **values):
    return client.post("/directory/suggest/", VALUES | values)


def test_somebody_suggests_adds_a_fact_and_hands_in(client):
    there = suggest(client)["Location"]
    assert "No fact yet" in client.get(there).content.decode()
    client.post(f"{there}fact/", FACT)
    client.post(f"{there}hand-in/")

    assert Entry.objects.get().status == "submitted"
    assert "suggested" in client.get(there).content.decode()


def test_the_code_is_not_stored(client):
    code = suggest(client)["Location"].split("/")[3]

    entry = Entry.objects.get()
    assert code not in {str(getattr(entry, f.attname)) for f in Entry._meta.concrete_fields}


def test_praise_and_likeness_are_asked_about_once(client):
    published()
    page = suggest(client, summary="A green, eco-friendly mill.")

    assert page.status_code == 422
    assert "Is it perhaps here already?" in page.content.decode()
    assert "Compared with what?" in page.content.decode()
    assert suggest(client, summary="A green mill.", is_meant="on").status_code == 302


@pytest.mark.parametrize(
    "values",
    [{"name": ""}, {"kind_list": []}, {"kind_list": ["x"]}, {"summary": "x" * 401},
     {"website": "javascript:alert(1)"}, {"latitude": "48"}, {"latitude": "NaN", "longitude": "1"},
     {"since": "2999"}, {"relation": ""}, {"country": "XXX"},
     {"kind_list": ["initiative", "made_to_last", "sells_if_it_fits", "time_and_trust"]}],
)  # fmt: skip
def test_bad_suggestions_come_back_with_what_was_typed(client, values):
    page = suggest(client, **({"name": "Kept name"} | values))

    assert page.status_code == 422
    assert "errorlist" in page.content.decode()
    assert not Entry.objects.exists()


def test_nobody_can_slip_in_what_is_not_asked(client):
    suggest(client, status="published", last_checked="2026-01-01", slug="mine", notice="x")

    entry = Entry.objects.get()
    assert (entry.status, entry.last_checked, entry.notice) == ("draft", None, "")


def test_after_handing_in_the_submitter_writes_no_more(client):
    entry, code = begun()
    client.post(f"/directory/mine/{code}/hand-in/")

    client.post(f"/directory/mine/{code}/", VALUES | {"summary": "Buy!"})
    client.post(f"/directory/mine/{code}/fact/{entry.facts.get().pk}/drop/")

    entry.refresh_from_db()
    assert (entry.summary, entry.facts.count()) == (VALUES["summary"], 1)


def test_a_wrong_code_finds_nothing_and_guessing_is_slowed_down(client):
    begun()
    for _try in range(21):
        assert client.get("/directory/mine/AAAA-BBBB-CCCC-DDDD/").status_code == 404

    _entry, code = begun(name="Another")
    assert client.get(f"/directory/mine/{code}/").status_code == 404


def test_an_editor_walks_an_entry_through(client):
    entry = submitted()
    address = f"/directory/editors/entries/{entry.slug}/"
    for name in ("eva", "emil"):
        client.force_login(editor(name))
        assert VALUES["summary"] in client.get(address).content.decode()
        client.post(f"{address}decide/", {"decision": "approve"})

    page = client.get(f"/directory/{entry.slug}/").content.decode()
    assert "not known yet" in page
    assert "customer or user" in page
    assert "Last checked on" in page


@pytest.mark.parametrize("decision", ["reject", "give_back", "nonsense", ""])
def test_a_decision_without_its_sentence_changes_nothing(client, decision):
    entry = submitted()
    client.force_login(editor("eva"))

    client.post(f"/directory/editors/entries/{entry.slug}/decide/", {"decision": decision})

    entry.refresh_from_db()
    assert entry.status == "submitted"


def test_a_returned_entry_is_with_its_submitter_again(client):
    entry, code = begun()
    client.post(f"/directory/mine/{code}/hand-in/")
    client.force_login(editor("eva"))
    client.post(
        f"/directory/editors/entries/{entry.slug}/decide/",
        {"decision": "give_back", "words": "Since when?"},
    )

    page = client.get(f"/directory/mine/{code}/").content.decode()
    assert "Since when?" in page
    assert "Hand in" in page


def test_whoever_runs_the_installation_names_the_editors(client):
    boss, eva = circles.person("boss"), circles.person("eva")
    boss.is_staff = True
    boss.save()
    client.force_login(boss)

    assert client.post("/directory/editors/people/", {"email": "no@x.example"}).status_code == 422
    client.post("/directory/editors/people/", {"email": "EVA@example.org"})
    assert Editor.objects.get().person == eva
    taken = {"email": eva.email, "take": "1"}
    page = client.post("/directory/editors/people/", taken, follow=True).content.decode()
    assert not Editor.objects.exists()
    undo = read("/directory/editors/people/", page).forms[2]
    client.post(undo.action, undo.data())
    assert Editor.objects.get().person == eva


def test_an_objection_and_a_reply_come_in_and_are_shown_after_a_look(client):
    entry = published()
    page = client.post(f"/directory/{entry.slug}/object/", {"text": "They <b>moved</b>."})
    assert "What you wrote is kept" in page.content.decode()
    client.force_login(editor("eva"))
    decide = f"/directory/editors/entries/{entry.slug}/decide/"
    link = client.post(decide, {"decision": "invite_reply"}).content.decode()
    reply = re.search(r"/directory/reply/[A-Z0-9-]+/", link).group()
    client.post(reply, {"name": "Dora", "text": "We stayed."})

    before = client.get(f"/directory/{entry.slug}/").content.decode()
    client.post(f"/directory/editors/objections/{entry.objections.get().pk}/", {"show": "1"})
    client.post(f"/directory/editors/replies/{entry.replies.get().pk}/")
    after = client.get(f"/directory/{entry.slug}/").content.decode()

    assert "They" not in before
    assert "We stayed." not in before
    assert "They &lt;b&gt;moved&lt;/b&gt;." in after
    assert "We stayed." in after
    assert "Not answered yet." in after


def test_a_change_is_shown_with_before_and_after(client):
    entry = published()
    client.force_login(editor("eva"))
    address = f"/directory/editors/entries/{entry.slug}/"
    client.post(address, VALUES | {"summary": "Moved to the hill.", "words": "They moved."})
    client.force_login(editor("emil"))

    page = client.get(address).content.decode()
    assert "<ins>Moved to the hill.</ins>" in page
    client.post(f"/directory/editors/changes/{entry.changes.get().pk}/")
    assert "Moved to the hill." in client.get(f"/directory/{entry.slug}/").content.decode()


@pytest.mark.parametrize("query", ["?kind=x&country=%00&order=zzz&q=%00", "?q=" + "a" * 5000])
def test_odd_searches_are_answered(client, query):
    published()

    assert client.get(f"/directory/{query}").status_code == 200


def test_the_feed_is_atom(client):
    published()

    feed = client.get("/directory/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert VALUES["name"] in feed.content.decode()
