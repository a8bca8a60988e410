"""A pulse from setting up to what it tells: who may, what is asked, what is never shown."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from erdkreis.gate.models import Release
from erdkreis.invitations.models import Code, Invitee, Mail, Reminding
from erdkreis.invitations.outbox import send_due_mails
from erdkreis.invitations.services import issue_codes
from erdkreis.pulse import services
from erdkreis.pulse.models import Member, Pulse, PulseDate
from erdkreis.pulse.rotation import IN_TURN, OPEN, RESONANCES, SPACES, items_of_date
from erdkreis.questionnaires.models import Answer, OwnWords, Voice
from erdkreis.rounds.asking_time import minutes_by_group
from erdkreis.rounds.models import Round
from factories import circles, pulses, slips

pytestmark = pytest.mark.django_db

LOAD, REWORK = "pulse.load.band", "pulse.rework.band"
SPREAD = [1, 2, 2, 3, 3, 3, 4, 4, 5, 3]


def told(pulse, name=""):
    team = pulse.teams.get(name=name) if name else pulse.teams.get()
    return Client().get(f"/pulse/{pulse.slug}/{team.pk}/").content.decode()


# What is asked -------------------------------------------------------------------------------


def test_six_items_and_one_open_question_a_time():
    for number in range(1, 20):
        rated = [code for code in items_of_date(number) if code != OPEN]
        assert len(rated) == len(set(rated)) == 6
        assert {LOAD, REWORK} < set(rated)
        assert sum(code in IN_TURN for code in rated) == 1
        assert sum(code in SPACES for code in rated) == 1
        assert sum(code in RESONANCES for code in rated) == 2


def test_six_dates_ask_the_whole_pool():
    asked = {code for number in range(1, 7) for code in items_of_date(number)}

    assert asked == {LOAD, REWORK, OPEN, *IN_TURN, *SPACES, *RESONANCES}


# Setting up ----------------------------------------------------------------------------------


def test_it_does_not_start_before_the_works_council_is_settled_or_anybody_is_listed(circle):
    made = pulses.pulse(circle, works_council="open")
    pulses.listed(made, "Employees", 6)
    with pytest.raises(services.PulseError, match="works council"):
        services.move(made, Pulse.State.RUNNING)

    Pulse.objects.filter(pk=made.pk).update(works_council="none")
    services.clear_list(made.teams.get())
    with pytest.raises(services.PulseError, match="Nobody is on a list"):
        services.move(made, Pulse.State.RUNNING)


def test_nobody_is_in_two_teams(circle):
    made = pulses.pulse(circle, ["Bakery", "Shop"])
    pulses.listed(made, "Bakery", 3)
    entries = [services.Entry(1, "bakery1@example.org"), services.Entry(2, "new@example.org")]

    assert services.take_list(made.teams.get(name="Shop"), entries) == 1
    assert made.members.count() == 4


def test_two_for_the_same_people_do_not_run_at_once_but_leadership_goes_apart(circle):
    pulses.running(circle)
    other = pulses.pulse(circle)
    pulses.listed(other, "Employees", 6)
    with pytest.raises(services.PulseError, match="Another pulse"):
        services.move(other, Pulse.State.RUNNING)

    apart = pulses.pulse(circle, whom="leadership")
    pulses.listed(apart, "Leadership", 6)
    assert services.move(apart, Pulse.State.RUNNING).state == "running"


def test_what_people_were_told_does_not_change_once_it_runs(circle):
    made = pulses.running(circle)
    with pytest.raises(services.PulseError, match="has begun"):
        services.change(made, ["Other"])

    assert [team.name for team in made.teams.all()] == ["Bakery"]


# On its days ---------------------------------------------------------------------------------


def test_a_date_is_begun_once_however_often_it_is_looked(circle):
    made = pulses.running(circle)
    for _n in range(3):
        services.do_what_is_due()

    dated = made.dates.get()
    group = pulses.team_of(dated, "Bakery")
    assert Invitee.objects.filter(round_group=group).count() == 12
    assert Mail.objects.filter(round_group=group).count() == 12
    assert Member.objects.count() == 12


def test_what_was_interrupted_is_made_up_for_and_nobody_is_invited_twice(circle):
    made = pulses.running(circle, {"Bakery": 6, "Shop": 6})
    dated = services.begin(made, made.first_on)
    assert not Mail.objects.exists()

    services.invite(dated)
    services.invite(dated)
    services.do_what_is_due()

    assert Mail.objects.count() == Invitee.objects.count() == 12


def test_after_a_long_sleep_only_the_present_date_is_begun(circle, on_day):
    made = pulses.running(circle)
    on_day(made.first_on + timedelta(weeks=9, days=1))
    services.do_what_is_due()
    assert not made.dates.exists(), "eight days after its day nobody is asked any more"

    on_day(made.first_on + timedelta(weeks=10))
    services.do_what_is_due()
    assert [one.day for one in made.dates.all()] == [made.first_on + timedelta(weeks=10)]


def test_a_clock_that_jumps_back_begins_nothing_and_a_second_time_neither(circle, on_day):
    made = pulses.running(circle)
    on_day(made.first_on + timedelta(weeks=4))
    pulses.asked(made)
    on_day(made.first_on - timedelta(days=40))
    services.do_what_is_due()
    on_day(made.first_on + timedelta(weeks=2))
    services.do_what_is_due()

    assert made.dates.count() == 1


def test_paused_it_asks_nobody_and_does_not_make_up_for_it(circle, on_day):
    made = pulses.running(circle)
    services.move(made, Pulse.State.PAUSED)
    services.do_what_is_due()
    on_day(made.first_on + timedelta(weeks=2))
    services.do_what_is_due()
    assert not made.dates.exists()

    services.move(made, Pulse.State.RUNNING)
    services.do_what_is_due()
    assert [(one.number, one.day) for one in made.dates.all()] == [(1, timezone.localdate())]


def test_ended_it_forgets_its_lists(circle):
    made = pulses.running(circle)
    pulses.asked(made)
    services.move(made, Pulse.State.ENDED)

    assert not made.members.exists()
    assert Invitee.objects.count() == 12, "the date that is being asked goes on"


def test_invited_once_and_reminded_once_by_the_outbox(circle, at_noon, on_day):
    made = pulses.running(circle, {"Bakery": 7})
    services.do_what_is_due()
    send_due_mails()
    first = timezone.localdate()
    assert len(mail.outbox) == 7
    assert "sechs kurze Fragen" in mail.outbox[0].subject
    assert "/v/" in mail.outbox[0].body
    assert services.address_of(made) in mail.outbox[0].body

    for days in (2, 3, 5, 6):  # the fourth day is a Sunday: mails are quiet
        on_day(first + timedelta(days=days))
        services.do_what_is_due()
        send_due_mails()

    assert len(mail.outbox) == 14
    assert "an alle" in mail.outbox[-1].body
    assert Reminding.objects.count() == 1


def test_the_time_it_asks_for_is_noted_for_the_group(circle, on_day):
    made = pulses.running(circle, {"Bakery": 6, "Shop": 6})
    pulses.asked(made)
    on_day(made.first_on + timedelta(weeks=2))
    pulses.asked(made)

    assert minutes_by_group(circle) == {"employees": 4}


# Answering -----------------------------------------------------------------------------------


def test_a_code_becomes_a_slip_and_the_slip_a_voice(circle):
    dated = pulses.asked(pulses.running(circle))
    group = pulses.team_of(dated, "Bakery")
    (code,) = issue_codes(group, 1)
    client = Client()
    page = client.get(f"/v/{code}/").content.decode()
    assert "about 2 minutes" in page

    answer = slips.hand_in(client, group, slips.slip_for(client, code, group))
    assert answer.status_code == 302
    page = client.get(answer.url).content.decode()
    assert "Please think of the last two weeks." in page
    assert "How full was your working time?" in page
    assert "under 70 %" in page
    assert "Would you like to say why?" not in page

    client.post(answer.url, {"answer": "4"})
    client.post(f"/e/{group.slug}/check/")
    assert Answer.objects.get(item=LOAD).value == 4
    assert client.get(f"/e/{group.slug}/thanks/").status_code == 200
    assert Voice.objects.get().is_sent


def test_without_a_code_nobody_comes_in(circle):
    dated = pulses.asked(pulses.running(circle))
    group = pulses.team_of(dated, "Bakery")
    client = Client()
    for _n in range(2):
        page = client.post(f"/e/{group.slug}/").content.decode()
        assert "With the link from your mail" in page

    assert not Voice.objects.exists()


def test_a_date_appears_in_no_room_of_the_loop(circle, as_ada):
    dated = pulses.asked(pulses.running(circle))
    at = f"/rounds/{dated.round_id}/"

    assert "Pulse 1" not in as_ada.get(f"/circles/{circle.slug}/").content.decode()
    for address in (at, f"{at}links/", f"{at}promise/", f"{at}picture/", f"{at}entry/"):
        assert as_ada.get(address).status_code == 404
    assert list(circle.rounds.all()) == []


# What it tells -------------------------------------------------------------------------------


@pytest.fixture
def four_dates(circle, on_day):
    """Four dates of two teams: one of twelve, one of whom only three ever answer."""
    made = pulses.running(circle, {"Bakery": 12, "Office": 6})
    for n in range(4):
        on_day(made.first_on + timedelta(weeks=2 * n))
        dated = pulses.asked(made)
        codes = [code for code in items_of_date(dated.number) if code != OPEN]
        pulses.answers(dated, "Bakery", dict.fromkeys(codes, SPREAD))
        pulses.answers(dated, "Office", {code: [5, 1, 5] for code in codes})
        on_day(pulses.after(dated))
        services.do_what_is_due()
    return made


def test_bands_over_four_dates_and_nothing_of_a_team_too_small(four_dates):
    page = told(four_dates, "Bakery")

    assert page.count("<p>No clear change over 4 dates.</p>") == 4
    assert "5–9" in page or "10–14" in page
    assert "People here dare to be open" in page
    assert "Resonance cannot be ordered" in page

    small = told(four_dates, "Office")
    assert "too few to show anything" in small
    assert "<svg" not in small.partition("<main")[2]
    assert "half of the answers" not in small
    group = pulses.team_of(four_dates.dates.first(), "Office")
    assert not Voice.objects.filter(round_group=group).exists(), "never shown, so not kept"
    assert Voice.objects.filter(round_group__name_en="Bakery").count() == 40


def test_the_names_of_teams_stand_without_numbers(four_dates):
    page = Client().get(f"/pulse/{four_dates.slug}/").content.decode()

    assert "Bakery" in page
    assert "n = " not in page


def test_two_dates_are_no_trend(circle, on_day):
    made = pulses.running(circle)
    for n in range(2):
        on_day(made.first_on + timedelta(weeks=2 * n))
        dated = pulses.asked(made)
        pulses.answers(dated, "Bakery", {LOAD: SPREAD})
        on_day(pulses.after(dated))
        services.do_what_is_due()

    assert told(made).count("<p>Too few dates to speak of a trend") == 4


def test_a_rise_is_said_without_why_and_without_good_or_bad(circle, on_day):
    made = pulses.running(circle, {"Bakery": 60})
    for n in range(4):
        on_day(made.first_on + timedelta(weeks=2 * n))
        dated = pulses.asked(made)
        pulses.answers(dated, "Bakery", {LOAD: ([n + 1] * 5 + [min(n + 2, 5)] * 3 + [1, 5]) * 3})
        on_day(pulses.after(dated))
        services.do_what_is_due()

    page = told(made)
    assert "Working time feels fuller than at the beginning." in page
    assert "nothing here says why" in page
    assert "of the five steps" in page


def test_while_people_answer_nothing_is_counted_anywhere(circle, as_ada):
    made = pulses.running(circle)
    dated = pulses.asked(made)
    before = (told(made), as_ada.get(f"/pulses/{made.pk}/").content.decode())
    pulses.answers(dated, "Bakery", {LOAD: SPREAD})
    after = (told(made), as_ada.get(f"/pulses/{made.pk}/").content.decode())

    def without_tokens(page):
        return [line for line in page.split("\n") if "csrf" not in line]

    assert [without_tokens(p) for p in before] == [without_tokens(p) for p in after]
    assert not Release.objects.exists()


def test_words_are_shown_only_from_enough_people_and_can_be_taken_out(circle, on_day, as_ada):
    made = pulses.running(circle)
    dated = pulses.asked(made)
    wrote = pulses.answers(dated, "Bakery", {LOAD: SPREAD})
    for n, voice in enumerate(wrote[:6]):
        Answer.objects.create(voice=voice, item=OPEN, status="words", words=f"Frau Meier {n}")
    on_day(pulses.after(dated))
    services.do_what_is_due()
    assert told(made).count("Frau Meier") == 6

    one = OwnWords.objects.first()
    as_ada.post(f"/pulses/{made.pk}/words/", {"words": one.pk})
    assert told(made).count("Frau Meier") == 5
    assert "[…]" in told(made)
    assert circle.journal.filter(action="pulse.taken_out").exists()


def test_words_of_four_are_never_shown(circle, on_day):
    made = pulses.running(circle)
    dated = pulses.asked(made)
    for voice in pulses.answers(dated, "Bakery", {LOAD: SPREAD})[:4]:
        Answer.objects.create(voice=voice, item=OPEN, status="words", words="Frau Meier")
    on_day(pulses.after(dated))
    services.do_what_is_due()

    assert "Frau Meier" not in told(made)
    assert not OwnWords.objects.exists()


def test_codes_and_answers_are_cut_when_a_date_is_over(circle, on_day):
    made = pulses.running(circle)
    dated = pulses.asked(made)
    pulses.answers(dated, "Bakery", {LOAD: SPREAD})
    on_day(pulses.after(dated))
    services.do_what_is_due()

    assert not Voice.objects.exclude(receipt_digest=None).exists()
    assert not Invitee.objects.exclude(seed=None).exists()
    assert Voice.objects.values("day").distinct().count() == 1


def test_a_page_costs_the_same_for_one_date_and_four(
    circle, on_day, django_assert_num_queries, django_assert_max_num_queries
):
    made = pulses.running(circle, {"Bakery": 12, "Shop": 12})
    counted = []
    for n in range(4):
        on_day(made.first_on + timedelta(weeks=2 * n))
        dated = pulses.asked(made)
        pulses.answers(dated, "Bakery", {LOAD: SPREAD})
        on_day(pulses.after(dated))
        services.do_what_is_due()
        with django_assert_max_num_queries(8) as asked:
            told(made, "Bakery")
        counted.append(len(asked))

    assert len(set(counted)) == 1


def test_a_draft_tells_nothing(circle):
    made = pulses.pulse(circle)

    assert Client().get(f"/pulse/{made.slug}/").status_code == 404


# Hosts ---------------------------------------------------------------------------------------


def test_a_host_sets_it_up_page_by_page(circle, as_ada):
    at = f"/circles/{circle.slug}/pulse/new/"
    answer = as_ada.post(at, {
        "whom": "employees", "every_weeks": "2", "first_on": timezone.localdate().isoformat(),
        "purpose": "To notice early.", "who_decides": "The team.", "named_person": "Dora",
        "contact": "dora@example.org", "teams": "Bakery\nShop\nBakery\n\n", "min_group": "5",
        "works_council": "none", "languages": "de,en", "retention_months": "6",
    })  # fmt: skip
    made = Pulse.objects.get()
    assert answer.url == f"/pulses/{made.pk}/"
    bakery, shop = made.teams.all()

    pasted = "\n".join(f"p{n}@example.org" for n in range(5)) + "\nno address"
    page = as_ada.post(f"/pulses/{made.pk}/teams/{bakery.pk}/list/", {"pasted": pasted})
    assert "5 people can be invited" in page.content.decode()
    assert not Member.objects.exists()
    table = page.context["taken_form"].initial["table"]
    as_ada.post(f"/pulses/{made.pk}/teams/{bakery.pk}/list/take/", {"table": table})
    as_ada.post(f"/pulses/{made.pk}/teams/{shop.pk}/list/take/", {
        "table": "mail\tname\tlanguage\nq@example.org\t\t"})  # fmt: skip
    page = as_ada.get(f"/pulses/{made.pk}/").content.decode()
    assert "Too small to be shown" in page
    assert "Shop." in page

    as_ada.post(f"/pulses/{made.pk}/start/")
    assert PulseDate.objects.count() == 1
    page = as_ada.post(
        f"/pulses/{made.pk}/teams/{bakery.pk}/codes/", {"number": "3", "language": "de"}
    )
    assert page.status_code == 200
    assert Code.objects.count() == 5 + 1 + 3
    group = pulses.team_of(made.dates.get(), "Shop")
    sheet = Client().get(f"/e/{group.slug}/trust/").content.decode()
    assert "Bakery · 3" in sheet, "everyone who is asked may know how many codes exist"
    for what in ("pause", "go-on", "end", "end"):
        as_ada.post(f"/pulses/{made.pk}/{what}/")
    done = list(circle.journal.order_by("pk").values_list("action", flat=True))
    assert [one for one in done if one.startswith("pulse.")] == [
        "pulse.prepared", "pulse.list_taken", "pulse.list_taken", "pulse.started",
        "pulse.codes_made", "pulse.paused", "pulse.gone_on", "pulse.ended",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [("first_on", "2020-01-01"), ("first_on", "9999-12-31"), ("every_weeks", "1"),
     ("min_group", "4"), ("teams", "x" * 61), ("teams", "\n".join(map(str, range(41)))),
     ("purpose", ""), ("whom", "customers"), ("first_on", "nonsense")],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(circle, as_ada, field, value):
    good = {
        "whom": "employees", "every_weeks": "2", "first_on": timezone.localdate().isoformat(),
        "purpose": "To notice.", "who_decides": "The team.", "named_person": "Dora",
        "contact": "dora@example.org", "teams": "", "min_group": "5", "works_council": "none",
        "languages": "de,en", "retention_months": "6",
    }  # fmt: skip
    answer = as_ada.post(f"/circles/{circle.slug}/pulse/new/", good | {field: value})

    assert answer.status_code == 422
    assert not Pulse.objects.exists()


def test_the_database_itself_holds_the_smallest_team(circle):
    made = pulses.pulse(circle)
    with pytest.raises(IntegrityError):
        Pulse.objects.filter(pk=made.pk).update(min_group=4)


def test_a_list_of_another_circle_cannot_be_changed(circle, as_charlotte):
    made = pulses.running(circle)
    team = made.teams.get()
    at = f"/pulses/{made.pk}/teams/{team.pk}/list/clear/"

    assert as_charlotte.post(at).status_code == 403
    assert made.members.count() == 12
    own = circles.circle(circles.person("zora"), "Distel")
    other = pulses.pulse(own)
    zora = Client()
    zora.force_login(own.roles.get().person)
    assert zora.post(f"/pulses/{other.pk}/teams/{team.pk}/list/clear/").status_code == 404


def test_single_answers_go_on_their_day_and_what_was_told_stays(circle, on_day):
    from erdkreis.questionnaires.retention import delete_what_is_due

    made = pulses.running(circle)
    dated = pulses.asked(made)
    pulses.answers(dated, "Bakery", {LOAD: SPREAD})
    on_day(pulses.after(dated))
    services.do_what_is_due()
    on_day(dated.day + timedelta(days=200))
    delete_what_is_due()

    assert not Voice.objects.exists()
    assert not Invitee.objects.exists()
    assert "the middle half of the answers" in told(made)
    assert Round.of_any_kind.count() == 1
