"""Fields that offer what can be chosen: one of several, any of several, rows of another table."""

from collections.abc import Callable
from datetime import date

from textual.message import Message
from textual.widget import Widget

from cimodel_tui import widgets
from cimodel_tui.forms.answers import Answers, RowAnswers
from cimodel_tui.forms.fields import Field
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.answer import Row, row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.plan import Action, Checkpoint
from cimodel_tui.record import dataclass
from cimodel_tui.widgets.controls import Chooser, Options

_MOST = 12
"""Cells that a column of choices has at least, unless all of them are shorter."""


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several; what is kept and is no longer among them stays as an extra entry."""

    options: tuple[str, ...] = ()
    """What can be chosen."""
    shown: tuple[str, ...] = ()
    """What the options are called on the screen, in their order; empty where they are shown as they are stored."""
    default: str = ""
    """What an empty answer is read as."""

    @property
    def has_default(self) -> bool:
        """Whether an empty answer is read as one of the options."""
        return bool(self.default)

    @property
    def cells(self) -> tuple[int, int]:
        """As wide as the longest option, as far as that is short."""
        longest = max((len(each) for each in self.shown or self.options), default=_MOST)
        return (min(longest, _MOST), 2 if self.shown or not self.options else 0)

    def offered(self, answers: Answers) -> Options:
        """Return what can be chosen just now."""
        del answers
        return tuple(zip(self.options, self.shown or self.options, strict=True))

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The message of a list of which one is chosen."""
        return (widgets.drop_down.DropDown.Changed,)

    def control(self, answers: Answers) -> Widget:
        """Make a drop-down list."""
        named = dict(zip(self.options, self.shown or self.options, strict=True))
        nothing = f"{named.get(self.default, self.default)} (default)" if self.default else "choose"
        return widgets.drop_down.DropDown(self.offered(answers), nothing=nothing)

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
        """Return the rows that are there now, without the one whose editor asks."""
        itself = answers.row.id if isinstance(answers, RowAnswers) else ""
        return tuple(each for each in self.rows(*answers.book.of(answers.place)) if each[0] != itself)

    def depends_on(self, answers: Answers) -> object:
        """Return the rows that can be chosen."""
        return self.offered(answers)

    def follow(self, control: Widget, answers: Answers) -> None:
        """Offer the rows that are there now."""
        if isinstance(control, Chooser):
            control.offer(self.offered(answers))


@dataclass(frozen=True, kw_only=True)
class OneOf(Choice):
    """One of the names that another table holds, kept as that name."""

    named: Callable[[Iteration], tuple[str, ...]] = lambda _iteration: ()
    """Gives the names."""

    def offered(self, answers: Answers) -> Options:
        """Return the names that are there now, each once."""
        _, iteration = answers.book.of(answers.place)
        return tuple((name, name) for name in dict.fromkeys(self.named(iteration)) if name.strip())

    def depends_on(self, answers: Answers) -> object:
        """Return the names that can be chosen."""
        return self.offered(answers)

    def follow(self, control: Widget, answers: Answers) -> None:
        """Offer the names that are there now."""
        if isinstance(control, Chooser):
            control.offer(self.offered(answers))


@dataclass(frozen=True, kw_only=True)
class Choices(Choice):
    """Any of several."""

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The message of a list of which any number is ticked."""
        from textual.widgets import SelectionList  # noqa: PLC0415 - lists are loaded with the first of them

        return (SelectionList.SelectedChanged,)

    def control(self, answers: Answers) -> Widget:
        """Make a list to tick; what is kept and no longer offered stays in it."""
        offered, chosen = dict(self.offered(answers)), answers.get(self.name)
        for each in chosen if isinstance(chosen, tuple) else ():
            offered.setdefault(each, each)
        return widgets.checkbox.TickList(tuple(offered.items()))


@dataclass(frozen=True, kw_only=True)
class References(Choices, Reference):
    """Any of the rows of another table, kept by their ids."""


def metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return every metric."""
    return tuple((row.id, row.name or "(no name)") for row in iteration.baseline.metrics)


def outcome_metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the metrics at which the verdict looks."""
    return tuple((row.id, _with_unit(row)) for row in iteration.baseline.metrics if row.is_outcome)


def balancing_metrics(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the metrics that must not get worse."""
    rows = (row for row in iteration.baseline.metrics if row.role == "balancing")
    return tuple((row.id, _with_unit(row)) for row in rows)


def _with_unit(metric: Metric) -> str:
    return f"{metric.name or '(no name)'}{metric.unit_behind_name}"


def causes(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the causes of step 2."""
    return tuple((row.id, row.cause) for row in iteration.baseline.causes)


def actions(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the actions of step 4."""
    return tuple((row.id, row.what or "(no name)") for row in iteration.plan.actions)


def open_actions(_improvement: Improvement, iteration: Iteration) -> Options:
    """Return the actions that are neither done nor dropped."""
    rows = (row for row in iteration.plan.actions if iteration.progress(row.id).status not in ENDED)
    return tuple((row.id, row.what or "(no name)") for row in rows)


def late_action(iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether an action, in the plan or in its progress, is past its day and not done."""
    action = row_of(iteration.plan.actions, row.id)
    due = as_day(action.due) if isinstance(action, Action) else None
    return due is not None and due < today and iteration.progress(row.id).status not in ENDED


def late_checkpoint(_iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether a checkpoint has passed without an answer."""
    day = as_day(row.on) if isinstance(row, Checkpoint) else None
    return isinstance(row, Checkpoint) and day is not None and day < today and not row.answer.strip()


def late_sustain_check(_iteration: Iteration, row: Row, today: date) -> bool:
    """Tell whether a sustain check is past its day and still owed."""
    day = as_day(row.due) if isinstance(row, SustainCheck) else None
    return isinstance(row, SustainCheck) and row.open and day is not None and day < today
