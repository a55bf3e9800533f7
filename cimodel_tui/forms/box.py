"""One field on the screen: its label, its control, and the words beside it."""

from dataclasses import replace
from math import ceil
from typing import Protocol, runtime_checkable

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea

from cimodel_tui.forms.answers import Answers, RowAnswers
from cimodel_tui.forms.fields import Day, Field, Number, day_in_words
from cimodel_tui.model.answer import blank, label
from cimodel_tui.model.completeness import NEEDED
from cimodel_tui.model.saving import Waiting, raw_of
from cimodel_tui.widgets.containers import Stack
from cimodel_tui.widgets.controls import ImmediateControl, lock
from cimodel_tui.widgets.text import say_below
from cimodel_tui.workbook import ReasonNeededError, RefusedError
from cimodel_tui.workbook.session import CHANGE

LABEL = 22
"""Cells of the label; what stands beside it begins one further, as the style sheet says."""


class Labelled(Stack):
    """A box as high as its label at least."""

    def __init__(self, *, above: bool = False, classes: str = "") -> None:
        """Draw the label beside what is in the box, or above it in the whole width."""
        super().__init__(classes=classes)
        self._above = above
        self._label_text = self._drawn = Content()

    def render(self) -> Content:
        """Return the label."""
        return self._drawn

    def draw_label(self, words: Content, *, current: bool) -> None:
        """Draw the label anew where it says or looks something else."""
        label = words.stylize_before("bold $text-primary" if current else "bold" if self._above else "$muted")
        if label.is_same(self._label_text):
            return
        self._label_text = label
        lines = [label] if self._above else label.wrap(LABEL)
        if len(lines) != self._drawn.plain.count("\n") + 1:
            self.styles.min_height = len(lines)
        self._drawn = Content("\n").join(lines)
        self.refresh()


_BESIDE = LABEL + 7
"""Cells of a page that no text has: the label, gaps, the scrollbar's room, padding, the cursor behind a text."""

_BESIDE_TABLE = 4
"""Cells of a page that no table has: the scrollbar's room, padding, the bar of the marked row."""


