"""The register entry: a short form, no step."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cimodel_tui.content import practices
from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.choices import Choice, Choices
from cimodel_tui.forms.fields import Day, Field, Line, Number, Prose
from cimodel_tui.forms.form import Form
from cimodel_tui.forms.row_editor import FormScroll
from cimodel_tui.model.answer import SIZES, stars
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import ACTIVITIES, SOURCES, STANDINGS
from cimodel_tui.model.plan import ONE_TO_FIVE
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.page import FollowsWorkbook, Go
from cimodel_tui.widgets.containers import Stack, Window
from cimodel_tui.widgets.guidance import HintLine
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.text import Words
from cimodel_tui.workbook import Workbook


def entry_fields() -> tuple[Field, ...]:
    """Return the fields of the register entry."""
    return (
        Line(name="title", hint="what should get better, in 5 to 80 characters"),
        Prose(name="summary"),
        Choice(name="size", options=SIZES),
        Line(name="owner", known="person", hint="one person"),
        Choice(name="source", options=SOURCES),
        Line(name="service", known="service"),
        Choice(name="benefit", options=ONE_TO_FIVE),
        Choice(name="effort", options=ONE_TO_FIVE),
        Choice(name="urgency", options=ONE_TO_FIVE),
        Choice(name="risk", options=ONE_TO_FIVE),
        Day(name="review_on"),
        Line(name="raised_by", known="person"),
        Day(name="raised_on"),
        Line(name="sponsor", known="person", more=True),
        Choice(name="practice", options=tuple(each.name for each in practices()), more=True),
        Choices(name="activities", label="Value-chain activities", options=ACTIVITIES, more=True),
        Line(name="decision_what", label="Decision needed", more=True),
        Line(name="decision_from", known="person", more=True),
        Day(name="decision_by", more=True),
        Line(name="tags", more=True),
        Prose(name="links", more=True),
        Number(name="score_override", label="Override score", more=True),
        Line(name="score_reason", label="Because", more=True),
        Choice(name="standing", label="Withdrawn or on hold", options=STANDINGS, more=True),
        Line(name="standing_reason", label="Because", more=True),
        Day(name="standing_on", label="Since", more=True),
        Day(name="look_again_on", more=True),
    )


class EntryScreen(FollowsWorkbook[None], Window[None]):
    """The register entry in a window over the register."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "done", tooltip="Close the entry; everything is kept", id="entry.done"),
        Binding("f9,f3", "step", "to its step", tooltip="Close and go to its current step", id="entry.step"),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__()
        self.place = place
        self._answers = Answers(book, Place(place.improvement, step=REGISTER))

    def compose(self) -> ComposeResult:
        """The form in a window."""
        improvement = self._answers.book.improvement(self._answers.place.improvement)
        with Stack(classes="frame"):
            yield Words(f"{improvement.ref} · register entry", classes="question")
            with FormScroll():
                yield Form(entry_fields(), self._answers, stars(improvement, improvement.size))
            yield HintLine()
            yield Keys()

    async def on_mount(self) -> None:
        """Begin in the field that is wanted, else in the first empty one."""
        form = self.query_one(Form)
        self.follow_workbook(self._answers.book, self.place, lambda _change: form.refresh_values())
        await form.focus_field(self.place.field or form.first_empty())

    @on(FieldBox.Focused)
    def _focused(self, event: FieldBox.Focused) -> None:
        field = event.box.field
        self.query_one(HintLine).show_field(field.called, REGISTER, field.name, needed=event.box.needed)

    def on_resize(self) -> None:
        """Use the height there is."""
        self.query_one(FormScroll).fit()

    def action_step(self) -> None:
        """Close it, and go to the step at which the improvement stands."""
        book = self._answers.book
        improvement, latest = book.of(Place(self.place.improvement))
        self.action_close()
        self.app.post_message(Go(current_step(improvement, latest), Place(improvement.id, latest.id)))

    def action_close(self) -> None:
        """Close it."""
        self._answers.book.history.pause()
        self.dismiss(None)
