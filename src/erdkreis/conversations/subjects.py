"""What a conversation can be opened about: places in the picture, statements of a dialogue.

The numbers come from what the gate has let out, and are frozen when the conversation opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from erdkreis.calc.privacy import Showing
from erdkreis.circles.models import Circle, Group
from erdkreis.conversations.about import About, Figure, Head, frozen, head_of
from erdkreis.conversations.models import Subject as Kind
from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.opinion_rows import StatementRow, page_of
from erdkreis.dialogues.services import last_opinion
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.pictures.rows import PictureCell
from erdkreis.rounds.models import LEADERSHIP, Round


@dataclass(frozen=True)
class ToTalkAbout:
    """One thing somebody may open a conversation about: its name and where that is done."""

    title: str
    sentence: str
    query: str


@dataclass(frozen=True)
class Chosen:
    """What was chosen, with its frozen head and the groups it concerns."""

    title: str
    about: About
    round: Round | None = None
    groups: list[Group] = field(default_factory=list)

    @property
    def head(self) -> Head | None:
        return head_of(self.about.heads or {})


def cells_to_talk_about(round_: Round | None) -> list[ToTalkAbout]:
    """Return the questions of the newest picture on which something was said."""
    page = result_page(round_) if round_ else None
    if page is None or round_ is None:
        return []
    return [
        ToTalkAbout(title, "", f"about=cell&round={round_.pk}&key={code}")
        for code, title in _subjects(page).items()
    ]


def subject_of(circle: Circle, query: Mapping[str, str]) -> Chosen | None:
    """Return what an address asks to talk about, if it is there and of this circle."""
    kind, key = query.get("about", ""), query.get("key", "")
    number = query.get("round", "") if kind == Kind.CELL else query.get("dialogue", "")
    if not number.isdecimal():
        return None
    if kind == Kind.CELL:
        round_ = circle.rounds.filter(pk=number).first()
        return cell(round_, key) if round_ else None
    if kind == Kind.STATEMENT:
        dialogue = circle.dialogues.filter(pk=number).first()
        return statement(dialogue, key) if dialogue else None
    return None


def cell(round_: Round, key: str) -> Chosen | None:
    """Choose one question of a picture: every group's answer to it, as it was let out.

    ``key`` is the code of the question; with ``:group`` behind it, the place of one group.
    """
    code, _colon, of_group = key.partition(":")
    page = result_page(round_)
    if page is None or code not in _subjects(page):
        return None
    url = reverse("pictures:picture", args=[round_.pk])

    def head() -> Head:
        shown = result_page(round_)
        assert shown is not None  # noqa: S101 - it was there a line ago
        title = _subjects(shown)[code]
        return Head(
            title, figures=_figures(shown, title), note=_("From the picture “%s”.") % round_
        )

    heard = {row.group.code for row in page.rows if row.heard.is_heard}
    wanted = {of_group} if of_group in heard else heard
    groups = list(round_.circle.groups.filter(code__in={*wanted, LEADERSHIP}, is_on=True))
    return Chosen(_subjects(page)[code], About(Kind.CELL, key, url, frozen(head)), round_, groups)


def statement(dialogue: Dialogue, key: str) -> Chosen | None:
    """Choose one statement of a dialogue, with how groups voted as it was let out."""
    row = _statement_row(dialogue, key)
    if row is None:
        return None
    url = reverse("dialogues:opinion", args=[dialogue.pk])

    def head() -> Head:
        shown = _statement_row(dialogue, key) or row
        bars = [shown.everybody, *shown.groups]
        # The sentence tells its n itself.
        figures = [Figure(bar.name, "", bar.sentence) for bar in bars if bar.n]
        return Head(shown.wording, figures=figures, note=_("From the dialogue “%s”.") % dialogue)

    title = row.wording[:160]
    about = About(Kind.STATEMENT, f"{dialogue.pk}.{row.number}", url, frozen(head))
    return Chosen(title, about, dialogue.round, list(dialogue.circle.groups.filter(is_on=True)))


def _statement_row(dialogue: Dialogue, key: str) -> StatementRow | None:
    released = last_opinion(dialogue)
    if released is None:
        return None
    rows = page_of(dialogue, released).rows
    return next((row for row in rows if str(row.number) == key), None)


def _subjects(page: ResultPage) -> dict[str, str]:
    """Return questions and satisfactions by code, in the language of the page."""
    return {code: page.names.subject(code) for code in page.result.views}


def _figures(page: ResultPage, title: str) -> list[Figure]:
    return [
        Figure(row.name, *_said(one))
        for row in page.rows
        for one in (*row.cells, *row.satisfactions)
        if one.question == title and one.kind != "not_asked"
    ]


def _said(one: PictureCell) -> tuple[str, str]:
    if one.spoken:
        values = [str(spoken.value) if spoken.value else _("don’t know") for spoken in one.spoken]
        return _("in one voice"), _("%s on a scale from 1 to 5") % ", ".join(values)
    shown = one.distribution
    if shown is None:
        words, _comma, n = one.sentence.partition(", ")
        return n, words
    steps = " · ".join(str(n) for n in shown.steps)
    if one.kind == Showing.DOTS:
        return one.sentence, _("in five dots, from 1 to 5: %s") % steps
    return one.sentence, _("answers from 1 to 5: %s") % steps
