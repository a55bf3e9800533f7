"""The editor of one row of a table, made of the same fields as every form."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from cimodel_tui.forms.answers import RowAnswers
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.fields import Field
from cimodel_tui.forms.form import Form
from cimodel_tui.model.answer import stars
from cimodel_tui.model.saving import Waiting
from cimodel_tui.widgets.guidance import HintLine
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.window import Window


class FormScroll(VerticalScroll, can_focus=False):
    """The room of a form in a window: as high as the form, as far as what stands above and below it stays in view."""

    _OTHERS: ClassVar[int] = 8
    """Lines for the border, the title, what the focused field is for, and the keys."""

    def fit(self) -> None:
        """Use the height there is."""
        self.styles.max_height = max(1, self.screen.size.height * 24 // 25 - self._OTHERS)


class RowEditor(Window[bool]):
    """The editor of one row. What is typed is kept at once; closing it is no saving."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "close(False)", "done", tooltip="Close the editor; everything is kept", id="row.done"),
        Binding("ctrl+n,f3", "close(True)", "another", tooltip="Close it and add another row", id="row.another"),
    ]

    def __init__(
        self,
        title: str,
        columns: Sequence[Field],
        answers: RowAnswers,
        *,
        more: bool,
        waiting: Waiting | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._columns = tuple(columns)
        self._more = more
        self._waiting = waiting
        self.answers = answers
        self.place = answers.place
        self._end: Callable[[], None] = lambda: None

    def compose(self) -> ComposeResult:
        """The row's fields in a window."""
        improvement, _ = self.answers.book.of(self.answers.place)
        with Vertical(classes="frame"):
            yield Static(self._title, classes="question", markup=False)
            with FormScroll():
                yield Form(self._columns, self.answers, stars(self.answers.row, improvement.size))
            yield HintLine()
            yield Keys()

    async def on_mount(self) -> None:
        """Begin in the first field, or where a change waits."""
        form = self.query_one(Form)
        self._end = self.answers.book.subscribe(lambda _change: form.refresh_values(), self.place)
        await form.focus_field(next(each.name for each in form.fields if not each.more))
        if self._waiting:
            await form.put_back(self._waiting.place.column, self._waiting)

    @on(FieldBox.Focused)
    def _focused(self, event: FieldBox.Focused) -> None:
        field = event.box.field
        told = self.query_one(HintLine)
        told.show_field(field.called, self.place.step, self.place.field, field.name, needed=event.box.needed)

    def on_resize(self) -> None:
        """Use the height there is."""
        self.query_one(FormScroll).fit()

    def on_unmount(self) -> None:
        """Listen no longer."""
        self._end()

    def action_close(self, another: bool) -> None:
        """Close the editor; what waits for a reason asks for it first."""
        if self.query_one(Form).ask_reason():
            return
        self.answers.book.history.pause()
        self.dismiss(another and self._more)
