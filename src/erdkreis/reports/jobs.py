"""Making reports beside the requests, so that nobody waits for one."""

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from erdkreis.jobs.clock import Every
from erdkreis.jobs.kinds import Running, job
from erdkreis.jobs.services import put_in
from erdkreis.reports.kept import pdf_of, rounds_without_pdf
from erdkreis.reports.report_views import page_of
from erdkreis.rounds.models import Round
from erdkreis.web.languages import OWN_NAMES
from erdkreis.web.pdf import can_make_pdf

FIVE_MINUTES = timedelta(minutes=5)


@job("reports", _("See of which rounds the report is not made yet"), clock=Every(FIVE_MINUTES))
def look(_work: Running) -> None:
    missing = rounds_without_pdf()
    if not missing or not can_make_pdf():  # in this order: to ask is to load what makes them
        return
    for round_ in missing:
        put_in("report", {"round": round_.pk}, key=str(round_.pk), circle=round_.circle)


@job("report", _("Make the report of a round as PDF"), is_heavy=True)
def make(work: Running) -> None:
    """Make it in every language. Where one was made of the same page, it stays."""
    round_ = Round.objects.filter(pk=work.numbers["round"]).first()
    if round_ is None:
        return
    for done, language in enumerate(OWN_NAMES):
        work.progress(done, len(OWN_NAMES))
        with translation.override(language):
            pdf_of(round_, language, page_of(round_, language, is_pdf=True))
