"""Photograph the demo for the guides, in both languages: ``make look``."""

import os
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from readme_picture import FLAGS, PATIENCE, ROOT, served

TARGET = ROOT / "docs" / "guide" / "look"
DESK, PHONE = {"width": 1180, "height": 760}, {"width": 390, "height": 860}
LOCALES = {"de": "de-DE", "en": "en-GB"}
HOST, PASSWORD = "gastgeberin@kornblume.example", "kornblume-demo"


@dataclass(frozen=True)
class Demo:
    """Where the demo stands, and the addresses that making it told, by their last part."""

    url: str
    told: str

    def address(self, part: str) -> str:
        return self.url + re.findall(rf"http\S+(/{part}/\S*)", self.told)[0]


def circle(page: Page, demo: Demo) -> None:
    page.goto(demo.url + "/circles/")
    page.locator("main a[href*='/circles/']").first.click()


def question(page: Page, demo: Demo) -> None:
    page.goto(demo.address("e"))
    page.locator("main form button:visible").first.click()


def picture(page: Page, demo: Demo) -> None:
    page.goto(demo.address("p"))


def dialogue(page: Page, demo: Demo) -> None:
    page.goto(demo.address("d"))
    page.locator("main form button:visible").first.click()


def experiment(page: Page, demo: Demo) -> None:
    page.goto(demo.url + "/experiments/1/")


# What is photographed, how large the window is, and whether somebody is signed in.
PICTURES: dict[str, tuple[Callable[[Page, Demo], None], dict[str, int], bool]] = {
    "circle": (circle, DESK, True),
    "question": (question, PHONE, False),
    "picture": (picture, DESK, False),
    "dialogue": (dialogue, PHONE, False),
    "experiment": (experiment, DESK, True),
}


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    for language, locale in LOCALES.items():
        with tempfile.TemporaryDirectory() as folder, served(folder, language) as (url, told):
            photograph(Demo(url, told), language, locale)


def photograph(demo: Demo, language: str, locale: str) -> None:
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("ERDKREIS_CHROMIUM"), args=FLAGS
        )
        for name, (go, size, is_signed_in) in PICTURES.items():
            context = browser.new_context(viewport=size, locale=locale, color_scheme="light")
            page = context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            if is_signed_in:
                sign_in(page, demo)
            go(page, demo)
            page.wait_for_load_state("networkidle")
            target = TARGET / f"{name}-{language}.png"
            page.screenshot(path=target)
            print(f"Written: {Path(target).relative_to(ROOT)}")
            context.close()
        browser.close()


def sign_in(page: Page, demo: Demo) -> None:
    page.goto(demo.url + "/account/login/")
    page.fill("input[name=login]", HOST)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^(?!.*/login/)"))


if __name__ == "__main__":
    main()
