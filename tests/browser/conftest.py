"""A real browser for the few paths that carry the promise.

Every page opened here is also watched: a broken script or something the content security policy
refuses makes its test fail.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from browser_checks import LAPTOP, PHONE

# The browser's driver runs an event loop in this thread; the tests themselves stay synchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent

PATIENCE_MS = 30_000  # the first page of a busy machine takes its time
FLAGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps",
    "--disable-extensions", "--disable-dev-shm-usage",
    # Letters look alike on every machine.
    "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb",
]  # fmt: skip
# What htmx says in the console of a request that never arrived; the page says it to people.
WITHOUT_NETWORK = ("htmx:sendError", "htmx:afterRequest", "htmx:sendAbort")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = """No Chromium was found, and without it the browser tests cannot say anything.
Install one (on Debian: apt-get install chromium), or run
    .venv/bin/playwright install chromium
or name the program: ERDKREIS_CHROMIUM=/path/to/chromium make test"""


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")


def chromium() -> str | None:
    """Return the path of a browser; nothing means the one playwright installs for itself."""
    if named := os.environ.get("ERDKREIS_CHROMIUM"):
        return named
    found = (shutil.which(name) for name in ("/usr/bin/chromium", *BROWSERS))
    return next((path for path in found if path), None)


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as driver:
        path = chromium()
        if not Path(path or driver.chromium.executable_path).exists():
            pytest.fail(MISSING, pytrace=False)
        # Chromium refuses to run as root inside its own sandbox.
        flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
        browser = driver.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """Return a function that opens an empty page in a browser that knows nobody."""
    contexts, complaints = [], []

    def open_page(viewport, **options):
        options = {
            "locale": "en-GB", "reduced_motion": "reduce", "base_url": live_server.url,
        } | options  # fmt: skip
        context = browser.new_context(viewport=viewport, **options)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: _listen(message, complaints))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_page):
    return open_page(PHONE)


@pytest.fixture
def laptop(open_page):
    return open_page(LAPTOP)


def _listen(message, complaints):
    # Pages that rightly answer 404 or 422 are logged by the browser too; they are no complaint.
    is_answer = message.text.startswith(("Failed to load resource", *WITHOUT_NETWORK))
    if message.type in {"error", "warning"} and not is_answer:
        complaints.append(message.text)
