"""Pasted readings are understood line by line; what is unclear is asked once, what cannot be read is marked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import read_number
from cimodel_tui.model.paste import (
    DECIMAL_COMMA,
    HOURS_AND_MINUTES,
    MONTH_FIRST,
    ONE_COLUMN,
    PER_CENT,
    Manner,
    open_questions,
    understand,
)

TODAY = date(2026, 11, 23)
PLAIN = Manner()


def rows(text: str, manner: Manner = PLAIN) -> list[tuple[str, str, str]]:
    return [(row.day, row.value, row.note) for row in understand(text, manner, TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05\t7.1\tbank holiday",
        "2026-01-05;7.1;bank holiday",
        "2026-01-05, 7.1, bank holiday",
        "5 jan 2026 7.1 bank holiday",
        "2026-W02 7.1 bank holiday",
        '"2026-01-05"\t"7.1"\t"bank holiday"',
    ],
)
def test_a_line_is_a_day_a_value_and_a_note(text: str) -> None:
    assert rows(text) == [("2026-01-05", "7.1", "bank holiday")]


def test_heading_and_empty_lines_are_passed_over() -> None:
    assert [day for day, _, _ in rows("Week\tHours\n\n2026-01-05\t7.1\n2026-01-12\t6.2\n")] == [
        "2026-01-05",
        "2026-01-12",
    ]


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        ("weekly", ["2026-01-05", "2026-01-12", "2026-01-19"]),
        ("monthly", ["2026-01-05", "2026-02-05", "2026-03-05"]),
        ("quarterly", ["2026-01-05", "2026-04-05", "2026-07-05"]),
        ("daily", ["2026-01-05", "2026-01-06", "2026-01-07"]),
    ],
)
def test_bare_column_counts_on_from_its_first_day(frequency: str, days: list[str]) -> None:
    manner = Manner(first=date(2026, 1, 5), frequency=frequency)
    assert [day for day, _, _ in rows("7.1\n6.2\n7.9", manner)] == days


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("2026-01-05\t7,1", DECIMAL_COMMA),
        ("3/4/2026\t7", MONTH_FIRST),
        ("2026-01-05\t58 %", PER_CENT),
        ("2026-01-05\t7:06", HOURS_AND_MINUTES),
        ("7.1\n6.2", ONE_COLUMN),
    ],
)
def test_what_could_be_meant_two_ways_is_asked(text: str, question: str) -> None:
    assert question in open_questions(text)


def test_answers_decide_how_it_is_read() -> None:
    assert rows("2026-01-05\t7,1", Manner(decimal_comma=True))[0][1] == "7.1"
    assert rows("3/4/2026\t7", Manner(month_first=True))[0][0] == "2026-03-04"
    assert rows("3/4/2026\t7")[0][0] == "2026-04-03"
    assert rows("2026-01-05\t58 %", Manner(per_cent=True))[0][1] == "58"
    assert rows("2026-01-05\t7:06", Manner(hours=True))[0][1] == "7.1"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-01-05\tseven", "seven"),
        ("someday\t7", "someday"),
        ("2026-01-05\t1e400", "1e400"),
        ("2026-01-05\tnan", "nan"),
        ("13/13/2026\t7", "13/13/2026"),
    ],
)
def test_line_that_cannot_be_read_names_what_stands_there(text: str, words: str) -> None:
    (row,) = understand(text, PLAIN, TODAY)
    assert words in row.problem
    assert (row.day, row.value) == ("", "")


def test_same_day_twice_names_the_row_that_has_it() -> None:
    first, second = understand("2026-01-05\t7\n2026-01-05\t8", PLAIN, TODAY)
    assert not first.problem
    assert second.problem == "2026-01-05 stands in row 1 already"


def test_days_beyond_the_calendar_are_marked() -> None:
    _, second = understand("7\n8", Manner(first=date(9999, 12, 31)), TODAY)
    assert second.problem == "its day lies beyond the calendar"


@given(st.text(max_size=80), st.booleans(), st.booleans(), st.dates())
def test_whatever_is_pasted_is_read_or_marked(text: str, one: bool, two: bool, first: date) -> None:
    open_questions(text)
    manner = Manner(decimal_comma=one, month_first=two, per_cent=one, hours=two, first=first)
    for row in understand(text, manner, TODAY):
        if not row.problem:
            assert as_day(row.day)
            read_number(row.value)
