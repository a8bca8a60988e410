"""Votes → arrays → ``calc.opinion`` → what goes to the gate. No formula of its own.

Loads the libraries of statistics: services and views import it only where they need it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np
from django.conf import settings

from erdkreis.calc.opinion import (
    OpinionAnalysis,
    Stakeholders,
    Statement,
    Statements,
    Verdict,
    Votes,
    opinion_analysis,
    vote_log,
)
from erdkreis.calc.opinion.analysis import MIN_GROUPS, View
from erdkreis.calc.opinion.classic.group_stats import GroupCounts, count_votes
from erdkreis.calc.opinion.mixture import Mixture
from erdkreis.calc.opinion.space import OpinionSpace, evidence_of
from erdkreis.calc.opinion.thresholds import threshold
from erdkreis.calc.opinion.votes import Floats, Ints
from erdkreis.calc.privacy import VoteCounts
from erdkreis.compute.engines import engine
from erdkreis.dialogues import models
from erdkreis.dialogues.queries import groups_that_voted
from erdkreis.gate.opinion import (
    EVERYBODY_ELSE,
    NOBODY,
    OPINION,
    STAKEHOLDERS,
    Place,
    RawOpinion,
)

SEED = 1
N_TELLING = 3
N_PLACES_AXES = 2
UNGROUPED = -1
N_DIGITS = 4
ROWS_AT_ONCE = 50_000
MODERATED = {
    models.Statement.Status.ACCEPTED: 1,
    models.Statement.Status.PENDING: 0,
    models.Statement.Status.REJECTED: -1,
}


def raw_opinion(dialogue: models.Dialogue, model: Mapping[str, Any] | None = None) -> RawOpinion:
    """Analyse a dialogue as it stands.

    ``model`` is the one of the last release: with it people are put into the opinion groups of
    then, so that groups keep their numbers. Who was in which group is stored nowhere.
    """
    statements = list(dialogue.statements.all())
    votes, people, chances = _votes(dialogue, statements)
    told = Statements({s.number: _told(s) for s in statements})
    known = _stakeholders(dialogue, people)
    previous = None if model is None else _labels(_own_columns(votes, statements), model)
    with engine("dask" if settings.DASK_SCHEDULER else "local") as run:
        found = opinion_analysis(
            votes, told, seed=SEED, stakeholders=known, previous=previous, chances=chances, run=run
        )
    keys = {s.number: str(s.pk) for s in statements}
    return _raw(found, [keys[int(number)] for number in votes.statement_ids], known)


@dataclass(frozen=True)
class OwnPlace:
    """Where one person stands, and which opinion group is nearest with which probability."""

    x: float
    y: float
    group: int | None
    probability: float


def own_place(votes: Mapping[int, int], model: Mapping[str, Any]) -> OwnPlace:
    """Place one person on a map that is there already. Nothing of it is kept."""
    own = vote_log([0] * len(votes), list(votes), list(votes.values())).last_votes()
    evidence = evidence_of(_in_columns(own, model), _space(model))
    x, y = (*evidence.places().positions[0], 0.0, 0.0)[:N_PLACES_AXES]
    if (groups := _mixture(model)) is None:
        return OwnPlace(float(x), float(y), None, 0.0)
    memberships = groups.memberships(evidence)[0]
    nearest = int(memberships.argmax())
    return OwnPlace(float(x), float(y), nearest, float(memberships[nearest]))


def _votes(
    dialogue: models.Dialogue, statements: list[models.Statement]
) -> tuple[Votes, Ints, Floats]:
    """Read all votes; the second is the voter behind each row, the third the chance of each vote.

    People of a published conversation keep the numbers they have there, so that the command line
    finds the same in the same files.
    """
    number = {s.pk: s.number for s in statements}
    rows = np.fromiter(
        (tuple(row) for row in _rows(dialogue)),
        dtype=[("voter", "i8"), ("statement", "i8"), ("value", "i1"), ("chance", "f8")],
    )
    voters = rows["voter"]
    people, inverse = np.unique(voters, return_inverse=True)
    there = dict(dialogue.voters.exclude(external_id=None).values_list("pk", "external_id"))
    if there and all((there.get(pk) or "").isdecimal() for pk in people.tolist()):
        outside = np.array([int(there[pk] or 0) for pk in people.tolist()], dtype=np.int64)
        order = np.argsort(outside, kind="stable")
        ids, voters_in_order = outside[inverse], people[order]
    else:
        ids, voters_in_order = voters, people
    numbers = np.array([number[pk] for pk in rows["statement"].tolist()], dtype=np.int64)
    log = vote_log(ids, numbers, rows["value"])
    return log.last_votes(), voters_in_order, rows["chance"][log.last_rows()]


def _rows(dialogue: models.Dialogue) -> Iterator[tuple[int, int, int, float]]:
    rows = models.Vote.objects.filter(statement__dialogue=dialogue)
    columns = rows.values_list("voter_id", "statement_id", "value", "chance")
    for voter, statement, value, chance in columns.iterator(ROWS_AT_ONCE):
        yield voter, statement, value, nan if chance is None else chance


def _told(statement: models.Statement) -> Statement:
    return Statement(
        statement.number,
        moderated=MODERATED[models.Statement.Status(statement.status)],
        is_meta=statement.is_meta,
        is_seed=statement.is_seed,
    )


def _stakeholders(dialogue: models.Dialogue, people: Ints) -> Stakeholders | None:
    """Return the groups with enough voters to speak; with fewer than two there are none."""
    code_of = groups_that_voted(dialogue)
    codes = [code_of.get(pk, EVERYBODY_ELSE) for pk in people.tolist()]
    sizes = Counter(code for code in codes if code != EVERYBODY_ELSE)
    large = sorted(code for code, n in sizes.items() if n >= dialogue.min_group)
    if len(large) < MIN_GROUPS:
        return None
    place = {code: index for index, code in enumerate(large)}
    return Stakeholders(np.array([place.get(code, UNGROUPED) for code in codes]), tuple(large))


def _raw(found: OpinionAnalysis, keys: list[str], known: Stakeholders | None) -> RawOpinion:
    votes, groups = found.classic.votes, found.groups
    view, name, labels = found.stakeholder_view, STAKEHOLDERS, known.labels if known else None
    if view is None:
        view, name, labels = found.opinion_view, OPINION, None
    parts = _parts(found, view, labels, keys) if view else {}
    return RawOpinion(
        n_voters=votes.n_participants,
        fingerprint=votes.fingerprint,
        view=name if view else NOBODY,
        names=view.names if view else (),
        parts=parts,
        findings={
            key: _finding(found, view, j)
            for j, key in enumerate(keys)
            if not found.classic.excluded[j]
        },
        verdict=groups.verdict.value,
        sizes=groups.sizes if groups.groups else (),
        telling=_telling(found.opinion_view, keys) if found.opinion_view else (),
        by_chance=_by_chance(found, keys),
        places=_places(found, known) if _has_map(found) else (),
        model=_model(found, keys) if _has_map(found) else None,
        made_with={"version": found.version, "votes": found.fingerprint, "seed": found.seed},
    )


def _parts(
    found: OpinionAnalysis, view: View, labels: Ints | None, keys: list[str]
) -> dict[str, dict[str, VoteCounts]]:
    """Count by statement and group, everybody else as one more group."""
    counts, everybody = view.counts, found.classic.everybody
    if labels is not None:
        counts = count_votes(found.classic.votes, labels, len(view.names))
    return {
        key: {name: _counts(counts, g, j) for g, name in enumerate(view.names)}
        | {EVERYBODY_ELSE: _rest(everybody, counts, j)}
        for j, key in enumerate(keys)
    }


def _counts(counts: GroupCounts, g: int, j: int) -> VoteCounts:
    agree, disagree = int(counts.agree[g, j]), int(counts.disagree[g, j])
    return VoteCounts(agree, int(counts.seen[g, j]) - agree - disagree, disagree)


def _rest(everybody: GroupCounts, counts: GroupCounts, j: int) -> VoteCounts:
    whole, named = _counts(everybody, 0, j), _counts(counts.total, 0, j)
    return VoteCounts(
        whole.agree - named.agree, whole.passed - named.passed, whole.disagree - named.disagree
    )


def _finding(found: OpinionAnalysis, view: View | None, j: int) -> dict[str, Any]:
    if view is None:
        return {"ground": "open", "rejection": "open", "meets_rule": False, "tension": None}
    pull, tension, figures = view.tensions, None, {}
    if pull.is_named[j] or pull.meets_rule[j]:
        tension = {
            "answer": pull.answers[j].value,
            # The plain rule alone says so, and chance could do it, too: then it is open.
            "by_rule_only": not pull.is_named[j],
            "more": view.names[pull.more[j]],
            "less": view.names[pull.less[j]],
        }
    if pull.is_named[j]:
        figures = {
            "effect": round(100 * float(pull.effect[j])),
            "low": round(100 * float(pull.effect_low[j])),
            "high": round(100 * float(pull.effect_high[j])),
            "q": round(float(pull.q_values[j]), 3),
        }
    return {
        "ground": found.shared[j].value,
        "rejection": found.shared_rejection[j].value,
        "meets_rule": bool(view.agreed.meets_rule[j]),
        "tension": tension,
        "figures": figures | {"percent": round(100 * float(view.agreed.probability[j]))},
    }


def _by_chance(found: OpinionAnalysis, keys: list[str]) -> dict[str, VoteCounts]:
    """Count, weighted by the chance of being shown, as many people as that is worth."""
    weighed = found.by_chance
    if weighed is None:
        return {}
    counted = {}
    for j, key in enumerate(keys):
        n = int(weighed.n_effective[j])
        agree, disagree = round(n * weighed.agree[j]), round(n * weighed.disagree[j])
        if not found.classic.excluded[j]:
            counted[key] = VoteCounts(agree, max(n - agree - disagree, 0), disagree)
    return counted


def _telling(view: View, keys: list[str]) -> list[dict[str, tuple[bool, VoteCounts]]]:
    """Return per opinion group the statements on which it stands farthest from the others."""
    rates = view.agreement.shrunk.share
    told = []
    for g in range(len(view.names)):
        others = np.delete(rates, g, axis=0).mean(axis=0)
        distance = np.where(view.tensions.is_named, rates[g] - others, 0.0)
        farthest = np.argsort(-np.abs(distance), kind="stable")[:N_TELLING].tolist()
        told.append(
            {
                keys[j]: (bool(distance[j] > 0), _counts(view.counts, g, j))
                for j in farthest
                if distance[j]
            }
        )
    return told


def _has_map(found: OpinionAnalysis) -> bool:
    is_enough = found.groups.n_people >= threshold("groups.min_people")
    can_tell = found.groups.verdict is not Verdict.TOO_FEW_VOTES
    return is_enough and can_tell and found.places.positions.shape[1] > 0


def _places(found: OpinionAnalysis, known: Stakeholders | None) -> list[Place]:
    """Return where everybody with enough votes stands, in which opinion group, and come as what."""
    n_people = found.classic.votes.n_participants
    xy = np.zeros((n_people, N_PLACES_AXES))
    axes = found.places.positions[:, :N_PLACES_AXES]
    xy[:, : axes.shape[1]] = axes
    came_as = known.labels if known else np.full(n_people, UNGROUPED)
    enough = found.classic.votes.votes_per_participant >= threshold("voting.min_votes")
    rows = zip(xy.tolist(), found.groups.labels.tolist(), came_as.tolist(), strict=True)
    return [
        (
            float(x),
            float(y),
            None if group < 0 else int(group),
            known.names[code] if known and code >= 0 else None,
        )
        for ((x, y), group, code), is_placed in zip(rows, enough.tolist(), strict=True)
        if is_placed
    ]


def _model(found: OpinionAnalysis, keys: list[str]) -> dict[str, Any]:
    """Return what places a further person: nothing in it belongs to anybody."""
    space, groups = found.space, found.groups.groups
    return {
        "statements": [int(key) for key in keys],
        "means": _short(space.means),
        "loadings": _short(space.loadings),
        "noise": float(space.noise),
        "centers": _short(groups.centers) if groups else None,
        "shares": _short(groups.shares) if groups else None,
        "spread": groups.spread if groups else None,
    }


def _short(numbers: Floats) -> Any:
    return np.round(numbers, N_DIGITS).tolist()


def _space(model: Mapping[str, Any]) -> OpinionSpace:
    means = np.array(model["means"], dtype=np.float64)
    loadings = np.array(model["loadings"], dtype=np.float64).reshape(len(means), -1)
    return OpinionSpace(means, loadings, model["noise"])


def _mixture(model: Mapping[str, Any]) -> Mixture | None:
    if model["centers"] is None:
        return None
    return Mixture(np.array(model["centers"]), np.array(model["shares"]), model["spread"])


def _labels(votes: Votes, model: Mapping[str, Any]) -> Ints | None:
    """Put everybody into the opinion groups of a model, -1 with too few votes."""
    groups = _mixture(model)
    if groups is None:
        return None
    nearest = groups.memberships(evidence_of(_in_columns(votes, model), _space(model))).argmax(1)
    enough = votes.votes_per_participant >= threshold("voting.min_votes")
    return np.where(enough, nearest, UNGROUPED)


def _own_columns(votes: Votes, statements: list[models.Statement]) -> Votes:
    """Name the columns by the key of the statement, as the model does."""
    pk = {s.number: s.pk for s in statements}
    ids = np.array([pk[int(number)] for number in votes.statement_ids], dtype=np.int64)
    return Votes(votes.participant_ids, ids, votes.offsets, votes.columns, votes.values)


def _in_columns(votes: Votes, model: Mapping[str, Any]) -> Votes:
    """Lay votes into the columns of a model; on statements it does not know they say nothing."""
    place = {pk: column for column, pk in enumerate(model["statements"])}
    columns = np.array([place.get(int(pk), -1) for pk in votes.statement_ids], dtype=np.int32)
    known = votes.where(columns[votes.columns] >= 0)
    return Votes(
        known.participant_ids,
        np.array(model["statements"], dtype=np.int64),
        known.offsets,
        columns[known.columns],
        known.values,
    )
