"""What might be a tension: offered from what the gate let out, never made by itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from erdkreis.balances.differences import cells_that_differ
from erdkreis.calc.opinion.directions import in_opposite_directions
from erdkreis.circles.models import Circle
from erdkreis.conversations.about import About, Figure, Head, frozen
from erdkreis.conversations.models import Subject
from erdkreis.conversations.subjects import Chosen, cell, statement
from erdkreis.dialogues.models import Dialogue
from erdkreis.dialogues.opinion_rows import page_of
from erdkreis.dialogues.queries import dialogues_of
from erdkreis.dialogues.services import last_opinion
from erdkreis.gate.opinion import EVERYBODY_ELSE, STAKEHOLDERS, ReleasedOpinion
from erdkreis.pictures.page import result_page
from erdkreis.pictures.sentences import sentence
from erdkreis.rounds.models import Round
from erdkreis.rounds.queries import rounds_of

GOAL_CONFLICTS = "goal_conflicts"
LOW = 2


@dataclass(frozen=True)
class Candidate:
    """One difference somebody may turn into a tension: what it is, why it is offered."""

    about: str
    where: str
    key: str
    title: str
    why: str


def candidates(circle: Circle) -> list[Candidate]:
    """Return what the newest picture, the dialogues and the matrix offer."""
    round_ = rounds_of(circle).first()
    found = [*_from_picture(round_), *_from_balance(round_)] if round_ else []
    return [*_from_dialogues(circle), *found]


def chosen(circle: Circle, about: str, where: str, key: str) -> Chosen | None:
    """Return what a candidate is made from, if it is there and of this circle."""
    if not where.isdecimal():
        return None
    if about == Subject.STATEMENT:
        dialogue = circle.dialogues.filter(pk=where).first()
        return statement(dialogue, key) if dialogue else None
    round_ = circle.rounds.filter(pk=where).first()
    if round_ is None:
        return None
    return cell(round_, key) if about == Subject.CELL else _topic(round_, key)


def _from_picture(round_: Round) -> list[Candidate]:
    page = result_page(round_)
    if page is None:
        return []
    where = str(round_.pk)
    found = [
        Candidate(
            Subject.CELL, where, str(one["item"]), page.names.subject(one["item"]),
            sentence(one, page.names),
        )
        for one in page.result.tensions
    ]  # fmt: skip
    low = [
        view.group
        for view in page.result.views.get(GOAL_CONFLICTS, ())
        if (middle := view.middle()) is not None and middle.high <= LOW
    ]
    if low and GOAL_CONFLICTS not in {one.key for one in found}:
        why = _("Little satisfied with how goal conflicts are handled: %s.") % page.names.all(
            tuple(low)
        )
        title = page.names.subject(GOAL_CONFLICTS)
        found.append(Candidate(Subject.CELL, where, GOAL_CONFLICTS, title, why))
    return found


def _from_dialogues(circle: Circle) -> list[Candidate]:
    found = []
    for dialogue in dialogues_of(circle):
        released = last_opinion(dialogue)
        if released is None:
            continue
        opposite = _opposite(dialogue, released)
        found += [
            Candidate(
                Subject.STATEMENT, str(dialogue.pk), str(row.number), row.wording,
                _("Groups vote in opposite directions.") if row.number in opposite
                else _("Groups vote clearly differently, though not in opposite directions."),
            )
            for row in page_of(dialogue, released).rows
            if row.is_tension or row.number in opposite
        ]  # fmt: skip
    return found


def _opposite(dialogue: Dialogue, released: ReleasedOpinion) -> set[int]:
    """Return the numbers of the statements on which groups vote in opposite directions."""
    if released.content["view"] != STAKEHOLDERS:
        return set()
    number = {str(pk): n for pk, n in dialogue.statements.values_list("pk", "number")}
    return {
        number[key]
        for key, cells in released.parts().items()
        if key in number
        and in_opposite_directions(cell for group, cell in cells.items() if group != EVERYBODY_ELSE)
    }


def _from_balance(round_: Round) -> list[Candidate]:
    return [
        Candidate(
            Subject.TOPIC, str(round_.pk), one.topic, f"{one.topic} {one.title}", one.sentence
        )
        for one in cells_that_differ(round_)
    ]


def _topic(round_: Round, code: str) -> Chosen | None:
    def found() -> Head | None:
        one = next((c for c in cells_that_differ(round_) if c.topic == code), None)
        if one is None:
            return None
        figures = [Figure(line.group, "", line.sentence) for line in one.voices]
        return Head(f"{one.topic} {one.title}", one.sentence, figures=figures)

    if (head := found()) is None:
        return None
    about = About(Subject.TOPIC, code, "", frozen(lambda: found() or head))
    return Chosen(head.title[:160], about, round_)
