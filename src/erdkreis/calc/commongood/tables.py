"""The figures and rules of the matrix, read once from ``tables/*.csv``.

A new edition of the matrix is new rows in those files. What each column means, its unit and its
source stand in ``tables/README.md``.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Final, Literal, NamedTuple

Language = Literal["de", "en"]
Quantity = float | str | bool | None

TABLES = files(__package__) / "tables"
STAKEHOLDERS = ("A", "B", "C", "D", "E")
WEIGHTS = (0.0, 0.5, 1.0, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The single figures of the method; unit and meaning stand in ``constants.csv``."""

    ppp_without_country: float
    ituc_without_country: float
    suppliers_for_chain_weight: float
    economic_ratio_without_assets: float
    investment_ratio_without_assets: float
    share_scale: float
    supplier_factor: float
    finance_factor: float
    staff_factor: float
    ratio_without_flows: float
    ratio_lowest: float
    ratio_middle: float
    ratio_highest: float
    weight_lowest: float
    weight_high: float
    weight_highest: float
    points_total: float
    estimation_highest: float
    estimation_lowest: float
    topic_points_even: float
    total_lowest: float


class Titles(NamedTuple):
    """A short title of our own, in both languages.

    Examples
    --------
    >>> Titles("Staff", "Mitarbeitende").in_language("de")
    'Mitarbeitende'
    """

    en: str
    de: str

    def in_language(self, language: Language) -> str:
        """Return the title in German (``"de"``) or English (``"en"``)."""
        return self.de if language == "de" else self.en


class Term(NamedTuple):
    """A word used when a weight is explained.

    Examples
    --------
    >>> terms()["costs"]
    Term(unit='money', titles=Titles(en='Money spent there', de='Dort ausgegebenes Geld'))
    """

    unit: str
    titles: Titles


class Region(NamedTuple):
    """A country, or the average of a continent or of the world.

    Examples
    --------
    >>> regions()["USA"]
    Region(code='USA', ppp=1.0, ituc=4.0, ituc_for_staff=0.0)
    """

    code: str
    ppp: float
    """Price index, USA = 1; higher where a dollar buys more."""
    ituc: float
    """Workers' rights, 1 best to 6 worst."""
    ituc_for_staff: float
    """The same, or 0 where the official calculator leaves it out for staff."""


class Industry(NamedTuple):
    """An industry and the ecological risk of buying from it and of its products.

    Examples
    --------
    >>> mining = industries()["B"]
    >>> mining.supply_chain_factor, mining.special, mining.titles.de
    (2.0, 'mining', 'Bergbau')
    """

    code: str
    supply_chain_factor: float
    design_factor: float
    special: str
    """``finance``, ``mining``, ``construction`` or empty."""
    titles: Titles


class SizeClass(NamedTuple):
    """A size of company: few people, and little turnover or few assets.

    Examples
    --------
    >>> micro = size_classes()[0]
    >>> micro.size, micro.employees_below, micro.turnover_up_to_eur
    ('micro', 10.0, 2000000.0)
    """

    size: str
    employees_below: float
    turnover_up_to_eur: float
    assets_up_to_eur: float


class Level(NamedTuple):
    """A level of one rating; for display only.

    Examples
    --------
    >>> level = levels()[2]
    >>> level.points_from, level.points_to, level.titles.en
    (2, 3, 'Advanced')
    """

    rank: int
    points_from: int
    points_to: int
    titles: Titles


def rows(name: str) -> Iterator[dict[str, str]]:
    """Read one file of the tables, a row at a time, by the names of its columns.

    Examples
    --------
    >>> next(rows("values.csv"))["code"]
    '1'
    """
    with TABLES.joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


def titles_of(row: dict[str, str]) -> Titles:
    """Return the titles that a row of any table carries.

    Examples
    --------
    >>> titles_of({"title_en": "Staff", "title_de": "Mitarbeitende"}).de
    'Mitarbeitende'
    """
    return Titles(row["title_en"], row["title_de"])


@cache
def regions() -> dict[str, Region]:
    """Return all countries and averages by code (ISO 3166-1 alpha-3; averages start with A).

    Examples
    --------
    >>> regions()["AWO"].ppp == FIGURES.ppp_without_country
    True
    """
    return {
        row["code"]: Region(
            row["code"],
            float(row["ppp_index"]),
            float(row["ituc_index"]),
            float(row["ituc_index"]) if row["ituc_counts_for_staff"] == "yes" else 0.0,
        )
        for row in rows("regions.csv")
    }


@cache
def industries() -> dict[str, Industry]:
    """Return all industries by code (NACE section, or C with a small letter).

    Examples
    --------
    >>> industries()["Ca"].titles.en
    'Food, drink, tobacco'
    """
    return {
        row["code"]: Industry(
            row["code"],
            float(row["supply_chain_factor"]),
            float(row["design_factor"]),
            row["special"],
            titles_of(row),
        )
        for row in rows("industries.csv")
    }


def _figures() -> Figures:
    values = {row["name"]: float(row["value"]) for row in rows("constants.csv")}
    return Figures(**{field.name: values[field.name] for field in fields(Figures)})


FIGURES: Final = _figures()


@cache
def size_classes() -> tuple[SizeClass, ...]:
    """Return the sizes of company from small to middle; what fits none is large.

    Examples
    --------
    >>> [size.size for size in size_classes()]
    ['micro', 'small', 'middle']
    """
    return tuple(
        SizeClass(
            row["size"],
            float(row["employees_below"]),
            float(row["turnover_up_to_eur"]),
            float(row["assets_up_to_eur"]),
        )
        for row in rows("size_classes.csv")
    )


@cache
def levels() -> tuple[Level, ...]:
    """Return the five levels of a positive rating, baseline first.

    Examples
    --------
    >>> [level.points_from for level in levels()]
    [0, 1, 2, 4, 7]
    """
    return tuple(
        Level(int(row["rank"]), int(row["points_from"]), int(row["points_to"]), titles_of(row))
        for row in rows("levels.csv")
    )


def level_of(estimation: float) -> Level:
    """Return the level that a positive rating of 0 to 10 has reached.

    Examples
    --------
    >>> level_of(3.5).titles.de
    'Fortgeschritten'
    """
    return [level for level in levels() if level.points_from <= estimation][-1]


@cache
def terms() -> dict[str, Term]:
    """Return the words used when a weight is explained, by name of the quantity.

    Examples
    --------
    >>> terms()["country"].titles.de
    'Land'
    """
    return {row["name"]: Term(row["unit"], titles_of(row)) for row in rows("terms.csv")}


@cache
def stakeholder_titles() -> dict[str, Titles]:
    """Return the titles of the five rows of the matrix.

    Examples
    --------
    >>> stakeholder_titles()["C"].en
    'Staff'
    """
    return {row["code"]: titles_of(row) for row in rows("stakeholders.csv")}


@cache
def value_titles() -> dict[str, Titles]:
    """Return the titles of the four columns of the matrix.

    Examples
    --------
    >>> value_titles()["1"].en
    'Human dignity'
    """
    return {row["code"]: titles_of(row) for row in rows("values.csv")}


@cache
def topic_titles() -> dict[str, Titles]:
    """Return the titles of the twenty topics, row by row.

    Examples
    --------
    >>> list(topic_titles())[:2], len(topic_titles())
    (['A1', 'A2'], 20)
    """
    return {row["code"]: titles_of(row) for row in rows("topics.csv")}
