"""Numbers are read strictly and exactly, and shown with enough decimals."""

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cimodel_tui.model.number import UnreadableNumberError, decimals_of, read_number, show_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        (".5", "0.5"),
        ("+.5", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("007", "7"),
        (" 7.1\t", "7.1"),
        ("1e3", "1000"),
        ("2.5E-3", "0.0025"),
        ("1e+007", "10000000"),
        ("1e-999", "1e-999"),
        ("9" * 40, "9" * 40),
    ],
)
def test_number_is_read_exactly(text: str, value: str) -> None:
    assert read_number(text) == Fraction(value)


def test_ten_tenths_have_a_mean_of_a_tenth() -> None:
    assert sum([read_number("0.1")] * 10) / 10 == read_number("0.1")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("12,5", '"12,5" is not a number here: write 12.5'),
        ("-12,5", "write -12.5"),
        ("1,234", "write 1234 or 1.234"),
        ("1,234.5", "write 1234.5"),
        ("1 234", "write 1234"),
        ("1_000", "write 1000"),
        ("5%", "write 5, the unit stands with the metric"),
        ("5 %", "write 5, the unit"),
        ("", "there is no number"),
        ("   ", "there is no number"),
        ("NaN", "not a measurable number"),
        ("-inf", "not a measurable number"),
        ("Infinity", "not a measurable number"),
        ("1e1000", "at most three digits"),
        ("1e0001", "at most three digits"),
        ("1e999", "too large"),
        ("1" * 41, "at most 40 characters"),
        ("5.", "a decimal point"),
        (".", "a decimal point"),
        ("1e", "a decimal point"),
        ("0x1F", "a decimal point"),
        ("--1", "a decimal point"),
        ("1/2", "a decimal point"),
        ("７", "a decimal point"),
        ("١٢", "a decimal point"),
        ("four", "a decimal point"),
    ],
)
def test_what_is_no_number_is_refused_with_a_word(text: str, word: str) -> None:
    with pytest.raises(UnreadableNumberError) as refused:
        read_number(text)
    assert word in str(refused.value)


def test_refusal_is_one_printable_line() -> None:
    with pytest.raises(UnreadableNumberError) as refused:
        read_number("1\n2\x1b[2J\ud800" + "x" * 100)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 120


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=6))
def test_decimal_text_comes_back_as_it_was(value: object) -> None:
    text = f"{value:f}"
    assert show_number(read_number(text), 6) == text.replace("-0.000000", "0.000000")


@given(st.text(max_size=60))
@example("0\x1f")  # a blank to whoever strips a text, and none to float
def test_any_text_is_a_number_or_refused(text: str) -> None:
    try:
        value = read_number(text)
    except UnreadableNumberError:
        return
    assert float(value) == float(text.strip())


@pytest.mark.parametrize(
    ("value", "like", "shown"),
    [
        ("4.68", 1, "4.7"),
        ("4.68", 0, "5"),
        ("4.68", 3, "4.680"),
        ("-0.04", 1, "0.0"),
        ("-0.4", 1, "-0.4"),
        ("0", 2, "0.00"),
        ("4.96", ("5.0",), "4.96"),
        ("4.68", ("5.0",), "4.7"),
        ("99.96", ("100",), "99.96"),
        ("100", ("100",), "100"),
        ("1e300", 2, "1e+300"),
        ("1e-20", 2, "1e-20"),
    ],
)
def test_number_has_enough_decimals(value: str, like: int | tuple[str, ...], shown: str) -> None:
    assert show_number(Fraction(value), like) == shown


@pytest.mark.parametrize(("value", "decimals"), [("12", 0), ("12.50", 1), ("0.001", 3), ("1/3", 12)])
def test_decimals_of_a_value(value: str, decimals: int) -> None:
    assert decimals_of(Fraction(value)) == decimals
