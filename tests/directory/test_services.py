"""From a suggestion to a published entry: two eyes, dates, and nothing rewritten."""

import pytest

from erdkreis.directory.models import Entry, Objection, Reply
from erdkreis.directory.services import checking, keeping, suggesting
from erdkreis.directory.services.entries import DirectoryError
from factories import circles
from factories.entries import VALUES, begun, editor, published, submitted

pytestmark = pytest.mark.django_db


def test_two_different_editors_publish():
    entry, eva = submitted(), editor("eva")

    assert checking.approve(entry, eva).status == "in_review"
    assert checking.approve(entry, eva).status == "in_review"  # pressing twice is one look
    done = checking.approve(entry, editor("emil"))

    assert (done.status, done.last_checked, done.facts.get().checked_on) == (
        "published", done.published_on, done.published_on,
    )  # fmt: skip


def test_whoever_suggested_it_does_not_decide():
    eva = editor("eva")
    entry, _code = suggesting.begin_entry(VALUES, eva)
    Entry.objects.filter(pk=entry.pk).update(status="submitted")

    for decide in (checking.approve, keeping.check_again):
        with pytest.raises(DirectoryError, match="Others decide"):
            decide(entry, eva)


def test_an_editor_with_a_stake_steps_aside_for_good():
    entry, eva, emil = submitted(), editor("eva"), editor("emil")
    checking.approve(entry, eva)
    checking.step_aside(entry, eva)

    assert checking.approve(entry, emil).status == "in_review"
    with pytest.raises(DirectoryError, match="stake"):
        checking.approve(entry, eva)


def test_nobody_else_decides():
    entry, stranger = submitted(), circles.person("charlotte")

    for decide in (checking.approve, checking.step_aside):
        with pytest.raises(DirectoryError, match="Only editors"):
            decide(entry, stranger)
    assert not entry.looks.exists()


def test_without_a_fact_nothing_is_handed_in():
    entry, _code = suggesting.begin_entry(VALUES)

    with pytest.raises(DirectoryError, match="at least one fact"):
        suggesting.hand_in(entry)


def test_a_changed_text_needs_both_looks_again():
    entry, eva = submitted(), editor("eva")
    checking.approve(entry, eva)

    checking.edit_waiting(entry, editor("emil"), {"summary": "Something else."})

    assert not entry.looks.exists()
    assert entry.history.last().changed == {"summary": [VALUES["summary"], "Something else."]}


def test_a_published_entry_changes_only_with_a_second_editor():
    entry, eva, emil = published(), editor("eva"), editor("emil")
    change = keeping.propose_change(entry, eva, {"summary": "New."}, "It moved.")

    with pytest.raises(DirectoryError, match="Two pairs of eyes"):
        keeping.let_in(change, eva)
    keeping.let_in(change, emil)

    entry.refresh_from_db()
    assert entry.summary == "New."
    assert entry.history.last().note == "It moved."


def test_an_objection_makes_the_entry_due_and_waits_to_be_shown():
    entry, eva = published(), editor("eva")
    objection = keeping.object_to(entry, Objection(text="They moved away."))

    entry.refresh_from_db()
    assert entry.recheck_since == objection.on
    assert not objection.is_shown
    keeping.show_objection(objection, eva)
    keeping.answer_objection(objection, eva, "We asked them.")
    keeping.check_again(entry, eva)
    entry.refresh_from_db()
    assert entry.recheck_since is None


def test_a_dispute_is_shown_and_settled():
    entry, eva = published(), editor("eva")

    assert keeping.mark_disputed(entry, eva, "New owner.").is_public
    assert keeping.settle(entry, eva, "Still the same.").notice == ""


def test_the_organisation_replies_with_the_newest_code_only():
    entry, eva = published(), editor("eva")
    old = keeping.invite_reply(entry, eva)
    new = keeping.invite_reply(entry, eva)

    assert keeping.entry_to_reply_to(old) is None
    assert keeping.entry_to_reply_to(new) == entry
    reply = keeping.reply_to(entry, Reply(name="Dora, owner", text="Thank you."))
    assert not reply.is_shown


def test_what_is_published_can_no_longer_be_taken_back_or_written_by_its_submitter():
    entry, _code = begun()
    suggesting.hand_in(entry)
    for name in ("eva", "emil"):
        checking.approve(entry, editor(name))
    entry.refresh_from_db()

    for deed in (
        lambda: suggesting.take_back(entry),
        lambda: suggesting.write_entry(entry, {"summary": "Buy!"}),
        lambda: suggesting.drop_fact(entry, entry.facts.get().pk),
    ):
        with pytest.raises(DirectoryError, match="gone on"):
            deed()


def test_history_is_not_rewritten():
    line = published().history.first()
    line.note = "Nothing happened."

    with pytest.raises(TypeError):
        line.save()


def test_addresses_are_free_and_none_of_our_own():
    names = ("About", "Mühle", "Mühle", "!!!")

    slugs = [suggesting.begin_entry(VALUES | {"name": name})[0].slug for name in names]

    assert slugs == ["about-2", "muehle", "muehle-2", slugs[3]]
    assert slugs[3]
