"""Rounds as they really come: the page stands, says no more than it may, and breaks on nothing."""

import csv
import io
import re

import pytest

from erdkreis.pictures.page import result_page
from erdkreis.pictures.services import make_picture
from erdkreis.questionnaires.models import Prediction
from erdkreis.rounds.models import Round, RoundGroup
from factories import rounds, voices
from factories.rounds import group

pytestmark = pytest.mark.django_db

MANY = "Genossenschaftliche Wohnungsbaugesellschaft Nordost, Außenstelle"


def spoken(round_, code, said, question="q1_work"):
    voices.voices(group(round_, code), f"{question}.{code}.core", said)


def only(round_, code):
    page = result_page(Round.objects.get(pk=round_.pk))
    return page, next(gap for gap in page.result.gaps if (gap.item, gap.group) == ("q1_work", code))


@pytest.mark.parametrize(
    ("said", "kind", "pattern"),
    [
        (["dont_know"] * 30, "cannot_see", "invisible"),
        (["dont_know"] * 5, "cannot_see", "invisible"),
        ([3] * 30, "tendency", "no_self_view"),
        (["skipped"] * 15 + [2, 3, 4] * 5, "dots", "split"),
        ([1, 2, 3, 4, 5], "dots", "split"),
        ([1, 2, 3, 4], "too_few", "too_few"),
        ([1, 2, 3, 4, 5] * 3 + [2, 3, 4, 3], "dots", None),
        ([1, 2, 3, 4, 5] * 4, "counts", "split"),
        ([1, 2, 3, 4, 5] * 200, "counts", "split"),
    ],
)
def test_a_group_without_a_leadership_beside_it_is_still_told(circle, as_ada, said, kind, pattern):
    round_ = rounds.asking(circle)
    spoken(round_, "employees", said)
    RoundGroup.objects.filter(round=round_, code="employees").update(size=3)  # smaller than heard
    make_picture(round_, "Ada")

    page, gap = only(round_, "employees")
    cell = next(row for row in page.rows if row.group.code == "employees").cells[0]

    assert cell.kind == kind
    assert pattern in (None, gap.pattern)
    for address in ("picture", "reveal", "picture/as/employees", "picture/share"):
        assert as_ada.get(f"/rounds/{round_.pk}/{address}/").status_code == 200


def test_one_group_heard_alone_is_never_common_ground(circle):
    round_ = rounds.asking(circle)
    spoken(round_, "employees", [4, 5, 4, 5] * 10)
    make_picture(round_, "Ada")

    page = result_page(Round.objects.get(pk=round_.pk))

    assert page.grounds == []
    assert "common_ground" not in {told.kind for told in page.findings}


def test_twelve_groups_with_long_names_keep_every_name(circle, as_ada):
    for number in range(12 - circle.groups.filter(is_on=True).count()):
        name = f"{MANY} {number}"[:60]
        circle.groups.create(code=f"added-{number}", name_de=name, name_en=name, position=20)
    round_ = rounds.asking(circle)
    make_picture(round_, "Ada")

    page = as_ada.get(f"/rounds/{round_.pk}/picture/").content.decode()

    assert round_.groups.count() >= 12
    assert all(g.name in page for g in round_.groups.all())


def test_a_minimum_of_ten_hides_nine(circle):
    round_ = rounds.asking(circle, min_group=10)
    spoken(round_, "employees", [1, 2, 3, 4, 5, 1, 2, 3, 4])
    spoken(round_, "customers", [1, 2, 3, 4, 5] * 2)
    make_picture(round_, "Ada")

    page = result_page(Round.objects.get(pk=round_.pk))
    kinds = {row.group.code: row.cells[0].kind for row in page.rows}

    assert (kinds["employees"], kinds["customers"]) == ("too_few", "dots")


def test_every_download_tells_what_the_release_tells_and_no_more(circle, as_ada):
    """Two rounds alike but for what may not be known: all files are the same, byte by byte."""
    files = []
    for hidden, dots, one_mind in (
        ([1], [1, 2, 3, 4, 5], [5] * 6),
        ([4, 4, 5, 5], [1, 2, 3, 4, 5, 3], [5] * 6 + [4]),
    ):
        round_ = rounds.asking(circle)
        leadership = group(round_, "leadership")
        voice = voices.voice(leadership, {"q1_work.leadership.core": 4}, is_collective=True)
        Prediction.objects.create(
            voice=voice,
            round_group=group(round_, "partners"),
            question="q1_work",
            status="rated",
            value=4,
        )
        spoken(round_, "employees", [1, 2, 5, 5] * 10)
        spoken(round_, "partners", hidden)
        spoken(round_, "customers", dots)
        spoken(round_, "community", one_mind)
        make_picture(round_, "Ada")
        keys = result_page(Round.objects.get(pk=round_.pk)).figures
        files.append(
            {
                f"{key}.{ending}": as_ada.get(
                    f"/rounds/{round_.pk}/picture/{key}.{ending}"
                ).content.decode()
                for key in keys
                for ending in ("svg", "csv")
            }
        )

    assert files[0].keys() == files[1].keys()
    for name, content in files[0].items():
        assert content == files[1][name], name


def test_the_table_of_a_drawing_says_what_the_drawing_says(circle, as_ada):
    round_ = rounds.asking(circle)
    spoken(round_, "employees", [1, 1, 5, 5] * 10)
    spoken(round_, "customers", [4, 4, 5, 3] * 10)
    make_picture(round_, "Ada")
    figures = result_page(Round.objects.get(pk=round_.pk)).figures

    for key, figure in figures.items():
        raw = as_ada.get(f"/rounds/{round_.pk}/picture/{key}.csv").content.decode("utf-8-sig")
        table = list(csv.reader(io.StringIO(raw)))
        assert len(table) == len(figure.rows) + 1
        for form in filter(None, (figure.wide, figure.phone)):
            assert "<title" in form
            assert re.search(r'role="img"|<desc', form)
