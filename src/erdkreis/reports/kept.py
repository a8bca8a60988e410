"""The report as a PDF: made once for each text, then kept beside the round."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db.models import Count

from erdkreis.gate.services import seal_of
from erdkreis.pictures.analysis import PICTURE
from erdkreis.reports.models import MadePdf
from erdkreis.rounds.models import Round
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.pdf import STYLE, make_pdf

STYLES = (STYLE, "reports/report.css")
WITH_PICTURE = ("picture", "talking", "experimenting", "closed")


def pdf_of(round_: Round, language: str, html: str) -> bytes:
    """Return the PDF of a page: the kept one, if it was made from the very same page."""
    digest = _digest(html)
    kept = MadePdf.objects.filter(round=round_, language=language, digest=digest).first()
    if kept is not None:
        return bytes(kept.content)
    made = make_pdf(html)
    MadePdf.objects.update_or_create(
        round=round_, language=language, defaults={"digest": digest, "content": made}
    )
    return made


def rounds_without_pdf() -> list[Round]:
    """Return the rounds with a picture of which no PDF was made yet in one of the languages."""
    counted = Round.objects.annotate(n_made=Count("made_pdfs")).select_related("circle")
    missing = counted.filter(n_made__lt=len(OWN_NAMES), state__in=WITH_PICTURE)
    return [round_ for round_ in missing if seal_of(round_, PICTURE) is not None]


def _digest(html: str) -> str:
    return hashlib.sha256(f"{_made_with()}\n{html}".encode()).hexdigest()


@cache
def _made_with() -> str:
    """Return what else a PDF depends on: its styles, and the library that sets it."""
    styles = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES]
    return "\n".join([version("weasyprint"), *styles])
