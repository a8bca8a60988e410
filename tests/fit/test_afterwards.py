"""Half a year, a year, and many conversations later."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from erdkreis.fit import letters, services
from erdkreis.fit.analysis import statistics
from erdkreis.fit.models import FitConversation, Line, Value, WillingVoice
from erdkreis.fit.retention import delete_what_is_due
from erdkreis.fit.sentences import statistics_rows
from erdkreis.invitations.codes import code_from, digest
from erdkreis.invitations.models import Letter, NoMail
from erdkreis.invitations.outbox import send_due_mails
from erdkreis.invitations.roll import stop_mail
from factories import fits, rounds
from factories.fits import begun, decided

pytestmark = pytest.mark.django_db

YES, NOT_YET, NO, ELSE = Value.YES, Value.NOT_YET, Value.NO, Value.SOMEONE_ELSE
MONDAY = date(2026, 3, 2)


@pytest.fixture
def talk(circle, ada, on_day):
    on_day(MONDAY)
    return decided(begun(circle, ada), NO, NOT_YET)


@pytest.mark.parametrize(
    ("settled", "again"),
    [
        (date(2026, 3, 2), date(2026, 9, 2)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_half_a_year_later_is_the_same_day_or_the_last_of_the_month(settled, again):
    assert letters.six_months_after(settled) == again


class TestOneQuestion:
    def test_it_is_sent_once_and_the_address_goes_with_it(self, talk, on_day):
        services.wish_to_be_asked_again(talk, "emil@example.org", "de")
        on_day(date(2026, 9, 1))
        assert letters.queue_what_is_due() == 0

        on_day(date(2026, 9, 2))
        assert letters.queue_what_is_due() == 1
        assert letters.queue_what_is_due() == 0
        send_due_mails()

        (sent,) = mail.outbox
        talk.refresh_from_db()
        assert sent.to == ["emil@example.org"]
        assert "Hat es gepasst?" in sent.subject
        assert (talk.follow_up_email, bool(talk.follow_up_digest)) == ("", True)
        assert not Letter.objects.exists()

    def test_while_it_waits_the_outbox_holds_no_code(self, talk, on_day):
        services.wish_to_be_asked_again(talk, "emil@example.org", "de")
        on_day(date(2026, 9, 2))
        letters.queue_what_is_due()
        talk.refresh_from_db()

        waiting = Letter.objects.get()
        assert code_from(waiting.seed) not in waiting.body
        assert talk.follow_up_digest == digest(code_from(waiting.seed))
        send_due_mails()
        assert f"/f/again/{code_from(waiting.seed)}/" in mail.outbox[0].body
        assert "/stop/" in mail.outbox[0].body

    def test_the_link_opens_the_question_and_nothing_else(self, talk, on_day, client):
        services.wish_to_be_asked_again(talk, "emil@example.org", "en")
        on_day(date(2026, 9, 2))
        letters.queue_what_is_due()
        send_due_mails()
        link = next(w for w in mail.outbox[0].body.split() if "/f/again/" in w)
        path = link[link.index("/f/again/") :]

        assert "Did it fit?" in client.get(path).content.decode()
        client.post(path, {"choice": "did_partly", "text": "It was loud."})

        line = Line.objects.get(step="follow_up")
        assert (line.side, line.choice, line.text) == ("seeker", "did_partly", "It was loud.")
        assert client.get(f"/f/{talk.slug}/summary/").content.decode().count("It was loud.") == 0

    def test_evenings_are_quiet(self, talk, monkeypatch):
        services.wish_to_be_asked_again(talk, "emil@example.org", "en")
        late = datetime(2026, 9, 2, 22, tzinfo=timezone.get_current_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: late)

        letters.queue_what_is_due()
        send_due_mails()

        assert mail.outbox == []
        assert Letter.objects.get().state == "waiting"

    def test_when_the_server_is_away_nothing_is_lost(self, talk, on_day, settings):
        services.wish_to_be_asked_again(talk, "emil@example.org", "en")
        on_day(date(2026, 9, 2))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

        letters.queue_what_is_due()
        send_due_mails()

        assert Letter.objects.get().address == "emil@example.org"


class TestWilling:
    def test_nothing_leads_from_the_address_to_the_conversation(self, talk):
        services.be_willing(talk.circle, "Emil@example.org", "de")

        kept = {field.name for field in WillingVoice._meta.get_fields()}
        assert kept == {"id", "circle", "email", "language", "month"}
        assert WillingVoice.objects.get().month == date(2026, 3, 1), "not the day of the talk"

    def test_one_mail_with_the_link_of_everyone_when_a_round_asks(self, talk, circle, on_day):
        services.be_willing(circle, "emil@example.org", "de")
        letters.queue_what_is_due()
        assert not Letter.objects.exists(), "nobody is asked yet"
        round_ = rounds.asking(circle)

        letters.queue_what_is_due()
        letters.queue_what_is_due()
        assert "fit.willing." in Letter.objects.get().about
        send_due_mails()

        (sent,) = mail.outbox
        assert f"/e/{rounds.group(round_, 'non_customers').slug}/" in sent.body
        assert not WillingVoice.objects.exists()

    def test_who_wants_no_mail_gets_none(self, talk, circle):
        services.be_willing(circle, "emil@example.org", "de")
        stop_mail(circle, ["emil@example.org"], NoMail.Reason.UNSUBSCRIBED)
        rounds.asking(circle)

        letters.queue_what_is_due()
        send_due_mails()

        assert mail.outbox == []
        assert not Letter.objects.exists()

    def test_after_a_year_the_address_goes(self, talk, circle, on_day):
        services.be_willing(circle, "emil@example.org", "de")
        on_day(date(2027, 3, 3))

        delete_what_is_due()

        assert not WillingVoice.objects.exists()


class TestTwelveMonths:
    def test_what_nobody_touched_goes_on_the_day(self, talk, on_day):
        on_day(date(2027, 3, 1))
        assert delete_what_is_due() == 0

        on_day(date(2027, 3, 2))

        assert delete_what_is_due() == 1
        assert not FitConversation.objects.exists()
        assert not Line.objects.exists()

    def test_whoever_writes_begins_the_year_anew(self, circle, ada, on_day):
        on_day(MONDAY)
        talk = begun(circle, ada)
        on_day(date(2026, 12, 1))
        fits.writes(talk, fits.SEEKER, "occasion")
        on_day(date(2027, 3, 2))

        assert delete_what_is_due() == 0


class TestCounts:
    ENDINGS = [(YES, YES), (YES, YES), (NO, NOT_YET), (ELSE, YES), (NOT_YET, YES), (NO, NO)]

    def later(self, on_day, days=15):
        on_day(MONDAY + timedelta(days=days))

    def told(self, circle):
        return {row.title: row.said for row in statistics_rows(statistics(circle))[0][1]}

    def test_four_conversations_tell_nothing(self, circle, ada, on_day):
        on_day(MONDAY)
        fits.many(circle, ada, self.ENDINGS[:4])
        self.later(on_day)

        assert set(self.told(circle).values()) == {"too few to tell"}

    def test_six_are_told_in_dots_and_having_advised_against_with_them(self, circle, ada, on_day):
        on_day(MONDAY)
        fits.many(circle, ada, self.ENDINGS)
        self.later(on_day)

        told = self.told(circle)

        assert told["How both together ended"].endswith("(5 to 9 conversations)")
        assert "no, or someone else: about " in told["How both together ended"]
        assert "advised against: about " in told["Times we advised against"]

    def test_as_long_as_minds_may_change_nothing_is_counted(self, circle, ada, on_day):
        on_day(MONDAY)
        fits.many(circle, ada, self.ENDINGS)
        self.later(on_day, 14)

        assert set(self.told(circle).values()) == {"too few to tell"}

    def test_one_more_conversation_changes_no_number(self, circle, ada, on_day):
        on_day(MONDAY)
        fits.many(circle, ada, self.ENDINGS)
        self.later(on_day)
        before = self.told(circle)
        fits.many(circle, ada, [(NO, NO)])
        self.later(on_day, 40)

        assert self.told(circle) == before

    def test_counts_stay_when_conversations_are_deleted(self, circle, ada, on_day):
        on_day(MONDAY)
        fits.many(circle, ada, self.ENDINGS)
        on_day(date(2027, 6, 1))
        delete_what_is_due()

        assert "5 to 9" in self.told(circle)["How both together ended"]

    def test_another_circle_counts_for_itself(self, circle, ada, charlotte, on_day):
        on_day(MONDAY)
        elsewhere = charlotte.roles.get().circle
        fits.many(elsewhere, charlotte, self.ENDINGS)
        self.later(on_day)

        assert set(self.told(circle).values()) == {"too few to tell"}
