"""The readings of a metric: typed one a line, or pasted as columns and looked at before they are taken in."""

from dataclasses import replace
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widgets import Input

from cimodel_tui.charts import Point
from cimodel_tui.forms.ask import Ask
from cimodel_tui.measurement.stored_readings import problem_with, reading_text
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import Place
from cimodel_tui.screens.import_readings import import_file, pull_feed, take_import
from cimodel_tui.screens.import_window import Import, ImportScreen
from cimodel_tui.screens.page import FollowsWorkbook
from cimodel_tui.sources.reading_line import UnreadableLineError, read_line
from cimodel_tui.sources.recipe import FoundReading
from cimodel_tui.views.panels import metric_summary
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.views.status import phase_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.columns import Cell, Column
from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.controls import ImmediateControl
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.actions import set_readings
from cimodel_tui.workbook.session import ASIDE, PASTE, READING, REMOVAL

_COLUMNS = (Column("Day", 10), Column("Value", 10), Column("In", 8, rank=1), Column("Note", 6, share=1, rank=2))

ADD = "add reading"
"""What F9 is called while a reading is typed."""

_WIDE = 110
"""Cells from which the chart stands beside the table and not below it."""

_SIGNS = {"better": ("◆", Tone.GOOD), "worse": ("✗", Tone.BAD), "": ("◈", Tone.WARNING)}
"""The sign of a reading that takes part in a signal, by its side, as on the chart."""


