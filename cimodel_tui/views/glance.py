"""A saved workbook at a glance, for home: its improvements by status, and what is due in it as of today."""

from collections import Counter
from collections.abc import Callable, Sequence

from cimodel_tui.model.day import SOON
from cimodel_tui.model.status import STATUSES
from cimodel_tui.record import dataclass
from cimodel_tui.views.due import Due, due_line, due_of
from cimodel_tui.views.status import state_of
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_status
from cimodel_tui.workbook.workbook import Workbook

_MOST_DUE = 30
"""Things with a day that are listed."""

_PLURALS = {"idea": "ideas"}
"""Statuses that are nouns; the others stay as they are."""

_ORDER = ("in progress", "verifying", "embedding", "approved", "assessing", "idea", "on hold", "closed", "withdrawn")
"""The statuses by how much is going on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What home shows of one workbook."""

    title: str
    """What it is called."""
    states: tuple[tuple[str, int], ...]
    """How many improvements have each status, those where most is going on first."""
    due: tuple[Due, ...]
    """What is overdue and due soon, the most overdue first."""

    @property
    def improvements(self) -> int:
        """How many improvements are not archived."""
        return sum(count for _, count in self.states)

    @property
    def late(self) -> int:
        """How many things are overdue."""
        return sum(each.days < 0 for each in self.due)

    @property
    def words(self) -> str:
        """The improvements by status: `1 in progress, 4 ideas`."""
        return count_words(self.states)


def count_words(states: Sequence[tuple[str, int]]) -> str:
    """Return how many are in each state: `1 in progress, 4 ideas`."""
    return ", ".join(f"{count} {_PLURALS.get(state, state) if count > 1 else state}" for state, count in states)


def glance_at(book: Workbook, between: Callable[[int], None] = lambda _at: None) -> Glance:
    """Summarize every improvement that is not archived, calling `between` with its index before each."""
    states: Counter[str] = Counter()
    due: list[Due] = []
    for at, each in enumerate(book.register()):
        between(at)
        improvement = book.improvement(each)
        states[state_of(book, improvement)] += 1
        due += due_of(book, improvement)
    ordered = sorted(states.items(), key=lambda item: (*_ORDER, *STATUSES).index(item[0]))
    return Glance(
        title=book.title,
        states=tuple(ordered),
        due=tuple(sorted(due, key=lambda one: (one.days, one.improvement, one.kind, one.what))),
    )


_BAR = 30
"""Cells of the longest bar."""


def status_lines(glances: Sequence[Glance]) -> list[ToneLine]:
    """Return how many improvements of all workbooks have each status, as bars."""
    total: Counter[str] = Counter()
    for each in glances:
        total.update(dict(each.states))
    if not total:
        return []
    most = max(total.values())
    lines = [ToneLine(f"{sum(total.values())} improvements in all workbooks", Tone.ACCENT, strong=True)]
    for state in _ORDER:
        if total[state]:
            bar = "▄" * max(round(_BAR * total[state] / most), 1)
            lines.append(ToneLine(f"{state:<12} {bar} {total[state]}", tone_of_status(state)))
    return lines


def due_lines(glances: Sequence[Glance]) -> list[ToneLine]:
    """Return what is overdue and what is due soon in all workbooks, each under its heading."""
    due = sorted(((one, book) for book in glances for one in book.due), key=lambda pair: pair[0].days)[:_MOST_DUE]
    lines: list[ToneLine] = []
    for heading, late in (("Overdue", True), (f"Within {SOON.days} days", False)):
        found = [(one, book) for one, book in due if (one.days < 0) is late]
        lines += [ToneLine(heading, Tone.ACCENT, strong=True)] if found else []
        for one, book in found:
            line = due_line(one)
            lines.append(line._replace(text=f"{line.text} ({book.title})") if len(glances) > 1 else line)
    return lines or [ToneLine(f"Nothing is overdue or due within {SOON.days} days.", Tone.QUIET)]
