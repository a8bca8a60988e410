"""What did people like me say? One group: its sentences, answers and words in the picture."""

from dataclasses import dataclass, replace

from erdkreis.pictures.page import ResultPage
from erdkreis.pictures.rows import PictureRow
from erdkreis.pictures.sheets import Entry
from erdkreis.rounds.models import RoundGroup

WORDS_ON_A_PAGE = 50


@dataclass(frozen=True)
class GroupEntry:
    """One sentence of this group, with the leadership's own answer beside it."""

    title: str
    entry: Entry
    leadership: str
    # A mark of the own answer stands only beside numbers that may be shown.
    may_be_marked: bool


@dataclass(frozen=True)
class GroupPage:
    """One group's part of the picture. It shows nothing that the whole does not."""

    group: RoundGroup
    # One row, or two where invited and open link stand apart.
    rows: tuple[PictureRow, ...]
    entries: tuple[GroupEntry, ...]
    # Own words come page by page where there are many.
    number: int = 1
    n_pages: int = 1

    @property
    def before(self) -> int:
        return self.number - 1

    @property
    def after(self) -> int:
        return self.number + 1 if self.number < self.n_pages else 0

    @property
    def row(self) -> PictureRow | None:
        return self.rows[0] if self.rows else None


def group_page(page: ResultPage, code: str, wanted: str = "") -> GroupPage | None:
    """Return the part of one group, or nothing if there is no such group in the round."""
    group = next((group for group in page.groups if group.code == code), None)
    if group is None:
        return None
    rows = tuple(row for row in page.rows if row.group.code == code)
    own = [(s.title, e) for s in page.sheets for e in s.entries if e.group.code == code]
    longest = max((len(entry.words) for _title, entry in own), default=0)
    n_pages = max(1, -(-longest // WORDS_ON_A_PAGE))
    number = min(int(wanted), n_pages) if wanted.isdecimal() and int(wanted) else 1
    begin, end = (number - 1) * WORDS_ON_A_PAGE, number * WORDS_ON_A_PAGE
    entries = tuple(
        GroupEntry(
            title,
            replace(entry, begin=begin, end=end),
            _own_view(page, entry.item),
            _is_shown(entry),
        )
        for title, entry in own
    )
    return GroupPage(group, rows, entries, number, n_pages)


def _own_view(page: ResultPage, item: str) -> str:
    """Return the leadership's agreed answer to the same question, if it gave one."""
    released = page.table.group("leadership")
    subject, _dot, rest = item.partition(".")
    if released is None or released.is_anonymous or not rest.endswith(".core"):
        return ""
    own = f"{subject}.leadership.core"
    return next((str(s.value) for s in released.spoken if s.item == own and s.value), "")


def _is_shown(entry: Entry) -> bool:
    return entry.cell is not None and bool(entry.cell.distribution or entry.cell.tendency)
