"""Bars of votes in the only form in which they may be shown, each with its words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from erdkreis.calc.opinion.group_sizes import GroupShare, weighted_share
from erdkreis.calc.privacy import Showing, Tendency, VoteCell
from erdkreis.drawing.svg import Markup
from erdkreis.drawing.vote_bar import Bar, vote_bar

N_DOTS = 20
HIDDEN = VoteCell(Showing.TOO_FEW)
TENDENCIES = {
    Tendency.AGREE: Bar(1, 0, 0),
    Tendency.MIDDLE: Bar(0, 1, 0),
    Tendency.DISAGREE: Bar(0, 0, 1),
}


@dataclass(frozen=True)
class GroupBar:
    """How one group, or everybody, voted on one statement. Without a bar only the words."""

    name: str
    letter: str
    sentence: str
    bar: Markup | None
    n: str
    agree: str
    passed: str
    disagree: str


def bar_of(name: str, letter: str, cell: VoteCell, min_group: int) -> GroupBar:
    if cell.showing is Showing.TOO_FEW:
        sentence = _("fewer than %(n)s votes: not shown") % {"n": min_group}
        return GroupBar(name, letter, sentence, None, "", "", "", "")
    n = str(cell.n_from) if cell.n_from == cell.n_to else f"{cell.n_from}–{cell.n_to}"
    counted = Bar(cell.agree, cell.passed, cell.disagree)
    if cell.showing is Showing.TENDENCY:
        sentence = _almost_all(cell) % {"n": n}
        drawn = vote_bar(TENDENCIES[cell.tendency or Tendency.MIDDLE])
        return GroupBar(name, letter, sentence, Markup(drawn), n, "", "", "")
    told = {"agree": cell.agree, "passed": cell.passed, "disagree": cell.disagree, "n": n}
    if cell.showing is Showing.DOTS:
        whole = cell.agree + cell.passed + cell.disagree
        sentence = _(
            "of %(whole)s about %(agree)s agree, %(passed)s not sure, %(disagree)s disagree "
            "(n = %(n)s)"
        ) % (told | {"whole": whole})
        cells = [
            _("about %(part)s in %(whole)s") % {"part": part, "whole": whole}
            for part in (cell.agree, cell.passed, cell.disagree)
        ]
    else:
        sentence = (
            _("%(agree)s agree, %(passed)s not sure, %(disagree)s disagree (n = %(n)s)") % told
        )
        cells = [str(part) for part in (cell.agree, cell.passed, cell.disagree)]
    drawn = vote_bar(counted)
    return GroupBar(name, letter, sentence, Markup(drawn), n, *cells)


def weighted_bar(parts: Mapping[str, VoteCell], weights: Mapping[str, float]) -> GroupBar | None:
    """Lay beside everybody what comes out when groups count by their size; Kish's n with it."""
    shown = [
        GroupShare(parts[code].n_from, share(parts[code]), against(parts[code]), size)
        for code, size in weights.items()
        if code in parts and parts[code].showing is not Showing.TOO_FEW
    ]
    found = weighted_share(shown)
    if found is None:
        return None
    agree, disagree = round(N_DOTS * found.agree), round(N_DOTS * found.disagree)
    told = {
        "whole": N_DOTS, "agree": agree, "passed": N_DOTS - agree - disagree,
        "disagree": disagree, "n": round(found.n_effective),
    }  # fmt: skip
    sentence = (
        _(
            "of %(whole)s about %(agree)s agree, %(passed)s not sure, %(disagree)s disagree "
            "(as sure as n = %(n)s)"
        )
        % told
    )
    drawn = vote_bar(Bar(agree, N_DOTS - agree - disagree, disagree))
    cells = [
        _("about %(part)s in %(whole)s") % {"part": part, "whole": N_DOTS}
        for part in (agree, N_DOTS - agree - disagree, disagree)
    ]
    n = _("as sure as %(n)s") % {"n": round(found.n_effective)}
    return GroupBar(_("Everybody, weighted"), "", sentence, Markup(drawn), n, *cells)


def bar_by_chance(cell: VoteCell) -> GroupBar | None:
    """Lay beside everybody what comes out when votes count by the chance of being shown."""
    if cell.showing is Showing.TOO_FEW:
        return None
    bar = bar_of(_("Everybody, by chance"), "", cell, 0)
    n = _("as sure as %(n)s") % {"n": cell.n_from}
    return replace(bar, n=n)


def _almost_all(cell: VoteCell) -> str:
    return {
        Tendency.AGREE: _("almost all agree (n = %(n)s)"),
        Tendency.MIDDLE: _("almost all are not sure (n = %(n)s)"),
        Tendency.DISAGREE: _("almost all disagree (n = %(n)s)"),
    }[cell.tendency or Tendency.MIDDLE]


def share(cell: VoteCell) -> float:
    """Share of agreement as it is shown."""
    if cell.showing is Showing.TENDENCY:
        return float(cell.tendency is Tendency.AGREE)
    return cell.agree / max(cell.agree + cell.passed + cell.disagree, 1)


def against(cell: VoteCell) -> float:
    """Share of disagreement as it is shown."""
    if cell.showing is Showing.TENDENCY:
        return float(cell.tendency is Tendency.DISAGREE)
    return cell.disagree / max(cell.agree + cell.passed + cell.disagree, 1)
