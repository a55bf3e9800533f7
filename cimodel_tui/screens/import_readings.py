"""Columns pasted from a spreadsheet: what is open is asked once, and the preview shows what was understood."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Checkbox, Input, Select, Static, TextArea

from cimodel_tui.forms.fields import Day
from cimodel_tui.model.baseline import DAYS_BETWEEN, Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.paste import (
    DECIMAL_COMMA,
    HOURS_AND_MINUTES,
    MONTH_FIRST,
    ONE_COLUMN,
    PER_CENT,
    Manner,
    PastedRow,
    open_questions,
    understand,
)
from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.ticks import TickBox
from cimodel_tui.widgets.window import Window

_COLUMNS = (Column("Row", 4), Column("Day", 10), Column("Value", 9), Column("Word", 12, share=1))

_EXAMPLE = "2026-01-05  7.1\n2026-01-12  6.2  after the move"

_QUESTIONS = {
    DECIMAL_COMMA: "12,5 is 12.5",
    MONTH_FIRST: "3/4/2026 is in March",
    PER_CENT: "5% is 5 per cent",
    HOURS_AND_MINUTES: "7:06 is 7.1 hours",
}


class PasteScreen(Window[Mapping[str, Reading] | None]):
    """Paste or type columns; returns the readings that were understood, or none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "leave", tooltip="Leave; nothing is taken in", id="paste.leave"),
        Binding("f9", "take", "take them in", tooltip="Take in every row that was understood", id="paste.take"),
    ]

    def __init__(self, text: str, metric: Metric, today: date, known: Mapping[str, Reading]) -> None:
        super().__init__(look="wide")
        self._text, self._metric, self._today, self._known = text, metric, today, known
        frequency = metric.frequency if metric.frequency in DAYS_BETWEEN else "weekly"
        self._manner = Manner(frequency=frequency, per_cent=metric.unit.strip() == "%")
        self._rows: tuple[PastedRow, ...] = ()

    def compose(self) -> ComposeResult:
        """The text, what is open, and the preview."""
        with Vertical(classes="frame"):
            yield Static("A day and a value a line, as copied from a spreadsheet", classes="question", markup=False)
            with Horizontal(classes="columns"):
                yield TextArea(
                    self._text, compact=True, classes="control paste", tab_behavior="focus", placeholder=_EXAMPLE
                )
                yield Table(_COLUMNS, classes="preview", opens=False)
            with Horizontal(classes="open"):
                for key, words in _QUESTIONS.items():
                    yield TickBox(words, value=key == PER_CENT and self._manner.per_cent, name=key, compact=True)
            with Horizontal(classes="open one-column"):
                yield Static("first day", markup=False)
                yield Input(placeholder="2026-01-05", compact=True, classes="control first")
                yield Select(
                    ((each, each) for each in DAYS_BETWEEN),
                    value=self._manner.frequency,
                    compact=True,
                    allow_blank=False,
                )
            yield Static("", classes="words", markup=False)
            yield Button("Take them in", variant="primary", compact=True)
            yield Keys()

    def on_mount(self) -> None:
        """Show what was understood of what was pasted."""
        self._read()
        self.query_one(TextArea).focus()

    @on(TextArea.Changed)
    @on(Checkbox.Changed)
    @on(Input.Changed)
    @on(Select.Changed)
    def _changed(self) -> None:
        self._read()

    def _read(self) -> None:
        text = self.query_one(TextArea).text
        ticked = {box.name: box.value for box in self.query(Checkbox)}
        first = Day(name="first").read(self.query_one(".first", Input).value, self._today)
        frequency = self.query_one(Select).value
        manner = replace(
            self._manner,
            decimal_comma=ticked[DECIMAL_COMMA],
            month_first=ticked[MONTH_FIRST],
            per_cent=ticked[PER_CENT],
            hours=ticked[HOURS_AND_MINUTES],
            first=as_day(str(first.value)),
            frequency=str(frequency),
        )
        self._rows = understand(text, manner, self._today)
        self._show(open_questions(text))

    def _show(self, open_now: tuple[str, ...]) -> None:
        for box in self.query(Checkbox):
            box.display = box.name in open_now
        self.query_one(".one-column").display = ONE_COLUMN in open_now
        self.query_one(Table).fill((str(row.number), self._cells(row)) for row in self._rows)
        good = [row for row in self._rows if not row.problem]
        bad = len(self._rows) - len(good)
        marked = f", {bad} not (they stay here to be mended)" if bad else ""
        take = " F9 takes them in." if good else ""
        self.query_one(".words", Static).update(f"{len(good)} readings understood{marked}.{take}")

    def _cells(self, row: PastedRow) -> tuple[str | Text, ...]:
        if row.problem:
            return (str(row.number), "", row.text.strip(), f"✗ {row.problem}")
        there = self._known.get(row.day)
        word = f"in place of {there.value}" if there and there.value != row.value else row.note
        if row.day > self._today.isoformat():
            word = f"! this day has not come yet {word}".rstrip()
        return (str(row.number), row.day, row.value, word)

    @on(Button.Pressed)
    def _pressed(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Take in what was understood; what was not stays in the window to be mended."""
        good = {row.day: Reading(row.value, row.note) for row in self._rows if not row.problem}
        if good and len(good) == len(self._rows):
            self.dismiss(good)
        elif good:
            self._ask_about_the_rest(good)

    def _ask_about_the_rest(self, good: dict[str, Reading]) -> None:
        from cimodel_tui.forms.ask import Choose  # noqa: PLC0415 - only where rows cannot be read

        bad = len(self._rows) - len(good)
        question = f"{bad} of {len(self._rows)} rows cannot be read. Take in the {len(good)} others?"
        answers = (("take", "Take them in"), ("mend", "Mend the rows first"))

        def chosen(answer: str | None) -> None:
            if answer == "take":
                self.dismiss(good)

        self.app.push_screen(Choose(question, answers), chosen)
