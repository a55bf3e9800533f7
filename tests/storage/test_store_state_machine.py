"""A workbook through edits, kills, changes from outside, conflicts and backups, compared with a plain model."""

from __future__ import annotations

import itertools
import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cimodel_tui.model.improvement import Improvement
from tests.storage.conftest import Shelf
from tests.storage.plain_model import DAYS, FIELDS, WHOLE, Doc, Docs, changed, docs_of, merged, values_of

if TYPE_CHECKING:
    from cimodel_tui.storage.store import WorkbookStore

NUMBER = st.integers(0, 99)
NAME = st.sampled_from([*FIELDS, *DAYS])


class Life(RuleBasedStateMachine):
    """One workbook; what is typed here and outside is always new, so that nothing is equal by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.shelf = Shelf(Path(self.folder.name))
        self.numbers = itertools.count(1)
        self.memory: Docs = {}
        self.known: Docs = {}
        """The file as the program last saw it."""
        self.file: Docs = {}
        self.past: list[Improvement] = []
        self.removed: set[str] = set()
        """What was taken away in memory since the program last saw the file."""
        self.store: WorkbookStore | None = None

    def teardown(self) -> None:
        for each in self.shelf.opened:
            self.shelf.kill(each)
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        self.shelf.create()
        self.store = self.shelf.open()

    @property
    def open(self) -> WorkbookStore:
        assert self.store is not None
        return self.store

    def fresh(self, who: str = "typed") -> str:
        return f"{who} {next(self.numbers)}"

    def one(self, number: int) -> Improvement:
        ids = sorted(self.memory)
        return self.open.documents().improvements[ids[number % len(ids)]]

    def put(self, one: Improvement) -> None:
        self.past.append(one)
        self.open.put([one])

    def take_in(self) -> None:
        """What the model expects once the program has seen the file."""
        self.removed.clear()
        self.memory = merged(self.known, self.memory, self.file)
        self.known = dict(self.file)

    def saved(self) -> None:
        """What the model expects of a save."""
        self.take_in()
        self.known, self.file = dict(self.memory), dict(self.memory)

    alive = precondition(lambda self: self.store is not None)
    dead = precondition(lambda self: self.store is None)
    some = precondition(lambda self: self.store is not None and bool(self.memory))

    @alive
    @rule()
    def add(self) -> None:
        one = Improvement(id=self.shelf.ids(), ref=self.fresh("ref"), owner=self.fresh(), readings={"m": {}})
        self.put(one)
        self.memory[one.id] = Doc({"owner": one.owner, "sponsor": ""})

    @some
    @rule(number=NUMBER, name=NAME)
    def edit(self, number: int, name: str) -> None:
        one, value = self.one(number), self.fresh()
        self.put(changed(one, name, value))
        self.memory[one.id] = self.memory[one.id].with_value(name, value)

    @some
    @rule(number=NUMBER, day=st.sampled_from(DAYS))
    def take_a_reading_out(self, number: int, day: str) -> None:
        one = self.one(number)
        self.put(changed(one, day, None))
        self.memory[one.id] = self.memory[one.id].with_value(day, None)

    @some
    @rule(number=NUMBER)
    def remove(self, number: int) -> None:
        one = self.one(number)
        self.open.put([], removed=[one.id])
        del self.memory[one.id]
        self.removed.add(one.id)

    @some
    @precondition(lambda self: bool(self.past))
    @rule(number=NUMBER)
    def undo(self, number: int) -> None:
        """Put back what some document was once, whatever happened since."""
        one = self.past[-1 - number % len(self.past)]
        if one.id in self.removed and one.id not in self.file:
            return  # its own test tells that it stays
        _ = self.open.documents().improvements.get(one.id)
        self.open.put([one])
        self.memory[one.id] = replace(self.memory.get(one.id, Doc()), values=values_of(one))

    @alive
    @rule()
    def flush(self) -> None:
        if self.open.state.saving:
            self.saved()
        self.open.flush()
        assert not self.open.state.saving

    @alive
    @rule()
    def look_outside(self) -> None:
        unseen = self.file != self.known
        change = self.open.check_outside()
        assert not unseen or change
        self.take_in()

    @alive
    @rule()
    def close_and_open(self) -> None:
        if self.open.state.saving:
            self.saved()
        self.open.close()
        self.store = self.shelf.open()
        assert self.store.notices == ()
        self.memory, self.known = dict(self.file), dict(self.file)

    @alive
    @rule()
    def crash(self) -> None:
        self.shelf.kill(self.open)
        self.store = None

    @dead
    @rule()
    def open_again(self) -> None:
        self.take_in()
        self.store = self.shelf.open()

    @precondition(lambda self: bool(self.file))
    @rule(number=NUMBER, name=NAME)
    def write_from_a_shell(self, number: int, name: str) -> None:
        """A command takes the draft up first where no program has the workbook open."""
        if self.store is None:
            self.saved()
        shell, value = self.shelf.open(editor=False), self.fresh("outside")
        if self.file:
            key = sorted(self.file)[number % len(self.file)]
            shell.put([changed(shell.documents().improvements[key], name, value)])
            self.file[key] = self.file[key].with_value(name, value)
        shell.close()
        if self.store is None:
            self.memory, self.known = dict(self.file), dict(self.file)

    @precondition(lambda self: bool(self.file))
    @rule(number=NUMBER, name=NAME, gone=st.sampled_from([False, False, True]))
    def edit_by_hand(self, number: int, name: str, *, gone: bool) -> None:
        """Change the file in place, as an editor or a checkout does."""
        tree, key = json.loads(self.shelf.path.read_bytes()), sorted(self.file)[number % len(self.file)]
        gone = gone and key not in self.removed
        entry, value = tree["improvements"][key], self.fresh("outside")
        if gone:
            del tree["improvements"][key], self.file[key]
        else:
            self.file[key] = self.file[key].with_value(name, value)
            entry |= {name: value} if name in FIELDS else {"readings": {"m": {**entry["readings"]["m"]}}}
            if name in DAYS:
                entry["readings"]["m"][name] = {"value": value, "note": "", "set_aside": None, "of": None, "was": []}
        self.shelf.path.write_text(json.dumps(tree), encoding="utf-8")

    @alive
    @rule(number=NUMBER)
    def restore(self, number: int) -> None:
        there = self.open.backups()
        if there:
            backup = there[number % len(there)]
            wanted = docs_of(Path(backup.path).read_bytes())
            self.open.restore(backup.number)
            self.memory, self.known, self.file = dict(wanted), dict(wanted), dict(wanted)

    @alive
    @rule(number=NUMBER, take_theirs=st.booleans())
    def settle(self, number: int, *, take_theirs: bool) -> None:
        conflicts = self.open.conflicts()
        if not conflicts:
            return
        conflict = conflicts[number % len(conflicts)]
        doc = self.memory[conflict.document]
        parted = doc.parted[conflict.index]
        self.open.resolve_conflict(conflict, take_theirs=take_theirs)
        doc = replace(doc, parted=tuple(each for each in doc.parted if each is not parted))
        if parted.where != WHOLE and take_theirs:
            doc = doc.with_value(parted.where, parted.theirs)
        self.memory[conflict.document] = doc
        if parted.where == WHOLE and not parted.stays[take_theirs]:
            del self.memory[conflict.document]

    @rule()
    def an_hour_goes_by(self) -> None:
        self.shelf.clock.move(hours=1)

    @invariant()
    def memory_is_what_was_typed(self) -> None:
        if self.store is None:
            return
        documents = {key: values_of(each) for key, each in self.store.documents().improvements.items()}
        assert documents == {key: each.values for key, each in self.memory.items()}
        conflicts = {(each.document, each.index) for each in self.store.conflicts()}
        assert conflicts == {(key, index) for key, each in self.memory.items() for index in range(len(each.parted))}

    @invariant()
    def file_is_what_was_saved(self) -> None:
        if self.shelf.path.exists():
            assert docs_of(self.shelf.path.read_bytes()) == self.file


QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


def test_any_life_of_a_workbook_is_what_the_plain_model_says() -> None:
    run_state_machine_as_test(Life, settings=settings(QUIET, max_examples=25, stateful_step_count=30))


@pytest.mark.long
def test_many_long_lives_of_a_workbook_are_what_the_plain_model_says() -> None:
    run_state_machine_as_test(Life, settings=settings(QUIET, max_examples=600, stateful_step_count=60))
