"""Fields that offer what can be chosen: one of several, any of several, rows of another table."""

from collections.abc import Callable

from rich.text import Text
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Select, SelectionList

from cimodel_tui.forms.answers import Answers
from cimodel_tui.forms.fields import Field
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.record import dataclass
from cimodel_tui.widgets.compact import compact
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.ticks import TickList

Options = tuple[tuple[str, str], ...]
"""Pairs of what is kept and what is shown."""


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

    def control(self, answers: Answers) -> Widget:
        """Make a drop-down list."""
        offered = self.offered(answers)
        current = str(answers.get(self.name))
        if current and current not in dict(offered):
            offered = (*offered, (current, current))
        prompt = f"{self.default} (unless chosen)" if self.default else "choose"
        return compact(DropDown([(Text(shown), kept) for kept, shown in offered], prompt=prompt))

    def show(self, control: Widget, value: object) -> None:
        """Show the choice."""
        if isinstance(control, Select):
            known = {kept for _, kept in control._options}  # noqa: SLF001 - Select has no public list of its options
            if value and value not in known:
                pairs = [(prompt, kept) for prompt, kept in control._options if kept is not Select.NULL]  # noqa: SLF001 - as above
                control.set_options([*pairs, (Text(str(value)), value)])
            control.value = value or Select.NULL

    def raw(self, control: Widget) -> object:
        """Return the choice, empty where there is none."""
        value = control.value if isinstance(control, Select) else Select.NULL
        return "" if value is Select.NULL else value


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
        offered = self.offered(answers)
        if isinstance(control, Select):
            known = [(str(prompt), kept) for prompt, kept in control._options if kept is not Select.NULL]  # noqa: SLF001 - Select has no public list of its options
            if known != [(shown, kept) for kept, shown in offered]:
                control.set_options([(Text(shown), kept) for kept, shown in offered])
        elif isinstance(control, SelectionList) and _offered(control) != [kept for kept, _ in offered]:
            control.clear_options()
            control.add_options([(Content(shown), kept) for kept, shown in offered])


def _offered(control: SelectionList[str]) -> list[str]:
    return [control.get_option_at_index(index).value for index in range(control.option_count)]


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any of several."""

    def control(self, answers: Answers) -> Widget:
        """Make a list to tick; what is kept and no longer offered stays in it."""
        offered, kept = dict(self.offered(answers)), answers.get(self.name)
        for each in kept if isinstance(kept, tuple) else ():
            offered.setdefault(each, each)
        return compact(TickList(*((Content(shown), key) for key, shown in offered.items())))

    def show(self, control: Widget, value: object) -> None:
        """Tick what was chosen."""
        if isinstance(control, SelectionList) and isinstance(value, tuple):
            control.deselect_all()
            for each in value:
                if each in _offered(control):
                    control.select(each)

    def raw(self, control: Widget) -> object:
        """Return what is ticked, in the order of the list."""
        if not isinstance(control, SelectionList):
            return ()
        return tuple(each for each in _offered(control) if each in control.selected)


@dataclass(frozen=True, kw_only=True)
class References(Choices, Reference):
    """Any of the rows of another table, kept by their ids."""
