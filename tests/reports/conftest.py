"""The sample workbook on its own day, and small workbooks of one's own, for reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from cimodel_tui.content import sample
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.step import Place
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Vision
from cimodel_tui.storage.open import create, load, open_store
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.store import StorageContext
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.actions import add_improvement

HOSTILE = "<script>alert(1)</script> =cmd|'/c calc'!A0 ]]> \x1b]0;x\x07 \u202egnp \x9b2J [x](http://evil.test) `*_|"
"""What nobody should ever type."""


class StandingClock:
    """Always the same day."""

    def __init__(self, day: date) -> None:
        self.day = day

    def today(self) -> date:
        return self.day

    def now(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 9, 30, tzinfo=UTC)


def book_at(path: Path, folder: Path, day: date, *, change: bool = False) -> Workbook:
    """Open a workbook as of a day, to look at it or to change it."""
    ids: Callable[[], str] = map("id{:010d}".format, count(1)).__next__
    clock = StandingClock(day)
    places = UserFolders(folder / "data", folder / "state", folder / "config")
    context = StorageContext(clock=clock, new_id=ids)
    if not path.exists():
        create(path, "Small", places, context)
    store = open_store(path, places, context, editor=False) if change else load(path, places, context)
    return Workbook(store, clock, me="Ann", ids=ids)


@pytest.fixture
def stories(tmp_path: Path) -> Workbook:
    """The sample workbook on its own day."""
    return book_at(sample(), tmp_path, date(2026, 11, 23))


@pytest.fixture
def small(tmp_path: Path) -> Workbook:
    """An empty workbook."""
    return book_at(tmp_path / "small.json", tmp_path, date(2026, 3, 2), change=True)


def entry(book: Workbook, ref: str = "CI-0001") -> Improvement:
    """Return an improvement by its ref."""
    return next(each for each in book.improvements() if each.ref == ref)


def filled(book: Workbook, text: str, days: int = 14, **answers: object) -> Improvement:
    """Add an improvement in which every text that a report shows is this one."""
    improvement = add_improvement(
        book, text, owner=text, sponsor=text, decision_what=text, decision_from=text, **answers
    )
    first = book.latest(improvement.id)
    changed = replace(
        first,
        vision=Vision(objective=text, vision=text, value=text),
        baseline=Baseline(metrics=(Metric(id="m", name=text, unit=text, better="lower", role="outcome"),)),
        target=Target(targets=(Promise(id="m", value="5", by="2026-06-01"),)),
        plan=Plan(actions=(Action(id="a", what=text, owner=text, due="2026-04-01"),), one_off_cost=text),
    )
    readings = {"m": {f"2026-01-{day:02d}": Reading(str(day), text) for day in range(1, days + 1)}}
    book.commit(
        Place(improvement.id, first.id, "vision", "vision"),
        [replace(book.improvement(improvement.id), readings=readings), changed],
    )
    return book.improvement(improvement.id)


def change(book: Workbook, iteration: Iteration) -> None:
    """Put an iteration in the place of what stands there."""
    book.commit(Place(iteration.improvement, iteration.id, "vision", "vision"), [iteration])
