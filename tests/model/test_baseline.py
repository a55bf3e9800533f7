"""A metric, as it is called."""

import pytest

from cimodel_tui.model.baseline import Metric


@pytest.mark.parametrize(("unit", "behind"), [("h", " (h)"), (" min ", " (min)"), ("", ""), (" ", ""), ("\u00a0", "")])
def test_unit_stands_in_brackets_behind_the_name_where_there_is_one(unit: str, behind: str) -> None:
    assert Metric(id="m1", unit=unit).unit_behind_name == behind
