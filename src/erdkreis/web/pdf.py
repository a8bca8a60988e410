"""Turn a page into a PDF, if the machine can; it fetches nothing but our own fonts and styles.

WeasyPrint needs the system library Pango. Without it everything else works, and the links to PDFs
say what to install.
"""

import importlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

# An address that exists nowhere (RFC 2606): below it, and only there, our own files are found.
OUR_FILES = "https://static.invalid/"
STYLE = "web/paper.css"
FONTS = {
    "Atkinson Hyperlegible Next Variable": "atkinson-hyperlegible-next",
    "Source Serif 4 Variable": "source-serif-4",
}
# Said again, because WeasyPrint does not read the rules that browsers get.
FONT_RULES = "".join(
    f"@font-face {{ font-family: '{family}'; "
    f"src: url({OUR_FILES}vendor/{file}-{letters}-wght-normal.woff2) format('woff2') }}"
    for family, file in FONTS.items()
    for letters in ("latin", "latin-ext")
)
KINDS = {".woff2": "font/woff2", ".css": "text/css"}


class PdfNotPossible(Exception):
    """A system library is missing on this machine."""


def can_make_pdf() -> bool:
    try:
        _weasyprint()
    except PdfNotPossible:
        return False
    return True


def make_pdf(html: str, page: str = "A4") -> bytes:
    """Return a page, complete in itself, as a PDF that can be read aloud, too."""
    weasyprint, fetcher = _weasyprint(), _fetcher()
    fonts = importlib.import_module("weasyprint.text.fonts").FontConfiguration()
    style = _our_file(STYLE).read_text(encoding="utf-8")
    sheets = [
        weasyprint.CSS(string=rules, url_fetcher=fetcher, font_config=fonts)
        for rules in (FONT_RULES, style, f"@page {{ size: {page} }}")
    ]
    document = weasyprint.HTML(string=html, base_url=OUR_FILES, url_fetcher=fetcher)
    made: bytes = document.write_pdf(
        stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", finisher=_finish_structure
    )
    return made


def _finish_structure(_document: Any, pdf: Any) -> None:
    """Say what the library leaves unsaid: what a heading of a table heads, what is a pair.

    It knows ``dt`` and ``dd`` as items of a list, but not the ``div`` around a pair of them.
    """

    def around(element: Any) -> Any:
        return pdf.objects[int(element["P"].split()[0])]

    def within(element: Any) -> list[Any]:
        # A number among them is a piece of the page itself.
        return [pdf.objects[int(kid.split()[0])] for kid in element["K"] if isinstance(kid, bytes)]

    elements = [one for one in pdf.objects if isinstance(one, dict) and "S" in one and "P" in one]
    for element in elements:
        if element["S"] == "/TH":
            is_on_top = around(around(element))["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if is_on_top else "/Row"
        elif element["S"] == "/Div" and around(element)["S"] == "/L":
            element["S"] = "/LI"
            for place, item in enumerate(within(element)):
                item["S"] = "/LBody" if place else "/Lbl"
                for body in within(item):
                    body["S"] = "/NonStruct"


@cache
def _weasyprint() -> Any:
    # Fonts are cut to the letters that occur, and the library that does it stamps them with the
    # present moment unless this is set. The same page shall be the same file on any day.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    try:
        return importlib.import_module("weasyprint")
    except OSError as missing:  # what the loader says where a library is not there
        raise PdfNotPossible from missing


def _our_file(name: str) -> Path:
    """Return one of our static files; anything else is not there."""
    if Path(name).suffix not in KINDS or not (found := finders.find(name)):
        raise ValueError(name)
    return Path(str(found))


@cache
def _fetcher() -> Any:
    _weasyprint()
    urls = importlib.import_module("weasyprint.urls")

    # The default would open any address, files of this machine among them. A plain function in
    # its place crashes in version 70.
    class OnlyOurFiles(urls.URLFetcher):  # type: ignore[misc, name-defined]  # no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002 - its signature
            if not url.startswith(OUR_FILES):
                raise ValueError(url)
            file = _our_file(url.removeprefix(OUR_FILES))
            return urls.URLFetcherResponse(
                url, file.read_bytes(), {"Content-Type": KINDS[file.suffix]}
            )

    return OnlyOurFiles()
