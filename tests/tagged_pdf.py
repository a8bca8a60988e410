"""Walk a PDF as a screen reader does, and say what would stop it (PDF/UA-1, ISO 14289-1).

The numbers are those of the Matterhorn Protocol 1.1. What needs a person to judge, such as whether
a description is a good one, is not looked at.
"""

import io
import re
from collections.abc import Iterator

import pikepdf
from pdfua import Severity, validate

TITLES = [f"/H{level}" for level in range(1, 7)]
STANDARD = {
    "/Document", "/Part", "/Art", "/Sect", "/Div", "/BlockQuote", "/Caption", "/TOC", "/TOCI",
    "/Index", "/NonStruct", "/Private", "/H", *TITLES, "/P", "/L", "/LI", "/Lbl", "/LBody",
    "/Table", "/TR", "/TH", "/TD", "/THead", "/TBody", "/TFoot", "/Span", "/Quote", "/Note",
    "/Reference", "/BibEntry", "/Code", "/Link", "/Annot", "/Ruby", "/Warichu", "/Figure",
    "/Formula", "/Form",
}  # fmt: skip
WITHIN = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/TFoot": {"/Table"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
}
SHOWS = {
    "Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do",
    "INLINE IMAGE",
}  # fmt: skip


def faults(content: bytes) -> list[str]:
    """Return what is wrong with a PDF, in words; nothing where a reader gets through."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [*_document(pdf), *_pages(pdf), *_tree(pdf), *_fonts(pdf)]
    report = validate(io.BytesIO(content))
    checked = [f"{f.rule_id}: {f.message}" for f in report.findings if f.severity != Severity.INFO]
    return found + checked


def titles(content: bytes) -> list[str]:
    """Return the levels of the headings, in their order: H1, H2, …"""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [str(e.S)[1:] for e, _parent in _elements(pdf) if str(e.S) in TITLES]


def _document(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "06: not marked as tagged"
    if not str(root.get("/Lang", "")):
        yield "11: no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "07: the title is not shown"
    with pdf.open_metadata() as told:
        if not told.get("dc:title"):
            yield "06: no title"
        if str(told.get("pdfuaid:part")) != "1":
            yield "05: does not say that it is PDF/UA-1"
    if "/StructTreeRoot" not in root:
        yield "01: no structure at all"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if "/StructParents" not in page:
            yield f"01: page {number} is not joined with the structure"
        annotations = list(page.get("/Annots", []))
        if annotations and page.get("/Tabs") != "/S":
            yield f"28: page {number}: the order of the Tab key is not that of the structure"
        for one in annotations:
            if one.Subtype == "/Link" and "/StructParent" not in one:
                yield f"28: page {number}: a link outside the structure"
            if one.Subtype == "/Link" and not str(one.get("/Contents", "")):
                yield f"28: page {number}: a link that does not say where it leads"
        if unmarked := _unmarked(page):
            yield f"01: page {number}: {unmarked} pieces neither tagged nor decoration"


def _unmarked(page: pikepdf.Page) -> int:
    marks: list[bool] = []
    unmarked = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            is_told = str(operands[0]) == "/Artifact" or (
                len(operands) > 1 and "/MCID" in operands[1]
            )
            marks.append(is_told)
        elif name == "EMC":
            marks.pop()
        elif name in SHOWS and not any(marks):
            unmarked += 1
    return unmarked


def _elements(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Object, pikepdf.Object | None]]:
    waiting = [(pdf.Root.StructTreeRoot.K, None)]
    while waiting:
        here, parent = waiting.pop()
        if isinstance(here, pikepdf.Array):
            waiting += [(kid, parent) for kid in reversed(list(here))]
        elif isinstance(here, pikepdf.Dictionary) and "/S" in here:
            yield here, parent
            if "/K" in here:
                waiting.append((here.K, here))


def _tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    level = 0
    for element, parent in _elements(pdf):
        kind = str(element.S)
        if kind not in STANDARD:
            yield f"02: {kind} is no standard kind"
        if kind in WITHIN and (parent is None or str(parent.S) not in WITHIN[kind]):
            yield f"09: {kind} stands in {parent.S if parent is not None else 'nothing'}"
        if kind == "/Figure" and not str(element.get("/Alt", element.get("/ActualText", ""))):
            yield "13: a figure without a description"
        if kind == "/TH" and str(element.get("/A", {}).get("/Scope", "")) not in {
            "/Row",
            "/Column",
        }:
            yield "15: a heading of a table that does not say what it heads"
        if kind == "/Table":
            yield from _table(element)
        if kind in TITLES:
            now = TITLES.index(kind) + 1
            if now > level + 1:
                yield f"14: H{now} follows " + (f"H{level}" if level else "nothing")
            level = now
    if not level:
        yield "14: no heading"


def _table(table: pikepdf.Object) -> Iterator[str]:
    widths = set()
    for row in _rows(table):
        cells = [cell for cell in row.K if str(cell.get("/S")) in {"/TH", "/TD"}]
        attributes = [cell.get("/A", {}) for cell in cells]
        if any("/RowSpan" in told for told in attributes):
            return
        widths.add(sum(int(told.get("/ColSpan", 1)) for told in attributes))
    if len(widths) > 1:
        yield f"15: rows of different lengths: {sorted(widths)}"


def _rows(part: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in part.get("/K", []):
        kind = str(kid.get("/S"))
        if kind == "/TR":
            yield kid
        elif kind in {"/THead", "/TBody", "/TFoot"}:
            yield from _rows(kid)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for one in pdf.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        if one.get("/Type") == "/FontDescriptor" and not {
            "/FontFile",
            "/FontFile2",
            "/FontFile3",
        } & {*one.keys()}:
            yield f"31: {one.get('/FontName')} is not embedded"
        if one.get("/Subtype") == "/Type0" and "/ToUnicode" not in one:
            yield f"31: the letters of {one.get('/BaseFont')} cannot be read aloud"


def families(content: bytes) -> set[str]:
    """Return the fonts of a PDF, without the mark of the letters that were taken."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        named = (
            str(one.FontName)[1:]
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        )
        return {re.sub(r"^[A-Z]{6}\+", "", name) for name in named}