@runtime_checkable
class RowsView(Protocol):
    """A control whose rows can be looked at without being changed."""

    def freeze(self, frozen: bool) -> None:
        """Let nothing be changed, or let it be changed again."""

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row."""

    def resume_waiting(self, waiting: Waiting) -> None:
        """Open the row in which a change waits for its reason, or ask for the reason again."""


class FieldBox(Labelled):
    """A field with its label and its words. It writes only what a person changed in this very field."""

    class Focused(Message):
        """The field has the focus."""

        def __init__(self, box: "FieldBox") -> None:
            self.box = box
            super().__init__()

    class ReasonWanted(Message):
        """What was typed changes something that was agreed: it waits for a reason."""

        def __init__(self, box: "FieldBox") -> None:
            self.box = box
            super().__init__()

    def __init__(self, field: Field, answers: Answers, *, starred: bool) -> None:
        super().__init__(above=field.full_width, classes="field table" if field.full_width else "field")
        self.field = field
        self.answers = answers
        self.starred = starred
        self.pending = False
        self._problem = ""
        self._complains = True
        self._understood = ""
        self._lacking = ""
        self._visited = not isinstance(answers, RowAnswers)
        self._advice: tuple[str, ...] = ()
        self._value: object = None
        self._beside: object = None
        self._raw: object = None
        self.control = field.control(answers)
        self.control.add_class("control", update=False)
        self._lock()

    def height(self, width: int) -> int:
        """Return how many rows of a page of so many cells it needs at least; what is known before it is mounted."""
        room = max(width - (_BESIDE_TABLE if self.field.full_width else _BESIDE), 1)
        control = self.field.height(self.answers.get(self.field.name), room)
        return control + self.field.full_width + sum(ceil(len(each) / width) for each in self._history())

    def compose(self) -> ComposeResult:
        """The control; the label beside it is drawn by the field itself, words come below once there are any."""
        yield self.control

    def on_mount(self) -> None:
        """Show what stands there, and take what is typed from now on."""
        self._show_or_hide()
        self.show_value()
        if isinstance(self.control, ImmediateControl):
            self.control.tell(self.field.changed, self._edited)

    def _lock(self) -> None:
        """Show an answer that is history without letting it be changed; it can still be read and copied."""
        locked = not self.answers.may_change(self.field.name)
        if locked == self.has_class("locked"):
            return
        self.set_class(locked, "locked", update=self.is_attached)
        if isinstance(self.control, RowsView):
            self.control.freeze(locked)
        elif self.is_attached and isinstance(self.control, TextArea):
            self.control.read_only = locked
        elif self.is_attached:
            self.control.disabled = locked
        else:
            lock(self.control, locked)

    def show_value(self) -> None:
        """Show the workbook's answer, without writing anything."""
        self._value = self.answers.get(self.field.name)
        self._beside = self.field.depends_on(self.answers)
        self._end_waiting()
        with self.prevent(*self.field.changed):
            self.field.follow(self.control, self.answers)
            self.field.show(self.control, self._value)
        self._raw = self.field.raw(self.control)
        self._judge(self._raw)
        self._show_words()

    def refresh_value(self) -> None:
        """Show the workbook's answer where it is another one than what was last shown or typed here."""
        self._lock()
        self._show_or_hide()
        if self.pending:
            return
        if self.answers.get(self.field.name) != self._value or self.field.depends_on(self.answers) != self._beside:
            self.show_value()

    def _show_or_hide(self) -> None:
        """Hide a field that has no use just now and says nothing."""
        if self.field.when:
            self.display = self.field.is_of_use(self.answers)

    def _judge(self, raw: object) -> object:
        read = self.field.read(raw, self.answers.today)
        self._problem, self._understood = read.problem, read.understood
        return read.value

    def _edited(self) -> None:
        """Take what was typed, before anything is painted or said about it."""
        raw = self.field.raw(self.control)
        if raw == self._raw:
            return
        self._raw = raw
        self._complains = self._complains and bool(self._problem)  # a new problem is told once the field is left
        self.commit(self._judge(raw))
        self._show_words()

    def commit(self, value: object, why: str = "") -> None:
        """Put the answer into the workbook; what was agreed waits for a reason until the focus leaves."""
        try:
            self._value = value
            self.answers.put(self.field.name, value, why=why)
            self._end_waiting()
        except ReasonNeededError:
            agreed = self.answers.get(self.field.name)
            if self.field.same_value(value, agreed):
                self._value = agreed
                self._end_waiting()
            else:
                self._wait()
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
            self.show_value()

    def commit_for(self, why: str) -> None:
        """Put in what waited for a reason; without one what was agreed stands again."""
        if why.strip():
            self.commit(self.field.read(self._raw, self.answers.today).value, why)
            self._show_words()
        else:
            self.show_value()

    def _wait(self) -> None:
        """Let the change wait for its reason; the session has it, so that a kill does not lose it."""
        self.pending = True
        name, reason = self.field.name, self.waits.reason if self.waits else ""
        place, before = self.answers.place_of(name), raw_of(self.answers.get(name))
        self.answers.book.session.wait(Waiting(CHANGE, place, raw_of(self._raw), before, reason))
        if self.is_mounted:
            self.call_after_refresh(self.scroll_visible, animate=False)  # the words that say so come below the field

    def _end_waiting(self) -> None:
        if self.pending:
            self.pending = False
            self.answers.book.session.end(CHANGE, self.answers.place_of(self.field.name))

    @property
    def waits(self) -> Waiting | None:
        """The change that waits for its reason here, none where none does."""
        return self.answers.book.session.at(CHANGE, self.answers.place_of(self.field.name)) if self.pending else None

    def take_reason(self, reason: str) -> None:
        """Take note of what is typed of the reason so far."""
        if self.waits:
            self.answers.book.session.wait(replace(self.waits, reason=reason))

    def resume_waiting(self, waiting: Waiting) -> None:
        """Show a change that waited for its reason when the program was ended, and let it wait again."""
        if isinstance(self.control, RowsView):
            self.control.resume_waiting(waiting)
            return
        with self.prevent(*self.field.changed):
            self.field.show(self.control, waiting.raw)
        self._raw = self.field.raw(self.control)
        self.commit(self._judge(self._raw))
        self._show_words()
        if self.pending and waiting.reason:
            self.take_reason(waiting.reason)
            self.post_message(self.ReasonWanted(self))

    def on_descendant_focus(self) -> None:
        """Say what the field is for."""
        self.draw_label(self._label(), current=True)
        self.post_message(self.Focused(self))

    def on_descendant_blur(self) -> None:
        """End the visit: the next change is a new step of undo; a day is shown as it was understood."""
        self.answers.book.history.pause()
        if not self.answers.book.has(self.answers.place):
            return  # it was undone, and takes this field along
        self._complains = self._visited = True
        self._show_words()
        if self.pending:
            self.post_message(self.ReasonWanted(self))
        elif self._is_written_otherwise:
            self.show_value()

    @property
    def _is_written_otherwise(self) -> bool:
        """Whether what stands in the control says the stored value in other words: `5` for 5.0, `+30` for a day."""
        return isinstance(self.field, Day | Number) and not self._problem and self._raw != self._value

    def say(self, lacking: str, advice: tuple[str, ...]) -> None:
        """Show what is missing here, and what the coach says."""
        if (lacking, advice) != (self._lacking, self._advice):
            self._lacking, self._advice = lacking, advice
            self._show_words()
            if self.control.has_focus_within:
                self.post_message(self.Focused(self))

    def _show_words(self) -> None:
        self.draw_label(self._label(), current=self.control.has_focus_within)
        say_below(self, self._words(), "words")

    def _label(self) -> Content:
        """Return the label, with a star where an answer is required, and a tick once that is there."""
        parts: list[tuple[str, str]] = [(self.field.called, ""), (" *", "") if self.starred else ("", "")]
        parts.append(("✓", "$text-success") if self.starred and self.answered else ("", ""))
        parts.append((f"   {self.field.keys_hint}", "not bold $muted") if self.field.keys_hint else ("", ""))
        return Content.assemble(*parts)

    @property
    def answered(self) -> bool:
        """Whether what is required here is there and can be read."""
        said_nothing = blank(self._value) and not self.field.has_default
        return not (self._lacking or self._problem or said_nothing)

    @property
    def needed(self) -> bool:
        """Whether an answer is still needed here before the step is complete."""
        return self._lacking == NEEDED

    def _words(self) -> Content:
        lines = [self._complaint(f"✗ {self._problem}", "$text-error")] if self._problem else []
        if self.pending:
            lines.append(("✎ agreed: leaving this field asks for a reason", "$text-warning"))
        if self._understood or (isinstance(self.field, Day) and not self._problem):
            understood = self._understood or day_in_words(str(self._value), self.answers.today)
            lines += [(f"= {understood}", "$muted")] if understood else []
        if self._lacking not in ("", NEEDED) and not self._problem and self._visited:
            lines.append(self._complaint(f"○ {self._lacking}", "$muted"))
        lines += [(f"◇ {each}", "$text-warning") for each in self._advice]
        lines += [(f"± {each}", "$text-accent") for each in self._history()]
        return Content("\n").join(Content.styled(text, style) for text, style in lines)

    def _complaint(self, words: str, style: str) -> tuple[str, str]:
        """Return what is wrong here, or the blank rows it will need once the field is left.

        A press of the mouse elsewhere leaves the field: were the rows added then, what is pressed would move away
        before the mouse is up, and the click would be lost.
        """
        if self._complains:
            return words, style
        return "\n".join(" " for _ in Content(words).wrap(max(self.control.outer_size.width - 1, 1))), style

    def _history(self) -> tuple[str, ...]:
        known = self.answers.amendments(self.field.name)
        return tuple(
            f"{self._cell(each.path)}was {each.before or 'empty'} until {each.on} ({each.by}): {each.why}"
            for each in known
        )

    def _cell(self, path: tuple[str, ...]) -> str:
        """Return which cell of the table was amended; empty where the answer is one value, or the row is in front."""
        return f"{label(path[-1])}: " if len(path) > 1 and not self.answers.place.field else ""

    def focus_control(self, row: str = "") -> None:
        """Put the focus into the control, in a table on the row that is meant."""
        target: Widget = self.control
        target.focus()
        if row and isinstance(self.control, RowsView):
            self.control.go_to(row)
