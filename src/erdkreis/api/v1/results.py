"""What was let out: pictures, words, answers back, experiments, dialogues. Nothing live."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query
from ninja.params.functions import Path

from erdkreis.answerback.models import AnswerBack
from erdkreis.api.problems import Problem, sentence
from erdkreis.api.scopes import Scope
from erdkreis.api.v1 import schemas, shown
from erdkreis.api.v1.access import circle_of, one, round_of
from erdkreis.api.v1.description import needs, router
from erdkreis.api.v1.fields import LARGEST, Page
from erdkreis.api.v1.paging import Part, by_key, by_place
from erdkreis.api.v1.structure import ROUND
from erdkreis.dialogues.queries import dialogues_of
from erdkreis.pictures.files import file_of
from erdkreis.pictures.page import ResultPage, result_page
from erdkreis.reports.rows import answers_of, words_of
from erdkreis.rounds.models import Round

READS = needs(Scope.READ_RESULTS)
DRAWING = Path(..., pattern="^[-a-zA-Z0-9_]{1,60}$", description="Key of the drawing.")
NUMBER = Path(..., ge=1, le=LARGEST)
SVG = {"responses": {200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}}}}


@router.get("/rounds/{int:round_id}/picture", response=schemas.PictureOut, **READS)
def picture(request: HttpRequest, round_id: int = ROUND) -> Any:
    """Read the picture of a round: who was heard, what differs, what all agree on."""
    round_ = _with_picture(request, round_id)
    return shown.picture_shown(page_of(round_), round_.title)


@router.get(
    "/rounds/{int:round_id}/drawings/{slug:key}",
    response={200: None},
    **READS | {"openapi_extra": READS["openapi_extra"] | SVG},
)
def drawing(request: HttpRequest, round_id: int = ROUND, key: str = DRAWING) -> HttpResponse:
    """Take a drawing of the picture along, as SVG."""
    return drawing_of(page_of(_with_picture(request, round_id)), key)


@router.get("/rounds/{int:round_id}/answers", response=schemas.page_of(schemas.AnswerRow), **READS)
def answers(
    request: HttpRequest, response: HttpResponse, page: Query[Page], round_id: int = ROUND
) -> Part:
    """List what each group said to each sentence, as it was let out: the columns of the export."""
    return answers_part(request, response, page, round_of(request, round_id))


@router.get("/rounds/{int:round_id}/words", response=schemas.page_of(schemas.WordsRow), **READS)
def words(
    request: HttpRequest, response: HttpResponse, page: Query[Page], round_id: int = ROUND
) -> Part:
    """List what people wrote, as far as it may be read, in an order that tells nothing."""
    return words_part(request, response, page, round_of(request, round_id))


@router.get("/rounds/{int:round_id}/answer-back", response=schemas.AnswerBackOut, **READS)
def answer_back(request: HttpRequest, round_id: int = ROUND) -> Any:
    """Read the answer back, once it is published."""
    round_ = round_of(request, round_id)
    if not AnswerBack.objects.filter(round=round_, published_at__isnull=False).exists():
        raise Problem(409, _("The answer back of this round is not published yet."))
    return published_answer(round_)


@router.get("/experiments", response=schemas.page_of(schemas.ExperimentOut), **READS)
def experiments(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Part:
    """List the experiments of the circle, the oldest first."""
    rows = circle_of(request).experiments.select_related("review")
    return by_key(request, response, page, rows, shown.experiment_shown)


@router.get(
    "/experiments/{int:experiment_id}",
    url_name="experiment",
    response=schemas.ExperimentOut,
    **READS,
)
def experiment(request: HttpRequest, experiment_id: int = NUMBER) -> Any:
    """Read one experiment, and what became of it."""
    rows = circle_of(request).experiments.select_related("review")
    return shown.experiment_shown(one(rows, pk=experiment_id))


@router.get("/dialogues", response=schemas.page_of(schemas.DialogueOut), **READS)
def dialogues(request: HttpRequest, response: HttpResponse, page: Query[Page]) -> Part:
    """List the dialogues of the circle, the oldest first."""
    rows = dialogues_of(circle_of(request))
    return by_key(request, response, page, rows, partial(shown.dialogue_shown, is_listed=True))


@router.get(
    "/dialogues/{int:dialogue_id}", url_name="dialogue", response=schemas.DialogueOut, **READS
)
def dialogue(request: HttpRequest, dialogue_id: int = NUMBER) -> Any:
    """Read one dialogue."""
    return shown.dialogue_shown(_dialogue_of(request, dialogue_id))


@router.get(
    "/dialogues/{int:dialogue_id}/statements",
    response=schemas.page_of(schemas.StatementOut),
    **READS,
)
def statements(
    request: HttpRequest, response: HttpResponse, page: Query[Page], dialogue_id: int = NUMBER
) -> Part:
    """List the statements, with how votes fell as far as that may be told."""
    rows = shown.statements_shown(_dialogue_of(request, dialogue_id))
    return by_place(request, response, page, rows)


def page_of(round_: Round) -> ResultPage:
    page = result_page(round_)
    if page is None:
        raise Problem(404, sentence(404))
    return page


def drawing_of(page: ResultPage, key: str) -> HttpResponse:
    try:
        return file_of(dict(page.figures), key, "svg")
    except Http404 as error:
        raise Problem(404, sentence(404)) from error


def answers_part(request: HttpRequest, response: HttpResponse, page: Page, round_: Round) -> Part:
    table = answers_of(round_)
    return by_place(request, response, page, table.rows if table else [])


def words_part(request: HttpRequest, response: HttpResponse, page: Page, round_: Round) -> Part:
    table = words_of(round_)
    return by_place(request, response, page, table.rows if table else [])


def published_answer(round_: Round) -> Any:
    found = one(AnswerBack.objects.filter(published_at__isnull=False), round=round_)
    return shown.answer_shown(found)


def _with_picture(request: HttpRequest, round_id: int) -> Round:
    """Return a round whose picture is made. It is there before, so it is not missing: it waits."""
    round_ = round_of(request, round_id)
    if not round_.has_reached(Round.State.PICTURE):
        raise Problem(409, _("There is no picture of this round yet."))
    return round_


def _dialogue_of(request: HttpRequest, dialogue_id: int) -> Any:
    return one(dialogues_of(circle_of(request)), pk=dialogue_id)
