"""The report of a round: all of it from the release, the same on any day, safe from any text."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from erdkreis.circles.models import Group
from erdkreis.gate.models import Release
from erdkreis.invitations.models import Code, Invitee, Reach
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Answer, OwnWords, Voice
from erdkreis.reports.kept import pdf_of
from erdkreis.reports.models import MadePdf
from erdkreis.web.pdf import can_make_pdf
from factories import circles, conversations, experiments, pictures, rounds, voices
from factories.roll import invited
from factories.rounds import group
from reading import row_text
from tagged_pdf import faults

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="this machine lacks Pango")
LONG = "Donaudampfschifffahrtsgesellschaft" * 5
HOSTILE = (
    f"<script>alert(1)</script> {LONG[:60]} \u05e9\u05dc\u05d5\u05dd & *_[x](http://evil.example)"
)


@pytest.fixture
def round_(circle):
    return pictures.with_picture(circle)


@pytest.fixture
def base(round_):
    return f"/rounds/{round_.pk}/report"


def text(answer):
    return answer.content.decode()


def test_it_says_what_was_asked_of_whom_and_who_is_missing(as_ada, base):
    page = text(as_ada.get(f"{base}/?lang=en"))

    assert "Kornblume" in page
    rows = row_text(page)
    assert any(r.startswith("Employees | anonymous") and "22 of about 30 heard" in r for r in rows)
    assert any("Not asked, because: We do not know yet how to reach them." in r for r in rows)
    assert any("Asked, but nobody answered." in r for r in rows)
    assert any("too few for a picture" in r for r in rows)
    assert any("Guardians: Hanna, Ivo." in r for r in rows)


def test_every_share_stands_with_its_n_and_how_far_it_carries(as_ada, base):
    rows = row_text(text(as_ada.get(f"{base}/?lang=en")))

    table = Release.objects.get(subject__endswith=".picture").content
    cell = next(g for g in table["groups"] if g["code"] == "employees")["cells"][
        "q1_work.employees.core"
    ]
    rated = sum(cell["steps"])
    agree = int(100 * (cell["steps"][3] + cell["steps"][4]) / rated + 0.5)
    of_work = next(
        r for r in rows if r.startswith(f"Employees | {sum(cell['steps']) + cell['dont_know']} | ")
    )
    assert f"| {agree} % (" in of_work
    assert any("dots | " in r for r in rows), "few people: dots"
    assert "Too few to tell, or told in words only" in text(as_ada.get(f"{base}/?lang=en"))


def test_it_stays_the_same_when_single_answers_and_lists_are_gone(as_ada, base, on_day, round_):
    before = as_ada.get(f"{base}/?lang=de").content
    Answer.objects.all().delete()
    Voice.objects.all().delete()
    OwnWords.objects.all().delete()
    Code.objects.all().delete()
    on_day(round_.answer_back_on + timedelta(days=400))
    as_ada.force_login(round_.circle.roles.get().person)  # the session ended long ago

    assert as_ada.get(f"{base}/?lang=de").content == before


def test_nothing_of_who_reads_it_is_in_it(circle, as_ada, base, client):
    client.force_login(circles.member(circle, "emil", "reader"))

    mine, theirs = as_ada.get(f"{base}/?lang=en"), client.get(f"{base}/?lang=en")

    assert mine.content == theirs.content
    assert b"csrf" not in mine.content


@needs_pango
def test_the_same_release_is_the_same_pdf_on_another_day_and_in_another_process(tmp_path):
    page = "<html lang='de'><title>x</title><h1>Bäckerei</h1><p>Vier <b>von</b> fünf.</p></html>"
    make = (
        "import sys, time, django; now = time.time(); time.time = lambda: now + int(sys.argv[2]);"
        "django.setup(); from erdkreis.web.pdf import make_pdf; "
        "sys.stdout.buffer.write(make_pdf(sys.argv[1]))"
    )
    made = []
    for seed, later in (("1", "0"), ("2", "90000")):
        around = os.environ | {
            "PYTHONHASHSEED": seed,
            "DJANGO_SETTINGS_MODULE": "erdkreis.config.settings",
            "ERDKREIS_DATA": str(tmp_path),
        }
        around.pop("SOURCE_DATE_EPOCH", None)
        run = [sys.executable, "-c", make, page, later]
        made.append(subprocess.run(run, env=around, check=True, capture_output=True).stdout)

    assert made[0] == made[1]
    assert made[0].startswith(b"%PDF")


@needs_pango
def test_a_pdf_is_made_once_for_a_text(monkeypatch, round_):
    pages = []
    monkeypatch.setattr(
        "erdkreis.reports.kept.make_pdf", lambda html: pages.append(html) or html.encode()
    )

    assert pdf_of(round_, "de", "one") == pdf_of(round_, "de", "one") == b"one"
    assert pdf_of(round_, "en", "one") == b"one"
    assert pdf_of(round_, "de", "two") == b"two"

    assert pages == ["one", "one", "two"]
    assert MadePdf.objects.filter(round=round_, language="de").count() == 1


def test_how_many_were_invited_is_noted_when_the_picture_is_made(circle, as_ada):
    round_ = rounds.asking(circle)
    invited(group(round_, "employees"), n_used=2, n_unused=3)
    make_picture(round_, "Ada")
    Invitee.objects.all().delete()

    rows = row_text(text(as_ada.get(f"/rounds/{round_.pk}/report/?lang=en")))

    assert Reach.objects.get(round_group__code="employees").n_by_mail == 5
    assert any("by mail: 5" in row for row in rows)


def test_what_follows_is_told_as_it_is_written_down(as_ada, base, round_):
    assert "Nothing is written down yet" in text(as_ada.get(f"{base}/?lang=en"))
    conversations.conversation(round_.circle, round=round_)
    experiments.begun(round_.circle)

    page = text(as_ada.get(f"{base}/?lang=en"))

    assert "Sundays" in page
    assert "Begin at five" in page
    assert "We expect fewer sick days" in page


def test_the_part_for_a_sustainability_report_claims_nothing(as_ada, base):
    for language, claim in (
        ("en", "This text does not claim that any standard is met."),
        ("de", "Dieser Text behauptet nicht, dass ein Standard erfüllt ist."),
    ):
        for address in (f"{base}/", f"{base}/involved/", f"{base}/involved.md"):
            page = text(as_ada.get(f"{address}?lang={language}"))
            assert claim in page
            assert "2025/1710" in page
            assert "Hanna, Ivo" in page
    answer = as_ada.get(f"{base}/involved.md?lang=de")
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert text(answer).startswith("# Wie Betroffene beteiligt wurden")


@needs_pango
def test_hostile_words_stay_words_on_the_page_in_the_text_and_in_the_pdf(as_ada, circle):
    circle.organisation.name = HOSTILE[:120]
    circle.organisation.save()
    Group.objects.filter(circle=circle, code="employees").update(
        name_en=HOSTILE[:60], name_de=LONG[:60]
    )
    round_ = pictures.with_picture(circle)
    round_.title = f"{LONG[:100]}</title>"
    round_.save()
    base = f"/rounds/{round_.pk}/report"

    page = text(as_ada.get(f"{base}/?lang=en"))
    assert "<script" not in page
    assert page.count("</title>") == page.count("<title")
    copied = text(as_ada.get(f"{base}/involved.md?lang=en"))
    assert "<script" not in copied.replace("\\<script", "")
    assert "](" not in copied.replace("\\](", "")
    assert faults(as_ada.get(f"{base}.pdf?lang=en").content) == []


def test_a_round_of_too_few_says_so_and_shows_no_number(as_ada, circle):
    round_ = rounds.asking(circle)
    for code in ("employees", "customers"):
        voices.voice(group(round_, code), {})
    make_picture(round_, "Ada")

    page = text(as_ada.get(f"/rounds/{round_.pk}/report/?lang=en"))

    assert "Heard, but fewer than 5: too few for a picture." in page
    assert '<table class="shares">' not in page


def test_a_hundred_groups_are_read_in_few_queries(as_ada, circle, django_assert_max_num_queries):
    Group.objects.bulk_create(
        Group(circle=circle, code=f"own{n}", kind="own", name_de=f"Gruppe {n}", position=20 + n,
              name_en=f"Group {n}")
        for n in range(100)
    )  # fmt: skip
    round_ = rounds.asking(circle)
    make_picture(round_, "Ada")
    with django_assert_max_num_queries(40):
        page = text(as_ada.get(f"/rounds/{round_.pk}/report/?lang=en"))

    assert page.count("Group 99") > 1
    assert 'class="chairs"' not in page, "of so many a circle can no longer be read"


def test_without_a_picture_there_is_no_report(as_ada, asking):
    for end in ("report/", "report.pdf", "report/involved/", "report/involved.md"):
        assert as_ada.get(f"/rounds/{asking.pk}/{end}").status_code == 404


def test_both_languages_are_whole(as_ada, base):
    german, english = (text(as_ada.get(f"{base}/?lang={code}")) for code in ("de", "en"))

    assert '<html lang="de">' in german
    assert "Wer gefragt wurde, und wer fehlt" in german
    assert "Mitarbeitende" in german
    assert "Employees" not in german
    assert '<html lang="en">' in english
    assert translation.get_language() == "en"
    assert connection.in_atomic_block
