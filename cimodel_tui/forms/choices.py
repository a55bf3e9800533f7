"""Fields that offer what can be chosen: one of several, any of several, rows of another table."""

from collections.abc import Callable

from textual.message import Message
from textual.widget import Widget

from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.fields import Field
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.record import dataclass
from cimodel_tui.widgets.choosing import Chooser, Options


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several; what is kept and is no longer among them stays as an extra entry."""

    options: tuple[str, ...] = ()
    """What can be chosen."""
    default: str = ""
    """What an empty answer is read as."""

    @property
    def cells(self) -> tuple[int, int]:
        """As wide as the longest option, as far as that is short."""
        return (min(max((len(each) for each in self.options), default=12), 12), 0 if self.options else 2)

    def offered(self, answers: Answers) -> Options:
        """Return what can be chosen just now."""
        del answers
        return tuple((option, option) for option in self.options)

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The message of a list of which one is chosen."""
        from textual.widgets import Select  # noqa: PLC0415 - lists are loaded with the first one of them

        return (Select.Changed,)

    def control(self, answers: Answers) -> Widget:
        """Make a drop-down list."""
        from cimodel_tui.widgets.drop_down import DropDown  # noqa: PLC0415 - as above

        nothing = f"{self.default} (unless chosen)" if self.default else "choose"
        return DropDown(self.offered(answers), nothing=nothing)

    def show(self, control: Widget, value: object) -> None:
        """Show the choice."""
        if isinstance(control, Chooser):
            control.choose(value)

    def raw(self, control: Widget) -> object:
        """Return the choice, empty where there is none."""
        return control.chosen() if isinstance(control, Chooser) else ""


@dataclass(frozen=True, kw_only=True)
class Reference(Choice):
    """One of the rows of another table, kept by its id."""

    rows: Callable[[Improvement, Iteration], Options] = lambda _improvement, _iteration: ()
    """Gives id and name of each row that can be chosen."""

    def offered(self, answers: Answers) -> Options:
        """Return the rows that are there now."""
        return self.rows(*answers.book.of(answers.place))

    def depends_on(self, answers: Answers) -> object:
        """Return the rows that can be chosen."""
        return self.offered(answers)

    def follow(self, control: Widget, answers: Answers) -> None:
        """Offer the rows that are there now."""
        if isinstance(control, Chooser):
            control.offer(self.offered(answers))


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any of several."""

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The message of a list of which any number is ticked."""
        from textual.widgets import SelectionList  # noqa: PLC0415 - as above

        return (SelectionList.SelectedChanged,)

    def control(self, answers: Answers) -> Widget:
        """Make a list to tick; what is kept and no longer offered stays in it."""
        from cimodel_tui.widgets.ticks import TickList  # noqa: PLC0415 - as above

        offered, kept = dict(self.offered(answers)), answers.get(self.name)
        for each in kept if isinstance(kept, tuple) else ():
            offered.setdefault(each, each)
        return TickList(tuple(offered.items()))


@dataclass(frozen=True, kw_only=True)
class References(Choices, Reference):
    """Any of the rows of another table, kept by their ids."""
