"""Numbers as people write them, in both languages."""

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from erdkreis.balances.figures import number_read, number_shown, number_typed


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("de", "120.000", 120_000), ("de", "7,5", 7.5), ("de", "1.500,50", 1500.5),
        ("de", "7.5", 7.5), ("de", "1,500.50", 1500.5), ("de", "120 000", 120_000),
        ("de", "−9.000", -9000), ("de", "1.234.567", 1_234_567),
        ("en", "120,000", 120_000), ("en", "7.5", 7.5), ("en", "1.500,50", 1500.5),
        ("en", "7,5", 7.5), ("en", "120'000", 120_000), ("en", "1,234,567.8", 1_234_567.8),
        ("en", "1.234.567", 1_234_567), ("en", "1e3", 1000),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_were_meant(language, text, number):
    with override(language):
        assert number_read(text) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (1.1179, "1.1179"), (106.66667, "106.6667"), (120_000.0, "120,000"), (-0.00001, "0"),
        (100.0, "100"), (1e20, "1e+20"), (0.5, "0.5"), (-10.5, "−10.5"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_for_reading_not_cut(number, shown):
    with override("en"):
        assert number_shown(number) == shown


@pytest.mark.parametrize("text", ["", "many", "1_000", "nan", "inf", "1e999", "--1", "1,2,3.4.5"])
def test_what_is_no_number_is_refused(text):
    with override("en"), pytest.raises(ValueError):  # noqa: PT011 - any sentence will do
        number_read(text)


@pytest.mark.parametrize("language", ["de", "en"])
@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_typed_by_us_reads_back_the_same(language, number):
    with override(language):
        assert number_read(number_typed(number)) == number
        assert number_shown(number)
