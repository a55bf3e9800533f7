"""A place in a workbook, in words."""

from cimodel_tui.model.answer import label
from cimodel_tui.model.step import Place


def test_place_is_told_in_words() -> None:
    assert Place("x", "i", "baseline", "metrics", "m", "unit").words == "step 2, metrics, unit"
    assert Place("x", step="register", field="owner").words == "register, owner"
    assert label("told") == "Who was told, and when"
