"""Look again: the same sentences in a round and in the one it follows, as before and after.

Both sides are what the gate let out of their round; nothing is counted anew. What was asked in
other words, on another scale or of a group that spoke in another way is refused, and says why.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from erdkreis.calc.picture import Change, Measured, Verdict, before_after
from erdkreis.drawing.before_after import ChangeRow, Moment, before_after_svg
from erdkreis.drawing.svg import Markup
from erdkreis.gate.services import released
from erdkreis.gate.tables import ReleasedTable
from erdkreis.pictures.analysis import PICTURE, item_of, subjects_of, view_of
from erdkreis.pictures.figures import Figure, bar_words, drawn, hidden_words
from erdkreis.pictures.queries import publication_of
from erdkreis.pictures.rows import heard_sentence, n_sentence, parts
from erdkreis.pictures.sentences import Names, sentence
from erdkreis.questionnaires.catalogue import Catalogue, Item, catalogue
from erdkreis.rounds.models import Round, RoundGroup

BEFORE_AFTER = "before-after"


@dataclass(frozen=True)
class Compared:
    """One question and one group, before and after.

    ``subject`` is one of the six questions or of the four satisfactions.
    """

    subject: str
    group: RoundGroup
    change: Change

    @property
    def verdict(self) -> Verdict:
        return self.change.verdict


@dataclass(frozen=True)
class People:
    """Who spoke in each of the two rounds: two groups of people, not the same people twice."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class LookAgain:
    """A round beside the one it follows."""

    before: Round
    after: Round
    changes: tuple[Compared, ...]
    people: tuple[People, ...]

    def with_verdict(self, *verdicts: Verdict) -> tuple[Compared, ...]:
        """Return the changes with one of these verdicts, in the order of the questions."""
        return tuple(one for one in self.changes if one.verdict in verdicts)

    def about(self, subject: str, groups: Collection[str] | None = None) -> tuple[Compared, ...]:
        """Return what changed on one subject, for all groups or for those named."""
        return tuple(
            one
            for one in self.changes
            if one.subject == subject and (groups is None or one.group.code in groups)
        )

    @property
    def may_be_public(self) -> bool:
        """Say whether both rounds are published: a later one publishes no earlier one."""
        both = (publication_of(self.before), publication_of(self.after))
        return all(made is not None and made.published_at for made in both)


@dataclass(frozen=True)
class _Side:
    """One of the two rounds: what was asked of whom, and what the gate let out."""

    round: Round
    table: ReleasedTable
    groups: dict[int, RoundGroup]
    texts: Catalogue


def look_again(
    round_: Round, *, chosen_as_worst: Collection[tuple[str, str]] = ()
) -> LookAgain | None:
    """Lay a round beside the one it follows: question by question, group by group.

    ``chosen_as_worst`` names pairs of subject and group that are looked at because their first
    value was extreme. Nothing is returned where a round follows none, or a picture is missing.
    """
    if round_.follows is None:
        return None
    before, after = _side(round_.follows), _side(round_)
    if before is None or after is None:
        return None
    return LookAgain(
        before=round_.follows,
        after=round_,
        changes=tuple(_changes(before, after, chosen_as_worst)),
        people=tuple(_people(before, after)),
    )


def change_figures(found: LookAgain, names: Names) -> dict[str, Figure]:
    """Draw what is clearly different, and then every question with all its groups."""
    clear = found.with_verdict(Verdict.CLEARLY)
    shown = [change_figure(clear, names, title=_("Clearly different"))] if clear else []
    for subject in dict.fromkeys(one.subject for one in found.changes):
        told = [one for one in found.about(subject) if one.verdict != Verdict.REFUSED]
        if told:
            key, title = f"{BEFORE_AFTER}-{subject}", names.subject(subject)
            shown.append(change_figure(told, names, key=key, title=title))
    return {figure.key: figure for figure in shown}


def change_sentence(one: Compared, names: Names) -> str:
    """Say one of the three sentences, or why nothing may be compared."""
    return sentence(one.change.saying, names)


