"""Every engine gives the same bits, and a lost worker changes nothing."""

import numpy as np
import polars as pl
import pytest

from erdkreis.calc.opinion import Statements, opinion_analysis
from erdkreis.calc.opinion.blocks import add_up, add_up_folds, blocks_of, one_after_the_other
from erdkreis.calc.opinion.planted import planted_votes
from erdkreis.calc.opinion.sums import sums_of
from erdkreis.compute.engines import engine
from erdkreis.compute.failure import NoSuchEngineError, UnreadableVoteFilesError
from erdkreis.compute.vote_files import (
    blocks_for,
    blocks_in,
    read_vote_files,
    write_vote_files,
)


@pytest.fixture(scope="module")
def votes():
    everybody = planted_votes(2000, 40)[0]
    return everybody.people(everybody.votes_per_participant > 0)


def bits(folds):
    return [table.tobytes() for sums in folds for table in (sums.vv, sums.vm, sums.mm)]


@pytest.mark.parametrize("n_people_block", [1, 7, 300, 5000])
def test_sums_have_the_same_bits_whatever_the_partition(n_people_block):
    votes = planted_votes(300, 20)[0]
    whole = add_up_folds(one_after_the_other, blocks_of(votes))

    cut = add_up_folds(one_after_the_other, blocks_of(votes, n_people_block))

    assert bits(cut) == bits(whole)
    assert bits([add_up(cut)]) == bits([sums_of(votes)])


@pytest.mark.parametrize("name", ["threads", "processes"])
def test_local_engines_give_the_bits_of_a_plain_loop(votes, name):
    expected = bits(add_up_folds(one_after_the_other, blocks_of(votes, 400)))

    with engine(name, n_workers=2) as run:
        found = bits(add_up_folds(run, blocks_of(votes, 400)))

    assert found == expected


def test_vote_files_hold_the_same_votes(votes, tmp_path):
    write_vote_files(votes, tmp_path, 300)

    blocks = blocks_in(tmp_path)

    assert len(blocks) == 7
    assert bits(add_up_folds(one_after_the_other, blocks)) == bits(
        add_up_folds(one_after_the_other, blocks_of(votes))
    )


def test_vote_files_of_other_votes_are_left_as_they_are(votes, tmp_path):
    blocks_for(planted_votes(50, 40, share_seen=0.9)[0], tmp_path)

    with pytest.raises(UnreadableVoteFilesError, match="another conversation"):
        blocks_for(votes, tmp_path)

    assert read_vote_files(tmp_path).n_participants == 50


def test_a_folder_whose_writing_was_interrupted_is_written_anew(votes, tmp_path):
    write_vote_files(votes, tmp_path, 300)
    (tmp_path / "statements.parquet").unlink()
    (tmp_path / "people-00003.parquet").write_bytes(b"half")

    blocks_for(votes, tmp_path)

    assert read_vote_files(tmp_path).fingerprint == votes.fingerprint


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("vote", 2, "a vote is none of 1, 0 and -1"),
        ("vote", None, "more than whole numbers"),
        ("vote", 0.5, "more than whole numbers"),
        ("statement", 999, "not in statements.parquet"),
        ("participant", -1, "not in the order"),
    ],
)
def test_vote_files_with_anything_else_in_them_are_refused(tmp_path, column, value, sentence):
    write_vote_files(planted_votes(50, 10)[0], tmp_path)
    path = tmp_path / "people-00000.parquet"
    table = pl.read_parquet(path)
    cells = table[column].to_list()
    table.with_columns(pl.Series(column, [*cells[:-1], value], strict=False)).write_parquet(path)

    with pytest.raises(UnreadableVoteFilesError, match=r"people-00000\.parquet: .*" + sentence):
        read_vote_files(tmp_path)


def test_damaged_vote_files_are_refused(tmp_path):
    write_vote_files(planted_votes(50, 10)[0], tmp_path)
    (tmp_path / "people-00000.parquet").write_bytes(b"PAR1 nothing of the kind")

    with pytest.raises(UnreadableVoteFilesError, match=r"people-00000\.parquet"):
        read_vote_files(tmp_path)


def test_an_unknown_engine_names_the_known_ones():
    with (
        pytest.raises(NoSuchEngineError, match="local, threads, processes or dask"),
        engine("spark"),
    ):
        pass


def test_threads_give_the_same_analysis_as_a_plain_loop(votes):
    alone = opinion_analysis(votes, Statements(), seed=3)

    with engine("threads", n_workers=2) as run:
        found = opinion_analysis(votes, Statements(), seed=3, run=run)

    assert np.array_equal(found.places.positions, alone.places.positions)
    assert found.groups.verdict == alone.groups.verdict
