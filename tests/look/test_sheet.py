"""The style sheet is read without its comments and idle blanks, and says the same."""

from pathlib import Path

from textual.app import App
from textual.css.stylesheet import Stylesheet

import cimodel_tui
from cimodel_tui.widgets.sheet import lean

SHEET = Path(cimodel_tui.__file__).with_name("app.tcss").read_text(encoding="utf-8")


def _rules(sheet: str) -> list[str]:
    known = Stylesheet(variables={**App[None]().get_css_variables(), "muted": "#888888"})
    known.add_source(sheet, read_from=("", ""))
    return [rule.css for rule in known.rules]


def test_lean_sheet_has_the_same_rules_in_the_same_order() -> None:
    assert len(lean(SHEET)) < 0.8 * len(SHEET)
    assert _rules(lean(SHEET)) == _rules(SHEET)


def test_blanks_that_separate_words_stay() -> None:
    assert lean(".a  .b:focus > C,\n.d {\n  padding: 0  1; /* why */\n}\n") == ".a .b:focus > C,.d{padding:0 1;}"