class ReadingLine(ImmediateControl, Input):
    """One reading a line; a paste of several lines is looked at first."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            self.text = text
            super().__init__()

    def on_paste(self, event: Paste) -> None:
        """Hand columns on to the window that shows how they are understood."""
        if len(event.text.splitlines()) > 1:
            event.stop()
            event.prevent_default()
            self.post_message(self.Pasted(event.text))


class ReadingsScreen(FollowsWorkbook[None], Window[None]):
    """The readings of one metric, newest at the bottom."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "main", "done", tooltip="Add the reading that is typed; without one, close", id="readings.main"),
        Binding("escape", "close", "done", tooltip="Close; every reading is kept", id="readings.done"),
        Binding(
            "v,f6",
            "paste",
            "paste columns",
            key_display="v",
            tooltip="A window to paste or type columns into",
            id="readings.paste",
        ),
        Binding("i", "file", "import", tooltip="Import a file of readings or a ticket export", id="readings.file"),
        Binding("p", "pull", "pull", show=False, tooltip="Fetch readings from the metric's feed", id="readings.pull"),
        Binding(
            "s",
            "aside",
            "set aside",
            tooltip="Leave this reading out, with a reason; again to count it",
            id="readings.aside",
        ),
        Binding("x,delete", "remove", "remove", tooltip="Remove the reading; undo restores it", id="readings.remove"),
        Binding("e", "edit", "edit", tooltip="Edit the reading in the line below", id="readings.edit"),
        Binding("a", "line", "add", show=False, tooltip="Add a reading in the line below", id="readings.add"),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="readings.undo"),
    ]

    def __init__(self, book: Workbook, place: Place, metric: str, pasted: str = "") -> None:
        super().__init__(look="wide")
        self._begin_with = pasted
        self.book = book
        self.place = replace(place, step=place.step or "baseline", field="metrics", row=metric)
        self._metric = metric

    def compose(self) -> ComposeResult:
        """The table, the line for a new one, and what they say so far."""
        metric = self._row
        with Stack(classes="frame"):
            title = f"Readings of {metric.name or 'the metric'}{metric.unit_behind_name}"
            yield Words(title, classes="question")
            with Stack(classes="readings-room"):
                yield Table(_COLUMNS, classes="readings")
                with Stack(classes="beside"):
                    yield Words("", classes="summary")
                    yield ChartView(classes="chart")
            hint = "day value note, for example: 5 jan 7.1"
            yield ReadingLine(placeholder=hint, compact=True, classes="control", select_on_focus=False)
            yield Words("", classes="words")
            yield Keys()

    @property
    def _row(self) -> Metric:
        _, iteration = self.book.of(self.place)
        found = row_of(iteration.baseline.metrics, self._metric)
        return found if isinstance(found, Metric) else Metric(id=self._metric)

    def on_mount(self) -> None:
        """Begin in the line for a new reading, or with what was pasted."""
        self.follow_workbook(self.book, self.place, lambda _change: self.show_all())
        self.show_all()
        self.query_one(Table).action_end(last=True)
        line = self.query_one(ReadingLine)
        line.tell((Input.Changed,), self._typing)
        line.focus()
        if self._begin_with:
            self._look_at(self._begin_with, then_close=True)
        else:
            self._resume()

    def _resume(self) -> None:
        """Show again what waited when the program was ended: the line, columns, or a reason half typed."""
        session = self.book.session
        waiting = {kind: session.at(kind, self.place) for kind in (READING, PASTE, ASIDE, REMOVAL)}
        if line := waiting[READING]:
            self.query_one(ReadingLine).value = line.typed
            if line.reason:
                self._add(line.reason)
        if paste := waiting[PASTE]:
            self._look_at(paste.typed)
        if aside := waiting[ASIDE]:
            self._set_aside(str(aside.before), aside.typed)
        if removal := waiting[REMOVAL]:
            self._remove(str(removal.before), removal.reason)

    @property
    def _readings(self) -> dict[str, Reading]:
        improvement, _ = self.book.of(self.place)
        return dict(sorted(improvement.readings.get(self._metric, {}).items()))

    def show_all(self) -> None:
        """Show the readings as they are now."""
        improvement, iteration = self.book.of(self.place)
        self._chart = run_chart(self.book, improvement, iteration, self._metric)
        flagged = {point.day.isoformat(): point for point in self._chart.points if point.flagged}
        table, metric = self.query_one(Table), self._row
        table.fill(
            (day, _cells(table, metric, day, each, phase_of(iteration, day), flagged.get(day)))
            for day, each in self._readings.items()
        )
        self.query_one(".summary", Words).say(
            metric_summary(improvement, iteration, self._metric, self.book.clock.today())
        )
        self._mark()

    @on(Table.Moved)
    def _mark(self) -> None:
        """Mark the reading of the row on the chart, while one walks in the table."""
        table = self.query_one(Table)
        days = [point.day.isoformat() for point in self._chart.points]
        there = table.has_focus and table.current_id in days
        cursor = days.index(table.current_id) if there else None
        self.query_one(ChartView).show(replace(self._chart, cursor=cursor))

    def on_descendant_focus(self) -> None:
        """Show or hide the mark on the chart."""
        self._mark()

    def on_resize(self) -> None:
        """Put the chart beside the table where there is room."""
        self.set_class(self.size.width >= _WIDE, "-wide")

    def _typing(self) -> None:
        """Have the session know the line before it is painted, and say how it is understood."""
        typed = self.query_one(ReadingLine).value
        self.refresh_bindings()
        self._wait(Waiting(READING, self.place, typed))
        words = self.query_one(".words", Words)
        try:
            row = self._line(typed)
        except UnreadableLineError as problem:
            words.say(f"✗ {problem}")
            return
        if row is None:
            words.say(
                "Enter adds it. Paste whole columns here; in the table, v opens the paste window and i imports a file."
            )
            return
        there = self._readings.get(row.day)
        known = f", in place of {there.value}" if there and there.value != row.value else ""
        later = " · this day is in the future" if row.day > self.book.clock.today().isoformat() else ""
        total = f" of {row.of}" if row.of is not None else ""
        words.say(f"= {row.day}: {row.value}{total}{known}{later}")

    def _line(self, text: str) -> FoundReading | None:
        return read_line(text, self.book.clock.today(), self._row.kind)

    def _wait(self, waiting: Waiting) -> None:
        """Have something wait; an empty line waits no longer."""
        if waiting.raw or waiting.before:
            self.book.session.wait(waiting)
        else:
            self.book.session.end(waiting.kind, waiting.place)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._add()

    def _add(self, begun: str = "") -> None:
        """Add the reading of the line; the line stays until that is done, for which a reason may be needed."""
        line = self.query_one(ReadingLine)
        try:
            row = self._line(line.value)
        except UnreadableLineError:
            return
        if row is not None:
            there = self._readings.get(row.day, Reading(row.value))
            reading = replace(there, value=row.value, note=row.note, of=row.of)
            self._put(row.day, reading, Waiting(READING, self.place, line.value, reason=begun))

    def _put(self, day: str, reading: Reading | None, waiting: Waiting | None = None, why: str = "") -> None:
        """Put one reading in, or take it away; where that was agreed, what is meant waits for a reason."""
        self.book.history.pause()
        try:
            set_readings(self.book, self.place, {day: reading}, why=why, words="1 reading")
        except ReasonNeededError:
            self._ask_reason(day, reading, waiting)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
        else:
            self._done(day, reading, waiting)

    def _ask_reason(self, day: str, reading: Reading | None, waiting: Waiting | None) -> None:
        def typed(reason: str) -> None:
            if waiting:
                self._wait(replace(waiting, reason=reason))

        def given(reason: str | None) -> None:
            if reason and reason.strip():
                self._put(day, reading, waiting, reason)
            elif waiting and waiting.kind != READING:
                self.book.session.end(waiting.kind, self.place)

        begun = waiting.reason if waiting else ""
        typed(begun)
        question = "This changes an agreed baseline. Why change it?"
        self.app.push_screen(Ask(question, value=begun, typed=typed), given)

    def _done(self, day: str, reading: Reading | None, waiting: Waiting | None) -> None:
        if waiting:
            self.book.session.end(waiting.kind, self.place)
        line = self.query_one(ReadingLine)
        if waiting and waiting.kind == READING and line.value == waiting.raw:
            line.value = ""
        if reading is not None:
            self.query_one(Table).go_to(day)
        else:
            self.notify(f"Reading of {day} removed. u or ctrl+z undoes it.", markup=False)

    @on(ReadingLine.Pasted)
    def _pasted(self, event: ReadingLine.Pasted) -> None:
        event.stop()
        self._look_at(event.text)

    def action_paste(self) -> None:
        """Open the window for columns."""
        self._look_at("")

    def _look_at(self, text: str, *, then_close: bool = False) -> None:
        """Open the window for columns; what was pasted outside leads back there once it is taken in."""

        def done(wanted: Import | None) -> None:
            if wanted and then_close and self.is_current:
                self.dismiss(None)
            take_import(self.app, self.book, self.place, wanted)

        self.app.push_screen(ImportScreen(self.book, self.place, text), done)

    def action_file(self) -> None:
        """Open the window for a file."""
        import_file(self.app, self.book, self.place)

    def action_pull(self) -> None:
        """Fetch readings from the metric's feed."""
        pull_feed(self.app, self.book, self.place)

    @property
    def _day(self) -> str:
        return self.query_one(Table).current_id

    def action_aside(self) -> None:
        """Set the reading aside with a reason, or count it again."""
        reading = self._readings.get(self._day)
        if reading is not None and reading.set_aside is not None:
            self._put(self._day, replace(reading, set_aside=None))
        elif reading is not None:
            self._set_aside(self._day)

    def _set_aside(self, day: str, begun: str = "") -> None:
        reading = self._readings.get(day)
        if reading is None:
            return

        def given(reason: str | None) -> None:
            self.book.session.end(ASIDE, self.place)
            if reason and reason.strip():
                self._put(day, replace(reading, set_aside=reason.strip()), why=reason.strip())

        def typed(reason: str) -> None:
            self._wait(Waiting(ASIDE, self.place, reason, day))

        self.app.push_screen(Ask(f"Why is {day}: {reading.value} not counted?", value=begun, typed=typed), given)

    def action_remove(self) -> None:
        """Remove the reading."""
        self._remove(self._day)

    def _remove(self, day: str, begun: str = "") -> None:
        if day in self._readings:
            self._put(day, None, Waiting(REMOVAL, self.place, "", day, begun))

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Put the reading into the line."""
        reading = self._readings.get(self._day)
        if reading:
            line = self.query_one(ReadingLine)
            total = f"/{reading.of}" if reading.of is not None else ""
            line.value = f"{self._day} {reading.value}{total} {reading.note}".rstrip()
            line.focus()

    def action_line(self) -> None:
        """Go into the line for a new reading."""
        self.query_one(ReadingLine).focus()

    def key_words(self, binding_id: str) -> str:
        """Return what F9 does just now."""
        return ADD if binding_id == "readings.main" and self.query_one(ReadingLine).value.strip() else ""

    def action_main(self) -> None:
        """Add the reading that stands in the line; close where nothing is typed."""
        if self.query_one(ReadingLine).value.strip():
            self._add()
        else:
            self.action_close()

    def action_close(self) -> None:
        """Close; from the table go to the line first is not needed: everything is kept."""
        self.book.history.pause()
        self.book.session.end(READING, self.place)
        self.dismiss(None)


def _cells(
    table: Table, metric: Metric, day: str, reading: Reading, phase: str, flagged: Point | None
) -> tuple[Cell, ...]:
    """Return a row: a total stands beside its value, a sign as on the chart, and a word beside what is no reading."""
    value = reading_text(metric, reading)
    if reading.set_aside is not None:
        cells = (day, f"○ {value}", "set aside", reading.note or reading.set_aside)
        return tuple(table.toned(ToneLine(each, Tone.QUIET)) for each in cells)
    problem = problem_with(metric, as_day(day) or date.min, reading)
    sign, tone = _SIGNS[flagged.side] if flagged else (" ", Tone.PLAIN)
    shown = table.toned(ToneLine(f"{sign} ", tone), ToneLine(value))
    return (day, shown, "✗" if problem else phase, f"{problem} {reading.note}".strip())
