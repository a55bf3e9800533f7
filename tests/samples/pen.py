"""Whoever writes the sample workbook: acts on a day, under a name, and through the facade only."""

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

from cimodel_tui.coach.finding import Finding
from cimodel_tui.model.answer import Row
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Carried
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.workbook.actions import add_improvement, agree, go_back, set_readings, start_next, verify
from cimodel_tui.workbook.advice import acknowledge, all_findings, remedy
from cimodel_tui.workbook.sustain import plan_sustain_checks, record_sustain_check
from cimodel_tui.workbook.workbook import Workbook

AnyRow = TypeVar("AnyRow", bound=Row)


@dataclass
class WalkingClock:
    """Stands on the day of the act; every look at the time of day is a minute later than the one before."""

    day: date = date(2025, 8, 11)
    minutes: int = 0

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        self.minutes = (self.minutes + 1) % 480
        return datetime.combine(self.day, time(8, 0), UTC) + timedelta(minutes=self.minutes)


def steady_ids() -> Iterator[str]:
    """Yield ids that look like any others and are the same in every walk."""
    for number in itertools.count(1):
        yield hashlib.sha256(f"sample {number}".encode()).hexdigest()[:12]


def _reading(text: str, note: str) -> Reading:
    value, _, total = text.partition("/")
    return Reading(value, note, of=total or None)


@dataclass
class Pen:
    """Writes one improvement."""

    book: Workbook
    clock: WalkingClock
    improvement_id: str = ""
    names: dict[str, str] = field(default_factory=dict)
    """Ids of rows by the short names that the walk gives them."""

    @property
    def improvement(self) -> Improvement:
        return self.book.improvement(self.improvement_id)

    @property
    def iteration(self) -> Iteration:
        return self.book.latest(self.improvement_id)

    def on(self, day: str, me: str = "") -> None:
        """Go to a day, and act as somebody from then on."""
        self.clock.day = date.fromisoformat(day)
        self.book.me = me or self.book.me

    def add(self, title: str, **answers: object) -> None:
        self.improvement_id = add_improvement(self.book, title, **answers).id

    def entry(self, **answers: object) -> None:
        for name, value in answers.items():
            self.book.change(Place(self.improvement_id, step=REGISTER, field=name), value)
        self.book.history.pause()

    def write(self, step: str, /, **answers: object) -> None:
        """Answer fields of a step of the latest iteration."""
        for name, value in answers.items():
            self.book.change(Place(self.improvement_id, self.iteration.id, step, name), value)
        self.book.history.pause()

    def rows(self, step: str, name: str, kind: type[AnyRow], /, **rows: Mapping[str, object]) -> None:
        """Put rows in a table, each under a short name; a row about a metric or an action has its id."""
        new = {self.named(key): kind(id=self.named(key), **row) for key, row in rows.items()}
        known = (row for row in getattr(self.iteration.part(step), name) if row.id not in new)
        self.write(step, **{name: (*known, *new.values())})

    def table(self, step: str, name: str, kind: type[AnyRow], rows: Sequence[Mapping[str, object]]) -> None:
        """Add rows that nothing refers to."""
        self.rows(step, name, kind, **{f"{step} {name} {len(self.names)} {at}": row for at, row in enumerate(rows)})

    def cells(self, step: str, name: str, row: str, /, *, because: str = "", **columns: object) -> None:
        """Change columns of one row; a cell that was agreed needs to be told why."""
        for column, value in columns.items():
            place = Place(self.improvement_id, self.iteration.id, step, name, self.names.get(row, row), column)
            self.book.change(place, value, why=because)
        self.book.history.pause()

    def carry(self, action: str, decision: str, reason: str) -> None:
        """Decide on an action that is still open."""
        row = Carried(id=self.names[action], decision=decision, reason=reason)
        self.write("momentum", carried=(*self.iteration.momentum.carried, row))

    def named(self, key: str) -> str:
        """Return the id of the row with this short name, whether it is there already or not."""
        return self.names.setdefault(key, self.book.new_id())

    def read(self, metric: str, first: str, told: str, every: int = 7, **notes: str) -> None:
        """Enter readings, one a period from a first day on, `45/50` with a total; notes by day (`on_2026_01_05`)."""
        start, values = date.fromisoformat(first), told.split()
        days = [(start + timedelta(days=every * at)).isoformat() for at in range(len(values))]
        beside = {name.removeprefix("on_").replace("_", "-"): note for name, note in notes.items()}
        found = {day: _reading(value, beside.get(day, "")) for day, value in zip(days, values, strict=True)}
        self._enter(metric, found)

    def happened(self, metric: str, *days: str) -> None:
        """Enter the days of rare events."""
        self._enter(metric, {day: Reading("1") for day in days})

    def _enter(self, metric: str, found: Mapping[str, Reading]) -> None:
        place = Place(self.improvement_id, self.iteration.id, "baseline", "metrics", self.names[metric])
        set_readings(self.book, place, found, words=f"{len(found)} readings")

    def agree(self, step: str, by: str) -> None:
        self.write(step, agreed_by=by, agreed_on=self.clock.day.isoformat())
        agree(self.book, self.iteration, step)

    def verify(self, by: str) -> None:
        self.write("check", verified_by=by, verified_on=self.clock.day.isoformat())
        verify(self.book, self.iteration)

    def revisit(self) -> None:
        go_back(self.book, self.iteration)

    def next(self) -> None:
        start_next(self.book, self.iteration)

    def plan_sustain_checks(self, *days: str) -> None:
        """Plan the later looks, and move them to the days on which the report is there."""
        plan_sustain_checks(self.book, self.iteration)
        for row, day in zip(self.iteration.momentum.sustain_checks, days, strict=False):
            self.cells("momentum", "sustain_checks", row.id, due=day)

    def record_sustain_check(self) -> None:
        """Record the sustain check that is the next one to be looked at, in whichever iteration it is open."""
        for iteration in self.book.iterations(self.improvement_id):
            for row in iteration.momentum.sustain_checks:
                if row.open:
                    record_sustain_check(self.book, iteration, row.id)
                    return

    def found(self, rule: str) -> Finding:
        """Return what a rule of the coach finds now; raises StopIteration where it finds nothing."""
        return next(each for each in all_findings(self.book, self.improvement, self.iteration) if each.rule == rule)

    def answer(self, rule: str, reason: str) -> None:
        acknowledge(self.book, self.iteration, self.found(rule), reason)

    def remedy(self, rule: str) -> None:
        remedy(self.book, self.iteration, self.found(rule))
