"""Other sites: one that the host has named shows the page at its whole height, others nothing."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from browser_checks import PHONE, axe_findings, barriers
from erdkreis.outside.services import switch_circle_page, switch_round_page, write_circle_page
from erdkreis.pictures.services import publish_picture
from factories import circles, experiments, pictures

pytestmark = pytest.mark.django_db(transaction=True)
LAPTOP = {"width": 1280, "height": 800}
SITE = """<!doctype html><html lang="en"><title>Another site</title><h1>Another site</h1>
<iframe data-erdkreis src="{house}/embed/r/{slug}/?lang=de" title="A round" width="100%"
 height="300"></iframe>{script}</html>"""


@pytest.fixture
def shown():
    round_ = pictures.with_picture(circles.circle(circles.person("ada"), "Kornblume"))
    experiments.begun(round_.circle)
    publish_picture(round_, "Ada")
    switch_round_page(round_, is_shown=True)
    switch_circle_page(round_.circle, is_shown=True)
    return round_


@pytest.fixture
def another_site():
    """Return a function that opens one more site on this machine, with one page."""
    running = []

    def another_site() -> tuple[str, list[str]]:
        page = [""]

        class Site(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(page[0].encode())

            def log_message(self, *_words):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}", page

    yield another_site
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_named_site_shows_it_whole_and_another_one_nothing(
    shown, another_site, browser, live_server
):
    (named, its_page), (other, their_page) = another_site(), another_site()
    write_circle_page(shown.circle, {"origins": [named]})
    house = live_server.url
    script = f'<script src="{house}/static/outside/embed.js" defer></script>'
    whole = SITE.format(house=house, slug=shown.publication.slug, script=script)
    its_page[0] = their_page[0] = whole
    context = browser.new_context(viewport=LAPTOP)
    page = context.new_page()

    page.goto(named)
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", name=shown.title)).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').clientHeight > 1000")
    frame = next(one for one in page.frames if "/embed/" in one.url)
    page.wait_for_function(
        "([high]) => Math.abs(document.querySelector('iframe').clientHeight - high) < 6",
        arg=[frame.evaluate("document.documentElement.getBoundingClientRect().height")],
    )
    assert frame.evaluate("document.documentElement.lang") == "de"
    # Narrow as a phone the same text is longer, and the frame grows with it.
    page.set_viewport_size(PHONE)
    page.wait_for_function("() => document.documentElement.scrollWidth <= window.innerWidth + 1")
    # A message from elsewhere moves nothing.
    before = page.evaluate("document.querySelector('iframe').style.height")
    page.evaluate("window.postMessage({erdkreis: 'height', height: 7}, '*')")
    page.wait_for_timeout(200)
    assert page.evaluate("document.querySelector('iframe').style.height") != "7px"
    assert before.endswith("px")

    # Without the script it is a plain frame that can be scrolled.
    its_page[0] = SITE.format(house=house, slug=shown.publication.slug, script="")
    page.goto(f"{named}/plain")
    expect(page.frame_locator("iframe").get_by_role("heading", name=shown.title)).to_be_visible()
    assert page.evaluate("document.querySelector('iframe').clientHeight") == 300

    refused = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(other)
    page.wait_for_timeout(800)
    expect(page.frame_locator("iframe").get_by_role("heading", name=shown.title)).to_have_count(0)
    assert any("frame-ancestors" in said for said in refused), refused
    assert page.evaluate("document.querySelector('iframe').clientHeight") == 300
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP])
def test_everyone_can_read_the_public_pages(shown, open_page, viewport):
    page = open_page(viewport)
    for place in (f"/r/{shown.publication.slug}/?lang=de", f"/c/{shown.circle.slug}/?lang=en"):
        page.goto(place)
        assert barriers(page) == []
        assert axe_findings(page) == []