def change_figure(
    changes: Collection[Compared], names: Names, *, key: str = BEFORE_AFTER, title: str = ""
) -> Figure:
    """Draw changes one under the other, each with its sentence; beneath stands what always does."""
    title = title or _("Before and after")
    rows = [_row(one, names) for one in changes]
    beneath = dict.fromkeys(sentence(said, names) for one in changes for said in one.change.beneath)

    def draw(key: str, is_phone: bool) -> Markup:
        return before_after_svg(
            rows,
            ends=(_("not true at all"), _("completely true")),
            whisker=_("where agreement in the whole group probably begins"),
            beneath=tuple(beneath),
            title=title,
            description=" ".join(f"{r.question}, {r.group}: {r.words}" for r in rows),
            key=key,
            is_phone=is_phone,
        )

    head = (
        _("Question"), _("Group"), _("Round"), _("Answers"), "1", "2", "3", "4", "5",
        _("don’t know"), _("In words"),
    )  # fmt: skip
    table = [
        (row.question, row.group, moment.name, moment.note, *_numbers(moment), row.words)
        for row in rows
        for moment in (row.before, row.after)
    ]
    return drawn(key, title, draw, head, table)


def _side(round_: Round) -> _Side | None:
    table = released(round_, PICTURE)
    if table is None:
        return None
    groups = round_.groups.select_related("round__circle__organisation")
    asked = {group.group_id: group for group in groups if group.is_asked}
    return _Side(round_, table, asked, catalogue(round_.item_version))


def _changes(
    before: _Side, after: _Side, chosen_as_worst: Collection[tuple[str, str]]
) -> Iterator[Compared]:
    for subject in subjects_of(after.texts):
        for key, group in after.groups.items():
            if (then := before.groups.get(key)) is None:
                continue
            was, now = _measured(before, subject, then), _measured(after, subject, group)
            if was is None or now is None:
                continue
            worst = (subject, group.code) in chosen_as_worst
            yield Compared(subject, group, before_after(was, now, was_chosen_as_worst=worst))


def _measured(side: _Side, subject: str, group: RoundGroup) -> Measured | None:
    """Return what a group said, in the words it was asked in; guardians are never counted."""
    told, item = side.table.group(group.code), item_of(side.texts, subject, group)
    if told is None or item is None or group.voice_mode == "on_record" or group.is_leadership:
        return None
    return Measured(
        item=subject,
        item_version=_wording(item),
        scale=_scale(item, side.texts),
        view=view_of(told, group, item),
        voice_mode="anonymous" if told.is_anonymous else group.voice_mode,
    )


def _wording(item: Item) -> str:
    # The words themselves: a new version of the catalogue leaves most sentences as they were.
    return f"{item.code}: {item.wording.de} / {item.wording.en}"


def _scale(item: Item, texts: Catalogue) -> str:
    return " ".join(f"{step.de} / {step.en}" for step in texts.scales[item.scale])


def _people(before: _Side, after: _Side) -> Iterator[People]:
    for key in dict.fromkeys((*after.groups, *before.groups)):
        then, now = before.groups.get(key), after.groups.get(key)
        group = now or then
        if group is not None:
            name = group.name
            if then and now and then.name != now.name:
                name = _("%(now)s, in the earlier round: %(then)s") % {
                    "now": now.name,
                    "then": then.name,
                }
            yield People(name, _heard(before, then), _heard(after, now))


def _heard(side: _Side, group: RoundGroup | None) -> str:
    told = side.table.group(group.code) if group else None
    if group is None or told is None:
        return _("not asked")
    # Only the first part is compared: who came by open link stands apart, where that is told.
    part, way = parts(told)[0]
    heard = heard_sentence(part, group.size, side.table.min_group)
    return f"{heard} {way}".strip()


def _row(one: Compared, names: Names) -> ChangeRow:
    return ChangeRow(
        question=names.subject(one.subject),
        group=one.group.name,
        before=_moment(_("Before"), one.change.before, one.change),
        after=_moment(_("After"), one.change.after, one.change),
        words=change_sentence(one, names),
    )


def _moment(name: str, measured: Measured, change: Change) -> Moment:
    view = measured.view
    said, shown = view.summary(), view.shown
    note = n_sentence(view.cell) if view.cell.n_from else ""
    if change.verdict == Verdict.REFUSED:
        return Moment(name, note, words=_("not compared"))
    if said is None or shown is None:
        return Moment(name, note, words=hidden_words(view))
    return Moment(
        name,
        note,
        steps=shown.steps,
        dont_know=shown.dont_know,
        agree=(said.agree.interval.low, said.agree.interval.high),
        words=bar_words(said.agree),
        is_dots=shown.is_dots,
    )


def _numbers(moment: Moment) -> tuple[str, ...]:
    if not moment.steps:
        return ("–",) * 6
    return (*map(str, moment.steps), str(moment.dont_know))
