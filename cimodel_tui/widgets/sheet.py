"""The style sheet as Textual reads it soonest."""

import re

_SAYS_NOTHING = ((r"/\*.*?\*/", ""), (r"\s*([{};,])\s*", r"\1"), (r":\s+", ":"), (r"\s+", " "))


def lean(sheet: str) -> str:
    """Return a style sheet of the same rules without comments and idle blanks, which take a third of the reading."""
    for blanks, instead in _SAYS_NOTHING:
        sheet = re.sub(blanks, instead, sheet, flags=re.DOTALL)
    return sheet.strip()
