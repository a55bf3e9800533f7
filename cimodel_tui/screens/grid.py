"""The effort-benefit grid: every improvement that waits or is under way, by what it asks and what it gives."""

from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.register import Grid, grid_of
from cimodel_tui.widgets.columns import wrapped
from cimodel_tui.workbook import Change

_LEAST, _AXIS = 13, 6
"""Cells of one effort at least, and those beside all five."""

_MOST = 5
"""Lines of a title at most."""

_AROUND = 6
"""Lines above and below the grid."""


class GridScreen(Page):
    """Benefit upwards, effort to the right: what stands top left gives most for the least."""

    page_name = "grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,b", "back", "register", tooltip="To the register", id="grid.back"),
    ]

    def body(self) -> ComposeResult:
        """The grid, and what could not be placed."""
        with VerticalScroll(classes="dashboard"):
            yield Static("", classes="grid", markup=False)

    def on_mount(self) -> None:
        """Draw it."""
        self.query_one(VerticalScroll).focus()

    def on_resize(self) -> None:
        """Use the width there is."""
        self.show_all()

    def show_heading(self) -> None:
        """Show where one is."""
        self.query_one(Heading).show(self.book.title, "effort and benefit")

    def show_all(self, change: Change | None = None) -> None:
        """Draw the improvements as they are now."""
        super().show_all(change)
        grid = grid_of(self.book)
        cell = max(_LEAST, (self.size.width - _AXIS) // len(ONE_TO_FIVE))
        lines = [("benefit · what stands top left gives most for the least", "$muted")]
        for row in self._rows(grid, cell):
            lines += row
        lines.append(("  └" + "─" * 5 * cell, "$muted"))
        lines.append(("   " + "".join(f"{effort:<{cell}}" for effort in ONE_TO_FIVE).rstrip() + "  effort", "$muted"))
        lines += [
            (f"\n{each.ref} {each.title}: benefit or effort is not judged yet (e in the register)", "$muted")
            for each in grid.unjudged
        ]
        self.query_one(".grid", Static).update(Content("\n").join(Content.styled(*line) for line in lines))

    def _rows(self, grid: Grid, cell: int) -> list[list[tuple[str, str]]]:
        """Return the lines of each benefit; a title goes on below where there is room for that."""
        for most in range(_MOST, 0, -1):
            rows = [self._row(benefit, grid, cell, most) for benefit in reversed(ONE_TO_FIVE)]
            if sum(map(len, rows)) + _AROUND + len(grid.unjudged) <= self.size.height:
                return rows
        return rows

    def _row(self, benefit: str, grid: Grid, cell: int, most: int) -> list[tuple[str, str]]:
        """Return the lines of one benefit: as many as its fullest cell needs, one at least."""
        cells = [
            [line for each in grid.at(int(benefit), int(effort)) for line in self._shown(each, cell - 2, most)]
            for effort in ONE_TO_FIVE
        ]
        lines = []
        for line, texts in enumerate(zip_longest(*(each or ["·"] for each in cells), fillvalue="")):
            head = f"{'' if line else benefit:1} │"
            lines.append((head + "".join(text + " " * (cell - cell_len(text)) for text in texts), ""))
        return lines

    def _shown(self, improvement: Improvement, width: int, most: int) -> list[str]:
        words = f"{improvement.ref.removeprefix('CI-')} {improvement.title}"
        return [line.plain for line in wrapped(words, width, most, self.app.console)]

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
