"""The style sheet is read without its comments and idle blanks, and says the same."""

from pathlib import Path

import pytest
from textual.app import App
from textual.css.stylesheet import Stylesheet

from cimodel_tui.widgets.sheet import FIRST, MORE, lean


def _rules(sheet: str) -> list[str]:
    known = Stylesheet(variables={**App[None]().get_css_variables(), "muted": "#888888"})
    known.add_source(sheet, read_from=("", ""))
    return [rule.css for rule in known.rules]


@pytest.mark.parametrize("path", [FIRST, MORE], ids=lambda path: path.name)
def test_lean_sheet_has_the_same_rules_in_the_same_order(path: Path) -> None:
    sheet = path.read_text(encoding="utf-8")
    assert len(lean(path)) < 0.8 * len(sheet)
    assert _rules(lean(path)) == _rules(sheet)


def test_blanks_that_separate_words_stay(tmp_path: Path) -> None:
    path = tmp_path / "some.tcss"
    path.write_text(".a  .b:focus > C,\n.d {\n  padding: 0  1; /* why */\n}\n", encoding="utf-8")
    assert lean(path) == ".a .b:focus > C,.d{padding:0 1;}"
