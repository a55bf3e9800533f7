"""One reading as it is typed."""

from datetime import date

import pytest

from cimodel_tui.sources.reading_line import UnreadableLineError, read_line

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "day", "value", "note"),
    [
        ("2026-01-05 7.1 bank holiday", "2026-01-05", "7.1", "bank holiday"),
        ("5 jan 2026 7.1", "2026-01-05", "7.1", ""),
        ("5 jan 7.1", "2026-01-05", "7.1", ""),
        ("9 dec 7.1", "2025-12-09", "7.1", ""),
        ("5 jan 26", "2026-01-05", "26", ""),
        ("today 7.1", "2026-11-30", "7.1", ""),
        ("-1w 7.1 late", "2026-11-23", "7.1", "late"),
        ("2026-W02 7.1", "2026-01-05", "7.1", ""),
        ("2026-01-05\t7.1", "2026-01-05", "7.1", ""),
    ],
)
def test_a_line_is_a_day_a_value_and_a_note(text: str, day: str, value: str, note: str) -> None:
    found = read_line(text, TODAY)
    assert found is not None
    assert (found.day, found.value, found.note, found.of) == (day, value, note, None)


def test_a_total_is_typed_behind_a_slash() -> None:
    found = read_line("5 jan 45/50 quiet", TODAY, "share")
    assert found is not None
    assert (found.value, found.of, found.note) == ("45", "50", "quiet")


@pytest.mark.parametrize("text", ["seven", "someday 7", "2026-01-05", "2026-01-05 7,1", "2026-01-05 nan", "5 jan 4/5"])
def test_a_line_that_cannot_be_read_says_why(text: str) -> None:
    with pytest.raises(UnreadableLineError, match=r'".*"|no number'):
        read_line(text, TODAY)


def test_an_empty_line_is_no_reading() -> None:
    assert read_line("  ", TODAY) is None


@pytest.mark.parametrize("text", ["0206-01-05 7.1", "1899-12-31 7.1", "30 feb 7.1"])
def test_a_day_that_is_a_slip_of_the_hand_is_refused(text: str) -> None:
    with pytest.raises(UnreadableLineError):
        read_line(text, TODAY)
