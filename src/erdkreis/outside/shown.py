"""What stands on the public pages: only what is public already, gathered in one place.

The picture appears once it is published, the answer once it is published, an experiment from its
agreement on. Switching a page on publishes none of them.
"""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from erdkreis.answerback.models import AnswerBack
from erdkreis.circles.models import Circle
from erdkreis.experiments.models import Experiment
from erdkreis.outside.models import CirclePage, RoundPage
from erdkreis.outside.promise import Promise, promise_of
from erdkreis.outside.queries import experiments_told, experiments_told_after, rounds_shown
from erdkreis.pictures.models import Publication
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.rounds.models import Round


@dataclass(frozen=True)
class ShownRound:
    """The public page of a round."""

    page: RoundPage
    round: Round
    slug: str
    picture: ResultPage | None
    answer: AnswerBack | None
    promise: Promise | None
    experiments: list[Experiment]

    @property
    def circle(self) -> Circle:
        return self.round.circle

    @property
    def title(self) -> str:
        return self.round.title

    @property
    def about(self) -> str:
        return self.round.purpose

    @property
    def languages(self) -> list[str]:
        return self.round.language_codes

    @property
    def n(self) -> str:
        """Say how many were heard, once everyone may know."""
        return voices(self.picture) if self.picture else ""


@dataclass(frozen=True)
class RoundLine:
    """One round on the page of its circle."""

    round: Round
    slug: str
    promise: Promise | None


@dataclass(frozen=True)
class ShownCircle:
    """The public page of a circle."""

    page: CirclePage
    circle: Circle
    rounds: list[RoundLine]
    newest: ShownRound | None
    experiments: list[Experiment]

    @property
    def title(self) -> str:
        return self.circle.name

    @property
    def about(self) -> str:
        return self.page.words

    @property
    def picture(self) -> ResultPage | None:
        return self.newest.picture if self.newest else None

    @property
    def answer(self) -> AnswerBack | None:
        return self.newest.answer if self.newest else None

    @property
    def n(self) -> str:
        return self.newest.n if self.newest else ""


Shown = ShownRound | ShownCircle


def shown_round(page: RoundPage) -> ShownRound:
    round_ = page.round
    publication = Publication.objects.filter(round=round_).first()
    answer = AnswerBack.objects.filter(round=round_, published_at__isnull=False).first()
    is_published = publication is not None and publication.published_at is not None
    return ShownRound(
        page=page,
        round=round_,
        slug=publication.slug if publication else "",
        picture=result_page(round_) if is_published else None,
        answer=answer,
        promise=promise_of(round_, answer),
        experiments=experiments_told_after(round_),
    )


def shown_circle(page: CirclePage) -> ShownCircle:
    """Gather the page of a circle. Of its rounds only those that have an open page of their own."""
    rounds = list(rounds_shown(page.circle))
    lines = [_line(round_) for round_ in rounds]
    newest = next((r for r in rounds if r.has_reached(Round.State.PICTURE)), None)
    return ShownCircle(
        page=page,
        circle=page.circle,
        rounds=lines,
        newest=shown_round(newest.public_page) if newest else None,
        experiments=experiments_told(page.circle),
    )


def _line(round_: Round) -> RoundLine:
    answer = getattr(round_, "answer_back", None)
    is_published = answer is not None and answer.is_published
    return RoundLine(
        round_, round_.publication.slug, promise_of(round_, answer if is_published else None)
    )


def voices(picture: ResultPage) -> str:
    """Say how many were heard in the anonymous groups, without giving a small one away."""
    heard = picture.heard
    said = ngettext("%(n)s voice", "%(n)s voices", heard.n_from) % {"n": heard.n_from}
    return said if heard.n_from == heard.n_to else _("%(voices)s or more") % {"voices": said}


def address_of(shown: Shown, kind: str = "") -> str:
    """Return the whole address of a page, of its form for other sites, or of its card."""
    name = "round" if isinstance(shown, ShownRound) else "circle"
    slug = shown.slug if isinstance(shown, ShownRound) else shown.circle.slug
    return f"{settings.PUBLIC_URL}{reverse(f'outside:{name}{kind}', args=[slug])}"
