"""Every PDF that is made here can be read aloud: whoever adds one finds it missing here."""

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from erdkreis.fit.models import Value
from erdkreis.meetings.views import SHEETS
from erdkreis.web.pdf import can_make_pdf, make_pdf
from factories import balances, experiments, fits, meetings, pictures, pulses
from factories.rounds import group
from tagged_pdf import families, faults, titles

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("at_noon"),
    pytest.mark.skipif(not can_make_pdf(), reason="this machine lacks Pango"),
]
OURS = ("Atkinson-Hyperlegible-Next-Variable", "Source-Serif-4-Variable")
NAMELESS = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1' width='9'>"
    "<rect width='1' height='1'/></svg>"
)
AS_PDF = {"number": "2", "language": "de", "as": "pdf"}
ANSWER_BACK = {
    "said": "Nights are long.\nSundays, too.",
    "heard": "That it goes on for years.",
    "trying": "We begin at five.",
    "not_doing": "We do not close on Mondays, because of the rent.",
    "look_again_on": "2027-06-01",
    "language": "en",
}


@pytest.fixture
def made(circle, ada, as_ada):
    """Every PDF by the name of its address."""
    round_ = pictures.with_picture(circle)
    experiments.begun(circle)
    as_ada.post(f"/rounds/{round_.pk}/answer-back/", ANSWER_BACK)
    r, employees = f"/rounds/{round_.pk}/", group(round_, "employees")
    talk = fits.decided(fits.whole(fits.begun(circle, ada)), Value.NO, Value.NO)
    pulse = pulses.asked(pulses.running(circle)).pulse
    of_team = f"/pulses/{pulse.pk}/teams/{pulse.teams.get().pk}/"
    meeting = meetings.planned(circle, round_)

    def got(address: str, **posted: str) -> bytes:
        answer = as_ada.post(address, posted) if posted else as_ada.get(address)
        assert answer.headers["Content-Type"] == "application/pdf", address
        return answer.content

    return {
        "answerback:sheet_pdf": got(f"{r}answer-back/print.pdf"),
        "balances:print_pdf": got(f"/balances/{balances.bakery(circle).pk}/print.pdf"),
        "fit:provider:pdf": got(f"/fit/{talk.pk}/summary.pdf"),
        "invitations:codes": got(f"{r}links/{employees.slug}/codes/", **AS_PDF),
        "invitations:poster_pdf": got(f"{r}links/{employees.slug}/poster.pdf"),
        "pulse:codes": got(f"{of_team}codes/", **AS_PDF),
        "questionnaires:paper_pdf": got(f"{r}paper/{employees.slug}.pdf"),
        "reports:report_pdf": got(f"{r}report.pdf?lang=en"),
        "trust:installation_pdf": got("/trust/trust.pdf"),
        "trust:record_pdf": got("/trust/record.pdf"),
        "trust:round_pdf": got(f"/e/{employees.slug}/trust.pdf"),
    } | {
        f"meetings:sheet_pdf {kind}": got(f"/meetings/{meeting.pk}/print/{kind}.pdf")
        for kind in SHEETS
    }  # fmt: skip


def test_every_pdf_can_be_read_aloud_and_is_set_in_our_fonts(made):
    assert {name: wrong for name, pdf in made.items() if (wrong := faults(pdf))} == {}
    foreign = {
        name: {one for one in families(pdf) if not one.startswith(OURS)}
        for name, pdf in made.items()
    }
    assert {name: others for name, others in foreign.items() if others} == {}
    assert _addresses_of_pdfs() - {name.split()[0] for name in made} == {"fit:seeker:pdf"}
    assert titles(made["reports:report_pdf"])[:3] == ["H1", "H2", "H2"]


def _addresses_of_pdfs() -> set[str]:
    found, waiting = set(), [("", get_resolver())]
    while waiting:
        space, resolver = waiting.pop()
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                if "pdf" in f"{one.pattern} {one.name}":
                    found.add(f"{space}{one.name}")
            else:
                waiting.append((f"{space}{one.namespace}:" if one.namespace else space, one))
    return found


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<h1>A</h1><h3>B</h3>", "14: H3 follows H1"),
        ("<p>Nothing that heads it.</p>", "14: no heading"),
        (f"<h1>A</h1>{NAMELESS}", "13: a figure without a description"),
        ("<h1>A</h1><table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>",
         "15: rows of different lengths: [1, 2]"),
    ],
)  # fmt: skip
def test_the_walk_sees_what_is_wrong(html, said):
    made = make_pdf(f"<html lang='en'><title>x</title><body>{html}</body></html>")

    assert said in faults(made)


def test_a_page_without_language_and_title_is_found_out():
    found = faults(make_pdf("<h1>x</h1>"))

    assert {"11: no language", "06: no title"} <= set(found)


def test_the_reader_of_a_pair_hears_that_it_is_one():
    pairs = "<h1>A</h1><dl><div><dt>First</dt><dd>One</dd></div><dt>Second</dt><dd>Two</dd></dl>"

    assert faults(make_pdf(f"<html lang='en'><title>x</title><body>{pairs}</body></html>")) == []
