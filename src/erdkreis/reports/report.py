"""The report of a round: what was asked, of whom, what differs, how sure, what next.

Every number comes from the stored release, every other word from what the circle wrote down. No
clock is asked: the same release and the same notes give the same report, on whichever day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from erdkreis.answerback.models import AnswerBack
from erdkreis.calc.picture import Share
from erdkreis.circles.models import VoiceMode
from erdkreis.conversations.models import Conversation
from erdkreis.conversations.queries import conversations_of
from erdkreis.experiments.models import Experiment
from erdkreis.experiments.queries import experiments_after
from erdkreis.gate.services import seal_of
from erdkreis.gate.tables import NAME_TAKEN_BACK, Seal
from erdkreis.invitations.models import Reach
from erdkreis.invitations.reach import reach_of
from erdkreis.meetings.models import Meeting
from erdkreis.pictures.analysis import PICTURE
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.pictures.sentences import step_words
from erdkreis.pictures.sheets import Sheet
from erdkreis.questionnaires.catalogue import catalogue
from erdkreis.rounds.models import Round, RoundGroup


@dataclass(frozen=True)
class Sentence:
    """One sentence that was asked, and the groups that were asked it in these words."""

    words: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """One question with its sentences."""

    title: str
    ask: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class OfWhom:
    """One group: how it speaks, how it was reached, how many were heard."""

    name: str
    voice: str
    reached: str
    size: str
    heard: str
    # Who spoke by name, for those who cannot.
    speakers: tuple[str, ...] = ()


@dataclass(frozen=True)
class HowSure:
    """What one group said to one question, with how far the whole group could lie from it."""

    group: str
    n: str
    agree: str
    disagree: str
    middle: str
    dont_know: str


@dataclass(frozen=True)
class SureAbout:
    """One question: the groups of which something can be told, and those of which it cannot."""

    question: str
    rows: tuple[HowSure, ...]
    too_few: tuple[str, ...]


@dataclass(frozen=True)
class Next:
    """What follows from the round, as it is written down."""

    answer: AnswerBack | None
    conversations: list[Conversation]
    meetings: list[Meeting]
    experiments: list[Experiment]

    @property
    def is_empty(self) -> bool:
        return not (self.answer or self.conversations or self.meetings or self.experiments)


@dataclass(frozen=True)
class Report:
    """Everything that stands in it."""

    round: Round
    seal: Seal
    page: ResultPage
    # The steps of the two scales in words: how far something is true, how satisfied people are.
    scales: tuple[str, ...]
    asked: tuple[AskedQuestion, ...]
    groups: tuple[OfWhom, ...]
    sure: tuple[SureAbout, ...]
    next: Next

    @property
    def org(self) -> str:
        return self.round.circle.organisation.name

    @property
    def n_asked_groups(self) -> int:
        return sum(group.is_asked for group in self.page.groups)

    @property
    def number_of_voices(self) -> str:
        """Say how many were heard, without giving a small group away."""
        heard = self.page.heard
        if heard.n_from == heard.n_to:
            return str(heard.n_from)
        return _("at least %(n)s") % {"n": heard.n_from}


def report_of(round_: Round) -> Report | None:
    """Gather the report of a round in the language of the page; nothing before its picture."""
    page, seal = result_page(round_), seal_of(round_, PICTURE)
    if page is None or seal is None:
        return None
    scales, language = catalogue(round_.item_version).scales, get_language() or "en"
    return Report(
        round=round_,
        seal=seal,
        page=page,
        scales=tuple(
            ", ".join(f"{n} {step.in_language(language)}" for n, step in enumerate(steps, start=1))
            for steps in (scales["agree"], scales["satisfied"])
        ),
        asked=tuple(_asked(sheet, round_) for sheet in page.sheets),
        groups=tuple(_groups(page, reach_of(round_))),
        sure=tuple(_sure(page)),
        next=what_follows(round_),
    )


def what_follows(round_: Round) -> Next:
    return Next(
        answer=AnswerBack.objects.filter(round=round_, published_at__isnull=False).first(),
        conversations=list(conversations_of(round_.circle).filter(round=round_).order_by("pk")),
        meetings=list(round_.meetings.filter(state=Meeting.State.HELD).order_by("day", "pk")),
        experiments=experiments_after(round_),
    )


def _asked(sheet: Sheet, round_: Round) -> AskedQuestion:
    """Say each sentence once, with all groups that were asked in these words."""
    language, org = get_language() or "en", round_.circle.organisation.name
    groups: dict[str, dict[str, None]] = {}
    for entry in sheet.entries:
        words = entry.wording.in_language(language, org=org)
        groups.setdefault(words, {})[entry.group.name] = None
    ask = sheet.ask.in_language(language, org=org) if sheet.ask else ""
    sentences = tuple(Sentence(words, tuple(who)) for words, who in groups.items())
    return AskedQuestion(sheet.title, ask, sentences)


def _groups(page: ResultPage, reach: dict[str, Reach]) -> Iterator[OfWhom]:
    sentences = {seat.name: seat.sentence for seat in page.seats}
    for group in page.groups:
        released = page.table.group(group.code)
        spoken = released.spoken if released else ()
        names = {s.who for s in spoken if s.who and s.who != NAME_TAKEN_BACK}
        yield OfWhom(
            name=group.name,
            voice=group.get_voice_mode_display() if group.is_asked else "–",
            reached=_reached(group, reach.get(group.code)),
            size=str(group.size) if group.size else _("not known"),
            heard=sentences[group.name],
            speakers=tuple(sorted(names)),
        )


def _reached(group: RoundGroup, reach: Reach | None) -> str:
    """Say how a group was reached, and how many, where that is known."""
    if not group.is_asked:
        return "–"
    told = []
    if reach and reach.n_by_mail:
        told.append(_("by mail: %(n)s") % {"n": reach.n_by_mail})
    if reach and reach.n_by_paper:
        told.append(_("by codes on paper: %(n)s") % {"n": reach.n_by_paper})
    if reach and reach.n_guardians:
        told.append(_("guardians asked: %(n)s") % {"n": reach.n_guardians})
    if not told and group.voice_mode != VoiceMode.ANONYMOUS:
        return "–"  # those who speak as one or by name are spoken to
    return ", ".join(told) or _("by an open link; how many it reached is not known")


def _sure(page: ResultPage) -> Iterator[SureAbout]:
    names = page.names
    for subject, views in page.result.views.items():
        rows, too_few = [], []
        for view in views:
            said, could_be = view.summary(), view.could_be()
            if said is None or view.shown is None or could_be is None:
                too_few.append(names.group(view.group))
                continue
            low, high = step_words(could_be.low), step_words(could_be.high)
            span = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
            rows.append(
                HowSure(
                    group=names.group(view.group),
                    n=n_words(view.cell.n_from, view.cell.n_to),
                    agree=share_words(said.agree),
                    disagree=share_words(said.disagree),
                    middle=_("%(middle)s, whole group %(span)s")
                    % {"middle": step_words(said.median), "span": span},
                    dont_know=share_words(said.dont_know, with_interval=False),
                )
            )
        if rows or too_few:
            yield SureAbout(names.subject(subject), tuple(rows), tuple(too_few))


def n_words(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def share_words(share: Share, *, with_interval: bool = True) -> str:
    """Say a share no finer than its people carry it: in percent, or in dots or people."""
    if share.percent is None:
        unit = _("%(yes)s of %(n)s dots") if share.is_dots else _("%(yes)s of %(n)s")
        return unit % {"yes": share.n_yes, "n": share.n}
    told = _("%(n)s %%") % {"n": share.percent}
    if not with_interval:
        return told
    low, high = round(100 * share.interval.low), round(100 * share.interval.high)
    return _("%(share)s (%(low)s to %(high)s)") % {"share": told, "low": low, "high": high}
