"""The kinds of fields. A field makes its control, shows a value in it, and reads it back with a problem in words."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date, timedelta
from math import ceil

from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from cimodel_tui.forms.answers import Answers
from cimodel_tui.model.answer import blank
from cimodel_tui.model.answer import label as label_of
from cimodel_tui.model.day import UnreadableDayError, as_day, read_day
from cimodel_tui.model.number import UnreadableNumberError, is_number, read_number
from cimodel_tui.record import dataclass
from cimodel_tui.widgets.controls import LineInput, ProseArea

A_MONTH = timedelta(days=30)
"""How far off the day lies that is shown as an example."""

HIGHEST = 10
"""The rows of a text area from which it scrolls, as the style sheet says."""


@dataclass(frozen=True)
class Read:
    """What was read from a control."""

    value: object
    """The answer as it is kept."""
    problem: str = ""
    """What is wrong with it, in plain words."""
    understood: str = ""
    """How it was understood, where that is not what was typed."""


@dataclass(frozen=True, kw_only=True)
class Field(ABC):
    """One answer of a form; its name is the name of the attribute."""

    name: str
    """The attribute that holds the answer."""
    label: str = ""
    """What it is called; empty means the words of its name."""
    more: bool = False
    """Whether it is folded under "More"."""
    section: str = ""
    """The heading of the part of the form that begins with it; empty where it goes on with the part before."""
    when: Callable[[Answers], bool] | None = None
    """Tells whether it has a use just now; where it has none, and says nothing, it is not shown."""

    @property
    def called(self) -> str:
        """What it is called on the screen."""
        return self.label or label_of(self.name)

    def is_of_use(self, answers: Answers) -> bool:
        """Return whether it is shown just now: it has a use, or says something."""
        return not self.when or self.when(answers) or not blank(answers.get(self.name))

    @property
    def has_default(self) -> bool:
        """Whether an empty answer is read as one."""
        return False

    def same_value(self, one: object, other: object) -> bool:
        """Tell whether two answers say the same, however they are written."""
        return one == other

    @property
    def cells(self) -> tuple[int, int]:
        """The fewest cells that it needs in a table, and its share of what is left over."""
        return (11, 3)

    @property
    def full_width(self) -> bool:
        """Whether its label stands above it, and it takes the whole width of the form."""
        return False

    @property
    def keys_hint(self) -> str:
        """The keys that work in it, as they stand beside its label; empty where typing is all."""
        return ""

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The messages by which its control tells that it was changed."""
        return (Input.Changed,)

    @abstractmethod
    def control(self, answers: Answers) -> Widget:
        """Make the widget in which it is answered."""

    def height(self, value: object, width: int) -> int:
        """Return how many rows of the screen a value needs at least, in a control of so many cells."""
        del value, width
        return 1

    def depends_on(self, answers: Answers) -> object:
        """Return what the widget shows besides its value: where that changes, it is shown anew."""
        del answers
        return None

    def follow(self, control: Widget, answers: Answers) -> None:
        """Bring the widget up to date with what it depends on."""
        del control, answers

    @abstractmethod
    def show(self, control: Widget, value: object) -> None:
        """Show a value in that widget."""

    @abstractmethod
    def raw(self, control: Widget) -> object:
        """Return what stands in the widget, to tell whether a person changed it."""

    def read(self, raw: object, today: date) -> Read:
        """Read it back; what cannot be read is kept as typed, with a problem."""
        del today
        return Read(raw)


@dataclass(frozen=True, kw_only=True)
class Line(Field):
    """One line of text."""

    known: str = ""
    """What kind of value to complete from what the workbook holds."""
    hint: str = ""
    """Shown while it is empty."""
    short: bool = False
    """Whether a word at most is typed, so that a table has more room for the rest."""

    @property
    def cells(self) -> tuple[int, int]:
        """What is short gets no more than it needs."""
        return (6, 0) if self.short else super().cells

    def control(self, answers: Answers) -> Widget:
        """Make a one-line input."""
        kind = self.known
        return LineInput(hint=self.hint, known=(lambda: answers.known(kind)) if kind else None)

    def show(self, control: Widget, value: object) -> None:
        """Show the text."""
        if isinstance(control, Input):
            control.value = str(value)

    def raw(self, control: Widget) -> object:
        """Return the text."""
        return control.value if isinstance(control, Input) else ""


