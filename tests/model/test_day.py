"""Days are understood as people type them, and kept as ISO text."""

import re
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cimodel_tui.model.day import UnreadableDayError, add_months, as_day, read_day

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-14", "2026-07-14"),
        (" Today ", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("+30", "2026-12-23"),
        ("-1", "2026-11-22"),
        ("+2w", "2026-12-07"),
        ("+3m", "2027-02-23"),
        ("2026-W05", "2026-01-26"),
        ("2026w5", "2026-01-26"),
        ("2026-Q3", "2026-07-01"),
        ("2026-01", "2026-01-01"),
        ("14 jul", "2026-07-14"),
        ("14. July 2025", "2025-07-14"),
        ("Jul 14, 2025", "2025-07-14"),
        ("5 jan", "2027-01-05"),
        ("29 feb 2028", "2028-02-29"),
    ],
)
def test_day_is_understood(text: str, day: str) -> None:
    assert read_day(text, TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-01", "2026-02-30", "30 feb", "29 feb", "2026-W60", "٢٠٢٦-٠١-٠١", "+99999"]
)
def test_what_is_no_day_is_told_with_examples(text: str) -> None:
    with pytest.raises(UnreadableDayError, match="is not a date: write 2026-07-14, today"):
        read_day(text, TODAY)


@given(st.text(max_size=20), st.dates())
def test_reading_a_day_ends_in_a_day_or_a_sentence(text: str, today: date) -> None:
    try:
        found = read_day(text, today)
    except UnreadableDayError as problem:
        assert "is not a date" in str(problem)  # noqa: PT017 - either may happen
    else:
        assert as_day(found.isoformat()) == found


@pytest.mark.parametrize("text", ["2026-7-14", "2026-07-14T00:00", " 2026-07-14", "20260714", "x", ""])
def test_only_iso_text_is_a_stored_day(text: str) -> None:
    assert as_day(text) is None


def test_a_month_on_from_the_last_day_is_the_last_day_of_a_shorter_month() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


@given(st.one_of(st.text("0123456789-+wWT: ٣", min_size=8, max_size=11), st.dates().map(str)))
@example("2026-W05-1")
@example("2026-02-30")
@example("٢٠٢٦-٠٢-٠٣")
def test_stored_day_is_digits_and_two_lines_and_nothing_else_that_the_standard_library_reads(text: str) -> None:
    digits = re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII)
    day = as_day(text)
    assert day is None or (digits and str(day) == text)
    assert day or not digits or not _exists(text)


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
