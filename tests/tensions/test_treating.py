"""Wording, accepting, settling, setting aside, red lines: who may, and in which order."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from erdkreis.conversations.models import Conversation
from erdkreis.invitations.models import Letter
from erdkreis.tensions import services
from erdkreis.tensions.models import Handing, Settlement, Tension
from erdkreis.tensions.services import TensionError
from factories import circles, dialogues, tensions

pytestmark = pytest.mark.django_db


def settlement() -> Settlement:
    return Settlement(
        decision="Open every second Sunday.", reason="Both can live with it.", who_loses="Guests",
        decided_by="The team", look_again_on=timezone.localdate() + timedelta(days=60),
        minority="Two would rather close.", noted_by="Bela",
    )  # fmt: skip


def test_both_sides_accept_the_words_before_anything_is_settled(circle):
    pull = tensions.tension(circle)
    services.choose_treatment(pull, "balance")
    services.accept_words(pull, "a", "Anna")
    pull.refresh_from_db()
    assert pull.state == "wording"
    with pytest.raises(TensionError):
        services.settle(pull, settlement())
    services.accept_words(pull, "b", "Bruno")
    services.settle(pull, settlement())
    pull.refresh_from_db()
    assert pull.state == "settled"
    assert pull.settlements.get().minority == "Two would rather close."


def test_other_words_are_accepted_anew_and_an_early_sign_is_not(circle):
    pull = tensions.accepted(circle)
    pole_a, pole_b = pull.poles.all()
    pole_a.early_sign = "Yawning"
    services.word_anew(pull, [pole_a, pole_b])
    pull.refresh_from_db()
    assert pull.state == "accepted"
    pole_a.name = "Being there"
    services.word_anew(pull, [pole_a, pole_b])
    pull.refresh_from_db()
    assert (pull.state, [p.is_accepted for p in pull.poles.all()]) == ("wording", [False, False])


def test_setting_aside_needs_a_reason_and_can_be_undone(circle):
    pull = tensions.accepted(circle)
    with pytest.raises(TensionError):
        services.set_aside(pull, "")
    services.set_aside(pull, "Not now.")
    with pytest.raises(TensionError):
        services.choose_treatment(pull, "decide")
    services.take_up_again(pull)
    pull.refresh_from_db()
    assert pull.state == "accepted"


def test_a_red_line_is_neither_traded_nor_settled(circle):
    pull = tensions.accepted(circle, kind="red_line")
    with pytest.raises(TensionError):
        services.choose_treatment(pull, "balance")
    services.choose_treatment(pull, "red_line")
    with pytest.raises(TensionError):
        services.settle(pull, settlement())


def test_a_red_line_reaches_whoever_is_responsible_at_once(
    circle, at_noon, django_capture_on_commit_callbacks
):
    pull = tensions.tension(circle, kind="red_line", title="The fire door is locked")
    handing = Handing(name="Dora", address="dora@example.org", words="At night.", handed_by="Bela")
    with django_capture_on_commit_callbacks(execute=True):
        services.hand_over(pull, handing, "en")
    (sent,) = mail.outbox
    assert sent.to == ["dora@example.org"]
    assert "no channel for whistle-blowing" in sent.body
    assert not Letter.objects.exists()
    services.note_answer(pull.handings.get(), "It is open now.")
    assert Tension.objects.get().state == "settled"


def test_candidates_are_offered_and_never_made(circle, as_ada):
    talk = dialogues.two_camps(circle)
    from erdkreis.dialogues.services import refresh_opinion

    refresh_opinion(talk)
    page = as_ada.get(f"/circles/{circle.slug}/tensions/").content.decode()
    assert "Statement of the two camps" in page
    assert not Tension.objects.exists()


def test_a_facilitator_words_accepts_treats_settles_and_talks(circle, as_bela):
    told = {"title": "Sundays", "kind": "between_groups", "a-name": "Open", "b-name": "Home"}
    as_bela.post(f"/circles/{circle.slug}/tensions/new/", told)
    pull = Tension.objects.get()
    at = f"/tensions/{pull.pk}/"
    for letter in "ab":
        as_bela.post(f"{at}press/", {"deed": "accept", "letter": letter, "by": "Somebody"})
    as_bela.post(f"{at}press/", {"deed": "treat", "treatment": "decide"})
    as_bela.post(f"{at}press/", {"deed": "assume", "text": "Nobody bakes at night."})
    day = timezone.localdate() + timedelta(days=60)
    record = {
        "decision": "Open.", "reason": "Wanted.", "who_loses": "Bakers", "decided_by": "The team",
        "look_again_on": day.isoformat(), "minority": "Two against it.",
    }  # fmt: skip
    as_bela.post(f"{at}settle/", record)
    page = as_bela.get(at).content.decode()
    assert "Two against it." in page
    assert "Nobody bakes at night." in page
    groups = circle.groups.filter(code__in=["employees", "customers"])
    as_bela.post(
        f"{at}talk/",
        {"title": "Sundays", "question": "Why?", "what_is_open": "All.", "languages": "de,en",
         "groups": [g.pk for g in groups]},
    )  # fmt: skip
    talk = Conversation.objects.get()
    assert (talk.about_kind, talk.about_key, talk.about_url) == ("tension", str(pull.pk), at)


@pytest.mark.parametrize("role", ["reader", "guardian", "entry_helper"])
def test_others_change_nothing(circle, client, role):
    pull = tensions.accepted(circle)
    client.force_login(circles.member(circle, "zoe", role))
    for deed in ("treat", "set-aside", "accept", "assume"):
        told = {"deed": deed, "treatment": "decide", "reason": "No.", "letter": "a", "by": "Zoe"}
        assert client.post(f"/tensions/{pull.pk}/press/", told).status_code == 403
    pull.refresh_from_db()
    assert (pull.state, pull.treatment) == ("accepted", "")


def test_markup_stays_words(circle, as_ada):
    pull = tensions.tension(circle, title="<script>alert(1)</script>")
    page = as_ada.get(f"/tensions/{pull.pk}/").content.decode()
    assert "<script>alert" not in page
