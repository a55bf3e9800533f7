"""How numbers come in: bytes to a table of text, a table to readings, tickets to readings.

`reader` turns the bytes of a file or of a paste into a `table`; `sheet` does so for Excel. `dates` and `numbers`
understand a column as a whole; what they cannot decide is a `Question` that names the option which answers it, and the
answers are fields of a `Recipe`. `readings` makes readings of a table; `ticket_plan`, `ticket_walks`, `aggregate`,
`conditions`, `moments` and `hours` make them of a ticket export, and `comparison` says what of that is new, the same or
restated.

The standard library is enough for all of it but `sheet`. Nothing here opens a file or reads a clock.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.sources import fetch, sheet

__all__ = ["fetch", "sheet"]

__getattr__ = lazy_attributes(__name__, __all__)
