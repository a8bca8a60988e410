"""One self-contained page for a published conversation: lists with bars first, the map second.

No script, no request to anywhere. Every number stands with its n; the map has real tables beside
it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from erdkreis.calc.opinion.common_ground import Answer
from erdkreis.calc.opinion.thresholds import threshold
from erdkreis.drawing import opinion_map as chart
from erdkreis.drawing import vote_bar as bars

if TYPE_CHECKING:
    from erdkreis.calc.opinion.analysis import OpinionAnalysis, View
    from erdkreis.calc.opinion.classic.group_stats import GroupCounts
    from erdkreis.calc.opinion.open_data import Export

N_LISTED = 12
N_LISTED_GROUP = 3
N_CHARACTERS_NAME = 48
N_PEOPLE_MAP = 20
N_PEOPLE_MAP_ADVISED = 50
STYLE = """
:root { color-scheme: light dark; --surface: Canvas; }
body { font: 1rem/1.55 Georgia, serif; max-width: 46rem; margin: 0 auto; padding: 1.5rem; }
h1, h2 { line-height: 1.2; overflow-wrap: anywhere; } h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; font: .9rem/1.4 sans-serif; width: 100%; }
th, td { border-bottom: 1px solid; padding: .25rem .4rem; text-align: right; vertical-align: top; }
th:first-child, td:first-child { text-align: left; }
.bars { list-style: none; padding: 0; font: .85rem/1.4 sans-serif; }
.note, figcaption { font: .9rem/1.45 sans-serif; }
.verdict { font-size: 1.2rem; }
.statement { margin: 1.2rem 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; }
"""


@cache
def _dictionary() -> Mapping[str, Mapping[str, str]]:
    text = files("erdkreis.cli").joinpath("opinion_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True)
class _Page:
    """Everything the parts of the page read."""

    export: Export
    analysis: OpinionAnalysis
    language: str

    def say(self, key: str, **values: object) -> str:
        """Return a phrase in the language of the page, escaped."""
        return escape(_dictionary()[key][self.language].format(**values))

    def text(self, column: int) -> str:
        """Return the words of a statement, escaped."""
        number = int(self.export.votes.statement_ids[column])
        found = self.export.statements.get(number).text.strip()
        return escape(found) if found else self.say("untold", id=number)

    @property
    def view(self) -> View | None:
        """The groups beside each other: known groups first, else opinion groups."""
        return self.analysis.stakeholder_view or self.analysis.opinion_view

    def group_name(self, group: int) -> str:
        """Return how a group of the view is called: an opinion group by what sets it apart."""
        known, found = self.analysis.stakeholder_view, self.analysis.opinion_view
        if known is not None:
            return known.names[group]
        letter = chart.letter(group)
        telling = _telling_columns(found, group) if found else []
        if not telling:
            return letter
        column, agrees = telling[0]
        verb = self.plain("agrees" if agrees else "disagrees")
        return f"{letter} ({verb}: {shortened(unescape(self.text(column)))})"

    def number(self, value: float, n_digits: int = 0) -> str:
        """Write a number the way the language does."""
        written = f"{value:.{n_digits}f}"
        return written.replace(".", ",") if self.language == "de" else written

    def plain(self, key: str, **values: object) -> str:
        """Return a phrase unescaped, to be put into another."""
        return _dictionary()[key][self.language].format(**values)


def opinion_page(export: Export, analysis: OpinionAnalysis, title: str, language: str) -> str:
    """Write the page.

    Parameters
    ----------
    language : "en" or "de"
    """
    page = _Page(export, analysis, language)
    body = [
        f"<h1>{escape(title)}</h1>",
        *_opening(page),
        *_common_ground(page),
        *_tensions(page),
        *_selection(page),
        *_map(page),
        *_table(page),
        *_closing(page),
    ]
    style = STYLE + chart.STYLE + bars.STYLE
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{language}"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(title)}</title><style>{style}</style></head><body><main>",
            *body,
            "</main></body></html>\n",
        ]
    )


def _opening(page: _Page) -> Iterator[str]:
    votes, groups = page.export.votes, page.analysis.groups
    size = page.say(
        "size", people=votes.n_participants, votes=votes.n_votes, statements=votes.n_statements
    )
    yield f"<p>{size}</p><h2>{page.say('verdict')}</h2>"
    sentence = page.say(f"verdict.{groups.verdict.value}", k=groups.k, n=groups.n_people)
    yield f'<p class="verdict">{sentence}</p>'
    yield from _weighting(page)


def _weighting(page: _Page) -> Iterator[str]:
    """Say what was weighted, how sure that is (Kish), and which groups got no weight."""
    weights, view = page.analysis.weights, page.analysis.stakeholder_view
    if weights is None or view is None:
        return
    choice = "weighted_sizes" if page.analysis.has_sizes else "weighted_voices"
    n = int((weights.weights > 0).sum())
    told = page.say(choice, n=n, effective=f"{weights.n_effective:.0f}")
    if weights.too_small:
        names = ", ".join(view.names[group] for group in weights.too_small)
        told += " " + page.say("weighted_small", names=names)
    yield f'<p class="note">{told}</p>'


def _common_ground(page: _Page) -> Iterator[str]:
    view, shared = page.view, page.analysis.shared
    yield f"<h2>{page.say('common_ground')}</h2>"
    if view is None:
        yield f'<p class="note">{page.say("one_group")}</p>'
        columns = [found.column for found in page.analysis.classic.description.agree]
        yield from (_statement(page, column) for column in columns)
        return
    yield f'<p class="note">{page.say("common_ground_rule")}</p>'
    excluded = page.analysis.classic.excluded
    columns = [j for j, answer in enumerate(shared) if answer is Answer.YES and not excluded[j]]
    columns.sort(key=lambda j: (-view.agreed.floor[j], j))
    yield from _listed(page, columns, lambda j: _sure(page, view, j))


def _sure(page: _Page, view: View, j: int) -> str:
    return page.say(
        "sure",
        probability=f"{100 * view.agreed.probability[j]:.0f}",
        floor=f"{100 * view.agreed.floor[j]:.0f}",
    )


def _tensions(page: _Page) -> Iterator[str]:
    view = page.view
    yield f"<h2>{page.say('tensions')}</h2>"
    if view is None:
        yield f"<p>{page.say('none')}</p>"
        return
    yield f'<p class="note">{page.say("tensions_rule")}</p>'
    found = view.tensions
    columns = sorted(np.flatnonzero(found.is_named).tolist(), key=lambda j: -found.effect_low[j])
    yield from _listed(page, columns, lambda j: _effect(page, view, j))


def _effect(page: _Page, view: View, j: int) -> str:
    found = view.tensions
    return page.say(
        "effect",
        effect=f"{100 * found.effect[j]:.0f}",
        low=f"{100 * found.effect_low[j]:.0f}",
        high=f"{100 * found.effect_high[j]:.0f}",
        q=page.number(found.q_values[j], 3),
    )


def _listed(page: _Page, columns: list[int], note: Callable[[int], str]) -> Iterator[str]:
    if not columns:
        yield f"<p>{page.say('none')}</p>"
    yield from (_statement(page, j, note(j)) for j in columns[:N_LISTED])


def _statement(page: _Page, column: int, note: str = "") -> str:
    rows = "".join(f"<li>{row}</li>" for row in _bars(page, column))
    told = f'<p class="note">{note}</p>' if note else ""
    text = page.text(column)
    return f'<div class="statement"><p>{text}</p><ul class="bars">{rows}</ul>{told}</div>'


def _bars(page: _Page, column: int) -> Iterator[str]:
    """Draw the bar of everybody and of every group, each with its numbers in words."""
    everybody = page.analysis.classic.everybody
    yield _bar(page, page.plain("everybody"), everybody, group=0, column=column)
    yield from _weighted(page, column)
    view = page.view
    if view is None:
        return
    protects = page.analysis.stakeholder_view is not None
    for group in range(view.counts.n_groups):
        if protects and view.agreement.is_hidden[group, column]:
            least = int(threshold("intervals.min_votes_shown"))
            yield page.say("too_few", who=page.group_name(group), least=least)
        else:
            yield _bar(page, page.group_name(group), view.counts, group=group, column=column)


def _weighted(page: _Page, column: int) -> Iterator[str]:
    shares = page.analysis.weighted
    if shares is None or not shares.n_effective[column]:
        return
    yield page.say(
        "weighted",
        agree=f"{100 * shares.agree[column]:.0f}",
        disagree=f"{100 * shares.disagree[column]:.0f}",
        plain=f"{100 * shares.agree_unweighted[column]:.0f}",
        effective=f"{shares.n_effective[column]:.0f}",
    )


def _bar(page: _Page, who: str, counts: GroupCounts, *, group: int, column: int) -> str:
    agree, disagree = int(counts.agree[group, column]), int(counts.disagree[group, column])
    n = int(counts.seen[group, column])
    label = page.plain(
        "bar", who=who, agree=agree, disagree=disagree, passes=n - agree - disagree, n=n
    )
    drawing = bars.vote_bar(bars.Bar(agree, n - agree - disagree, disagree), label)
    return f"{drawing} {escape(label)}"


def _selection(page: _Page) -> Iterator[str]:
    yield f"<h2>{page.say('selection')}</h2>"
    yield f'<p class="note">{page.say("selection_rule")}</p><ol>'
    for listed in page.analysis.selection:
        newly = page.say("newly", n=listed.n_newly_represented)
        yield f"<li>{page.text(listed.column)} <small>({newly})</small></li>"
    yield "</ol>"


def _map(page: _Page) -> Iterator[str]:
    yield f"<h2>{page.say('map')}</h2>"
    groups, places = page.analysis.groups, page.analysis.places
    if groups.n_people < N_PEOPLE_MAP or places.positions.shape[1] == 0:
        yield f"<p>{page.say('map_none')}</p>"
        return
    if groups.n_people < N_PEOPLE_MAP_ADVISED:
        yield f"<p>{page.say('map_few')}</p>"
    words = chart.Words(page.plain("map"), page.plain("map_about"))
    drawing = chart.opinion_map(_people(page.analysis), words)
    yield f"<figure>{drawing}<figcaption>{page.say('map_about')}</figcaption></figure>"
    for group in range(groups.k if groups.groups else 0):
        yield _group(page, group)


def _people(analysis: OpinionAnalysis) -> list[chart.Person]:
    """Return everybody on the first two axes; with one axis all stand on a line."""
    positions = analysis.places.positions
    ys = positions[:, 1] if positions.shape[1] > 1 else np.zeros(len(positions))
    return [
        chart.Person(float(x), float(y), None if group < 0 else int(group))
        for x, y, group in zip(positions[:, 0], ys, analysis.groups.labels, strict=True)
    ]


def _group(page: _Page, group: int) -> str:
    """Describe a group by the statements that set it apart, counted where they did not form it."""
    groups, view = page.analysis.groups, page.analysis.opinion_view
    line = page.say(
        "group_line",
        letter=chart.letter(group),
        n=groups.sizes[group],
        stability=page.number(groups.stability[group], 2),
    )
    told = "".join(f"<li>{item}</li>" for item in _telling(page, view, group)) if view else ""
    return f"<p>{chart.shape_icon(group)} {line}</p><ul>{told}</ul>"


def _telling(page: _Page, view: View, group: int) -> Iterable[str]:
    for j, agrees in _telling_columns(view, group):
        direction = page.say("agrees" if agrees else "disagrees")
        n = (view.counts.agree if agrees else view.counts.disagree)[group, j]
        seen = view.counts.seen[group, j]
        yield f"{page.text(j)} <small>({direction}: {n} / n = {seen})</small>"


def _telling_columns(view: View, group: int) -> list[tuple[int, bool]]:
    """Return the statements on which a group stands farthest from the others, and its side."""
    rates = view.agreement.shrunk.share
    others = np.delete(rates, group, axis=0).mean(axis=0)
    distance = np.where(view.tensions.is_named, rates[group] - others, 0.0)
    farthest = np.argsort(-np.abs(distance), kind="stable")[:N_LISTED_GROUP].tolist()
    return [(j, bool(distance[j] > 0)) for j in farthest if distance[j]]


def shortened(text: str, n_characters: int = N_CHARACTERS_NAME) -> str:
    """Cut a text at a word so that it fits a label.

    Examples
    --------
    >>> shortened("We should innovate", 12)
    'We should…'
    """
    if len(text) <= n_characters:
        return text
    cut = (
        text[:n_characters].rsplit(" ", 1)[0]
        if " " in text[:n_characters]
        else text[: n_characters - 1]
    )
    return cut + "…"


def _table(page: _Page) -> Iterator[str]:
    names = ("statement", "agree", "pass", "disagree", "n", "common")
    heads = "".join(f'<th scope="col">{page.say(f"column_{name}")}</th>' for name in names)
    yield f'<h2 id="in-numbers">{page.say("table")}</h2>'
    yield '<div class="wide" tabindex="0"><table aria-labelledby="in-numbers">'
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    everybody, excluded = page.analysis.classic.everybody, page.analysis.classic.excluded
    for j in np.flatnonzero(~excluded).tolist():
        agree, disagree = int(everybody.agree[0, j]), int(everybody.disagree[0, j])
        n = int(everybody.seen[0, j])
        cells = (agree, n - agree - disagree, disagree, n)
        figures = "".join(f"<td>{cell}</td>" for cell in cells)
        answer = page.say(f"answer.{page.analysis.shared[j].value}")
        yield f'<tr><th scope="row">{page.text(j)}</th>{figures}<td>{answer}</td></tr>'
    yield "</tbody></table></div>"


def _closing(page: _Page) -> Iterator[str]:
    analysis = page.analysis
    better = f"{100 * analysis.dimensions.predicted_better:.0f}"
    lines = [
        page.say("excluded", n=int(analysis.classic.excluded.sum())),
        page.say("predicted", better=better, n=analysis.dimensions.n_hidden),
        page.say(
            "made",
            version=analysis.version,
            fingerprint=analysis.fingerprint,
            seed=analysis.seed,
        ),
    ]
    yield from (f'<p class="note">{line}</p>' for line in lines)
    if page.export.remarks:
        remarks = "".join(f"<li>{escape(remark)}</li>" for remark in page.export.remarks)
        yield f"<h2>{page.say('remarks')}</h2><ul>{remarks}</ul>"
