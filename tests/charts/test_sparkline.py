"""Sparklines: a few cells of one line that show the course of a metric."""

import pytest

from cimodel_tui.charts import Cells, Role, plain, sparkline


def drawn(values: list[float], width: int = 20, baseline: int = 0, cells: Cells = Cells.DENSE) -> str:
    return plain([sparkline(values, width, baseline=baseline, cells=cells)])


def test_lowest_and_highest_reading_have_the_lowest_and_highest_level() -> None:
    assert drawn([1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇"


def test_equal_readings_stand_in_the_middle() -> None:
    assert drawn([5, 5, 5]) == "▄▄▄"
    assert drawn([5, 5, 5], cells=Cells.PLAIN) == "---"


def test_plain_cells_are_ascii() -> None:
    line = drawn([1, 2, 3, 4, 5], cells=Cells.PLAIN)
    assert line == "_.-*^"
    assert line.isascii()


def test_baseline_part_has_a_role_of_its_own() -> None:
    before, after = sparkline([7, 8, 7, 3, 2], 10, baseline=3)
    assert (len(before.text), before.role) == (3, Role.BASELINE)
    assert (len(after.text), after.role) == (2, Role.POINT)


@pytest.mark.parametrize("baseline", [0, 1, 12, 23, 24])
def test_more_readings_than_cells_take_the_width_exactly(baseline: int) -> None:
    assert len(drawn([float(at % 5) for at in range(24)], 14, baseline)) == 14


def test_no_cell_mixes_the_baseline_with_what_follows() -> None:
    assert drawn([9.0] * 11 + [1.0] * 13, 8, 11) == "▇▇▇▇▁▁▁▁"


def test_both_parts_keep_at_least_a_cell() -> None:
    line = sparkline([9.0] * 100 + [1.0], 6, baseline=100)
    assert [len(span.text) for span in line] == [5, 1]


def test_nothing_is_drawn_without_readings_or_room() -> None:
    assert sparkline([], 9) == ()
    assert sparkline([1, 2], 0) == ()
    assert sparkline([1, 2], 1, baseline=1) == ()


def test_values_at_the_ends_of_a_float_are_drawn() -> None:
    assert drawn([-1.7e308, 1.7e308]) == "▁▇"
