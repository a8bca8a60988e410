"""What browser tests ask of a page."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

from spoken import unspoken

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}
N_TRIES, BETWEEN_TRIES_MS = 600, 50
SMALLEST_PHONE = {"width": 320, "height": 640}
ONLY_CONTRAST = {"runOnly": ["color-contrast"]}

# Half a megabyte goes into each page once, and only what is said of it comes back.
RULES = AXE_SCRIPT + (Path(__file__).parent / "browser" / "every_page.js").read_text()
RULES_ARE_THERE = "typeof ourRules === 'object'"
AXE_FINDINGS = """async (options) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], ...options });
  return violations.map(({ id, help, nodes }) =>
    `${id} (${help}): ` + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""


def sign_in(page, client):
    """Let a page be the person that a Django client is signed in as."""
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


def wait_until(page, expression: str) -> None:
    """Ask again and again until it is so.

    Playwright's own waiting asks from inside the page, by `eval`. Our pages forbid that, so it
    would fail whenever the first asking came too early.
    """
    for _try in range(N_TRIES):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(BETWEEN_TRIES_MS)
    raise AssertionError(f"never so: {expression}")


def axe_findings(page, **options) -> list[str]:
    """Say what axe finds on a page: rule, and the first elements that break it."""
    bring_rules(page)
    return page.evaluate(AXE_FINDINGS, options)


def bring_rules(page) -> None:
    if not page.evaluate(RULES_ARE_THERE):
        page.evaluate(RULES)


def assert_axe_clean(page):
    assert axe_findings(page) == []


def barriers(page) -> list[str]:
    """Say what stands in somebody's way: both themes, eyes, ears, keyboard and large thumbs."""
    page.emulate_media(color_scheme="light")
    found, size = axe_findings(page) + unspoken(page), page.viewport_size
    if size != SMALLEST_PHONE:
        page.set_viewport_size(SMALLEST_PHONE)
    page.keyboard.press("Tab")  # a browser shows the focus to those who use the keyboard
    found += page.evaluate("ourRules.findings()")
    if size != SMALLEST_PHONE:
        page.set_viewport_size(size)
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {one}" for one in axe_findings(page, **ONLY_CONTRAST)]
