"""Ways in: one link and QR code per group."""

import pytest

from erdkreis.invitations.qr import qr_png, qr_svg
from factories.rounds import group

pytestmark = pytest.mark.django_db


def test_the_page_shows_a_link_for_every_group_that_is_asked(as_ada, asking):
    page = as_ada.get(f"/rounds/{asking.pk}/links/").content.decode()

    speaking = asking.groups.exclude(voice_mode="on_record")
    assert [g.slug for g in speaking if f"http://testserver/e/{g.slug}<" not in page] == []


@pytest.mark.parametrize(
    ("kind", "content_type", "begins"),
    [("svg", "image/svg+xml", b"<?xml"), ("png", "image/png", b"\x89PNG")],
)
def test_a_qr_picture_is_a_picture(as_ada, asking, kind, content_type, begins):
    employees = group(asking, "employees")

    picture = as_ada.get(f"/rounds/{asking.pk}/links/{employees.slug}.{kind}")

    assert picture.headers["Content-Type"] == content_type
    assert picture.content.startswith(begins)


def test_a_qr_picture_holds_the_public_address(as_ada, asking):
    employees = group(asking, "employees")
    address = f"http://testserver/e/{employees.slug}/"

    svg = as_ada.get(f"/rounds/{asking.pk}/links/{employees.slug}.svg")
    png = as_ada.get(f"/rounds/{asking.pk}/links/{employees.slug}.png")

    assert (svg.content, png.content) == (qr_svg(address), qr_png(address))


def test_pictures_of_another_round_are_not_found(as_ada, circle, asking):
    from factories import rounds

    other = group(rounds.asking(circle), "employees")

    assert as_ada.get(f"/rounds/{asking.pk}/links/{other.slug}.svg").status_code == 404
