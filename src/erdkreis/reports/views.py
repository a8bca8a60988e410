"""Files to take along: what the gate let out of a round, for other programs."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from erdkreis.accounts.access import signed_in
from erdkreis.circles.rules import may_read
from erdkreis.reports import columns, files
from erdkreis.reports.rows import Table, answers_of, weighted, words_of
from erdkreis.rounds.access import round_for
from erdkreis.rounds.models import Round
from erdkreis.web.csv_lines import CSV

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


@signed_in
@require_safe
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which files there are, and what their columns mean."""
    round_ = round_for(request, pk, may_read)
    context: dict[str, Any] = {
        "round": round_,
        "circle": round_.circle,
        "is_there": answers_of(round_) is not None,
        "tables": [
            ("answers", columns.ANSWERS),
            ("words", columns.WORDS),
            ("weighted", columns.WEIGHTED),
        ],
        "no_answer": columns.NO_ANSWER.items(),
    }
    return render(request, "reports/files.html", context)


@signed_in
@require_safe
def file(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    round_ = round_for(request, pk, may_read)
    answers, words = answers_of(round_), words_of(round_)
    if answers is None or words is None or name not in MAKERS:
        raise Http404
    kind, make = MAKERS[name]
    response = HttpResponse(make(answers, words), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{_stem(round_)}-{name}"'
    return response


Make = Callable[[Table, Table], bytes]


def _csv(of: Callable[[Table, Table], Table], *, for_spreadsheets: bool = False) -> Make:
    return lambda answers, words: files.csv_text(
        of(answers, words), for_spreadsheets=for_spreadsheets
    )


MAKERS: dict[str, tuple[str, Make]] = {
    "answers.csv": (CSV, _csv(lambda answers, _words: answers)),
    "answers-excel.csv": (CSV, _csv(lambda answers, _words: answers, for_spreadsheets=True)),
    "words.csv": (CSV, _csv(lambda _answers, words: words)),
    "words-excel.csv": (CSV, _csv(lambda _answers, words: words, for_spreadsheets=True)),
    "all.xlsx": (XLSX, lambda answers, words: files.xlsx([answers, words, weighted(answers)])),
    "all.ods": (ODS, lambda answers, words: files.ods([answers, words, weighted(answers)])),
    "weighted.sav": ("application/x-spss-sav", lambda answers, _w: files.sav(weighted(answers))),
    "answers.parquet": (
        "application/vnd.apache.parquet",
        lambda answers, _words: files.parquet(answers),
    ),
}


def _stem(round_: Round) -> str:
    return f"{round_.circle.slug}-{round_.pk}"
