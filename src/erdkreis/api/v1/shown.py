"""Things of the house → what a program reads of them. Nothing is counted here."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from erdkreis.answerback.models import AnswerBack
from erdkreis.calc.privacy import Heard, Showing, VoteCell
from erdkreis.circles.models import Group
from erdkreis.conversations.listing import Said
from erdkreis.conversations.models import Conversation
from erdkreis.dialogues.queries import counted_statements
from erdkreis.dialogues.services import heard_so_far, released_votes
from erdkreis.experiments.models import Experiment, Review
from erdkreis.pictures.models import Publication
from erdkreis.pictures.page import Block, ResultPage
from erdkreis.questionnaires.catalogue import Item
from erdkreis.questionnaires.paths import Path
from erdkreis.rounds.models import Round, RoundGroup

Shown = dict[str, Any]
# Dialogues and statements come as Any: beside them lie votes, which this room may not import.
HIDDEN = VoteCell(Showing.TOO_FEW)

_ROUND = (
    "title", "state", "purpose", "opens_on", "closes_on", "answer_back_on", "named_person",
    "contact", "who_sees", "who_decides", "what_is_open", "form", "languages", "min_group",
    "retention_months", "works_council", "is_frozen",
)  # fmt: skip
_GROUP = (
    "code", "kind", "name_de", "name_en", "voice_mode", "matrix_row", "size", "how_reached",
    "is_on", "off_reason",
)  # fmt: skip
_EXPERIMENT = (
    "title", "state", "question", "change", "expectation", "surprise", "guard", "stop_sign",
    "starts_on", "ends_on", "review_on",
)  # fmt: skip
_REVIEW = ("happened", "surprised", "decision", "reason", "minority", "decided_on")
_ANSWER = ("said", "heard", "trying", "not_doing", "look_again_on", "language")
_DIALOGUE = ("title", "intro", "what_is_open", "state", "languages", "source", "licence")
_CONVERSATION = (
    "title", "question", "what_is_open", "phase", "is_closed", "outcome", "minority", "languages",
    "opened_on", "closed_on",
)  # fmt: skip


def round_shown(round_: Round) -> Shown:
    address = _address_of(getattr(round_, "publication", None))
    return _fields(round_, _ROUND) | {
        "id": round_.pk, "follows": round_.follows_id, "picture_address": address,
    }  # fmt: skip


def group_shown(group: Group) -> Shown:
    return _fields(group, _GROUP)


def round_group_shown(group: RoundGroup) -> Shown:
    names = ("code", "name_de", "name_en", "voice_mode", "size", "is_asked", "not_asked_reason")
    return _fields(group, (*names, "minutes")) | {
        "address": settings.PUBLIC_URL + reverse("questionnaires:door", args=[group.slug])
    }


def items_shown(group: RoundGroup) -> list[Shown]:
    """Return what a group is asked, in the order of its pages."""
    organisation = group.round.circle.organisation.name
    return [
        _item(page.number, page.question.code if page.question else None, page.item, organisation)
        for page in Path(group).pages
        if page.item is not None
    ]


def picture_shown(page: ResultPage, title: str) -> Shown:
    """Return what the page of the picture says."""
    return {
        "round": title,
        "min_group": page.min_group,
        "heard": _heard(page.heard),
        "groups": [
            {"code": row.group.code, "name": row.group.name} | _heard(row.heard)
            for row in page.with_people
        ],
        "not_asked": [group.code for group in page.not_asked],
        "findings": [_fields(told, ("kind", "about", "sentence")) for told in page.findings],
        "common_ground": _sentences(page.grounds),
        "tensions": _sentences(page.tensions),
        "note": page.publication.note if page.publication else "",
        "picture_address": _address_of(page.publication),
        "drawings": sorted(page.figures),
    }


def answer_shown(answer: AnswerBack) -> Shown:
    return _fields(answer, _ANSWER)


def experiment_shown(experiment: Experiment) -> Shown:
    review = getattr(experiment, "review", None) or Review()
    return (
        _fields(experiment, _EXPERIMENT)
        | _fields(review, _REVIEW)
        | {"id": experiment.pk, "is_overdue": experiment.is_overdue()}
    )


def dialogue_shown(dialogue: Any, *, is_listed: bool = False) -> Shown:
    return _fields(dialogue, _DIALOGUE) | {
        "id": dialogue.pk,
        "n_heard": None if is_listed else heard_so_far(dialogue),
        "address": settings.PUBLIC_URL + reverse("dialogues:door", args=[dialogue.slug]),
    }


def statements_shown(dialogue: Any) -> list[Shown]:
    """Return the statements in their order, with what was let out of the votes on them."""
    cells = released_votes(dialogue)
    return [
        statement_shown(statement, cells.get(statement.pk, HIDDEN))
        for statement in counted_statements(dialogue)
    ]


def conversation_shown(conversation: Conversation) -> Shown:
    return _fields(conversation, _CONVERSATION) | {"id": conversation.pk}


def contribution_shown(said: Said) -> Shown:
    return _fields(said.one, ("place", "phase", "kind", "language")) | {
        "label": said.label,
        "text": said.one.text if said.shows_text else "",
    }


def _item(number: int, question: str | None, item: Item, organisation: str) -> Shown:
    return {
        "number": number,
        "item": item.code,
        "question": question,
        "kind": item.kind,
        "scale": item.scale,
        "text_de": item.wording.in_language("de", org=organisation),
        "text_en": item.wording.in_language("en", org=organisation),
    }


def statement_shown(statement: Any, cell: VoteCell = HIDDEN) -> Shown:
    return {
        "number": statement.number,
        "text": statement.wording,
        "is_seed": statement.is_seed,
        "showing": str(cell.showing),
        "tendency": str(cell.tendency) if cell.tendency else None,
    } | _fields(cell, ("n_from", "n_to", "agree", "passed", "disagree"))


def _heard(heard: Heard) -> Shown:
    return _fields(heard, ("is_heard", "is_enough", "n_from", "n_to"))


def _sentences(blocks: list[Block]) -> list[str]:
    return [block.sentence for block in blocks]


def _address_of(publication: Publication | None) -> str | None:
    if publication is None or publication.published_at is None:
        return None
    return f"{settings.PUBLIC_URL}{reverse('pictures:public', args=[publication.slug])}"


def _fields(thing: object, names: tuple[str, ...]) -> Shown:
    return {name: getattr(thing, name) for name in names}
