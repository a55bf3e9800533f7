"""The form: fields in their order, the essential ones on the screen, the rest folded under "More"."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from cimodel_tui import forms
from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.fields import Field
from cimodel_tui.model.answer import blank
from cimodel_tui.model.saving import Waiting
from cimodel_tui.widgets.containers import StableLayout, Stack
from cimodel_tui.widgets.text import Words


class More(StableLayout, Static, can_focus=True):
    """The fold behind which the rarer fields stand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "turn", "open or close", tooltip="Show or hide the less common fields", id="more.turn")
    ]

    class Turned(Message):
        """The fold was opened or closed."""

    def action_turn(self) -> None:
        """Open it, or close it."""
        self.post_message(self.Turned())

    def on_click(self) -> None:
        """Do the same by mouse."""
        self.action_turn()


class Form(Stack):
    """Fields of one part. What is folded is mounted when it is first opened, what is out of view by `complete`."""

    def __init__(
        self, fields: Sequence[Field], answers: Answers, stars: Sequence[str] = (), *, room: int | None = None
    ) -> None:
        """Take the fields, and how many rows of them are in view at first; with no number all of them are."""
        super().__init__(classes="form")
        self.fields = tuple(fields)
        self.answers = answers
        self._stars = frozenset(stars)
        self._room = room
        self._rest: Iterator[Widget] = iter(())
        self._advice: Mapping[str, tuple[str, ...]] = {}
        self._open = False
        self._sections: dict[Static, tuple[Field, ...]] = {}

    @property
    def _folded(self) -> tuple[Field, ...]:
        return tuple(each for each in self.fields if each.more)

    def compose(self) -> ComposeResult:
        """The fields that are in view, all of them where it is not said how many are."""
        self._rest, left = self._all(), self._room
        for at, each in enumerate(self._rest):
            yield each
            if left is not None and isinstance(each, FieldBox):
                blank_above = at > 0 and each.field.full_width
                left -= each.height(self.app.size.width) + blank_above
                if left <= 0:
                    return

    def _all(self) -> Iterator[Widget]:
        """Make the essential fields, then the fold."""
        for each in self.fields:
            if each.section and not each.more:
                yield self._heading(each)
            if not each.more:
                yield self._box(each)
        if self._folded:
            yield More(self._fold_words(), markup=False, classes="more")

    def _heading(self, first: Field) -> Static:
        """Return the heading of the section that begins with a field; it goes while all of its fields are hidden."""
        heading = Words(first.section, classes="section")
        after = self.fields[self.fields.index(first) + 1 :]
        self._sections[heading] = (first, *takewhile(lambda each: not each.section and not each.more, after))
        self._show_heading(heading)
        return heading

    def _show_heading(self, heading: Static) -> None:
        heading.display = any(each.is_of_use(self.answers) for each in self._sections[heading])

    async def complete(self) -> None:
        """Put on the page what was out of view."""
        rest = tuple(self._rest)
        if rest:
            await self.mount_all(rest)
            self.say_all()

    def _box(self, field: Field) -> FieldBox:
        return FieldBox(field, self.answers, starred=field.name in self._stars)

    def _fold_words(self) -> str:
        filled = sum(not blank(self.answers.get(each.name)) for each in self._folded)
        return f"{'▾' if self._open else '▸'} More ({filled} of {len(self._folded)})"

    def on_mount(self) -> None:
        """Show what is missing."""
        self.say_all()

    @property
    def folded_words(self) -> str:
        """What is folded under More, by name."""
        return ", ".join(each.called for each in self._folded)

    @on(More.Turned)
    async def turn(self) -> None:
        """Open the fold, or close it; the first opening makes its fields."""
        self._open = not self._open
        if self._open and not self.query(".folded"):
            await self.mount(Stack(*(self._box(each) for each in self._folded), classes="folded"))
        self.query(".folded").set(display=self._open)
        self.query_one(More).update(self._fold_words())
        self.say_all()

    def boxes(self) -> Iterator[FieldBox]:
        """Yield the fields that are there."""
        yield from self.query(FieldBox)

    def refresh_values(self) -> None:
        """Show what changed elsewhere, and what is missing now."""
        for box in self.boxes():
            box.refresh_value()
        for heading in self._sections:
            self._show_heading(heading)
        self.say_all()

    def advise(self, advice: Mapping[str, tuple[str, ...]]) -> None:
        """Show what the coach says, by field."""
        self._advice = advice
        self.say_all()

    def say_all(self) -> None:
        """Show beside each field what it lacks and what the coach says."""
        lacking = self.answers.missing_by_name()
        for box in self.boxes():
            box.say(lacking.get(box.field.name, ""), self._advice.get(box.field.name, ()))

    async def focus_field(self, name: str, row: str = "") -> bool:
        """Put the focus into a field, and on one of its rows, opening the fold where it stands behind it.

        Tells whether there is such a field.
        """
        if not any(box.field.name == name for box in self.boxes()):
            await self.complete()
        if any(each.name == name for each in self._folded) and not self._open:
            await self.turn()
        for box in self.boxes():
            if box.field.name == name:
                box.focus_control(row)
                # What was just unfolded has no place yet when the focus asks to be seen: it is shown once laid out.
                self.call_after_refresh(box.scroll_visible, animate=False, immediate=True)
                return True
        return False

    async def resume_waiting(self, name: str, waiting: Waiting) -> None:
        """Show a field in which a change waited for its reason when the program was ended; it waits again."""
        await self.focus_field(name, waiting.place.row)
        for box in self.boxes():
            if box.field.name == name:
                box.resume_waiting(waiting)

    def first_empty(self) -> str:
        """Return the name of the first field that says nothing, of the first one of all where nothing is lacking."""
        names = [each.name for each in self.fields if not each.more]
        if not self.answers.missing_by_name():
            return names[0] if names else ""
        names = [each.name for each in self.fields if not each.more and (not each.when or each.when(self.answers))]
        empty = (name for name in names if blank(self.answers.get(name)) and self.answers.may_change(name))
        return next(empty, names[0] if names else "")

    def ask_reason(self) -> bool:
        """Have the field that waits for a reason ask for it; tells whether there is one."""
        waiting = next((box for box in self.boxes() if box.pending), None)
        if waiting:
            waiting.post_message(FieldBox.ReasonWanted(waiting))
        return waiting is not None

    @on(Input.Submitted)
    def _on(self, event: Input.Submitted) -> None:
        """Enter in a line goes on to the next field."""
        event.stop()
        self.screen.focus_next()

    @on(FieldBox.ReasonWanted)
    def _ask_reason(self, event: FieldBox.ReasonWanted) -> None:
        event.stop()
        box = event.box
        question = f'"{box.field.called}" has been agreed. Why change it?'
        note = "The old value stays visible beside the new one. Enter save · Esc cancel"
        reason = box.waits.reason if box.waits else ""
        ask = forms.ask.Ask(question, note=note, value=reason, typed=box.take_reason)
        self.app.push_screen(ask, lambda why: box.commit_for(why or ""))
