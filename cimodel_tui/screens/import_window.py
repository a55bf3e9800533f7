"""The window for readings from a paste or a file: what was understood, what is asked, and what would happen.

A small text is read at once; a file is read in a thread, with progress and cancel, so that typing goes on.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, cast

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Checkbox, Input, TextArea
from textual.worker import Worker, get_current_worker

from cimodel_tui.charts.run_chart import RunChart
from cimodel_tui.forms.ask import Choose
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.saving import StoreError, Waiting
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass
from cimodel_tui.screens.import_preview import OPTIONAL, ImportPreview, Outcome, RecipeQuestions
from cimodel_tui.sources.comparison import Comparison
from cimodel_tui.sources.feeds import Feed
from cimodel_tui.sources.recipe import ROW, ImportResult, Recipe, SourceError, skipped_in_words
from cimodel_tui.textual_compat import call_from_worker
from cimodel_tui.views.incoming import NOTHING_NEW, import_words, outcome_words, preview_lines
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.widgets.checkbox import TickBox
from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.controls import LineInput, PushButton
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.desk import Desk, HasDesk
from cimodel_tui.workbook.incoming import (
    ANEW,
    KEEP,
    PASTE,
    ImportDecisions,
    ReadingOptions,
    compare_with,
    facts_of,
    feed_recipe,
    interpret_import,
    recount,
    saved_recipe,
    stale_remark,
)
from cimodel_tui.workbook.session import PASTE as WAITING_PASTE

_AT_ONCE = 100_000
"""Bytes that are read on the event loop: some tens of milliseconds."""
_SHEET = b"PK"
"""A sheet is packed: its bytes do not tell how many rows it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is to be imported."""

    comparison: Comparison
    """The readings, by what would happen to them."""
    taking: ImportDecisions
    """How they are stored."""
    amends: bool
    """Whether an agreed stretch is changed too, for which a reason is asked."""
    left_out: tuple[str, ...] = ()
    """What is left out, a line for each reason."""


class _CancelledError(Exception):
    """Reading was cancelled."""


class ImportScreen(Window[Import | None]):
    """Paste or type columns, or name a file; returns what is to be imported, or none where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", tooltip="Leave; nothing is imported", id="import.leave"),
        Binding("f9", "take", "import", tooltip="Import every reading that was understood", id="import.take"),
    ]

    def __init__(
        self, book: Workbook, place: Place, text: str = "", *, from_file: bool = False, feed: Feed | None = None
    ) -> None:
        super().__init__(look="wide")
        self.book, self.place = book, place
        self._text, self._from_file, self._feed = text, from_file or feed is not None, feed
        improvement, iteration = book.of(place)
        row = row_of(iteration.baseline.metrics, place.row)
        self._improvement, self._iteration = improvement, iteration
        self._metric = row if isinstance(row, Metric) else Metric(id=place.row)
        self._unreadable = ""
        self._questions = RecipeQuestions(self._recipe(), classes="answers-open")
        self._data, self._source = text.encode("utf-8", "replace"), PASTE
        self._understood, self._seen = ImportResult(), Comparison()
        self._is_tickets = False
        self._reading: Worker[None] | None = None

    def _recipe(self) -> Recipe:
        try:
            return feed_recipe(self._feed, self._metric) if self._feed else saved_recipe(self._metric)
        except SourceError as problem:
            self._unreadable = str(problem)
            return Recipe()

    @property
    def _desk(self) -> Desk:
        return cast("HasDesk", self.app).desk

    def compose(self) -> ComposeResult:
        """The text or the file, what is asked, and the preview."""
        with Stack(classes="frame"):
            title = f"Import readings of {self._metric.name or 'the metric'}{self._metric.unit_behind_name}"
            yield Words(title, classes="question")
            if self._feed:
                yield Words(f"feed {self._feed.name} {self._feed.words}", classes="note")
            elif self._from_file:
                yield LineInput(hint="a file of readings or a ticket export: .csv, .xlsx", classes="control file")
            yield self._questions
            text = TextArea(self._text, compact=True, classes="control paste", tab_behavior="focus")
            text.placeholder = "2026-01-05  7.1\n2026-01-12  6.2  after the move"
            yield ImportPreview(*(() if self._from_file else (text,)), with_chart=self._from_file)
            yield TickBox("Replace values that are there", value=False, name="restate", compact=True)
            yield Outcome()
            yield PushButton("Import", variant="primary")
            yield Keys()

    def on_mount(self) -> None:
        """Show what was understood of what was pasted, or ask for a file."""
        saved = self._questions.saved
        self._questions.saved = replace(saved, zone=saved.zone or self._desk.local_zone)
        self.query_one(TickBox).display = False
        if self._unreadable:
            self._show_problem(self._unreadable)
        if self._feed and self._unreadable:
            self.query_one(Button).disabled = True
        elif self._feed:
            self.query_one(Button).focus()
            self._source = f"feed {self._feed.name}"
            self._reading = self._fetch(self._feed)
        elif self._from_file:
            self.query_one(".file", Input).focus()
        else:
            self.query_one(TextArea).focus()
            waits = self.book.session.at(WAITING_PASTE, self.place)
            if waits and waits.raw == self._text:
                self._questions.restore(waits.answers)
            self._wait()
            self._read()
            if self._understood.questions:
                self.call_after_refresh(self._questions.focus_first_open)

    def _wait(self) -> None:
        """Have the session know columns and answers: they are in no document before they are imported."""
        if self._from_file:
            return
        session, text = self.book.session, self.query_one(TextArea).text
        if text:
            waits = session.at(WAITING_PASTE, self.place)
            reason = waits.reason if waits else ""
            session.wait(Waiting(WAITING_PASTE, self.place, text, reason=reason, answers=self._questions.draft))
        else:
            session.end(WAITING_PASTE, self.place)

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._wait()
        self._data = self.query_one(TextArea).text.encode("utf-8", "replace")
        self._read()

    @on(DropDown.Changed)
    def _answered(self) -> None:
        self._wait()
        self._read()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.has_class("file"):
            self._open(event.value.strip())
        else:
            self._answered()

    def _open(self, name: str) -> None:
        """Read a file; with a saved recipe and nothing to ask it is imported at once."""
        try:
            self._data = self._desk.read_file(Path(name))
        except StoreError as problem:
            self._data = b""  # what was read before stands in another file than the one that is named
            self._read()
            self._show_problem(str(problem))
            return
        self._source = Path(name).name
        self._read(and_take=self._desk.knows_recipe(self.book, self._metric.id, self._recipe().digest))

    @work(thread=True, exclusive=True)
    def _fetch(self, feed: Feed) -> None:
        """Fetch what the feed gives in a thread; what comes after it was cancelled is dropped."""
        outcome = self.query_one(Outcome)
        call_from_worker(self, outcome.progress, 0, None, "fetching")
        try:
            data = self._desk.fetch(self.book, feed, self._improvement, self._metric)
        except StoreError as problem:
            call_from_worker(self, self._show_problem, str(problem))
            return
        call_from_worker(self, self._fetched, data)

    def _fetched(self, data: bytes) -> None:
        self._reading, self._data = None, data
        self._read(and_take=True)

    def _read(self, *, and_take: bool = False) -> None:
        """Read what is there with the answers so far: at once where it is little, else in a thread."""
        if self._reading is not None:
            self._reading.cancel()
        recipe = self._questions.recipe
        if len(self._data) <= _AT_ONCE:
            self._show(self._understand(recipe, None), recipe, and_take=and_take)
        else:
            self._understood = ImportResult()
            self.query_one(Button).disabled = True
            self._reading = self._read_apart(recipe, and_take=and_take)

    @work(thread=True, exclusive=True)
    def _read_apart(self, recipe: Recipe, *, and_take: bool) -> None:
        """Read in a thread; the bar tells how far it is."""
        worker = get_current_worker()
        outcome = self.query_one(Outcome)
        total = None if self._data.startswith(_SHEET) else self._data.count(b"\n") or 1

        def progress(row: int) -> None:
            if worker.is_cancelled:
                raise _CancelledError
            call_from_worker(self, outcome.progress, row, total)

        try:
            call_from_worker(self, outcome.progress, 0, total)
            found = self._understand(recipe, progress)
        except _CancelledError:
            return
        call_from_worker(self, self._show, found, recipe, and_take=and_take)

    def _understand(self, recipe: Recipe, progress: Callable[[int], None] | None) -> ImportResult:
        """Return what is understood of the bytes with this recipe; what refuses them is a problem."""
        if not self._data.strip():
            return ImportResult()
        facts, today = facts_of(self._improvement, self._metric), self.book.clock.today()
        try:
            found = interpret_import(self._data, self._metric, facts, recipe, today, ReadingOptions(progress=progress))
        except SourceError as problem:
            return ImportResult(problems=(str(problem),))
        self._is_tickets = found.is_tickets
        return found

    def _show(self, found: ImportResult, recipe: Recipe, *, and_take: bool) -> None:
        self._reading = None
        settle = recipe.settle if self._is_tickets or self._metric.recipe or self._feed else 0
        improvement, iteration = self.book.of(self.place)
        questions = list(found.questions)
        counts_anew = bool(found.readings) and self._saves(recipe)
        self._questions.recount = (
            recount(improvement, iteration, self._metric, recipe, found.readings) if counts_anew else None
        )
        if self._is_tickets and not self._feed:
            stale = stale_remark(improvement, self._metric, recipe, found.readings)
            found = replace(found, remarks=(*found.remarks, *stale))
        if self._questions.recount and not (self._questions.recount.decided and self._questions.recount.missing):
            questions.append(self._questions.recount.question)
        if self._questions.recount and not self._questions.baseline:
            found = replace(found, questions=tuple(questions))
        self._understood = found
        self._seen = compare_with(self.book, improvement, self._metric, found.readings, settle)
        new = self._questions.ask([*questions, *(OPTIONAL if self._is_tickets else ())])
        if self._questions.are_restored(new):
            self.call_after_refresh(self._read)
        if new and questions and self._from_file:
            self.call_after_refresh(self._questions.focus_first_open)
        zone = self._questions.saved.zone if self._is_tickets else ""
        lines = preview_lines(found, self._seen, self.book.clock.today(), typed=self._as_typed, zone=zone)
        chart = self._chart(improvement.readings.get(self._metric.id, {})) if self._from_file else None
        self.query_one(ImportPreview).show(lines, chart)
        self.query_one(TickBox).display = bool(self._seen.restated)
        self._show_outcome()
        if and_take and self._is_ready and not self._seen.restated and len(questions) == len(found.questions):
            self.action_take()

    def _chart(self, known: Mapping[str, Reading]) -> RunChart | None:
        """Return the series as it would be."""
        new = {each.day: Reading(each.value, each.note, of=each.of) for each in self._understood.readings}
        readings = {**self._improvement.readings, self._metric.id: {**known, **new}}
        improvement = replace(self._improvement, readings=readings)
        return run_chart(self.book, improvement, self._iteration, self._metric.id)

    @property
    def _is_ready(self) -> bool:
        return bool(self._understood.readings) and not self._understood.questions

    def _saves(self, recipe: Recipe) -> bool:
        """Tell whether a recipe is stored with the metric: one about tickets always, another where it changed."""
        return not self._feed and (self._is_tickets or recipe != self._questions.saved)

    @property
    def _has_effect(self) -> bool:
        """Whether importing would change anything."""
        return self._is_ready and bool(self._chosen_count or self._saves(self._questions.recipe))

    def _as_typed(self, row: int) -> str:
        """Return the row as it stands in the paste, where it is one."""
        if self._from_file or row < 1:
            return ""
        lines = self.query_one(TextArea).text.split("\n")
        return lines[row - 1].strip() if row <= len(lines) else ""

    @on(Checkbox.Changed)
    def _show_outcome(self) -> None:
        """Say what would be imported."""
        button = self.query_one(Button)
        count = self._chosen_count
        button.label = import_words(
            count, read=bool(self._understood.readings), recipe=self._saves(self._questions.recipe)
        )
        button.disabled = not self._has_effect
        words = outcome_words(self._understood, self._seen, count)
        self.query_one(Outcome).show(words, warns=bool(self._seen.restated))

    def _show_problem(self, words: str) -> None:
        self._understood, self._reading = ImportResult(), None
        self.query_one(Outcome).show(f"✗ {words}")

    @property
    def _chosen_count(self) -> int:
        """How many readings would be stored."""
        seen, restate = self._seen, self.query_one(TickBox).value
        sealed = len(seen.sealed) if self._takes_sealed else 0
        return len(seen.new) + len(seen.settling) + sealed + (len(seen.restated) if restate else 0)

    @property
    def _takes_sealed(self) -> bool:
        """Whether readings inside an agreed stretch are taken: those of a paste, or where it is reckoned anew."""
        answer = self._questions.baseline
        return answer == ANEW or (not self._from_file and answer != KEEP)

    def action_leave(self) -> None:
        """Cancel reading where that is under way, else leave."""
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
            self.query_one(Outcome).show("cancelled")
        else:
            self.book.session.end(WAITING_PASTE, self.place)
            self.dismiss(None)

    @on(Button.Pressed)
    def action_take(self) -> None:
        """Import what was understood; rows that were not stay in the window to be mended."""
        if not self._is_ready:
            self._questions.focus_first_open()
        elif not self._has_effect:
            self.notify(NOTHING_NEW, markup=False)
        elif self._understood.problems:
            self._ask_about_unreadable()
        else:
            self._import()

    def _import(self) -> None:
        recipe = self._questions.recipe
        saves = self._saves(recipe)
        restate, baseline = self.query_one(TickBox).value, self._questions.baseline
        taking = ImportDecisions(
            restate=restate, source=self._source, recipe=recipe if saves else None, baseline=baseline
        )
        changes_way = self._questions.recount is not None and not (self._questions.recount.decided and baseline == KEEP)
        amends = changes_way or (bool(self._seen.sealed) and self._takes_sealed)
        if saves or (self._metric.recipe and self._is_tickets):
            self._desk.remember_recipe(self.book, self._metric.id, recipe.digest)
        left_out = tuple(skipped_in_words(self._understood.left_out, self._feed.noun if self._feed else ROW))
        self.dismiss(Import(comparison=self._seen, taking=taking, amends=amends, left_out=left_out))

    def _ask_about_unreadable(self) -> None:
        good, bad = len(self._understood.readings), len(self._understood.problems)
        question = f"{bad} of {good + bad} rows cannot be read. Import the {good} others?"
        answers = (("take", "Import them"), ("mend", "Fix the rows first"))

        def chosen(answer: str | None) -> None:
            if answer == "take":
                self._import()

        self.app.push_screen(Choose(question, answers), chosen)
