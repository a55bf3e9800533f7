"""Tables in a form: rows are added, edited, removed and moved by keyboard, in an editor of the same fields."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.message import Message
from textual.widget import Widget

from cimodel_tui import forms
from cimodel_tui.forms.answers import Answers, RowAnswers
from cimodel_tui.forms.choices import Choice
from cimodel_tui.forms.fields import HIGHEST, Field
from cimodel_tui.model.answer import Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import Waiting
from cimodel_tui.record import dataclass
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.columns import Cell, Column, is_cut
from cimodel_tui.widgets.containers import Stack
from cimodel_tui.widgets.controls import Options
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.themes import PLAIN_CHARTS
from cimodel_tui.workbook import ReasonNeededError, RefusedError, Workbook
from cimodel_tui.workbook.session import ROWS

if TYPE_CHECKING:
    from cimodel_tui.forms.row_editor import Lab


class RowsTable(Table):
    """Rows that are added, edited, removed and moved by keyboard."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "rows('add')", "add", tooltip="Add a row", id="rows.add"),
        Binding("e", "rows('edit')", "edit", show=False, tooltip="Edit the row (Enter does the same)", id="rows.edit"),
        Binding("x,delete", "rows('remove')", "remove", tooltip="Remove the row; undo restores it", id="rows.remove"),
        Binding("J,shift+down", "rows('down')", "move down", show=False, tooltip="Move the row down", id="rows.down"),
        Binding("K,shift+up", "rows('up')", "move up", show=False, tooltip="Move the row up", id="rows.up"),
        Binding(
            "r",
            "rows('readings')",
            "readings",
            tooltip="The readings of the metric; columns can be pasted on its row",
            id="rows.readings",
        ),
        Binding("space", "rows('finish')", "finish", tooltip="Finish the action, today", id="rows.finish"),
        Binding(
            "i", "rows('import')", "import", tooltip="Import a file of readings or a ticket export", id="rows.import"
        ),
        Binding(
            "p", "rows('pull')", "pull", show=False, tooltip="Fetch readings from the metric's feed", id="rows.pull"
        ),
        Binding("u", "app.undo", "undo", show=False, tooltip="Undo", id="rows.undo"),
    ]

    class Requested(Message):
        """Something is to be done with the rows."""

        def __init__(self, what: str, pasted: str = "") -> None:
            self.what = what
            self.pasted = pasted
            super().__init__()

    def __init__(self, columns: Sequence[Column], field: "Rows") -> None:
        super().__init__(columns, classes="rows")
        self._keyed, self._readings, self._finishes = field.keyed is not None, field.readings, field.finish is not None
        self.instead = field.nothing
        self.frozen = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what these rows can do."""
        if action == "rows":
            if parameters == ("readings",):
                return self._readings
            if parameters == ("finish",):
                return self._finishes and bool(self.ids) and not self.frozen
            if parameters in (("import",), ("pull",)):
                return self._readings and bool(self.ids) and not self.frozen
            if parameters != ("add",) and not self.ids:
                return False
            return parameters == ("edit",) or not (self._keyed or self.frozen)
        return super().check_action(action, parameters)

    def on_paste(self, event: Paste) -> None:
        """Take columns that are pasted on a metric for its readings; the window shows first how they are understood."""
        if self._readings and self.current_id and not self.frozen:
            event.stop()
            self.post_message(self.Requested("readings", event.text))

    def action_rows(self, what: str) -> None:
        """Ask for something to be done."""
        self.post_message(self.Requested(what))


_EMPTY = "none yet: press a to add one"


@dataclass(frozen=True, kw_only=True)
class Rows(Field):
    """A table of rows."""

    row: type[Row]
    """The class of its rows."""
    columns: tuple[Field, ...]
    """The fields of a row, as its editor shows them."""
    shown: tuple[str, ...]
    """The columns that the table shows."""
    keyed: Callable[[Improvement, Iteration], Options] | None = None
    """Gives id and name of what each row speaks about, where the rows are not the person's to add or to remove."""
    readings: bool = False
    """Whether each row has readings, opened by `r`."""
    finish: Callable[[Workbook, Iteration, str], str] | None = None
    """Finishes what a row stands for, by `space`; returns what that is. Raises RefusedError."""
    beside: tuple[Column, ...] = ()
    """Columns behind the others whose cells are worked out."""
    work_out: Callable[[Answers, Row, bool], Sequence[Sequence[ToneLine]]] = lambda _answers, _row, _plain: ()
    """Returns the cells of these columns, drawn with plain cells where the terminal has no others."""
    lab: "Callable[[RowAnswers], Lab] | None" = None
    """Makes a picture that stands above the fields of a row in its editor."""
    late: Callable[[Iteration, Row, date], bool] | None = None
    """Tells whether a row is past its day and not done, so that it is marked."""
    nothing: str = _EMPTY
    """Said while there is no row."""

    @property
    def full_width(self) -> bool:
        """A table takes the whole width of the form."""
        return True

    @property
    def keys_hint(self) -> str:
        """The keys that work on its rows."""
        add = "" if self.keyed else "a add"
        return "  ".join(
            part for part in (add, "r readings  i import" * self.readings, "space finish" * bool(self.finish)) if part
        )

    def control(self, answers: Answers) -> Widget:
        """Make the table."""
        return RowsControl(self, answers)

    def show(self, control: Widget, value: object) -> None:
        """Show the rows."""
        if isinstance(control, RowsControl):
            control.show_rows(cast("tuple[Row, ...]", value))

    def height(self, value: object, width: int) -> int:
        """The head and the rows, one of them of two lines where a column is cut; one line while there are none."""
        rows = cast("tuple[Row, ...]", value) if isinstance(value, tuple) else ()
        fields, rest = [self.column(name) for name in self.shown], [""] * len(self.beside)
        cells = [["" if isinstance(each, Choice) else str(getattr(row, each.name)) for each in fields] for row in rows]
        cut = rows and not self.keyed and is_cut(self.table_columns, width, [[*each, *rest] for each in cells])
        return min(1 + len(rows) + bool(cut), HIGHEST)

    @property
    def table_columns(self) -> list[Column]:
        """The columns; where the terminal is narrow the last ones are left out first."""
        columns = [Column("", 14, share=4)] if self.keyed else []
        for rank, name in enumerate(self.shown):
            field = self.column(name)
            least, share = field.cells
            columns.append(Column(field.called, max(least, min(len(field.called), 10)), share, rank))
        return [*columns, *self.beside]

    def depends_on(self, answers: Answers) -> object:
        """Return what its rows speak about, what their columns refer to, and what was amended in them."""
        subjects = self.keyed(*answers.book.of(answers.place)) if self.keyed else ()
        readings = answers.book.of(answers.place)[0].readings if self.beside else None
        return (subjects, readings, *(each.depends_on(answers) for each in self.columns), answers.amended(self.name))

    def raw(self, control: Widget) -> object:
        """Nothing is typed in the table itself."""
        del control
        return ()

    def column(self, name: str) -> Field:
        """Return the field of a column."""
        return next(each for each in self.columns if each.name == name)


