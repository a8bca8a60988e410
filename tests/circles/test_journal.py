"""What hosts do is written down, all of it, and shown to the circle."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone, translation

from erdkreis.api.services import add_webhook
from erdkreis.circles import actions as circle_actions
from erdkreis.circles.journal import ACTIONS, action, days, record
from erdkreis.circles.models import JournalEntry
from erdkreis.pulse import services
from erdkreis.pulse.models import Pulse
from erdkreis.questionnaires.models import OwnWords
from erdkreis.rounds.actions import EXTENDED
from erdkreis.rounds.models import Round
from factories import balances, circles, dialogues, pictures, polis, pulses, rounds, surveys, voices
from factories.deeds import IN_THE_LOOP, sending, taking
from factories.programs import program
from factories.roll import invited
from factories.rounds import group
from shown_forms import form_on
from test_access_rules import NEVER, NO, PRESSING, WHO, addresses  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

# What hosts or facilitators press without anything being done that others should know of.
EXEMPT = {
    "imports:look_through": "shows what a survey becomes; nothing is stored",
    "imports:look_through_conversation": "shows what the files hold; nothing is stored",
    "imports:answers": "shows how a file was understood; nothing is stored",
    "invitations:look_through": "shows how a list was understood; nothing is stored",
    "invitations:test_mail": "goes to nobody but the one who presses",
    "invitations:stop": "pressed by whoever holds the mail, not by hosts",
    "balances:view": "one’s own view, given by everyone who reads, shown beside the others’",
    "balances:what_if": "nothing is stored",
    "pulse:look_through": "shows how a list was understood; nothing is stored",
    "trust:about_you": "sends a link to whoever an address belongs to; hosts see nothing of it",
    "trust:own_data": "deletes one’s own account; the roles that go are written down",
    "experiments:at_group": "pressed by those who are touched, not by hosts",
    "fit:new": "a fit conversation is private to its two sides; its record names who wrote what",
    "fit:provider:invite": "private to two sides",
    "fit:provider:line": "private to two sides",
    "fit:provider:not_yet": "private to two sides",
    "fit:provider:on": "private to two sides",
    "fit:provider:step": "private to two sides",
    "fit:seeker:delete": "private to two sides",
    "fit:seeker:not_yet": "private to two sides",
    "fit:seeker:step": "private to two sides",
}


def _led(circle):
    """A round in which the leadership has answered and predicted."""
    round_ = rounds.inviting(circle)
    voice = voices.voice(
        group(round_, "leadership"), {"q1_work.leadership.core": 4}, is_collective=True
    )
    voice.predictions.create(
        round_group=group(round_, "employees"), question="q1_work", status="rated", value=4
    )
    return round_.pk


def _sealed(circle):
    round_ = rounds.inviting(circle)
    Round.objects.filter(pk=round_.pk).update(leadership_sealed_at=timezone.now())
    return round_.pk


def _role(circle):
    return circles.member(circle, "zoe", "reader").roles.get().pk


def _way(circle):
    round_ = rounds.asking(circle)
    invited(group(round_, "employees"), 0, 1)
    return f"/rounds/{round_.pk}/links/{group(round_, 'employees').slug}/"


def _worded(circle):
    round_ = rounds.asking(circle)
    for _n in range(10):
        voice = voices.voice(group(round_, "employees"), {"q1_work.employees.core": 3})
        voice.answers.update(words="Ask Frau Meier.")
    pictures.make_picture(round_, "Ada")
    return round_.pk


def _requested(circle):
    round_ = pictures.with_picture(circle)
    voice = group(round_, "environment").voices.first()
    voice.answers.create(item="closing.experiment", status="words", words="Stop the heating.")
    return round_.pk


def _decided(circle, **said):
    talk = dialogues.dialogue(circle)
    one = dialogues.written(dialogues.voter(talk)[0])
    return f"/dialogues/{talk.pk}/moderation/", {"statement": one.pk, **said}


def _pulse(circle, *, moved=None):
    """Return the page of a pulse that is being prepared, or was moved on."""
    if moved is None:
        made = pulses.pulse(circle, ["Bakery"])
        pulses.listed(made, "Bakery", 6)
    else:
        made = pulses.running(circle)
        if moved == "paused":
            services.move(made, Pulse.State.PAUSED)
    return f"/pulses/{made.pk}/"


def _team(circle, *, is_asked=False):
    made = pulses.running(circle)
    if is_asked:
        pulses.asked(made)
    return f"/pulses/{made.pk}/teams/{made.teams.get().pk}/"


def _written(circle):
    """Return the page with the words of a date that is over, and one of them."""
    dated = pulses.asked(pulses.running(circle))
    for one in pulses.answers(dated, "Bakery", {"pulse.load.band": [1, 2, 3, 4, 5, 3]}):
        one.answers.create(item="pulse.open", status="words", words="Frau Meier")
    services.close(dated)
    return f"/pulses/{dated.pulse_id}/words/", {"words": OwnWords.objects.first().pk}


def _upload(client, circle):
    document = client.get(f"/balances/{balances.bakery(circle).pk}/sheet.request.json").content
    at = f"/circles/{circle.slug}/balances/upload/"
    return at, {"title": "Read in", "file": balances.upload(document)}


def _token(circle):
    program(circle)
    return circle.tokens.get().pk


def _webhook(circle):
    made, _secret = add_webhook(circle, "https://example.org/", ["round.opened"])
    return f"/circles/{circle.slug}/webhooks/{made.pk}/"


# Each address with one press that does something: what is sent, and which action it is.
DONE = IN_THE_LOOP | {
    "imports:take_questions": (
        lambda who, c: (
            f"/circles/{c.slug}/bring/questions/take/",
            {"sealed": surveys.looked_through(who, c), "title": "Ours"},
        ),
        "imports.questions_brought"),
    "imports:take_conversation": (polis.conversation_to_take, "imports.conversation_brought"),
    "imports:begin_round": (
        sending(lambda c: f"/own-questions/{surveys.stored(c).pk}/round/", title="With ours"),
        "imports.round_prepared"),
    "imports:take_answers": (surveys.answers_to_take, "imports.answers_brought"),
    "home:seal": (lambda who, c: (f"/rounds/{_led(c)}/seal/", {}), "questionnaires.sealed"),
    "circles:new": (lambda who, c: ("/circles/new/", {"organisation": "Distel"}),
                    "circles.founded"),
    "circles:group_new": (
        taking(lambda c: f"/circles/{c.slug}/groups/new/", name_de="Fans", name_en="Fans"),
        "circles.group_added"),
    "circles:group": (taking(lambda c: f"/circles/{c.slug}/groups/customers/", size="90"),
                      "circles.group_changed"),
    "circles:groups": (
        sending(lambda c: f"/circles/{c.slug}/groups/", asked=["employees"], reason="Small."),
        "circles.group_changed"),
    "circles:people": (
        sending(lambda c: f"/circles/{c.slug}/people/", email="emil@example.org", name="Emil",
                kind="reader"),
        "circles.role_given"),
    "circles:take_role": (
        lambda who, c: (f"/circles/{c.slug}/people/{_role(c)}/take/", {}), "circles.role_taken"),
    "outside:circle_page": (
        sending(lambda c: f"/circles/{c.slug}/page/", words="We bake."), "outside.circle_written"),
    "outside:circle_switch": (
        sending(lambda c: f"/circles/{c.slug}/page/switch/", show="yes"), "outside.circle_shown"),
    "outside:round_page": (
        sending(lambda c: f"/rounds/{rounds.asking(c).pk}/page/", how_to_take_part="Ask."),
        "outside.round_written"),
    "outside:round_switch": (
        sending(lambda c: f"/rounds/{rounds.asking(c).pk}/page/switch/", show="yes"),
        "outside.round_shown"),
    "rounds:new": (sending(lambda c: f"/circles/{c.slug}/rounds/new/", title="Again"),
                   "rounds.prepared"),
    "rounds:promise": (
        lambda who, c: (at := f"/rounds/{rounds.promised(c).pk}/promise/",
                        form_on(who, at).data(purpose="To learn.")),
        "rounds.promise_changed"),
    "rounds:start_inviting": (lambda who, c: (f"/rounds/{rounds.promised(c).pk}/invite/", {}),
                              "rounds.inviting"),
    "rounds:start_asking": (lambda who, c: (f"/rounds/{_sealed(c)}/ask/", {}), "rounds.asking"),
    "rounds:extend": (
        sending(lambda c: f"/rounds/{rounds.asking(c).pk}/extend/", reason="Holidays.",
                closes_on=str(timezone.localdate() + timedelta(days=25))),
        "rounds.extended"),
    "invitations:guardians": (
        sending(lambda c: f"/rounds/{(r := rounds.asking(c)).pk}/guardians/"
                          f"{group(r, 'environment').slug}/", name="Emil", interests="none"),
        "invitations.guardian_appointed"),
    "invitations:ask_guardian": (
        sending(lambda c: f"/rounds/{(r := rounds.asking(c)).pk}/guardians/"
                          f"{group(r, 'environment').slug}/ask/",
                email="emil@example.org", language="de", answer_by="2030-01-01"),
        "invitations.guardian_asked"),
    "invitations:take_list": (
        sending(lambda c: f"{_way(c)}list/take/", table="1\tanna@example.org\tAnna\tde"),
        "invitations.list_taken"),
    "invitations:clear_list": (sending(lambda c: f"{_way(c)}list/clear/"),
                               "invitations.list_cleared"),
    "invitations:send": (sending(lambda c: f"{_way(c)}mail/send/"), "invitations.invited"),
    "invitations:remind": (sending(lambda c: f"{_way(c)}mail/remind/", is_last="on"),
                           "invitations.reminded"),
    "invitations:try_again": (sending(lambda c: f"{_way(c)}mail/again/"),
                              "invitations.tried_again"),
    "invitations:unreachable": (
        sending(lambda c: f"{_way(c)}mail/unreachable/", addresses="anna@example.org"),
        "invitations.unreachable"),
    "invitations:codes": (sending(lambda c: f"{_way(c)}codes/", number=3, language="de"),
                          "invitations.codes_made"),
    "pulse:new": (
        taking(lambda c: f"/circles/{c.slug}/pulse/new/", purpose="To learn.", named_person="Ada",
               who_decides="The team.", contact="ada@example.org"),
        "pulse.prepared"),
    "pulse:change": (
        lambda who, c: (f"{(at := _pulse(c))}change/",
                        form_on(who, f"{at}change/").data(purpose="Otherwise.")),
        "pulse.changed"),
    "pulse:start": (sending(lambda c: f"{_pulse(c)}start/"), "pulse.started"),
    "pulse:pause": (sending(lambda c: f"{_pulse(c, moved='running')}pause/"), "pulse.paused"),
    "pulse:go_on": (sending(lambda c: f"{_pulse(c, moved='paused')}go-on/"), "pulse.gone_on"),
    "pulse:end": (sending(lambda c: f"{_pulse(c, moved='paused')}end/"), "pulse.ended"),
    "pulse:take_list": (
        sending(lambda c: f"{_team(c)}list/take/", table="1\tanna@example.org\tAnna\tde"),
        "pulse.list_taken"),
    "pulse:clear_list": (sending(lambda c: f"{_team(c)}list/clear/"), "pulse.list_cleared"),
    "pulse:codes": (
        sending(lambda c: f"{_team(c, is_asked=True)}codes/", number=3, language="de"),
        "pulse.codes_made"),
    "pulse:words": (lambda who, c: _written(c), "pulse.taken_out"),
    "questionnaires:cells": (
        lambda who, c: (f"/rounds/{(r := rounds.inviting(c)).pk}/cells/",
                        {group(r, "customers").slug: ["q4_community"]}),
        "questionnaires.questions_chosen"),
    "pictures:make": (sending(lambda c: f"/rounds/{rounds.asking(c).pk}/picture/make/"),
                      "pictures.made"),
    "pictures:share": (
        sending(lambda c: f"/rounds/{pictures.with_picture(c).pk}/picture/share/", note="Thanks."),
        "pictures.note_written"),
    "pictures:publish": (
        sending(lambda c: f"/rounds/{pictures.with_picture(c).pk}/picture/publish/",
                has_looked="on"),
        "pictures.published"),
    "pictures:words": (
        sending(lambda c: f"/rounds/{_worded(c)}/picture/words/", group="employees",
                item="q1_work.employees.core", number=0, passage="Frau Meier"),
        "pictures.words_redacted"),
    "pictures:replies": (
        lambda who, c: (f"/rounds/{_requested(c)}/picture/replies/",
                        {"request": "0", "r0-kind": "no", "r0-words": "It is winter."}),
        "pictures.request_answered"),
    "dialogues:new": (
        sending(lambda c: f"/circles/{c.slug}/dialogues/new/", title="Before the door",
                intro="What?", what_is_open="All.", languages="de,en", own="A bench."),
        "dialogues.begun"),
    "dialogues:dialogue": (
        sending(lambda c: f"/dialogues/{dialogues.dialogue(c).pk}/", text="Tea."),
        "dialogues.statement_added"),
    "dialogues:moderation": (lambda who, c: _decided(c, accept="1"),
                             "dialogues.statement_accepted"),
    "dialogues:moderation (no)": (lambda who, c: _decided(c, reason="off_topic"),
                                  "dialogues.statement_rejected"),
    "dialogues:close": (sending(lambda c: f"/dialogues/{dialogues.dialogue(c).pk}/close/"),
                        "dialogues.closed"),
    "balances:switch": (sending(lambda c: f"/circles/{c.slug}/balances/switch/"),
                        "balances.opened"),
    "balances:switch (off)": (sending(lambda c: f"/circles/{c.slug}/balances/switch/", off="1"),
                              "balances.shut"),
    "balances:new": (
        sending(lambda c: f"/circles/{balances.room(c).slug}/balances/new/", title="Kornblume",
                edition="5.10 Full", company="Kornblume", contact_name="Ada",
                contact_email="ada@example.org"),
        "balances.begun"),
    "balances:upload": (_upload, "balances.read_in"),
    "balances:facts": (
        lambda who, c: (at := f"/balances/{balances.bakery(c).pk}/facts/suppliers/",
                        form_on(who, at).data(totalPurchaseFromSuppliers="130000")),
        "balances.facts_changed"),
    "balances:topic": (
        lambda who, c: (f"/balances/{balances.bakery(c).pk}/topics/A3/", {"A3.1-estimation": "8"}),
        "balances.rated"),
    "balances:weight": (
        sending(lambda c: f"/balances/{balances.bakery(c).pk}/weights/A3/", weight="1.0",
                reason="Small firm."),
        "balances.weighted"),
    "balances:state": (sending(lambda c: f"/balances/{balances.bakery(c).pk}/state/"),
                       "balances.agreed"),
    "balances:state (open)": (
        sending(lambda c: f"/balances/{balances.bakery(c).pk}/state/", open="1"),
        "balances.opened_again"),
    "api:tokens": (
        sending(lambda c: f"/circles/{c.slug}/programs/", name="Website", scopes=["read:results"],
                expires_on=str(timezone.localdate() + timedelta(days=9))),
        "api.token_made"),
    "api:revoke": (
        lambda who, c: (f"/circles/{c.slug}/programs/{_token(c)}/revoke/", {}),
        "api.token_revoked"),
    "api:webhooks": (
        sending(lambda c: f"/circles/{c.slug}/webhooks/", url="https://example.org/",
                events=["round.opened"]),
        "api.webhook_added"),
    "api:renew": (sending(lambda c: f"{_webhook(c)}renew/"), "api.webhook_renewed"),
    "api:try_again": (sending(lambda c: f"{_webhook(c)}again/"), "api.tried_again"),
    "api:remove": (sending(lambda c: f"{_webhook(c)}remove/"), "api.webhook_removed"),
    "balances:version": (
        sending(lambda c: f"/balances/{balances.bakery(c).pk}/version/", title="Next year"),
        "balances.continued"),
}  # fmt: skip


def pressed_by_hosts():
    of_hosts = slice(WHO.index("facilitator"), None)
    return {name for name, seen in PRESSING.items() if {*seen[of_hosts]} - {NO, NEVER}}


def test_whatever_a_host_may_press_is_recorded_or_has_a_reason_not_to_be():
    known = {name.partition(" ")[0] for name in DONE}

    assert known & set(EXEMPT) == set()
    assert known | set(EXEMPT) == pressed_by_hosts(), "record it, and show it here"


@pytest.mark.parametrize("name", DONE)
def test_what_a_host_does_is_written_down(as_ada, ada, circle, at_noon, name):
    prepare, code = DONE[name]
    address, data = prepare(as_ada, circle)
    last = JournalEntry.objects.first()

    answer = as_ada.post(address, data)

    written = JournalEntry.objects.filter(pk__gt=last.pk if last else 0)
    assert answer.status_code in {200, 302}, answer.content.decode()
    assert [(e.action, e.person, e.role) for e in written] == [(code, ada, "host")]
    rooms = {"circles", "questionnaires", "conversations", name.partition(":")[0]}
    assert code.partition(".")[0] in rooms


@pytest.mark.parametrize("refused", ["rounds:start_inviting", "rounds:start_asking", "home:seal"])
def test_what_was_refused_was_not_done(as_ada, circle, refused):
    draft = rounds.draft(circle)
    address = {"rounds:start_inviting": "invite", "rounds:start_asking": "ask", "home:seal": "seal"}

    as_ada.post(f"/rounds/{draft.pk}/{address[refused]}/")

    assert not circle.journal.exists()


def test_done_and_written_down_are_one_thing(as_ada, circle, monkeypatch):
    draft = rounds.promised(circle)

    def fails(*_about, **_more):
        raise OSError("the disk is full")

    monkeypatch.setattr("erdkreis.rounds.views.record", fails)
    with pytest.raises(OSError, match="full"):
        as_ada.post(f"/rounds/{draft.pk}/invite/")

    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_line_can_be_neither_changed_nor_deleted(circle, ada):
    record(circle, ada, EXTENDED, "First round")
    line = circle.journal.get()

    for change in (
        line.save, line.delete, circle.journal.all().delete,
        lambda: JournalEntry.objects.filter(pk=line.pk).update(subject="Nothing"),
    ):  # fmt: skip
        with pytest.raises(TypeError, match="stays"):
            change()

    assert circle.journal.get().subject == "First round"


def test_whoever_leaves_takes_the_name_along_and_leaves_the_role(circle, ada):
    record(circle, ada, EXTENDED, "First round")
    circles.member(circle, "emil", "host")

    ada.delete()

    ((_day, (deed,)),) = days(circle.journal.all())
    assert (deed.who, str(deed.role)) == ("", "host")


def test_a_mail_address_never_stands_for_a_name(circle, as_ada):
    nameless = circles.member(circle, "zoe", "facilitator")
    nameless.name = ""
    nameless.save()
    record(circle, nameless, EXTENDED, "First round")

    page = as_ada.get(f"/circles/{circle.slug}/journal/").content.decode()

    assert "Last day moved: First round" in page
    assert "zoe@" not in page


@pytest.mark.parametrize("role", ["reader", "guardian", "facilitator", "host"])
def test_everyone_who_may_read_the_circle_reads_it(circle, ada, role):
    record(circle, ada, EXTENDED, "First round")
    someone = Client()
    someone.force_login(circles.member(circle, "zoe", role))

    assert b"Last day moved" in someone.get(f"/circles/{circle.slug}/journal/").content


def test_it_speaks_the_language_of_its_reader(circle, ada, as_ada):
    record(circle, ada, circle_actions.ROLE_GIVEN, "facilitator")

    page = as_ada.get(f"/circles/{circle.slug}/journal/", headers={"accept-language": "de"})

    assert "Rolle gegeben: Gesprächsleitung" in page.content.decode()


def test_the_same_several_times_in_a_row_is_one_line(circle, ada):
    for subject in ("A3", "A3", "A3", "B1", "A3"):
        record(circle, ada, ACTIONS["balances.rated"], subject)

    ((_day, deeds),) = days(circle.journal.all())

    assert [(d.subject, d.n) for d in deeds] == [("A3", 1), ("B1", 1), ("A3", 3)]


def test_the_journal_costs_the_same_for_one_line_and_three(
    as_ada, ada, circle, django_assert_num_queries
):
    record(circle, ada, EXTENDED, "First round")
    with django_assert_num_queries(6):
        as_ada.get(f"/circles/{circle.slug}/journal/")
    for _n in range(2):
        record(circle, circles.member(circle, f"zoe{_n}", "host"), EXTENDED, "First round")
    with django_assert_num_queries(6):
        as_ada.get(f"/circles/{circle.slug}/journal/")


def test_long_journals_have_pages(as_ada, ada, circle):
    for n in range(101):
        record(circle, ada, EXTENDED, f"Round {n}")

    older = as_ada.get(f"/circles/{circle.slug}/journal/?page=2").content.decode()

    assert "Round 0<" in older
    assert "Round 100" not in older


def test_an_action_is_named_once():
    with pytest.raises(ValueError, match=r"rounds\.extended"):
        action("rounds.extended", "Last day moved")


def test_every_action_has_german_words():
    with translation.override("de"):
        german = {code: str(named.words) for code, named in ACTIONS.items()}
    with translation.override("en"):
        english = {code: str(named.words) for code, named in ACTIONS.items()}

    assert [code for code in ACTIONS if german[code] == english[code]] == []
