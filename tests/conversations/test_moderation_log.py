"""The log of decisions as a table to take along."""

import csv
import io

import pytest

from erdkreis.conversations import moderating
from factories.conversations import conversation, said, voice

pytestmark = pytest.mark.django_db


def test_the_log_holds_every_decision_and_nobody_who_wrote_or_reported(as_ada, circle, ada, bela):
    talk = conversation(circle)
    one, other = voice(talk, "employees"), voice(talk, "customers")
    wrote = said(one, "Frau Meier is lazy.")
    moderating.report(wrote, f"speaker {other.pk}", reason="names", note="")
    case = moderating.last_case(wrote)
    moderating.decide(case, bela, "hidden", reason="names", note="=HYPERLINK(evil)")
    moderating.appeal(one, wrote, "She knows.")
    case.refresh_from_db()
    moderating.decide(case, ada, "hidden", reason="", note="It stays.")

    answer = as_ada.get(f"/conversations/{talk.pk}/moderation.csv")

    text = answer.content.decode()
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    told = dict(zip(head[:8], row, strict=False))
    assert answer["Content-Type"].startswith("text/csv")
    assert (told["decision"], told["reason"]) == ("not shown", case.get_reason_display())
    assert [row[8], row[13]] == [str(bela), str(ada)]
    assert not any(cell.startswith("=") for cell in row), "a spreadsheet calculates nothing"
    for hidden in ("Meier", one.pseudonym, other.pseudonym, str(other.pk)):
        assert hidden not in text
