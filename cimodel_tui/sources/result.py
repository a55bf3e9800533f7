"""What reading a file gives: readings, skipped rows, open questions and problems; and how far the reading is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a file leaves open and that must not be guessed."""

    option: str
    """The field of the recipe that holds the answer, which is also the name of the option in the shell."""
    words: str
    """The question, in one line."""
    choices: tuple[tuple[str, str], ...] = ()
    """Each possible answer and what it would mean."""

    @property
    def flag(self) -> str:
        """The option as it is typed in a shell, with its possible answers."""
        return f"--{self.option.replace('_', '-')} {'|'.join(answer for answer, _ in self.choices) or 'VALUE'}"

    def __str__(self) -> str:
        """Return the question and the option which answers it, in one line."""
        return f"{self.words} Answer with {self.flag}"


def one_per_option(questions: Iterable[Question]) -> tuple[Question, ...]:
    """Return the first question about each option: its answer may answer the others."""
    by_option: dict[str, Question] = {}
    for each in questions:
        by_option.setdefault(each.option, each)
    return tuple(by_option.values())


class SourceError(ValueError):
    """A file that cannot be read; the message gives the reason in one line."""


class OpenQuestionError(SourceError):
    """A question without whose answer the file cannot be read any further."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question


class FoundReading(NamedTuple):
    """A reading as a file gives it."""

    row: int
    """Its row; 0 where it was made of several."""
    day: str
    """Its day in ISO text."""
    value: str
    """Its value as it is stored."""
    of: str | None = None
    """Its total; None where it has none."""
    note: str = ""
    """Its note."""
    n: int | None = None
    """How many tickets it was made of; None where it was not made of tickets."""


ROW, POINT = "row", "point"
"""What a file is made of, and what an answer of Prometheus is made of."""


class SkippedRow(NamedTuple):
    """A row that is no reading, and why."""

    row: int
    """Its number."""
    why: str
    """Why it is left out."""
    day: str = ""
    """Its day in ISO text, where it has one."""


def skipped_in_words(left_out: Sequence[SkippedRow], noun: str = ROW, most: int = 20) -> Iterator[str]:
    """Yield a line for each row that is left out; those of one reason are a single line where they are several.

    At most so many days or numbers of rows are named.
    """
    by_reason: dict[str, list[SkippedRow]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(each)
    for why, rows in by_reason.items():
        places = [each.day or f"row {each.row}" for each in rows]
        if len(places) == 1:
            yield f"{noun} {rows[0].row if noun == ROW else places[0]} is left out: {why}"
            continue
        more = f" and {len(places) - most} more" if len(places) > most else ""
        yield f"{len(places)} {noun}s are left out, {why}: {', '.join(places[:most])}{more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What was understood of a file, for one metric."""

    readings: tuple[FoundReading, ...] = ()
    """The readings, by day."""
    left_out: tuple[SkippedRow, ...] = ()
    """Rows that are none."""
    questions: tuple[Question, ...] = ()
    """What is open; nothing is stored until all are answered."""
    problems: tuple[str, ...] = ()
    """Rows that cannot be read; one of them refuses all."""
    remarks: tuple[str, ...] = ()
    """Remarks for the user."""
    periods_left_out: tuple[tuple[str, str], ...] = ()
    """Periods of tickets that are incomplete: first day, and why."""
    columns: tuple[tuple[str, str], ...] = ()
    """Header and role of the columns that were used."""
    is_tickets: bool = False
    """Whether it is an export of tickets."""


PROGRESS = 5000
"""Progress is reported after this many rows."""


class TwoPassProgress:
    """Reports the progress of two passes over the same rows; each counts for half."""

    def __init__(self, progress: Callable[[int], None] | None) -> None:
        self._progress = progress
        self._last = self._first_pass_rows = 0

    def start_second_pass(self) -> None:
        """Begin the second walk."""
        self._first_pass_rows = self._last

    def __call__(self, number: int) -> None:
        """Take the number of a row into account."""
        self._last = max(self._last, number)
        if self._progress:
            self._progress((self._first_pass_rows + number) // 2)
