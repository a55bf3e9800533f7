"""The effort-benefit grid: every improvement that waits or is under way, by what it asks and what it gives."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.workbook import Change
from cimodel_tui.workbook.grid import Grid, grid_of

_NARROW, _CELL = 13, 18


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
        cell = max(_NARROW, min(_CELL + (self.size.width - 100) // 5, (self.size.width - 6) // 5))
        lines = [("benefit", "$muted")]
        for benefit in reversed(ONE_TO_FIVE):
            lines += _row(benefit, grid, cell)
        lines.append(("  └" + "─" * 5 * cell, "$muted"))
        lines.append(("   " + "".join(f"{effort:<{cell}}" for effort in ONE_TO_FIVE).rstrip() + "  effort", "$muted"))
        lines += [
            (f"\n{each.ref} {each.title}: benefit or effort is not judged yet (e edits)", "$muted")
            for each in grid.unjudged
        ]
        self.query_one(".grid", Static).update(Content("\n").join(Content.styled(*line) for line in lines))

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))


def _row(benefit: str, grid: Grid, cell: int) -> list[tuple[str, str]]:
    """Return the lines of one benefit: as many as its fullest cell needs, one at least."""
    cells = [[_shown(each, cell) for each in grid.at(int(benefit), int(effort))] for effort in ONE_TO_FIVE]
    height = max(1, *(len(each) for each in cells))
    lines = []
    for line in range(height):
        texts = (found[line] if line < len(found) else "·" if not found and not line else "" for found in cells)
        lines.append((f"{benefit if not line else ' '} │" + "".join(f"{text:<{cell}}" for text in texts), ""))
    return lines


def _shown(improvement: Improvement, cell: int) -> str:
    words = f"{improvement.ref.removeprefix('CI-')} {improvement.title}"
    return words if len(words) < cell else words[: cell - 2] + "…"
