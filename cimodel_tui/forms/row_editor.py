"""The editor of one row of a table, made of the same fields as every form."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from cimodel_tui.forms.answers import RowAnswers
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.fields import Field
from cimodel_tui.forms.form import Form
from cimodel_tui.model.answer import stars
from cimodel_tui.model.saving import Waiting
from cimodel_tui.widgets.containers import StableLayout, Stack, Window
from cimodel_tui.widgets.guidance import HintLine
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words


class Lab(Stack):
    """A picture above the fields of a row that shows what they mean, and can change one of them."""

    moves: ClassVar[str]
    """The field that it changes."""

    @property
    def can_move(self) -> bool:
        """Whether it may change that field now."""
        raise NotImplementedError

    def follow(self) -> None:
        """Show the row as it stands now."""
        raise NotImplementedError

    def nudge(self, direction: int) -> None:
        """Change the field by a step up or down."""
        raise NotImplementedError


_FEWEST = 4
"""Lines of the form that are in view at least."""


class FormScroll(StableLayout, VerticalScroll, can_focus=False):
    """The room of a form in a window: as high as the form, as far as what stands above and below it stays in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.nudge(1)", "higher", show=False, tooltip="A step higher", id="row.higher"),
        Binding("down", "screen.nudge(-1)", "lower", show=False, tooltip="A step lower", id="row.lower"),
    ]

    _OTHERS: ClassVar[int] = 8
    """Lines for the border, the title, what the focused field is for, and the keys."""

    def fit(self) -> None:
        """Use the height there is."""
        above = sum(each.outer_size.height for each in self.screen.query(".target-lab"))
        self.styles.max_height = max(_FEWEST, self.screen.size.height * 24 // 25 - self._OTHERS - above)


class RowEditor(Window[bool]):
    """The editor of one row. What is typed is kept at once; closing it is no saving."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "finish", "done", tooltip="Save and close", id="row.finish"),
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
        lab: Lab | None = None,
    ) -> None:
        super().__init__(look="with-lab" if lab else "")
        self._lab = lab
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
        with Stack(classes="frame"):
            yield Words(self._title, classes="question")
            if self._lab:
                yield self._lab
            with FormScroll():
                yield Form(self._columns, self.answers, stars(self.answers.row, improvement.size))
            yield HintLine()
            yield Keys()

    async def on_mount(self) -> None:
        """Begin in the first field, or where a change waits."""
        form = self.query_one(Form)
        self._end = self.answers.book.subscribe(lambda _change: self._follow(form), self.place)
        await form.focus_field(next(each.name for each in form.fields if not each.more))
        if self._lab:
            self.call_after_refresh(self.query_one(FormScroll).fit)
        if self._waiting:
            await form.resume_waiting(self._waiting.place.column, self._waiting)

    def _follow(self, form: Form) -> None:
        form.refresh_values()
        if self._lab:
            self._lab.follow()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to move a value only where there is a picture of it: in its field, or in the picture itself."""
        if action == "nudge":
            if self._lab is None or not self._lab.can_move:
                return False
            box = next((each for each in self.query(FieldBox) if each.has_focus_within), None)
            return box is None or box.field.name == self._lab.moves
        return super().check_action(action, parameters)

    def action_nudge(self, direction: int) -> None:
        """Move the value a step up or down."""
        if self._lab:
            self._lab.nudge(direction)

    @on(FieldBox.Focused)
    def _focused(self, event: FieldBox.Focused) -> None:
        field = event.box.field
        hint = self.query_one(HintLine)
        hint.show_field(field.called, self.place.step, self.place.field, field.name, needed=event.box.needed)

    def on_resize(self) -> None:
        """Use the height there is."""
        self.query_one(FormScroll).fit()

    def on_unmount(self) -> None:
        """Listen no longer."""
        self._end()

    def action_finish(self) -> None:
        """Leave the field, which takes what is being chosen in it, and close the editor."""
        self.set_focus(None)
        self.call_after_refresh(self.action_close, another=False)

    def action_close(self, another: bool) -> None:
        """Close the editor; what waits for a reason asks for it first."""
        if self.query_one(Form).ask_reason():
            return
        self.answers.book.history.pause()
        self.dismiss(another and self._more)
