"""What browser tests ask of a page."""

from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings

LAPTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 780}
N_TRIES, BETWEEN_TRIES_MS = 600, 50
SMALLEST_PHONE = {"width": 320, "height": 640}
ONLY_CONTRAST = {"runOnly": ["color-contrast"]}

# Half a megabyte goes into each page once, and only what is said of it comes back.
AXE_IS_THERE = "typeof axe === 'object'"
AXE_FINDINGS = """async (options) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], ...options });
  return violations.map(({ id, help, nodes }) =>
    `${id} (${help}): ` + nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | "));
}"""

# Links inside a sentence may be as high as their line (WCAG 2.5.8); all else takes 44 pixels.
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, summary, label.choice")]
  .filter((e) => e.checkVisibility() && !e.matches(".skip-link"))
  .filter((e) => !e.closest("p:not(.actions), dd, blockquote, h2, th, .rows li > span"))
  .filter((e) => e.getBoundingClientRect().height < 43.5)
  .map((e) => `${e.outerHTML.slice(0, 90)} is ${e.getBoundingClientRect().height} px high`)"""


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
    if not page.evaluate(AXE_IS_THERE):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE_FINDINGS, options)


def assert_axe_clean(page):
    assert axe_findings(page) == []


def barriers(page) -> list[str]:
    """Say what stands in somebody's way on a phone: both themes, small screens, large thumbs."""
    page.emulate_media(color_scheme="light")
    found = axe_findings(page)
    found += page.evaluate(SMALL_TARGETS)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in axe_findings(page, **ONLY_CONTRAST)]
    page.set_viewport_size(SMALLEST_PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > SMALLEST_PHONE["width"]:
        found.append(f"{width} px wide on a phone of {SMALLEST_PHONE['width']} px")
    page.set_viewport_size(PHONE)
    return found
