"""Points never leave the room: nobody meets them on a page of the loop."""

import re
from urllib.parse import urldefrag, urljoin

import pytest

from erdkreis.balances.analysis import assessed
from erdkreis.balances.cells import matrix_rows
from erdkreis.balances.services import agree
from factories import balances, pictures

pytestmark = pytest.mark.django_db

ROOM = re.compile(r"^/(circles/[\w-]+/)?balances/")
FILE = re.compile(r"\.\w+(\?|$)")  # drawings, tables and PDFs are made from what pages show
ENOUGH_PAGES = 15


def pages_outside(client, start):
    """Yield address and content of every page that links lead to, but for those of the room."""
    seen, waiting = {start}, [start]
    while waiting:
        address = waiting.pop()
        answer = client.get(address)
        if answer.status_code in (301, 302):
            found = [answer.headers["Location"]]
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            content = answer.content.decode()
            yield address, content
            found = re.findall(r'href="([^"]+)"', content)
        else:
            continue
        for link in found:
            onward = urldefrag(urljoin(address, link.replace("&amp;", "&"))).url
            if onward.startswith("/") and onward not in seen and not ROOM.match(onward):
                seen.add(onward)
                if "language" not in onward and not FILE.search(onward):
                    waiting.append(onward)


def test_no_page_of_the_loop_shows_points_of_the_matrix(circle, as_ada):
    pictured = pictures.with_picture(circle)
    sheet = agree(balances.bakery(circle))
    cells = [cell for row in matrix_rows(assessed(sheet)) for cell in row.cells]
    shown = {f"{cell.points}</strong> of {cell.max_points} points" for cell in cells}
    inside = as_ada.get(f"/balances/{sheet.pk}/").content.decode()
    assert all(one in inside for one in shown)  # what could leak is there

    pages = dict(pages_outside(as_ada, f"/circles/{circle.slug}/"))

    assert f"/rounds/{pictured.pk}/picture/" in pages
    assert len(pages) > ENOUGH_PAGES
    leaks = {
        address: found
        for address, content in pages.items()
        if (found := re.findall(r"\d+(?:</strong>)? of \d+ points|of 1000|\d+ points", content))
    }
    assert leaks == {}
