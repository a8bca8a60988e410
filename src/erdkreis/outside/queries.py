from django.db.models import QuerySet

from erdkreis.circles.models import Circle
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.queries import experiments_after
from erdkreis.outside.models import CirclePage, RoundPage
from erdkreis.rounds.models import Round

State = Experiment.State
# From the agreement on it is no idea of a few any more.
TOLD = (
    State.AGREED, State.RUNNING, State.HALTED, State.REVIEWING, State.KEPT, State.ADAPTED,
    State.STOPPED,
)  # fmt: skip


def page_of_circle(circle: Circle) -> CirclePage:
    """Return the page of a circle; a new one, not stored yet, where nobody wrote on it."""
    return CirclePage.objects.filter(circle=circle).first() or CirclePage(circle=circle)


def page_of_round(round_: Round) -> RoundPage:
    return RoundPage.objects.filter(round=round_).first() or RoundPage(round=round_)


def circle_shown_at(slug: str) -> CirclePage | None:
    """Return a page that is open to everyone. One that is not is not there."""
    return (
        CirclePage.objects.select_related("circle__organisation")
        .filter(circle__slug=slug, shown_since__isnull=False)
        .first()
    )


def round_shown_at(slug: str) -> RoundPage | None:
    return (
        RoundPage.objects.select_related("round__circle__organisation", "round__publication")
        .filter(round__publication__slug=slug, shown_since__isnull=False)
        .first()
    )


def rounds_shown(circle: Circle) -> QuerySet[Round]:
    """Return the rounds of a circle whose pages are open to everyone, newest first."""
    return (
        circle.rounds.filter(public_page__shown_since__isnull=False)
        .select_related("public_page", "publication", "answer_back", "circle__organisation")
        .order_by("-pk")
    )


def experiments_told(circle: Circle) -> list[Experiment]:
    """Return what a circle tells everyone that it tries, or has tried."""
    found = circle.experiments.filter(state__in=TOLD)
    return list(found.select_related("review").order_by("-pk"))


def experiments_told_after(round_: Round) -> list[Experiment]:
    return [one for one in experiments_after(round_) if one.state in TOLD]


def origins_of(circle: Circle) -> list[str]:
    """Return the sites that may show pages of this circle in a frame."""
    return list(page_of_circle(circle).origins)
