"""What goes into the gate and what comes out of it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from erdkreis.calc.privacy import Cell, Counts, Heard, Showing, Tendency, VoteCell

# What stands in the place of a name, once who spoke by name has taken the consent back.
NAME_TAKEN_BACK = "–"


@dataclass(frozen=True)
class Spoken:
    """An answer given openly: by name, or by a group as one."""

    item: str
    who: str
    status: str
    value: int | None
    n_evidence: int = 0


@dataclass(frozen=True)
class RawGroup:
    """Everything counted over one group, before the gate."""

    code: str
    n_voices: int
    counts: Mapping[str, Counts]
    is_anonymous: bool = True
    # Of the voices and answers above, those that came by the open link.
    n_by_link: int = 0
    counts_by_link: Mapping[str, Counts] = field(default_factory=dict)
    spoken: tuple[Spoken, ...] = ()


@dataclass(frozen=True)
class RawWords:
    """How many people of one group wrote, and the keys of their texts, before the gate."""

    n_people: int
    keys: tuple[int, ...]
    is_anonymous: bool = True


@dataclass(frozen=True)
class ReleasedPart:
    """Those of a group who came by the open link, where they may stand apart."""

    heard: Heard
    cells: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleasedGroup:
    """What may be known of one group.

    With ``by_link`` everything else is about those who were invited. Without, everything is about
    all of them, and ``is_open_link`` says that some came by the open link. Never both.
    """

    code: str
    heard: Heard
    cells: Mapping[str, Cell] = field(default_factory=dict)
    is_anonymous: bool = True
    is_open_link: bool = False
    by_link: ReleasedPart | None = None
    spoken: tuple[Spoken, ...] = ()

    @property
    def heard_in_all(self) -> Heard:
        """Return how all of them were heard. Parts stand apart only where both are exact."""
        if self.by_link is None:
            return self.heard
        n = self.heard.n_from + self.by_link.heard.n_from
        return Heard(is_heard=True, is_enough=True, n_from=n, n_to=n)


@dataclass(frozen=True)
class RawExpected:
    """What the leadership expects one group to say to one question, before the gate."""

    group: str
    question: str
    counts: Counts
    is_anonymous: bool = False
    # How many the leadership are: of too few, not even “all left this out” is told.
    n_voices: int = 0


@dataclass(frozen=True)
class Expected:
    """What the leadership expected, as it may be known.

    A leadership that speaks as one has one ``value`` (none for “don't know”); a larger one, which
    answers anonymously, has a ``cell`` like any other group.
    """

    group: str
    question: str
    value: int | None = None
    cell: Cell | None = None


@dataclass(frozen=True)
class Seal:
    """By what a release is known again, on paper, too."""

    fingerprint: str
    day: date


@dataclass(frozen=True)
class ReleasedTable:
    """What may be known of a round: groups × items."""

    groups: tuple[ReleasedGroup, ...]
    heard: Heard
    min_group: int
    expected: tuple[Expected, ...] = ()

    def group(self, code: str) -> ReleasedGroup | None:
        return next((group for group in self.groups if group.code == code), None)

    @property
    def parts(self) -> list[tuple[str, Heard, Mapping[str, Cell]]]:
        """Everything counted, by the people it is about: an open-link part is a row of its own."""
        rows = [(group.code, group.heard, group.cells) for group in self.groups]
        return rows + [
            (f"{group.code} by link", group.by_link.heard, group.by_link.cells)
            for group in self.groups
            if group.by_link
        ]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "ReleasedTable":
        return cls(
            groups=tuple(_group(group) for group in content["groups"]),
            heard=Heard(**content["heard"]),
            min_group=content["min_group"],
            # Pictures made before predictions were let out have none.
            expected=tuple(_expected(one) for one in content.get("expected", ())),
        )


def _group(content: Mapping[str, Any]) -> ReleasedGroup:
    by_link = content.get("by_link")  # missing in what was released before there were parts
    return ReleasedGroup(
        code=content["code"],
        heard=Heard(**content["heard"]),
        cells=_cells(content["cells"]),
        is_anonymous=content["is_anonymous"],
        is_open_link=content["is_open_link"],
        by_link=by_link and ReleasedPart(Heard(**by_link["heard"]), _cells(by_link["cells"])),
        spoken=tuple(Spoken(**spoken) for spoken in content["spoken"]),
    )


def _cells(content: Mapping[str, Any]) -> dict[str, Cell]:
    return {item: _cell(cell) for item, cell in content.items()}


def _cell(content: Mapping[str, Any]) -> Cell:
    return Cell(
        showing=Showing(content["showing"]),
        n_from=content["n_from"],
        n_to=content["n_to"],
        steps=tuple(content["steps"]),
        dont_know=content["dont_know"],
        tendency=Tendency(content["tendency"]) if content["tendency"] else None,
    )


def _expected(content: Mapping[str, Any]) -> Expected:
    return Expected(
        group=content["group"],
        question=content["question"],
        value=content["value"],
        cell=_cell(content["cell"]) if content["cell"] else None,
    )


def vote_cell(content: Mapping[str, Any]) -> VoteCell:
    """Read what was let out of the votes on one statement."""
    return VoteCell(
        showing=Showing(content["showing"]),
        n_from=content["n_from"],
        n_to=content["n_to"],
        agree=content["agree"],
        passed=content["passed"],
        disagree=content["disagree"],
        tendency=Tendency(content["tendency"]) if content["tendency"] else None,
    )
