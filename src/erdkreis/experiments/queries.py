from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from erdkreis.circles.models import Circle
from erdkreis.experiments.models import MOST_RUNNING, Experiment, Review, Said, Touched
from erdkreis.experiments.shape import NEEDED, STEP_OF
from erdkreis.invitations.codes import digest
from erdkreis.meetings.models import Idea
from erdkreis.pictures.analysis import words_let_out
from erdkreis.questionnaires.models import OwnWords
from erdkreis.rounds.models import Round
from erdkreis.tensions.models import Tension

EXPERIMENT_QUESTION = "closing.experiment"


@dataclass(frozen=True)
class Missing:
    """Something that keeps an experiment from going on, and on which page of the form it stands."""

    sentence: str
    step: int = 0


def experiments_of(circle: Circle) -> QuerySet[Experiment]:
    return circle.experiments.select_related("start_words", "start_idea").order_by("-pk")


def by_state(circle: Circle) -> list[tuple[str, str, list[Experiment]]]:
    """Return experiments by state, in the order of their life; in each the newest first."""
    found = list(experiments_of(circle))
    return [
        (state, str(label), chosen)
        for state, label in Experiment.State.choices
        if (chosen := [one for one in found if one.state == state])
    ]


def under_way(circle: Circle) -> list[Experiment]:
    return list(circle.experiments.filter(state__in=Experiment.UNDER_WAY).order_by("pk"))


def decided_after(round_: Round) -> list[Review]:
    """Return the reviews of what a round looked at again, as far as they are decided."""
    reviews = Review.objects.filter(experiment__follow_up=round_, decided_on__isnull=False)
    return list(reviews.select_related("experiment"))


def experiments_after(round_: Round) -> list[Experiment]:
    """Return what was shaped out of a round, by its questions or at one of its meetings."""
    out_of_it = Q(start_round=round_) | Q(watch_round=round_) | Q(start_idea__meeting__round=round_)
    found = round_.circle.experiments.filter(out_of_it).exclude(state=Experiment.State.IDEA)
    return list(found.select_related("review").distinct().order_by("pk"))


def n_running(circle: Circle) -> int:
    return circle.experiments.filter(state=Experiment.State.RUNNING).count()


def has_room(circle: Circle) -> bool:
    """Say whether another one may run: more at once is again utilisation."""
    return n_running(circle) < MOST_RUNNING


def overdue(circle: Circle) -> list[Experiment]:
    """Return the experiments whose review is due, for a friendly note to everyone."""
    today = timezone.localdate()
    return list(
        circle.experiments.filter(state__in=Experiment.UNDER_WAY, review_on__lt=today).order_by(
            "review_on"
        )
    )


def with_touched(experiment: Experiment) -> list[Touched]:
    """Return the groups that feel it, with what they said."""
    said = Prefetch("said", Said.objects.order_by("day", "pk"), to_attr="told")
    groups: list[Touched] = list(experiment.touched.select_related("group").prefetch_related(said))
    for group in groups:
        group.told = without_repeats(group.told)  # type: ignore[attr-defined]  # prefetched above
    return groups


def without_repeats(told: Iterable[Said]) -> list[Said]:
    """Leave out what would only add up: consents without words weigh the same, one or ten."""
    seen: set[tuple[str, int]] = set()
    kept = []
    for said in told:
        about = (said.kind, said.version)
        if said.kind == Said.Kind.CONSENT and not said.words:
            if about in seen:
                continue
            seen.add(about)
        kept.append(said)
    return kept


def touched_at(slug: str) -> Touched | None:
    return (
        Touched.objects.select_related("experiment__circle__organisation", "group")
        .filter(slug=slug)
        .first()
    )


def said_with(receipt: str, touched: Touched) -> list[Said]:
    """Return what this browser has said for this group."""
    if not receipt:
        return []
    return list(touched.said.filter(receipt_digest=digest(receipt)).order_by("pk"))


def is_answered(touched: Touched) -> bool:
    """Say whether anybody of this group said something about the present version."""
    version = touched.experiment.version
    about_it = (Said.Kind.CONSENT, Said.Kind.CONCERN, Said.Kind.OBJECTION)
    return touched.said.filter(kind__in=about_it, version=version).exists()


def missing_in_shape(experiment: Experiment) -> list[Missing]:
    """Return what has to be written before those touched can be asked."""
    missing = [
        Missing(
            _("“%(field)s” is still empty.") % {"field": field_name(name)}, STEP_OF.get(name, 1)
        )
        for name in NEEDED
        if getattr(experiment, name) in {"", None}
    ]
    has_picture = experiment.watch_round_id is not None
    if has_picture and not experiment.watches.exists():
        missing.append(Missing(_("Choose one to three questions that are asked again."), 2))
    if not experiment.touched.exists():
        missing.append(Missing(_("Say which groups feel it."), 3))
    return missing


def obstacles_to_agreement(experiment: Experiment) -> list[Missing]:
    """Return whose word is missing, and which serious objections stand."""
    found = []
    for touched in with_touched(experiment):
        told: Iterable[Said] = touched.told  # type: ignore[attr-defined]  # prefetched above
        name = touched.group.name
        if any(one.stands for one in told):
            found.append(Missing(_("%(group)s: a serious objection stands.") % {"group": name}))
        now = [one for one in told if one.version == experiment.version]
        if not now and not touched.without_because:
            found.append(
                Missing(
                    _("%(group)s: nobody has said anything about this version yet.")
                    % {"group": name}
                )
            )
    return found


def field_name(name: str) -> str:
    """Return what a field is called on screen."""
    return str(getattr(Experiment._meta.get_field(name), "verbose_name", name))


def ideas_people_wrote(circle: Circle) -> list[tuple[Round, OwnWords]]:
    """Return what people wrote when asked for a first experiment, as far as it was let out.

    What has become an experiment already is left out.
    """
    taken = set(circle.experiments.exclude(start_words=None).values_list("start_words", flat=True))
    return [
        (round_, words)
        for round_ in circle.rounds.order_by("-pk")
        if round_.has_reached(Round.State.PICTURE)
        for (_group, item), said in words_let_out(round_).items()
        if item == EXPERIMENT_QUESTION
        for words in said
        if words.pk not in taken
    ]


def ideas_of_meetings(circle: Circle) -> list[Idea]:
    """Return the ideas of circle meetings that nobody has taken up yet."""
    return list(
        Idea.objects.filter(meeting__circle=circle, meeting__state="held", experiments=None)
        .select_related("meeting")
        .order_by("-meeting__day", "position", "pk")
    )


def last_round_with_picture(circle: Circle) -> Round | None:
    """Return the newest round that has a picture: its questions can be asked again."""
    reached = (
        Round.State.PICTURE, Round.State.TALKING, Round.State.EXPERIMENTING, Round.State.CLOSED,
    )  # fmt: skip
    return circle.rounds.filter(state__in=reached, only_items={}).order_by("-pk").first()


def tensions_to_try(circle: Circle) -> list[Tension]:
    """Return the tensions something can be tried at. A red line is no matter for trying."""
    open_ones = circle.tensions.exclude(state=Tension.State.SET_ASIDE)
    return [tension for tension in open_ones if not tension.is_red_line]
