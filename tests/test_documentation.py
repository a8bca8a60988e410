"""The documentation cannot fall behind: every setting and command is named, every link leads on."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "scripts"))

import commands_page  # noqa: E402 - scripts are no package
import docs_site  # noqa: E402 - as above

WRITTEN_IN = ("src", "scripts")
READ_FROM_SETTINGS = re.compile(r"\b(ERDKREIS_[A-Z][A-Z_]+|DATABASE_URL)\b")


def settings_of_the_code() -> set[str]:
    """Return every name of a setting in the code, also those made of a prefix."""
    sources = [path for folder in WRITTEN_IN for path in (ROOT / folder).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in (*sources, ROOT / "Makefile")]
    return {name for text in texts for name in READ_FROM_SETTINGS.findall(text)}


def test_every_setting_is_described():
    described = set(READ_FROM_SETTINGS.findall((DOCS / "settings.md").read_text("utf-8")))

    assert len(settings_of_the_code()) > 20
    assert settings_of_the_code() - described == set(), "describe it in docs/settings.md"


def test_every_command_and_every_option_is_described():
    written = (DOCS / "commands.md").read_text(encoding="utf-8")

    assert written == commands_page.commands_page(), "run: python scripts/commands_page.py"
    assert "`--write-mapping FILE`" in written
    assert "### erdkreis import polis" in written


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    docs_site.stage(folder)
    docs_site.build(folder)
    docs_site.mark_languages(folder / "site")
    return folder / "site"


def test_every_link_of_the_site_leads_somewhere_and_nothing_is_fetched_from_elsewhere(site):
    assert list(docs_site.problems(site)) == []


def test_what_is_broken_is_found(site, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '<p id="here"><a href="#there">a</a><a href="gone.html">b</a><a href="#here">c</a>'
        '<script src="https://elsewhere.example/x.js"></script></p>'
    )

    assert sorted(docs_site.problems(tmp_path)) == [
        "page.html: #there names a place that is not there.",
        "page.html: fetches https://elsewhere.example/x.js from elsewhere.",
        "page.html: gone.html leads nowhere.",
    ]


def test_every_page_has_its_place_in_the_site(site):
    pages = {path.relative_to(DOCS).with_suffix("").as_posix() for path in DOCS.rglob("*.md")}

    assert {p for p in pages if not (site / f"{p}.html").exists()} == set()
    config = docs_site.configuration(DOCS)
    assert {p for p in pages if f'"{p}.md"' not in config and "decisions/" not in p} == set()


def test_german_pages_say_that_they_are_german(site):
    page = (site / "guide" / "de" / "einmal-herum.html").read_text(encoding="utf-8")

    assert '<article lang="de"' in page


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_guides_have_the_same_chapters(language):
    other = {"de": "en", "en": "de"}[language]

    assert len(list((DOCS / "guide" / language).glob("*.md"))) == len(
        list((DOCS / "guide" / other).glob("*.md"))
    )
