"""Our profile from end to end: positions, groups, common ground, tensions, selection.

The two steps that cost most, sums and positions, are passes over blocks of people through a
``Run``: here, or by workers that open the blocks themselves. What follows counts votes at hand (5
bytes each) and works on small tables. The classic profile stands beside for comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from erdkreis import __version__
from erdkreis.calc.opinion.blocks import (
    Block,
    Run,
    add_up,
    add_up_folds,
    blocks_of,
    one_after_the_other,
)
from erdkreis.calc.opinion.bridging import Bridging, bridging
from erdkreis.calc.opinion.by_chance import ByChance, by_chance
from erdkreis.calc.opinion.classic.analysis import ClassicAnalysis, classic_analysis
from erdkreis.calc.opinion.classic.group_stats import GroupCounts, count_votes
from erdkreis.calc.opinion.common_ground import Answer, CommonGround, common_ground, in_both_views
from erdkreis.calc.opinion.crossfit import CrossFit, cross_fit
from erdkreis.calc.opinion.dimensions import Dimensions, dimensions
from erdkreis.calc.opinion.groups import Grounds, OpinionGroups, opinion_groups
from erdkreis.calc.opinion.intervals import Agreement, agreement
from erdkreis.calc.opinion.selection import Listed, fair_selection
from erdkreis.calc.opinion.space import Evidence, OpinionSpace, Places, evidence_of, fit_space
from erdkreis.calc.opinion.tensions import Tensions, tensions
from erdkreis.calc.opinion.weighting import WeightedShares, Weights, group_weights, weighted_shares

if TYPE_CHECKING:
    from erdkreis.calc.opinion.statements import Statements
    from erdkreis.calc.opinion.sums import Sums
    from erdkreis.calc.opinion.votes import Flags, Floats, Ints, Votes

N_PEOPLE_DIMENSIONS: Final = 10_000
N_PEOPLE_REFINE: Final = 20_000
MIN_GROUPS: Final = 2


@dataclass(frozen=True, eq=False)
class View:
    """One way to group people, and what holds among these groups.

    ``names`` of the groups; ``counts`` the votes they rest on. For opinion groups the counts are
    cross-fit: no statement is counted over groups that it helped to form.
    """

    names: tuple[str, ...]
    counts: GroupCounts
    agreement: Agreement
    agreed: CommonGround
    rejected: CommonGround
    tensions: Tensions


@dataclass(frozen=True, eq=False)
class OpinionAnalysis:
    """All results of our profile.

    Attributes
    ----------
    classic : the classic profile of the same votes
    dimensions, space, places : how many axes, what they measure, where people stand
    groups : opinion groups with their verdict
    crossfit : counts of opinion groups on statements that did not form them; None without groups
    opinion_view, stakeholder_view : None where there are fewer than two groups
    crossing : common ground over all cells of stakeholder group by opinion group that are large
        enough; None unless there are both
    shared, shared_rejection : per statement, what holds in every view there is
    weights, weighted : None without stakeholder groups
    has_sizes : weighted by known sizes of the groups; else each group is one voice
    by_chance : shares weighted by the chance of being shown; None where it is not known
    selection : a fair short list
    fingerprint, seed, version : the same three give the same results
    """

    classic: ClassicAnalysis
    dimensions: Dimensions
    space: OpinionSpace
    places: Places
    groups: OpinionGroups
    crossfit: CrossFit | None
    bridging: Bridging
    opinion_view: View | None
    stakeholder_view: View | None
    crossing: CommonGround | None
    shared: tuple[Answer, ...]
    shared_rejection: tuple[Answer, ...]
    weights: Weights | None
    weighted: WeightedShares | None
    has_sizes: bool
    by_chance: ByChance | None
    selection: tuple[Listed, ...]
    fingerprint: str
    seed: int
    version: str = __version__


@dataclass(frozen=True, eq=False)
class Stakeholders:
    """Known groups of people: ``labels`` shape (n_participants,), -1 unknown, and their names.

    ``sizes`` are the people affected per group, None where unknown.
    """

    labels: Ints
    names: tuple[str, ...]
    sizes: tuple[float, ...] | None = None


def _silent(_step: str) -> None:
    """Tell nobody."""


def opinion_analysis(
    votes: Votes,
    statements: Statements,
    *,
    seed: int = 1,
    stakeholders: Stakeholders | None = None,
    previous: Ints | None = None,
    chances: Floats | None = None,
    run: Run = one_after_the_other,
    blocks: Sequence[Block] | None = None,
    folds: Sequence[Sums] | None = None,
    tell: Callable[[str], None] = _silent,
) -> OpinionAnalysis:
    """Analyse a dialogue.

    Parameters
    ----------
    votes : last votes, people and statements by ascending id
    statements : moderation and kind of each statement
    seed : fixes every random choice
    stakeholders : known groups; without them only opinion groups are looked at
    previous : earlier opinion groups, shape (n_participants,), so that numbers stay
    chances : with which each vote's statement was shown, shape (n_votes,), NaN where not known
    run : engine for the passes over blocks of people
    blocks : where the engine finds the same votes, for example files that its workers open; cut
        from ``votes`` by default
    folds : sums per fold where they are at hand already (running state)
    tell : hears the name of each step as it begins; large sets take minutes

    Examples
    --------
    >>> from erdkreis.calc.opinion import Statements, votes_from_table
    >>> found = opinion_analysis(votes_from_table(np.ones((30, 8))), Statements())
    >>> found.groups.verdict.value, found.groups.k
    ('too few votes', 1)
    """
    blocks = blocks_of(votes) if blocks is None else blocks
    tell("adding up votes")
    folds = folds or add_up_folds(run, blocks)
    tell("classic profile")
    classic = classic_analysis(votes, statements, sums=add_up(folds))
    tell("looking for axes")
    space, chosen = _space(votes, classic.excluded, folds, seed)
    tell("placing people")
    evidence = _evidence(run, blocks, space)
    tell("looking for opinion groups")
    grounds = Grounds(votes, classic.excluded, folds, add_up(folds), chosen, space, evidence, seed)
    groups = opinion_groups(grounds, previous=previous)
    places = grounds.evidence.places()
    tell("comparing groups")
    crossed = cross_fit(grounds, groups)
    opinion_view = None
    if crossed is not None:
        names = tuple(str(number) for number in range(groups.k))
        opinion_view = _view(names, crossed.counts, classic.excluded, seed)
    stakeholder_view, weights, weighted = _stakeholder_view(votes, classic, stakeholders, seed)
    views = [view for view in (stakeholder_view, opinion_view) if view is not None]
    return OpinionAnalysis(
        classic=classic,
        dimensions=grounds.dimensions,
        space=grounds.space,
        places=places,
        groups=groups,
        crossfit=crossed,
        bridging=bridging(votes, grounds.space, places),
        opinion_view=opinion_view,
        stakeholder_view=stakeholder_view,
        crossing=_crossing(votes, stakeholders, crossed),
        shared=_shared([view.agreed for view in views], votes.n_statements),
        shared_rejection=_shared([view.rejected for view in views], votes.n_statements),
        weights=weights,
        weighted=weighted,
        has_sizes=stakeholders is not None and stakeholders.sizes is not None,
        by_chance=None if chances is None else by_chance(votes, chances, classic.excluded),
        selection=tuple(fair_selection(votes, classic.excluded)),
        fingerprint=votes.fingerprint,
        seed=seed,
    )


def _space(
    votes: Votes, excluded: Flags, folds: Sequence[Sums], seed: int
) -> tuple[OpinionSpace, Dimensions]:
    chosen = dimensions(_every_nth(votes, N_PEOPLE_DIMENSIONS), excluded, seed=seed)
    sample = _every_nth(votes, N_PEOPLE_REFINE)
    return fit_space(add_up(folds), excluded, chosen.n_axes, sample), chosen


def _evidence(run: Run, blocks: Sequence[Block], space: OpinionSpace) -> Evidence:
    found = list(run(partial(_block_evidence, space=space), blocks))
    return Evidence(
        np.concatenate([part.pull for part in found]),
        np.concatenate([part.precision for part in found]),
    )


def _block_evidence(block: Block, space: OpinionSpace) -> Evidence:
    return evidence_of(block.votes(), space)


def _every_nth(votes: Votes, n_people: int) -> Votes:
    """Return a sample evenly spread over the ids, or everybody where there are few."""
    if votes.n_participants <= n_people:
        return votes
    return votes.people(np.arange(0, votes.n_participants, -(-votes.n_participants // n_people)))


def _view(names: tuple[str, ...], counts: GroupCounts, excluded: Flags, seed: int) -> View:
    return View(
        names,
        counts,
        agreement(counts),
        common_ground(counts),
        common_ground(counts, rejected=True),
        tensions(counts, excluded, seed=seed),
    )


def _stakeholder_view(
    votes: Votes, classic: ClassicAnalysis, stakeholders: Stakeholders | None, seed: int
) -> tuple[View | None, Weights | None, WeightedShares | None]:
    if stakeholders is None or len(stakeholders.names) < MIN_GROUPS:
        return None, None, None
    counts = count_votes(votes, stakeholders.labels, len(stakeholders.names))
    sizes = None if stakeholders.sizes is None else dict(enumerate(stakeholders.sizes))
    weights = group_weights(stakeholders.labels, sizes)
    weighted = weighted_shares(votes, weights, classic.everybody)
    return _view(stakeholders.names, counts, classic.excluded, seed), weights, weighted


def _crossing(
    votes: Votes, stakeholders: Stakeholders | None, crossed: CrossFit | None
) -> CommonGround | None:
    if stakeholders is None or crossed is None or len(stakeholders.names) < MIN_GROUPS:
        return None
    n_known = len(stakeholders.names)
    return common_ground(crossed.crossed_with(stakeholders.labels, n_known, votes))


def _shared(views: Sequence[CommonGround], n_statements: int) -> tuple[Answer, ...]:
    """Join the views; with no second group anywhere it is not called common ground."""
    if not views:
        return (Answer.OPEN,) * n_statements
    if len(views) == 1:
        return views[0].answers
    return in_both_views(views[0], views[1])
