"""The periods into which moments fall."""

from datetime import date

import pytest

from cimodel_tui.sources.moments import next_start, start_of


@pytest.mark.parametrize(
    ("every", "start", "following"),
    [
        ("day", date(2026, 2, 4), date(2026, 2, 5)),
        ("week", date(2026, 2, 2), date(2026, 2, 9)),
        ("fortnight", date(2026, 1, 26), date(2026, 2, 9)),
        ("month", date(2026, 2, 1), date(2026, 3, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
    ],
)
def test_periods_begin_where_they_should(every: str, start: date, following: date) -> None:
    assert start_of(date(2026, 2, 4), every, date(2026, 1, 13)) == start
    assert next_start(start, every) == following
