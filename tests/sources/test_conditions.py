"""Conditions on the columns of a ticket."""

import pytest

from cimodel_tui.sources.conditions import checks_of, read_condition
from cimodel_tui.sources.recipe import Recipe, SourceError
from cimodel_tui.sources.table import read_table


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ("priority=1", False),
        ("priority^=1", True),
        ("priority^=2|1", True),
        ("priority~CRIT", True),
        ("priority!=2 - High", True),
        ("n=3", True),
        ("n=3.0|4", True),
        ("n<3", False),
        ("n>=3", True),
        ("due<2026-02-01", True),
        ("took<=2h", True),
        ("took>2h", False),
    ],
)
def test_conditions_are_met_or_not(condition: str, met: bool) -> None:
    table = read_table(b"priority,n,due,took\n1 - Critical,3,2026-01-05,1h 59m\n", Recipe())
    (check,) = checks_of([condition], table, "where")
    assert check(["1 - Critical", "3", "2026-01-05", "1h 59m"], None) is met


@pytest.mark.parametrize("text", ["priority", "=1", "priority<soon", "duration~8h", "unknown=1"])
def test_a_condition_that_cannot_be_read_is_refused(text: str) -> None:
    table = read_table(b"priority,n\n1,2\n", Recipe())
    with pytest.raises(SourceError):
        checks_of([text], table, "where")


def test_a_condition_on_a_person_is_known() -> None:
    assert read_condition("assigned_to=Ann").is_about_a_person
    assert not read_condition("assignment_group=Desk").is_about_a_person


def test_a_comma_before_three_digits_is_not_compared() -> None:
    table = read_table(b'key,took\n1,"1,234 min"\n', Recipe())
    (check,) = checks_of(["took>=10 min"], table, "where")
    with pytest.raises(SourceError, match="cannot be compared"):
        check(["1", "1,234 min"], None)
