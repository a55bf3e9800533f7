"""How numbers come in: bytes to a table of text, a table to readings, tickets to readings.

`table` turns the bytes of a file or of a paste into a table of text; `sheet` does so for Excel. `columns` finds out
which column is which; `dates` (with `date_forms`) and `numbers` (with `durations`) work out how a column is written.
What they cannot decide is a `Question` (in `recipe`) that names the option which answers it, and the answers are fields
of a `Recipe`. `readings` makes readings of a table. `ticket_plan`, `ticket_walks` and `aggregate` make them of a ticket
export, with `conditions` (which tickets), `moments` (time zones and periods) and `durations` (also working hours).
`comparison` says which readings are new, the same or restated. `register` reads a register, `reading_line` one typed
line, `feeds` and `fetch` the sources that a user has configured.

All of it but `sheet` needs the standard library only. Only `fetch` opens files; nothing here reads a clock.
"""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.sources import fetch, sheet

__all__ = ["fetch", "sheet"]

__getattr__ = lazy_attributes(__name__, __all__)
