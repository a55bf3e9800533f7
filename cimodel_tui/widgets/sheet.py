"""The two style sheets as Textual reads them soonest: the second one once what it is about is shown."""

import re
from pathlib import Path

from textual.css.stylesheet import Stylesheet

FIRST = Path(__file__).parents[1] / "app.tcss"
"""What every page has, and what is in view when a step opens."""

MORE = FIRST.with_name("more.tcss")
"""The rest. A screen that needs it says so in `CSS_PATH`."""

_SAYS_NOTHING = ((r"/\*.*?\*/", ""), (r"\s*([{};,])\s*", r"\1"), (r":\s+", ":"), (r"\s+", " "))


def lean(path: Path) -> str:
    """Return the rules of a style sheet without comments and idle blanks, which take a third of the reading."""
    sheet = path.read_text(encoding="utf-8")
    for blanks, instead in _SAYS_NOTHING:
        sheet = re.sub(blanks, instead, sheet, flags=re.DOTALL)
    return sheet.strip()


def read_more(stylesheet: Stylesheet) -> None:
    """Read the rest, unless that is done: before Textual does, which then looks at everything shown a second time."""
    if not stylesheet.has_source(str(MORE), ""):
        stylesheet.add_source(lean(MORE), read_from=(str(MORE), ""))
