"""What is left of a path: by hand."""

import pytest

from erdkreis.web.time_left import time_left


@pytest.mark.parametrize(
    ("efforts", "done", "minutes", "left"),
    [
        ([2, 2, 2, 2], 0, 4, 4),
        ([2, 2, 2, 2], 2, 4, 2),
        ([2, 2, 5], 2, 9, 5),  # own words take longer than a step
        ([2, 2, 2], 1, 4, 3),  # 2.67 minutes: never less than people then need
        ([2, 2, 2, 2], 3, 2, 0),  # half a minute: less than one
        ([1] * 6, 5, 6, 1),
        ([], 0, 5, 0),
    ],
)
def test_what_is_left_is_rounded_up(efforts, done, minutes, left):
    assert time_left(efforts, done, minutes).minutes == left
