"""One of each mail that the house sends, in a language; for tests of what they have in common."""

from collections.abc import Iterator
from datetime import date, timedelta

from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import RequestFactory
from django.utils import timezone, translation

from erdkreis.answerback import services as answerback
from erdkreis.circles.models import Circle
from erdkreis.circles.services import give_role, invite_to_choose_a_password
from erdkreis.conversations import digests
from erdkreis.conversations.models import Subscription
from erdkreis.experiments import asking_mail
from erdkreis.experiments.models import Experiment
from erdkreis.fit import letters as fit_letters
from erdkreis.fit import services as fit
from erdkreis.invitations import letters
from erdkreis.invitations.models import Invitee, Letter, Mail, Reminding
from erdkreis.rounds.models import Round
from erdkreis.tensions.models import Handing
from erdkreis.tensions.services import hand_over
from erdkreis.trust import about_you_views
from erdkreis.trust.warnings import warn_of_deletion
from factories import conversations, experiments, fits, pulses, rounds, tensions
from factories.roll import invited, listed

DAY = date(2026, 3, 10)
OF_THE_LIBRARY = (
    "email_confirmation", "email_confirmation_signup", "password_reset_key", "unknown_account",
    "account_already_exists",
)  # fmt: skip
# What people write stands in their own language; here in none.
ANSWER = {
    "said": "Brot!", "heard": "Brot?", "trying": "Brot um 5.", "not_doing": "Brot um 3.",
    "look_again_on": DAY,
}  # fmt: skip


def every_mail(circle: Circle, language: str) -> dict[str, EmailMultiAlternatives]:
    """Write each once; texts of later rooms as the outbox sends them."""
    host = circle.roles.filter(kind="host").get().person
    with translation.override(language):
        found = dict(_of_invitations(circle, language))
        _queue_letters(circle, host, language)
        for one in Letter.objects.order_by("pk"):
            found[one.about] = letters.free_letter(one)
        mail.outbox.clear()
        _send_at_once(circle, host)
    return found | {one.subject: one for one in mail.outbox}


def _of_invitations(circle: Circle, language: str) -> Iterator[tuple[str, EmailMultiAlternatives]]:
    asking = rounds.asking(circle)
    circle.rounds.update(languages=language, purpose="Brot.")
    group = rounds.group(circle.rounds.get(pk=asking.pk), "customers")
    dated = pulses.asked(pulses.running(circle, languages=language, purpose="Brot."))
    (anna,) = listed(group, "anna", language=language)
    of_team = Invitee.objects.filter(round_group__round=dated.round).first()
    of_team.language = language
    for name, one in (("round", anna), ("pulse", of_team)):
        about = {"round_group": one.round_group, "invitee": one, "language": language}
        yield f"{name} invitation", letters.letter(Mail(kind="invitation", **about))
        reminding = Reminding(round_group=one.round_group, day=DAY, is_last=True)
        yield (
            f"{name} reminder",
            letters.letter(Mail(kind="reminder", reminding=reminding, **about)),
        )
    yield "test", letters.test_letter(group, "ada@example.org", language)
    environment = rounds.group(asking, "environment")
    yield "guardian", letters.guardian_letter(environment, "emil@example.org", language, DAY)


def _queue_letters(circle: Circle, host, language: str) -> None:
    for title in ("Brot", "Kuchen"):
        talk = conversations.conversation(circle, title=title)
        digests.subscribe(talk, "nora@example.org", language, "weekly")
        conversations.said(conversations.voice(talk, "employees"), text="4:30?\n\n5:30!")
        Subscription.objects.create(
            conversation=talk, address="rosa@example.org", language=language, is_confirmed=True
        )
    digests.queue_digests()
    pull = tensions.tension(circle, kind="red_line", title="Feuer")
    handing = Handing(name="Dora", address="dora@example.org", words="Nachts.", handed_by="Bela")
    hand_over(pull, handing, language)
    asked = circle.rounds.filter(kind=Round.Kind.LOOP).first()
    invited(rounds.group(asked, "employees"), n_used=0, n_unused=1)
    Invitee.objects.update(language=language)
    _of_an_experiment(circle)
    answerback.write(asked, ANSWER, language)
    answerback.publish(asked)
    answerback.send(asked)
    talk = fits.begun(circle, host)
    fit.wish_to_be_asked_again(talk, "emil@example.org", language)
    type(talk).objects.filter(pk=talk.pk).update(settled_on=DAY - timedelta(days=400))
    fit.be_willing(circle, "paula@example.org", language)
    fit_letters.queue_what_is_due()


def _of_an_experiment(circle: Circle) -> None:
    tried = experiments.ended(circle, "stop")
    Experiment.objects.update(title="Brot um 5", change="Brot um 5.")
    tried.review.__class__.objects.update(happened="Brot.", reason="Brot.", tell="")
    tried.refresh_from_db()
    asking_mail.ask_by_mail(experiments.touched(tried))
    asking_mail.tell_by_mail(tried)
    today = timezone.localdate()
    running = experiments.begun(circle, title="Brot um 3")
    for days in (1, -1):
        Experiment.objects.filter(pk=running.pk).update(review_on=today + timedelta(days=days))
        asking_mail.queue_reviews_due()
        Experiment.objects.filter(pk=running.pk).update(
            invited_to_review_on=today - timedelta(days=8)
        )


def _send_at_once(circle: Circle, host) -> None:
    role, _is_new = give_role(circle, "new@example.org", "Neu", "reader")
    invite_to_choose_a_password(role, host)
    about_you_views._send("nora@example.org")
    about_you_views._send("nobody@example.org")
    warn_of_deletion(role.person, DAY, DAY)
    links = dict.fromkeys(("activate_url", "password_reset_url"), "http://testserver/x/")
    with request_context(request := RequestFactory().get("/")):
        for name in OF_THE_LIBRARY:
            names = links | {"email": "ada@example.org"}
            get_adapter(request).send_mail(f"account/email/{name}", names["email"], names)
