"""Build the documentation site: ``make docs``.

What lies in docs/ is laid out anew, with pages made of what stands elsewhere (contributing, what is
new, the list of decisions), built by Zensical in its strict mode, and looked through once more:
every link and every mark must lead somewhere, and no page may ask anybody else for anything.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
DOCS, SITE = ROOT / "docs", ROOT / "site"
FURTHER = "# further pages"
ARTICLE = '<article class="md-content__inner'
# What a page loads by itself; a link that somebody presses is another thing.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src"}
LOADING_RELATIONS = {"stylesheet", "preload", "prefetch", "preconnect", "icon", "manifest"}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        stage(Path(folder))
        build(Path(folder))
        built = Path(folder) / "site"
        mark_languages(built)
        if found := sorted(set(problems(built))):
            sys.exit("\n".join(found))
        shutil.rmtree(SITE, ignore_errors=True)
        shutil.copytree(built, SITE)
    print(f"{SITE}: {len(list(SITE.rglob('*.html')))} pages. Open index.html.")


def stage(folder: Path) -> None:
    """Lay out what the site is built from."""
    docs = folder / "docs"
    shutil.copytree(DOCS, docs)
    (docs / "site.toml").unlink()
    for name, source in (("contributing", "CONTRIBUTING"), ("changelog", "CHANGELOG")):
        text = (ROOT / f"{source}.md").read_text(encoding="utf-8")
        (docs / f"{name}.md").write_text(text.replace("](docs/", "]("), encoding="utf-8")
    decisions = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    lines = [f"- [{title(page)}]({page.name})" for page in decisions]
    listed = "# Decisions\n\nWhy things are as they are, one page each.\n\n" + "\n".join(lines)
    (docs / "decisions" / "index.md").write_text(listed + "\n", encoding="utf-8")
    (folder / "zensical.toml").write_text(configuration(docs), encoding="utf-8")


def configuration(docs: Path) -> str:
    """Return the settings of the site, with a place for each page that nobody named."""
    text = (DOCS / "site.toml").read_text(encoding="utf-8")
    pages = (page.relative_to(docs).as_posix() for page in sorted(docs.rglob("*.md")))
    further = [
        f'{{ "{title(docs / page)}" = "{page}" }},'
        for page in pages
        if f'"{page}"' not in text and not page.startswith("decisions/")
    ]
    return text.replace(FURTHER, "\n    ".join(further))


def title(page: Path) -> str:
    """Return the first heading of a page, as a name for it."""
    heading = re.search(r"^# (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return (heading[1] if heading else page.stem).replace('"', "”").replace("`", "")


def build(folder: Path) -> None:
    command = [str(Path(sys.executable).with_name("zensical")), "build", "--strict", "--clean"]
    said = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"NO_COLOR": "1"},
    )
    if said.returncode:
        sys.exit(said.stdout + said.stderr)


def mark_languages(site: Path) -> None:
    """Say which pages are German, for whoever listens to them."""
    for page in (site / "guide" / "de").glob("*.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace(ARTICLE, f'<article lang="de" {ARTICLE[9:]}'), "utf-8")


class Page(HTMLParser):
    """What a page links to, loads, and can be linked to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.marks = {"", "__top"}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.marks.update(found[name] for name in ("id", "name") if name in found)
        relations = set(found.get("rel", "").split())
        if tag in LOADED and LOADED[tag] in found:
            self.loads.append(found[LOADED[tag]])
        elif tag == "link" and relations & LOADING_RELATIONS:
            self.loads.append(found.get("href", ""))
        elif tag == "a" and "href" in found:
            self.links.append(found["href"])


def problems(site: Path) -> Iterator[str]:
    """Yield each link that leads nowhere, and each thing that is fetched from elsewhere."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    for path, page in pages.items():
        name = path.relative_to(site)
        for address in page.loads:
            if urlsplit(address).scheme not in ("", "data") or urlsplit(address).netloc:
                yield f"{name}: fetches {address} from elsewhere."
        if path.name != "404.html":  # its addresses begin at the root of wherever the site lies
            for address in (*page.links, *page.loads):
                if said := _leads_nowhere(address, path, pages):
                    yield f"{name}: {address} {said}"
    for sheet in site.rglob("*.css"):
        for address in re.findall(r"url\(['\"]?(https?:[^)]*)\)", sheet.read_text("utf-8")):
            yield f"{sheet.relative_to(site)}: fetches {address} from elsewhere."


def _leads_nowhere(address: str, path: Path, pages: dict[Path, Page]) -> str:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if not target.exists():
        return "leads nowhere."
    if target in pages and unquote(parts.fragment) not in pages[target].marks:
        return "names a place that is not there."
    return ""


if __name__ == "__main__":
    main()
