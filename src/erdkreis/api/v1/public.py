"""What is published: the same for everyone, without a token."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router
from ninja.params.functions import Path

from erdkreis.api.problems import Problem, sentence
from erdkreis.api.v1 import schemas, shown
from erdkreis.api.v1.access import one
from erdkreis.api.v1.fields import LARGEST, Page
from erdkreis.api.v1.paging import Part, by_place
from erdkreis.api.v1.results import (
    DRAWING,
    SVG,
    answers_part,
    drawing_of,
    page_of,
    published_answer,
    words_part,
)
from erdkreis.dialogues.queries import published_elsewhere
from erdkreis.pictures.queries import published_at_address
from erdkreis.rounds.models import Round

router = Router(tags=["public"])
SLUG = Path(
    ..., pattern="^[-a-zA-Z0-9_]{1,40}$", description="The last part of the public address /p/…/."
)
NUMBER = Path(..., ge=1, le=LARGEST)


@router.get("/rounds/{slug:slug}", response=schemas.PublicRoundOut)
def public_round(request: HttpRequest, slug: str = SLUG) -> Any:  # noqa: ARG001 - an operation takes it
    """Read a published round and its picture."""
    round_ = _published(slug)
    names = ("title", "purpose", "closes_on", "answer_back_on", "languages")
    return {name: getattr(round_, name) for name in names} | {
        "organisation": round_.circle.organisation.name,
        "is_invented": round_.circle.is_invented,
        "address": settings.PUBLIC_URL + reverse("pictures:public", args=[slug]),
        "picture": shown.picture_shown(page_of(round_), round_.title),
    }


@router.get("/rounds/{slug:slug}/answers", response=schemas.page_of(schemas.AnswerRow))
def public_answers(
    request: HttpRequest, response: HttpResponse, page: Query[Page], slug: str = SLUG
) -> Part:
    """List what each group said to each sentence, as it was let out."""
    return answers_part(request, response, page, _published(slug))


@router.get("/rounds/{slug:slug}/words", response=schemas.page_of(schemas.WordsRow))
def public_words(
    request: HttpRequest, response: HttpResponse, page: Query[Page], slug: str = SLUG
) -> Part:
    """List what people wrote, as everyone reads it in the published picture."""
    return words_part(request, response, page, _published(slug))


@router.get("/rounds/{slug:slug}/drawings/{slug:key}", response={200: None}, openapi_extra=SVG)
def public_drawing(request: HttpRequest, slug: str = SLUG, key: str = DRAWING) -> HttpResponse:  # noqa: ARG001 - an operation takes it
    """Take a drawing of the picture along, as SVG."""
    return drawing_of(page_of(_published(slug)), key)


@router.get("/rounds/{slug:slug}/answer-back", response=schemas.AnswerBackOut)
def public_answer_back(request: HttpRequest, slug: str = SLUG) -> Any:  # noqa: ARG001 - an operation takes it
    """Read the answer back of a published round."""
    return published_answer(_published(slug))


@router.get("/dialogues/{int:dialogue_id}", response=schemas.DialogueOut)
def public_dialogue(request: HttpRequest, dialogue_id: int = NUMBER) -> Any:  # noqa: ARG001 - an operation takes it
    """Read a dialogue that was published elsewhere."""
    return shown.dialogue_shown(one(published_elsewhere(), pk=dialogue_id))


@router.get(
    "/dialogues/{int:dialogue_id}/statements", response=schemas.page_of(schemas.StatementOut)
)
def public_statements(
    request: HttpRequest, response: HttpResponse, page: Query[Page], dialogue_id: int = NUMBER
) -> Part:
    """List its statements with their votes."""
    rows = shown.statements_shown(one(published_elsewhere(), pk=dialogue_id))
    return by_place(request, response, page, rows)


def _published(slug: str) -> Round:
    publication = published_at_address(slug)
    if publication is None:
        raise Problem(404, sentence(404))
    return publication.round
