"""The report as a PDF: made once for each text, then kept beside the round."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.contrib.staticfiles import finders

from erdkreis.reports.models import MadePdf
from erdkreis.rounds.models import Round
from erdkreis.web.pdf import STYLE, make_pdf

STYLES = (STYLE, "reports/report.css")


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


def _digest(html: str) -> str:
    return hashlib.sha256(f"{_made_with()}\n{html}".encode()).hexdigest()


@cache
def _made_with() -> str:
    """Return what else a PDF depends on: its styles, and the library that sets it."""
    styles = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in STYLES]
    return "\n".join([version("weasyprint"), *styles])
