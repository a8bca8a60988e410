"""Planted selective routing: the plain share is wrong by construction, the weighted one is not."""

import numpy as np
import pytest

from erdkreis.calc.opinion import VoteLog, votes_from_table
from erdkreis.calc.opinion.by_chance import by_chance
from erdkreis.calc.opinion.routing import Person, next_statement, show_probabilities

N_PEOPLE, N_STATEMENTS = 1200, 20
HALF = N_STATEMENTS // 2


class Known:
    """Everything about one camp is known but one half of the statements."""

    def __init__(self, camp):
        self.loadings, self.noise = np.zeros((N_STATEMENTS, 1)), 1.0
        seen = np.full(N_STATEMENTS, 200.0)
        seen[:HALF] = 200 if camp else 2
        seen[HALF:] = 2 if camp else 200
        self.seen, self.agree = seen[None], seen[None] / 2


def routed(steps, seed):
    """Two camps of the same size. Each is mostly shown one half of the statements: its own."""
    rng = np.random.default_rng(seed)
    truth = np.where(np.arange(2)[:, None] == 0, 0.9, 0.2) * np.ones((2, N_STATEMENTS))
    camps = np.arange(N_PEOPLE) % 2
    nothing = np.zeros(N_STATEMENTS, dtype=bool)
    people, statements, values, chances = [], [], [], []
    for i, camp in enumerate(camps):
        seen, not_before, known = nothing.copy(), np.ones(N_STATEMENTS), Known(camp)
        for _ in range(steps(rng)):
            person = Person(np.eye(1), seen)
            p = show_probabilities(person, known, known, ~nothing, nothing)
            shown = next_statement(p, not_before, rng.random())
            not_before, seen[shown.column] = shown.not_before, True
            people.append(i)
            statements.append(shown.column)
            values.append(1 if rng.random() < truth[camp, shown.column] else -1)
            # Stored to two digits.
            chances.append(float(f"{shown.chance:.2g}"))
    log = VoteLog(
        np.array(people), np.array(statements), np.array(values, dtype=np.int8),
        np.zeros(len(people), dtype=np.int64), np.array(chances),
    )  # fmt: skip
    found = by_chance(log.last_votes(), log.chances[log.last_rows()], nothing)
    return found, truth.mean(axis=0)


@pytest.mark.parametrize("steps", [lambda _rng: 8, lambda rng: int(rng.integers(3, 18))])
def test_selective_routing_biases_the_plain_share_and_not_the_weighted_one(steps):
    found, truth = routed(steps, seed=7)
    half = np.arange(N_STATEMENTS) < HALF

    for one_half in (half, ~half):
        plain = (found.agree_plain - truth)[one_half].mean()
        weighted = (found.agree - truth)[one_half].mean()
        assert abs(plain) > 0.1
        assert abs(weighted) < 0.03
    assert (found.n_effective < found.n).all()
    assert (found.n_effective > 0.15 * found.n).all()


def test_who_was_shown_everything_weighs_one_however_it_came():
    found, truth = routed(lambda _rng: N_STATEMENTS, seed=3)

    assert found.agree == pytest.approx(found.agree_plain)
    assert found.n_effective == pytest.approx(found.n)
    assert abs(found.agree - truth).max() < 0.06


def test_a_vote_chosen_from_the_list_takes_no_part():
    votes = votes_from_table([[1, -1, np.nan], [1, np.nan, 1]])
    found = by_chance(votes, np.array([0.3, np.nan, 0.3, 0.3]), np.zeros(3, dtype=bool))

    assert found.n.tolist() == [2, 0, 1]
    assert found.n_people == 2
    assert found.agree[1] == found.disagree[1] == 0


def test_without_a_stored_chance_there_is_no_such_figure():
    votes = votes_from_table([[1, -1]])

    assert by_chance(votes, np.full(2, np.nan), np.zeros(2, dtype=bool)) is None


def test_a_single_vote_with_a_tiny_chance_does_not_carry_the_share():
    votes = votes_from_table([[1, np.nan]] * 50 + [[-1, np.nan]])
    chances = np.array([0.1] * 50 + [1e-9])
    found = by_chance(votes, chances, np.zeros(2, dtype=bool))

    assert found.n_trimmed == 1
    assert found.agree[0] > 0.7
