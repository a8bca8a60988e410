"""The mails of an experiment: to a touched group, to those who look back, when it is late."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from erdkreis.circles.models import Role
from erdkreis.experiments.models import Experiment, Review, Touched
from erdkreis.experiments.services.moving import ExperimentError, locked_row, require_state
from erdkreis.experiments.services.reviewing import AFTER
from erdkreis.invitations.models import Invitee
from erdkreis.invitations.outbox import Addressee, queue_letters
from erdkreis.rounds.asking_time import note_asked
from erdkreis.rounds.models import Round

MINUTES_TO_SAY = 2
BEFORE_THE_REVIEW, BETWEEN_REMINDERS = timedelta(days=7), timedelta(days=14)


def link_of(touched: Touched) -> str:
    return f"{settings.PUBLIC_URL}{reverse('experiments:at_group', args=[touched.slug])}"


def about_asking(touched: Touched) -> str:
    """Return under which name the outbox knows the question to this group, in this version."""
    return f"experiments.{touched.experiment_id}.ask.{touched.pk}.{touched.experiment.version}"


def people_to_ask(touched: Touched) -> list[Addressee]:
    """Return who of this group was invited to the last round, to be asked by mail.

    Everyone gets the same link: nothing tells who opened it.
    """
    last = (
        Invitee.objects.filter(
            round_group__group=touched.group_id,
            round_group__round__kind=Round.Kind.LOOP,
            invited_on__isnull=False,
        )
        .order_by("-round_group__round")
        .values_list("round_group__round", flat=True)
        .first()
    )
    invitees = Invitee.objects.filter(
        round_group__round=last, round_group__group=touched.group_id, invited_on__isnull=False
    )
    return [Addressee(one.email, one.language) for one in invitees.order_by("email")]


def ask_by_mail(touched: Touched) -> int:
    """Put the question into the outbox for everyone of this group who was invited by mail."""
    experiment = touched.experiment

    def write(language: str) -> tuple[str, str]:
        names = {
            "org": experiment.circle.organisation.name,
            "title": experiment.title,
            "change": experiment.change,
            "link": link_of(touched),
            "owner": experiment.owner,
        }
        with translation.override(language):
            return _("May we try this? %(title)s") % names, _(
                "Hello,\n\n"
                "%(org)s would like to try something small, and you would feel it.\n"
                "What would be different: %(change)s\n\n"
                "Is that safe enough to try? Say so, name a concern, or object, without a name and "
                "in two minutes: %(link)s\n"
                "A serious objection counts: then it is changed, or left alone.\n\n"
                "Kind regards\n%(owner)s"
            ) % names

    people = people_to_ask(touched)
    n = queue_letters(experiment.circle, about_asking(touched), people, write)
    note_asked(
        experiment.circle, touched.group.code, f"experiments.{experiment.pk}", MINUTES_TO_SAY
    )
    return n


def about_telling(experiment: Experiment) -> str:
    return f"experiments.{experiment.pk}.told"


def people_to_tell(experiment: Experiment) -> dict[Touched, list[Addressee]]:
    """Return who hears what became of it: all of the groups that felt it, by group."""
    groups = experiment.touched.select_related("experiment__circle__organisation", "group")
    return {one: people for one in groups if (people := people_to_ask(one))}


@transaction.atomic
def tell_by_mail(experiment: Experiment) -> int:
    """Tell those who were asked what became of it, once; also when it failed."""
    experiment = locked_row(experiment)
    require_state(experiment, *AFTER.values())
    if experiment.told_on is not None:
        raise ExperimentError(_("Everyone was told already, once."))
    review = Review.objects.get(experiment=experiment)
    n = 0
    for touched, people in people_to_tell(experiment).items():

        def write(language: str, touched: Touched = touched) -> tuple[str, str]:
            with translation.override(language):
                names = {
                    "org": touched.experiment.circle.organisation.name,
                    "title": touched.experiment.title,
                    "happened": review.happened,
                    "decision": review.get_decision_display(),
                    "reason": review.reason,
                    "minority": minority_of(review),
                    "tell": review.tell,
                    "link": link_of(touched),
                    "owner": touched.experiment.owner,
                }
                return _("What became of it: %(title)s") % names, _(
                    "Hello,\n\n"
                    "%(org)s tried something that you felt: %(title)s\n\n"
                    "What happened: %(happened)s\n\n"
                    "%(decision)s %(reason)s\n"
                    "%(minority)s\n\n"
                    "%(tell)s\n\n"
                    "All of it stands here: %(link)s\n\n"
                    "Kind regards\n%(owner)s"
                ) % names

        n += queue_letters(experiment.circle, about_telling(experiment), people, write)
    Experiment.objects.filter(pk=experiment.pk).update(told_on=timezone.localdate())
    return n


def minority_of(review: Review) -> str:
    """Return the sentence for what some see differently; where nobody does, nothing."""
    words = review.minority
    return _("What some see differently: %(words)s") % {"words": words} if words else ""


def queue_reviews_due() -> int:
    """Invite to reviews that come near, and remind kindly of those that are late."""
    today = timezone.localdate()
    under_way = Experiment.objects.filter(state__in=Experiment.UNDER_WAY).select_related(
        "circle__organisation", "owner_person"
    )
    n = 0
    for one in under_way.filter(
        invited_to_review_on=None, review_on__lte=today + BEFORE_THE_REVIEW
    ):
        n += _write_to_team(one, "review", _invitation)
        Experiment.objects.filter(pk=one.pk).update(invited_to_review_on=today)
    late = under_way.filter(review_on__lt=today, invited_to_review_on__lt=today)
    often_enough = Q(reminded_on=None) | Q(reminded_on__lte=today - BETWEEN_REMINDERS)
    for one in late.filter(often_enough):
        n += _write_to_team(one, "late", _reminder)
        Experiment.objects.filter(pk=one.pk).update(reminded_on=today)
    return n


def _write_to_team(
    experiment: Experiment, what: str, write: Callable[[Experiment], tuple[str, str]]
) -> int:
    kinds = (Role.Kind.HOST, Role.Kind.FACILITATOR)
    people = {
        role.person.email
        for role in experiment.circle.roles.filter(kind__in=kinds).select_related("person")
    }
    if experiment.owner_person:
        people.add(experiment.owner_person.email)
    # Nobody said in which language the team reads: in the first of those it asks in.
    round_ = experiment.watch_round or experiment.circle.rounds.order_by("pk").last()
    language = round_.language_codes[0] if round_ else settings.LANGUAGE_CODE

    def written(language: str) -> tuple[str, str]:
        with translation.override(language):
            return write(experiment)

    return queue_letters(
        experiment.circle,
        f"experiments.{experiment.pk}.{what}",
        [Addressee(address, language) for address in sorted(people)],
        written,
    )


def _names(experiment: Experiment) -> dict[str, str]:
    path = reverse("experiments:experiment", args=[experiment.pk])
    return {
        "title": experiment.title,
        "day": date_format(experiment.review_on) if experiment.review_on else "–",
        "link": settings.PUBLIC_URL + path,
    }


def _invitation(experiment: Experiment) -> tuple[str, str]:
    names = _names(experiment)
    return _("Looking back on %(day)s: %(title)s") % names, _(
        "Hello,\n\n"
        "On %(day)s we look back at our experiment: %(title)s\n"
        "What did we expect, what happened, what surprised us, and what do those say who felt it? "
        "To stop is as good a result as to keep it.\n\n"
        "Here it stands: %(link)s"
    ) % names


def _reminder(experiment: Experiment) -> tuple[str, str]:
    names = _names(experiment)
    return _("Still to be looked back at: %(title)s") % names, _(
        "Hello,\n\n"
        "We wanted to look back on %(day)s: %(title)s\n"
        "Until we have, everyone sees a friendly note that it is still to come. A short review is "
        "better than none.\n\n"
        "Here it stands: %(link)s"
    ) % names
