"""Whose turn which statement is: what was let out → arrays → ``calc.opinion.routing``.

Nothing that has not passed the gate decides what somebody is shown: whoever watches what comes up
learns no more than the page of the analysis says. Loads numpy: services import it where needed.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from erdkreis.calc.opinion.routing import (
    Person,
    Shown,
    next_statement,
    show_probabilities,
    uncertainty,
)
from erdkreis.calc.opinion.votes import Floats
from erdkreis.calc.privacy import Showing, Tendency, VoteCell
from erdkreis.dialogues.models import Statement
from erdkreis.gate.opinion import STAKEHOLDERS, ReleasedOpinion

N_BITS = 53
# Coarse, so that what is stored does not tell by which way somebody went.
N_DIGITS_CHANCE, N_DIGITS_NOT_BEFORE = 2, 4
TENDENCY_SHARE = {Tendency.AGREE: 1.0, Tendency.MIDDLE: 0.0, Tendency.DISAGREE: 0.0}


@dataclass(frozen=True)
class NextTurn:
    """The statement that comes up, and what is kept of the draw."""

    statement: Statement | None
    chance: float | None
    not_before: dict[str, float]


@dataclass(frozen=True, eq=False)
class Known:
    """What routing may know: the axes, and the votes of everybody or of one's own group."""

    loadings: Floats
    noise: float
    agree: Floats
    seen: Floats


def next_turn(
    statements: Sequence[Statement],
    seen: frozenset[int],
    group: str | None,
    not_before: Mapping[str, float],
    released: ReleasedOpinion | None,
) -> NextTurn:
    """Draw what somebody sees next.

    Until an analysis has been let out every statement has the same chance.
    """
    has_seen = np.array([s.pk in seen for s in statements], dtype=bool)
    is_meta = np.array([s.is_meta for s in statements], dtype=bool)
    ahead = np.array([not_before.get(str(s.pk), 1.0) for s in statements], dtype=np.float64)
    known = _known(statements, group, released)
    person = Person(
        uncertainty(known, has_seen), has_seen, n_meta_seen=int((has_seen & is_meta).sum())
    )
    allowed = np.ones(len(statements), dtype=bool)
    probabilities = show_probabilities(person, known, known, allowed, is_meta)
    return _kept(statements, has_seen, next_statement(probabilities, ahead, _dice()))


def _dice() -> float:
    return float(secrets.randbits(N_BITS) / 2**N_BITS)


def _kept(statements: Sequence[Statement], has_seen: Any, shown: Shown | None) -> NextTurn:
    if shown is None:
        return NextTurn(None, None, {})
    still = {
        str(statement.pk): _rounded(float(shown.not_before[at]), N_DIGITS_NOT_BEFORE)
        for at, statement in enumerate(statements)
        if not has_seen[at] and at != shown.column and shown.not_before[at] > 0
    }
    return NextTurn(statements[shown.column], _rounded(shown.chance, N_DIGITS_CHANCE), still)


def _rounded(value: float, n_digits: int) -> float:
    return float(f"{value:.{n_digits}g}")


def _known(
    statements: Sequence[Statement], group: str | None, released: ReleasedOpinion | None
) -> Known:
    content: Mapping[str, Any] = released.content if released else {}
    cells = _cells(released, group)
    told = [_counted(cells.get(str(s.pk))) for s in statements]
    table = np.array(told, dtype=np.float64).reshape(-1, 2).T[:, None, :]
    loadings, noise = _axes(statements, content.get("model"))
    return Known(loadings, noise, agree=table[0], seen=table[1])


def _cells(released: ReleasedOpinion | None, group: str | None) -> dict[str, VoteCell]:
    """Return the votes of the own group where it is told apart, else everybody's."""
    if released is None:
        return {}
    if released.content["view"] != STAKEHOLDERS or group not in released.content["names"]:
        return released.totals()
    return {key: parts[group] for key, parts in released.parts().items() if group in parts}


def _counted(cell: VoteCell | None) -> tuple[float, float]:
    """Return about how many agreed, of about how many; too few to show count as none."""
    if cell is None or cell.showing is Showing.TOO_FEW:
        return 0.0, 0.0
    n = (cell.n_from + cell.n_to) / 2
    if cell.showing is Showing.TENDENCY:
        return n * TENDENCY_SHARE[cell.tendency or Tendency.MIDDLE], n
    return n * cell.agree / (cell.agree + cell.passed + cell.disagree), n


def _axes(statements: Sequence[Statement], model: Mapping[str, Any] | None) -> tuple[Floats, float]:
    """Lay what each statement measures beside today's statements; a new one measures nothing."""
    if model is None:
        return np.zeros((len(statements), 0)), 1.0
    of = dict(zip(model["statements"], model["loadings"], strict=True))
    n_axes = len(model["loadings"][0]) if model["loadings"] else 0
    rows = [of.get(s.pk, [0.0] * n_axes) for s in statements]
    return np.array(rows, dtype=np.float64).reshape(len(statements), n_axes), model["noise"]
