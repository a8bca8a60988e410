"""Our profile as plain data: every number with its n, every gap None with a verdict, never NaN."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from erdkreis.calc.opinion.groups import Verdict
from erdkreis.calc.opinion.thresholds import thresholds

if TYPE_CHECKING:
    from erdkreis.calc.opinion.analysis import OpinionAnalysis, View
    from erdkreis.calc.opinion.classic.as_json import Json
    from erdkreis.calc.opinion.intervals import Shares
    from erdkreis.calc.opinion.statements import Statements
    from erdkreis.calc.opinion.votes import Flags

SENTENCES = {
    Verdict.STABLE: "Opinion groups that come back when other people are asked.",
    Verdict.UNCERTAIN: "Opinion groups, but their borders move when other people are asked.",
    Verdict.ONE_CLOUD: "Opinions differ gradually; there are no separate groups.",
    Verdict.NOT_STABLE: "Groups can be drawn, but others would come out with other people.",
    Verdict.NO_PATTERN: "Votes on different statements do not go together; there are no groups.",
    Verdict.TOO_FEW_VOTES: "Too few votes to tell whether there are opinion groups.",
    Verdict.TOO_FEW_PEOPLE: "Too few people with enough votes to look for opinion groups.",
}
"""What each verdict means, in one sentence."""


def opinion_json(analysis: OpinionAnalysis, statements: Statements) -> dict[str, Json]:
    """Return everything the analysis found.

    Examples
    --------
    >>> from erdkreis.calc.opinion import Statements, opinion_analysis, votes_from_table
    >>> found = opinion_analysis(votes_from_table(np.ones((30, 8))), Statements())
    >>> opinion_json(found, Statements())["groups"]["sentence"]
    'Too few votes to tell whether there are opinion groups.'
    """
    classic = analysis.classic
    ids = [int(s) for s in classic.votes.statement_ids]
    return {
        "made_with": {
            "erdkreis": analysis.version,
            "fingerprint": analysis.fingerprint,
            "seed": analysis.seed,
        },
        "thresholds": {
            t.name: {"value": t.value, "unit": t.unit, "source": t.source}
            for t in thresholds().values()
        },
        "kept": {
            "participants": classic.votes.n_participants,
            "statements": classic.votes.n_statements,
            "votes": classic.votes.n_votes,
            "excluded_statements": [s for s, out in zip(ids, classic.excluded, strict=True) if out],
        },
        "dimensions": _dimensions(analysis),
        "groups": _groups(analysis),
        "participants": _participants(analysis),
        "statements": _statements(analysis, statements, ids),
        "opinion_groups": _view(analysis.opinion_view, ids, classic.excluded, protects=False),
        "stakeholder_groups": _view(
            analysis.stakeholder_view, ids, classic.excluded, protects=True
        ),
        "weighting": _weighting(analysis),
        "by_chance": _by_chance(analysis, ids),
        "selection": [
            {
                "statement": ids[listed.column],
                "agree": listed.n_agree,
                "newly_represented": listed.n_newly_represented,
            }
            for listed in analysis.selection
        ],
    }


def _dimensions(analysis: OpinionAnalysis) -> dict[str, Json]:
    found = analysis.dimensions
    return {
        "n_axes": found.n_axes,
        "hidden_votes": found.n_hidden,
        "error_of_statement_mean": found.errors[0] if found.errors else None,
        "error_with_axes": list(found.errors[1:]),
        "predicted_better": found.predicted_better,
        "reliability": analysis.places.reliability.tolist(),
        "noise": analysis.space.noise,
    }


def _groups(analysis: OpinionAnalysis) -> dict[str, Json]:
    found = analysis.groups
    crossed = analysis.crossfit
    return {
        "verdict": found.verdict.value,
        "sentence": SENTENCES[found.verdict],
        "k": found.k,
        "sizes": list(found.sizes),
        "people_with_enough_votes": found.n_people,
        "stability": list(found.stability),
        "centers": found.groups.centers.tolist() if found.groups else [],
        "spread": found.groups.spread if found.groups else None,
        "pattern_attained_on_hidden_votes": found.attained,
        "smallest_detectable_axis": found.detectable,
        "agreement_of_halves": list(crossed.agreement) if crossed else None,
        "tried": [
            {
                "k": tried.k,
                "gain_per_person": tried.gain,
                "smallest": tried.smallest,
                "stability": list(tried.stability) if tried.stability else None,
            }
            for tried in found.tried
        ],
        "silhouette_of": analysis.classic.groups.silhouette_of,
    }


def _participants(analysis: OpinionAnalysis) -> dict[str, Json]:
    votes = analysis.classic.votes
    rows = zip(
        votes.participant_ids.tolist(),
        analysis.places.positions.tolist(),
        np.sqrt(np.einsum("pii->pi", analysis.places.covariances)).tolist(),
        analysis.groups.labels.tolist(),
        analysis.groups.memberships.tolist(),
        votes.votes_per_participant.tolist(),
        strict=True,
    )
    return {
        str(person): {
            "position": position,
            "uncertainty": uncertainty,
            "group": None if group < 0 else group,
            "memberships": memberships,
            "votes": n_votes,
        }
        for person, position, uncertainty, group, memberships, n_votes in rows
    }


def _statements(
    analysis: OpinionAnalysis, statements: Statements, ids: Sequence[int]
) -> dict[str, Json]:
    everybody, bridging = analysis.classic.everybody, analysis.bridging
    result: dict[str, Json] = {}
    for j, key in enumerate(ids):
        statement = statements.get(key)
        result[str(key)] = {
            "text": statement.text,
            "moderated": statement.moderated,
            "meta": statement.is_meta,
            "excluded": bool(analysis.classic.excluded[j]),
            "agree": int(everybody.agree[0, j]),
            "disagree": int(everybody.disagree[0, j]),
            "seen": int(everybody.seen[0, j]),
            "loadings": analysis.space.loadings[j].tolist(),
            "bridging": float(bridging.intercepts[j]),
            "division": float(bridging.division[j]),
            "common_ground": analysis.shared[j].value,
            "common_rejection": analysis.shared_rejection[j].value,
            "common_ground_of_crossed_groups": analysis.crossing.answers[j].value
            if analysis.crossing
            else None,
        }
    return result


def _view(
    view: View | None, ids: Sequence[int], excluded: Flags, *, protects: bool
) -> dict[str, Json] | None:
    if view is None:
        return None
    hidden = view.agreement.is_hidden & protects
    return {
        "names": list(view.names),
        "statements": {
            str(key): _statement_view(view, j, hidden[:, j])
            for j, key in enumerate(ids)
            if not excluded[j]
        },
    }


def _statement_view(view: View, j: int, hidden: Flags) -> dict[str, Json]:
    found, agreed, rejected = view.tensions, view.agreed, view.rejected
    cells: list[Json] = [None if hidden[g] else _cell(view, g, j) for g in range(len(view.names))]
    return {
        "groups": cells,
        "common_ground": {
            "answer": agreed.answers[j].value,
            "probability": float(agreed.probability[j]),
            "floor": float(agreed.floor[j]),
            "geometric_mean": float(agreed.geometric_mean[j]),
            "meets_rule": bool(agreed.meets_rule[j]),
            "groups_that_spoke": int(agreed.n_groups_spoke[j]),
        },
        "common_rejection": {
            "answer": rejected.answers[j].value,
            "probability": float(rejected.probability[j]),
            "meets_rule": bool(rejected.meets_rule[j]),
        },
        "tension": {
            "answer": found.answers[j].value,
            "named": bool(found.is_named[j]),
            "p": float(found.p_values[j]) if found.is_tested[j] else None,
            "q": float(found.q_values[j]) if found.is_tested[j] else None,
            "effect": float(found.effect[j]) if found.is_tested[j] else None,
            "effect_interval": [float(found.effect_low[j]), float(found.effect_high[j])]
            if found.is_tested[j]
            else None,
            "between": [int(found.more[j]), int(found.less[j])] if found.is_tested[j] else None,
            "meets_rule": bool(found.meets_rule[j]),
        },
    }


def _cell(view: View, g: int, j: int) -> dict[str, Json]:
    counts, rates = view.counts, view.agreement
    return {
        "agree": int(counts.agree[g, j]),
        "disagree": int(counts.disagree[g, j]),
        "seen": int(counts.seen[g, j]),
        "of_all": _interval(rates.of_all, g, j),
        "of_sided": _interval(rates.of_sided, g, j),
        "shrunk": _interval(rates.shrunk, g, j),
    }


def _interval(shares: Shares, g: int, j: int) -> dict[str, Json] | None:
    if shares.n[g, j] == 0:
        return None
    return {
        "share": float(shares.share[g, j]),
        "low": float(shares.low[g, j]),
        "high": float(shares.high[g, j]),
        "n": int(shares.n[g, j]),
    }


def _weighting(analysis: OpinionAnalysis) -> dict[str, Json] | None:
    weights, shares = analysis.weights, analysis.weighted
    if weights is None or shares is None:
        return None
    votes = analysis.classic.votes
    ids, seen = votes.statement_ids.tolist(), analysis.classic.everybody.seen[0]
    return {
        "choice": "known sizes" if analysis.has_sizes else "each group one voice",
        "n": int((weights.weights > 0).sum()),
        "n_effective": weights.n_effective,
        "groups_too_small": list(weights.too_small),
        "people_trimmed": weights.n_trimmed,
        "statements": {
            str(key): {
                "agree": float(shares.agree[j]),
                "agree_unweighted": float(shares.agree_unweighted[j]),
                "disagree": float(shares.disagree[j]),
                "disagree_unweighted": float(shares.disagree_unweighted[j]),
                "n": int(seen[j]),
                "n_effective": float(shares.n_effective[j]),
            }
            for j, key in enumerate(ids)
        },
    }


def _by_chance(analysis: OpinionAnalysis, ids: Sequence[int]) -> dict[str, Json] | None:
    found = analysis.by_chance
    if found is None:
        return None
    return {
        "people": found.n_people,
        "votes": int(found.n.sum()),
        "votes_trimmed": found.n_trimmed,
        "statements": {
            str(key): {
                "agree": float(found.agree[j]),
                "agree_unweighted": float(found.agree_plain[j]),
                "disagree": float(found.disagree[j]),
                "disagree_unweighted": float(found.disagree_plain[j]),
                "n": int(found.n[j]),
                "n_effective": float(found.n_effective[j]),
            }
            for j, key in enumerate(ids)
            if found.n[j]
        },
    }
