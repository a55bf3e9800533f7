"""Numbers that a comma as the separator cut in two, as in `2026-01-05,7,1` and `2026-01-05,$1,234.50`.

A cell behind the value is no note where the two make a number with a comma between them, perhaps with a unit.
"""

import re
from collections.abc import Sequence

from cimodel_tui.record import dataclass
from cimodel_tui.sources.numbers import shape_beside_unit

_FRONT = re.compile(r"[^\d+\-.,]*[+-]?\d+")
"""What may stand in front of the comma: a whole number, perhaps behind a currency."""

_DECIMAL, _GROUPED = "comma", "point"


@dataclass(frozen=True, slots=True)
class CutNumber:
    """A number in two cells or more."""

    text: str
    """The cells with their commas, as they were before the cut."""
    length: int
    """How many cells it takes."""
    shape: str
    """comma where its comma can only be a decimal one, point where it can only group, else it is either."""

    def joined_for(self, decimal: str) -> bool:
        """Return whether the answer of a decimal mark joins it; what then makes no sense is refused when it is read."""
        return decimal == "comma" or (decimal == "point" and self.shape != _DECIMAL)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The answers that may be meant, each with what it makes of the number."""
        whole, _, behind = self.text.partition(",")
        apart = f"{whole}, and {behind} is a note"
        comma = ("comma", self.text.replace(",", ".")) if self.shape != _GROUPED else None
        point = ("point", apart if self.shape == _DECIMAL else self.text.replace(",", ""))
        return (comma, point) if comma else (point,)


def find_cut_number(cells: Sequence[str], at: int, most: int, unit: str) -> CutNumber | None:
    """Return the number that begins in the cell `at` and takes at most so many cells more, or None."""
    if len(cells) <= at + 1 or not cells[at + 1].strip()[:1].isdecimal() or not _FRONT.fullmatch(cells[at].strip()):
        return None
    for more in range(min(most, len(cells) - at - 1), 0, -1):
        text = ",".join(cell.strip() for cell in cells[at : at + 1 + more])
        if shape := shape_beside_unit(text, unit):
            return CutNumber(text, 1 + more, shape)
    return None