class RowsControl(Stack):
    """The table of a field with what is said while it is empty."""

    class ReadingsWanted(Message):
        """The readings of a metric are to be shown."""

        def __init__(self, metric: str, pasted: str = "", *, way: str = "readings") -> None:
            self.metric = metric
            self.pasted = pasted
            self.way = way
            super().__init__()

    def __init__(self, field: Rows, answers: Answers) -> None:
        super().__init__(classes="rows-control")
        self.field = field
        self.answers = answers
        self._rows: tuple[Row, ...] = ()
        self._worked_out = not field.beside
        self.table = RowsTable(field.table_columns, field)

    def compose(self) -> ComposeResult:
        """The table."""
        yield self.table

    def on_mount(self) -> None:
        """Work out what stands beside the rows once these are painted: it takes all that measures and draws."""
        if not self._worked_out:
            self.call_after_refresh(self._work_out)

    def _work_out(self) -> None:
        if self.is_attached and self.answers.book.has(self.answers.place):
            self._worked_out = True
            self.show_rows(self._rows)

    def freeze(self, frozen: bool) -> None:
        """Let the rows be looked at only, or be changed again."""
        self.table.frozen = frozen

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""
        self.table.go_to(row_id)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show the rows as the workbook has them."""
        self._rows = self._keyed_rows(rows) if self.field.keyed else rows
        known = {row.id: row for row in self._rows}
        names, amended = dict(self._subjects()), self.answers.amended(self.field.name)
        self.table.show_rows(tuple(known), lambda row: self._cells(known[row], names, amended))

    def _subjects(self) -> Options:
        return self.field.keyed(*self.answers.book.of(self.answers.place)) if self.field.keyed else ()

    def _keyed_rows(self, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        known = {row.id: row for row in rows}
        return tuple(known.get(key) or self.field.row(id=key) for key, _ in self._subjects())

    def _cells(self, row: Row, names: dict[str, str], amended: dict[tuple[str, str], str]) -> list[Cell]:
        """Return what stands in a row; where something was amended, the original stands beside it."""
        cells: list[Cell] = [self._cell(row, name, amended.get((row.id, name))) for name in self.field.shown]
        cells = [names.get(row.id, ""), *cells] if self.field.keyed else cells
        if self.field.late:
            _, iteration = self.answers.book.of(self.answers.place)
            if self.field.late(iteration, row, self.answers.today):
                cells[0] = self.table.toned(ToneLine(f"! {cells[0]}", Tone.BAD))
        if not self._worked_out:
            return cells + [""] * len(self.field.beside)
        if self.field.beside:
            plain = self.app.has_class(PLAIN_CHARTS)
            cells += [self.table.toned(*spans) for spans in self.field.work_out(self.answers, row, plain)]
        return cells

    def _cell(self, row: Row, name: str, was: str | None) -> Cell:
        """Return one cell; a value that cannot be read is marked."""
        value = getattr(row, name)
        text = self._text(name, value)
        if was is not None:
            return f"{text} (was {self._text(name, was) or 'empty'})"
        problem = isinstance(value, str) and self.field.column(name).read(value, self.answers.today).problem
        return self.table.toned(ToneLine(f"✗ {text}", Tone.BAD)) if problem else text

    def _text(self, name: str, value: object) -> str:
        field = self.field.column(name)
        if isinstance(field, Choice):
            offered = dict(field.offered(self.answers))
            chosen = value if isinstance(value, tuple) else (str(value) or field.default,)
            return ", ".join(str(offered.get(each, each)) for each in chosen)
        return str(value)

    def focus(self, scroll_visible: bool = True) -> "RowsControl":
        """Put the focus into the table."""
        self.table.focus(scroll_visible)
        return self

    @on(Table.Selected)
    def _enter(self, event: Table.Selected) -> None:
        event.stop()
        self.edit(event.row_id)

    @on(RowsTable.Requested)
    def _requested(self, event: RowsTable.Requested) -> None:
        event.stop()
        current = self.table.current_id
        match event.what:
            case "add":
                self.add()
            case "edit" if current:
                self.edit(current)
            case "remove" if current:
                self._remove(current)
            case "down" | "up" if current:
                self._move(current, 1 if event.what == "down" else -1)
            case "finish" if current and self.field.finish:
                self._finish(current, self.field.finish)
            case "readings" if current:
                self.post_message(self.ReadingsWanted(current, event.pasted))
            case "import" | "pull" if current:
                self.post_message(self.ReadingsWanted(current, way=event.what))

    def _finish(self, row_id: str, finish: Callable[[Workbook, Iteration, str], str]) -> None:
        try:
            words = finish(self.answers.book, self.answers.book.of(self.answers.place)[1], row_id)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
        else:
            self.notify(f"Finished: {words}. ctrl+z undoes it.", markup=False)

    def add(self) -> None:
        """Open the editor on a new row; it is in the table with its first answer."""
        if self.answers.may_change(self.field.name):
            self._open(self.field.row(id=self.answers.book.new_id()))

    def edit(self, row_id: str) -> None:
        """Open the editor on a row."""
        self._open(next(row for row in self._rows if row.id == row_id))

    def resume_waiting(self, waiting: Waiting) -> None:
        """Open the editor on the row in which a change waits for its reason, a new one where it is in no table yet.

        Where rows were to be removed or moved, the reason is asked for again.
        """
        known = {row.id: row for row in self._rows}
        if waiting.kind == ROWS:
            rows = tuple(known[each] for each in waiting.raw if each in known)
            self._put(rows, _words_of_change(self.field.called, removed=len(rows) < len(known)), begun=waiting.reason)
            return
        row = known.get(waiting.place.row)
        if row or not self.field.keyed:
            self._open(row or self.field.row(id=waiting.place.row), waiting)

    def _open(self, row: Row, waiting: Waiting | None = None) -> None:
        subject = dict(self._subjects()).get(row.id, "")
        known = self.field.keyed or any(each.id == row.id for each in self._rows)
        title = " · ".join(filter(None, (self.field.called, subject or ("" if known else "new row"))))
        place = replace(self.answers.place, field=self.field.name)
        answers = RowAnswers(self.answers.book, place, row)
        more = not self.field.keyed and not self.table.frozen
        lab = self.field.lab(answers) if self.field.lab else None
        editor = forms.row_editor.RowEditor(title, self.field.columns, answers, more=more, waiting=waiting, lab=lab)
        self.app.push_screen(editor, lambda another: self._done(row.id, another=bool(another)))

    def _done(self, row_id: str, *, another: bool) -> None:
        """Go back to the table with the row marked that was edited or added: what follows is meant for it."""
        self.show_rows(cast("tuple[Row, ...]", self.answers.get(self.field.name)))
        self.table.focus()
        self.table.go_to(row_id)
        if another:
            self.add()

    def _remove(self, row_id: str) -> None:
        rest = tuple(row for row in self._rows if row.id != row_id)
        self._put(rest, _words_of_change(self.field.called, removed=True))

    def _move(self, row_id: str, distance: int) -> None:
        rows = list(self._rows)
        at = next(index for index, row in enumerate(rows) if row.id == row_id)
        if 0 <= at + distance < len(rows):
            rows.insert(at + distance, rows.pop(at))
            self._put(tuple(rows), _words_of_change(self.field.called, removed=False))

    def _put(self, rows: tuple[Row, ...], words: str, why: str = "", begun: str = "") -> None:
        book, place = self.answers.book, self.answers.place_of(self.field.name)
        book.history.pause()
        try:
            book.change(place, rows, why=why, words=words)
        except ReasonNeededError:
            self._ask_reason(rows, words, begun)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
        else:
            book.history.pause()
            if "removed" in words:
                self.notify("Row removed. u or ctrl+z undoes it.", markup=False)

    def _ask_reason(self, rows: tuple[Row, ...], words: str, begun: str) -> None:
        """Ask why agreed rows are removed or moved; until it is said the session has what is meant."""
        session, place = self.answers.book.session, self.answers.place_of(self.field.name)
        now, wanted = (tuple(row.id for row in each) for each in (self._rows, rows))

        def typed(reason: str) -> None:
            session.wait(Waiting(ROWS, place, wanted, now, reason))

        def given(reason: str | None) -> None:
            session.end(ROWS, place)
            if reason and reason.strip():
                self._put(rows, words, reason)

        typed(begun)
        question = f'"{self.field.called}" has been agreed. Why change it?'
        self.app.push_screen(forms.ask.Ask(question, value=begun, typed=typed), given)


def _words_of_change(table: str, *, removed: bool) -> str:
    return f"{table}: row {'removed' if removed else 'moved'}"
