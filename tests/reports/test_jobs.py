"""Reports are made beside the requests: nobody waits for the first one."""

import pytest

from erdkreis.jobs.kinds import Running
from erdkreis.jobs.models import Job
from erdkreis.reports import jobs, kept, report_views
from erdkreis.reports.models import MadePdf
from factories import pictures, rounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def quick_pdfs(monkeypatch):
    made = []

    def make(html):
        made.append(html)
        return f"PDF {len(made)}".encode()

    monkeypatch.setattr(kept, "make_pdf", make)
    for asking in (jobs, report_views):
        monkeypatch.setattr(asking, "can_make_pdf", lambda: True)
    return made


def waiting():
    return list(Job.objects.filter(kind="report").values_list("numbers", flat=True))


def test_a_round_with_a_picture_gets_its_report_in_every_language_and_once(
    circle, as_ada, quick_pdfs
):
    round_ = pictures.with_picture(circle)
    jobs.look(None)
    jobs.look(None)
    assert waiting() == [{"round": round_.pk}]

    work = Running(Job.objects.get(kind="report"))
    jobs.make(work)
    jobs.make(work)

    assert sorted(MadePdf.objects.values_list("language", flat=True)) == ["de", "en"]
    assert len(quick_pdfs) == 2
    assert as_ada.get(f"/rounds/{round_.pk}/report.pdf?lang=de").content in {b"PDF 1", b"PDF 2"}
    assert len(quick_pdfs) == 2, "what was made is handed out"
    Job.objects.all().delete()
    jobs.look(None)
    assert waiting() == []


def test_before_its_picture_a_round_has_no_report(circle, quick_pdfs):
    rounds.asking(circle)

    jobs.look(None)

    assert waiting() == []


def test_a_round_that_is_gone_is_no_work(circle, quick_pdfs):
    work = Running(Job(kind="report", numbers={"round": 4711}))

    jobs.make(work)

    assert quick_pdfs == []
