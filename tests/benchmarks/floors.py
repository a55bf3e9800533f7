"""The floors: the least that Textual itself needs for the same thing. Run as a program, in a terminal.

`title`: one Static. `form N`: a form of N widgets. `screens N ...`: a form of so many widgets each, F3 and F2 turn.
`cells N`: F4 opens a screen of N Statics that fill the terminal with words in three colours.
"""

import sys

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static

TITLE = "the smallest app"
DRAWN = "the last line"


class TitleApp(App[None]):
    """One Static with a title."""

    def compose(self) -> ComposeResult:
        yield Static(TITLE)


class FormScreen(Screen[None]):
    """Labels and lines, in turn; the first line has the focus."""

    AUTO_FOCUS = "Input"
    CSS = "Static, Input { height: 1; border: none; }"

    def __init__(self, number: int, widgets: int) -> None:
        super().__init__()
        self._number, self._widgets = number, widgets

    def compose(self) -> ComposeResult:
        for at in range(self._widgets // 2):
            yield Static(f"label {at} of form {self._number}.")
            yield Input(compact=True)


class FormApp(App[None]):
    """One form."""

    def __init__(self, widgets: int) -> None:
        super().__init__()
        self._count = widgets

    def on_mount(self) -> None:
        self.push_screen(FormScreen(0, self._count))


class TurningApp(App[None]):
    """Several forms, each made when it is first shown and kept."""

    BINDINGS = [("f2", "turn(-1)"), ("f3", "turn(1)")]  # noqa: RUF012 - as Textual wants it

    def __init__(self, counts: list[int]) -> None:
        super().__init__()
        self._counts, self._at = counts, 0

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        name = str(self._at)
        if name not in self._installed_screens:
            self.install_screen(FormScreen(self._at, self._counts[self._at]), name)
        self.push_screen(name) if len(self.screen_stack) == 1 else self.switch_screen(name)

    def action_turn(self, distance: int) -> None:
        self._at = (self._at + distance) % len(self._counts)
        self._show()


class CellsScreen(Screen[None]):
    """As many cells as the terminal has."""

    CSS = "Static { height: 1fr; }"

    def __init__(self, widgets: int) -> None:
        super().__init__()
        self._widgets = widgets

    def compose(self) -> ComposeResult:
        lines = max(self.app.size.height // self._widgets, 1)
        text = "\n".join(
            "[red]words and[/] [green]words and[/] [blue]words and more words[/] " * 2 for _ in range(lines)
        )
        for _ in range(self._widgets - 1):
            yield Static(text)
        yield Static(f"{text}\n{DRAWN}" if lines > 1 else DRAWN)


class CellsApp(App[None]):
    """A title; F4 opens the screen."""

    BINDINGS = [("f4", "cells")]  # noqa: RUF012 - as above

    def __init__(self, widgets: int) -> None:
        super().__init__()
        self._count = widgets

    def compose(self) -> ComposeResult:
        yield Static(TITLE)

    def action_cells(self) -> None:
        self.push_screen(CellsScreen(self._count))


def main(kind: str, *numbers: str) -> None:
    """Run one of them."""
    counts = [int(each) for each in numbers]
    match kind:
        case "form":
            FormApp(counts[0]).run()
        case "screens":
            TurningApp(counts).run()
        case "cells":
            CellsApp(counts[0]).run()
        case _:
            TitleApp().run()


if __name__ == "__main__":
    main(*sys.argv[1:])