@dataclass(frozen=True, kw_only=True)
class Number(Line):
    """A number as typed; one that cannot be read stays, with a word about it."""

    @property
    def cells(self) -> tuple[int, int]:
        """Numbers are short."""
        return (7, 0)

    def read(self, raw: object, today: date) -> Read:
        """Tell whether the number can be read."""
        del today
        text = str(raw).strip()
        try:
            if text:
                read_number(text)
        except UnreadableNumberError as problem:
            return Read(str(raw), str(problem))
        return Read(text)

    def same_value(self, one: object, other: object) -> bool:
        """Tell whether two texts are the same number: `5`, `5.0`."""
        texts = str(one), str(other)
        if not all(map(is_number, texts)):
            return one == other
        return read_number(texts[0]) == read_number(texts[1])


@dataclass(frozen=True, kw_only=True)
class Day(Line):
    """A day: `2026-07-14`, `today`, `+30`, `14 jul`; kept as ISO text."""

    hint: str = ""
    """Shown while it is empty; where none is given, ways to write a day near today."""

    def control(self, answers: Answers) -> Widget:
        """Make a one-line input that shows how days are written."""
        soon = answers.today + A_MONTH
        hint = self.hint or f"{soon.isoformat()}, +30, {soon.day} {soon:%b}, today".lower()
        return LineInput(hint=hint)

    @property
    def cells(self) -> tuple[int, int]:
        """As wide as a day in ISO form."""
        return (10, 0)

    def height(self, value: object, width: int) -> int:
        """One more for the words by which a day is understood."""
        del width
        return 2 if value else 1

    def read(self, raw: object, today: date) -> Read:
        """Understand the day, and say how."""
        text = str(raw).strip()
        if not text:
            return Read("")
        try:
            day = read_day(text, today)
        except UnreadableDayError as problem:
            return Read(str(raw), str(problem))
        return Read(day.isoformat(), understood=_in_words(day, today))


def _in_words(day: date, today: date) -> str:
    distance = (day - today).days
    if distance == 0:
        return f"{day:%a} {day.day} {day:%b %Y}, today"
    days = f"{abs(distance)} day{'s' if abs(distance) > 1 else ''}"
    return f"{day:%a} {day.day} {day:%b %Y}, {f'in {days}' if distance > 0 else f'{days} ago'}"


def day_in_words(text: str, today: date) -> str:
    """Return a stored day with its weekday and its distance from today, empty where it is none."""
    day = as_day(text)
    return _in_words(day, today) if day else ""


@dataclass(frozen=True, kw_only=True)
class Prose(Field):
    """Text of any length."""

    lines: int = 2
    """How many lines it has room for while it is short."""

    @property
    def changed(self) -> tuple[type[Message], ...]:
        """The message of a text area."""
        return (TextArea.Changed,)

    def control(self, answers: Answers) -> Widget:
        """Make a text area that grows with its text."""
        del answers
        return ProseArea(lines=self.lines)

    def height(self, value: object, width: int) -> int:
        """As many as the text has lines in that width, within the limits of the text area."""
        lines = sum(max(ceil(len(line) / width), 1) for line in str(value).split("\n"))
        return min(max(lines, self.lines), HIGHEST)

    def show(self, control: Widget, value: object) -> None:
        """Show the text."""
        if isinstance(control, TextArea):
            control.text = str(value)

    def raw(self, control: Widget) -> object:
        """Return the text."""
        return control.text if isinstance(control, TextArea) else ""
