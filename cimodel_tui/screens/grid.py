"""The effort-benefit grid: every improvement that waits or is under way, by what it asks and what it gives."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from cimodel_tui import screens
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.screens.register_rows import row_of
from cimodel_tui.views.register import MAX_RATING, Grid, grid_of
from cimodel_tui.widgets.columns import wrapped
from cimodel_tui.widgets.keys import NO_ACT, Act
from cimodel_tui.widgets.table import BAR
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Change, Workbook

_LEAST, _AXIS = 13, 4
"""Cells of one effort at least, and those beside all five."""

_MOST_LINES = 5
"""Lines of a title at most."""

_AROUND = 9
"""Lines above and below the grid."""

_MIDDLE = 3
"""A benefit from here on is high; an effort up to here is low."""

QUADRANTS = {
    (True, False): ("Quick wins", "$success"),
    (True, True): ("Major projects", "$primary"),
    (False, False): ("Fill-ins", "$accent"),
    (False, True): ("Reconsider", "$error"),
}
"""Name and colour by whether the benefit is high and whether the effort is high."""

_TINT = "26%"
"""How much of the colour lies behind the words."""

Piece = tuple[str, str]
"""A text and its style."""


def quadrant(benefit: str, effort: str) -> Piece:
    """Return name and colour of the quadrant in which a cell lies."""
    return QUADRANTS[int(benefit) >= _MIDDLE, int(effort) > _MIDDLE]


class GridScreen(Page):
    """Benefit upwards, effort to the right: what stands top left gives most for the least."""

    page_name = "grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right,j,l,tab", "mark(1)", "next", tooltip="The next improvement", id="grid.next"),
        Binding(
            "up,left,k,h,shift+tab", "mark(-1)", "previous", tooltip="The previous improvement", id="grid.previous"
        ),
        Binding("enter", "open", "open", tooltip="Open the improvement at its current step", id="grid.open"),
        Binding("d,f4", "dashboard", "dashboard", tooltip="Baseline against achieved", id="grid.dashboard"),
        Binding("e", "edit", "entry", tooltip="Edit the register entry with its benefit and effort", id="grid.edit"),
        Binding("escape,b", "back", "register", tooltip="To the register", id="grid.back"),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, place)
        self._marked = ""

    def body(self) -> ComposeResult:
        """The grid, and what could not be placed."""
        with VerticalScroll(classes="dashboard"):
            yield Words("", classes="grid")
        yield Words(classes="here")

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
        ids = [each.id for each in grid.ordered()]
        if self._marked not in ids:
            self._marked = ids[0] if ids else ""
        cell = max(_LEAST, (self.size.width - _AXIS) // len(ONE_TO_FIVE))
        lines: list[list[Piece]] = [[("benefit", "bold"), ("  5 is most; top left gives most for the least", "$muted")]]
        lines.append(self._names(cell, high=True))
        for row in self._rows(grid, cell):
            lines += row
        lines.append(self._names(cell, high=False))
        lines.append([("   ", ""), *((f"{effort:<{cell}}", "$muted") for effort in ONE_TO_FIVE)])
        lines.append([("   effort", "bold"), (", 5 is most", "$muted")])
        if grid.unrated:
            lines += [[("", "")], [("Not judged yet: e sets benefit and effort", "bold $text-primary")]]
            lines += [[self._entry(each, f"{each.ref} {each.title}")] for each in grid.unrated]
        self.query_one(".here", Words).say(self._here())
        drawn = Content("\n").join(Content.assemble(*line) for line in lines)
        self.query_one(".grid", Words).say(drawn)

    def _here(self) -> str:
        """Return what the grid has no room for about the marked improvement."""
        if not self._marked:
            return ""
        row = row_of(self.book, self._marked)
        improvement = self.book.improvement(self._marked)
        score = "" if improvement.score is None else f" · score {improvement.score}"
        return f"{row.ref} {row.title} · {row.status}{score} · next: {row.next}"

    def _names(self, cell: int, *, high: bool) -> list[Piece]:
        """Return the names of the two quadrants of the upper or the lower half, each over its columns."""
        parts: list[Piece] = [("  ", "")]
        for heavy, columns in ((False, _MIDDLE), (True, MAX_RATING - _MIDDLE)):
            name, colour = QUADRANTS[high, heavy]
            parts.append((f" {name:<{cell * columns - 1}}", f"bold on {colour} {_TINT}"))
        return parts

    def _entry(self, improvement: Improvement, words: str) -> Piece:
        here = improvement.id == self._marked
        return (f"{BAR if here else ' '}{words}", "bold $text-primary" if here else "$muted")

    def _rows(self, grid: Grid, cell: int) -> list[list[list[Piece]]]:
        """Return the lines of each benefit; a title goes on below where there is room for that."""
        for most in range(_MOST_LINES, 0, -1):
            rows = [self._row(benefit, grid, cell, most) for benefit in reversed(ONE_TO_FIVE)]
            if sum(map(len, rows)) + _AROUND + len(grid.unrated) <= self.size.height:
                break
        return self._filled(rows, grid, cell)

    def _filled(self, rows: list[list[list[Piece]]], grid: Grid, cell: int) -> list[list[list[Piece]]]:
        """Give every row the same share of the height that is left over."""
        left = self.size.height - _AROUND - sum(map(len, rows)) - len(grid.unrated) - 2 * bool(grid.unrated)
        for benefit, row in zip(reversed(ONE_TO_FIVE), rows, strict=True):
            row += [self._line(benefit, "", [("", "")] * MAX_RATING, cell) for _ in range(max(left // MAX_RATING, 0))]
        return rows

    def _row(self, benefit: str, grid: Grid, cell: int, most: int) -> list[list[Piece]]:
        """Return the lines of one benefit: as many as its fullest cell needs, one at least."""
        cells = [
            [line for each in grid.at(int(benefit), int(effort)) for line in self._shown(each, cell - 2, most)]
            for effort in ONE_TO_FIVE
        ]
        texts = list(zip_longest(*(each or [(" ·", "$muted")] for each in cells), fillvalue=("", "")))
        return [self._line(benefit, "" if at else benefit, line, cell) for at, line in enumerate(texts)]

    def _line(self, benefit: str, head: str, texts: Sequence[Piece], cell: int) -> list[Piece]:
        """Return one line of a row, behind each text the tint of its quadrant."""
        line: list[Piece] = [(f"{head:1} ", "bold")]
        for effort, (text, style) in zip(ONE_TO_FIVE, texts, strict=True):
            _, colour = quadrant(benefit, effort)
            line.append((text + " " * (cell - cell_len(text)), f"{style} on {colour} {_TINT}".strip()))
        return line

    def _shown(self, improvement: Improvement, width: int, most: int) -> list[Piece]:
        here = improvement.id == self._marked
        words = f"{improvement.ref.removeprefix('CI-')} {improvement.title}"
        lines = [line.plain for line in wrapped(words, width, most, self.app.console)]
        return [(f"{BAR if here else ' '}{line}", "bold" if here else "") for line in lines]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to open only what is there."""
        if action in {"mark", "open", "dashboard", "edit"}:
            return bool(self._marked)
        return super().check_action(action, parameters)

    @property
    def main_act(self) -> Act:
        """Open the marked improvement."""
        return Act("open", "open") if self._marked else NO_ACT

    def action_mark(self, distance: int) -> None:
        """Mark the next improvement, or the one before, around the end."""
        ids = [each.id for each in grid_of(self.book).ordered()]
        self._marked = ids[(ids.index(self._marked) + distance) % len(ids)]
        self.show_all()

    def action_open(self) -> None:
        """Go to the step at which the marked improvement stands."""
        improvement, latest = self.book.of(Place(self._marked))
        self.post_message(Go(current_step(improvement, latest), Place(improvement.id, latest.id)))

    def action_dashboard(self) -> None:
        """Go to the dashboard of the marked improvement."""
        self.post_message(Go("dashboard", Place(self._marked, self.book.latest(self._marked).id)))

    def action_edit(self) -> None:
        """Open the register entry of the marked improvement, in benefit."""
        self.app.push_screen(screens.entry.EntryScreen(self.book, Place(self._marked, step=REGISTER, field="benefit")))

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
