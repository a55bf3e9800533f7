"""A workbook in a real git repository: small differences, and merges that lose nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan
from tests.storage.conftest import Shelf
from tests.waiting import PROGRAM_DEADLINE

if TYPE_CHECKING:
    from cimodel_tui.storage.store import WorkbookStore

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

DAY, ACTION = "2026-01-05", Action(id="a0", what="the first action")
ONE = Improvement(id="one", ref="CI-0001", title="One", owner="Ann", readings={"m": {DAY: Reading("7")}})
FIRST = Iteration(id="p", improvement="one", plan=Plan(actions=(ACTION,)), baseline=Baseline(metrics=(Metric(id="m"),)))


@dataclass
class Repository:
    """A repository with one workbook, and `cimodel-tui merge` set up as README says."""

    shelf: Shelf
    environment: dict[str, str]

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = ["git", *words]
        folder = self.shelf.path.parent
        return subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=PROGRAM_DEADLINE,
        )

    def commit(self, words: str = "work") -> None:
        self.git("add", "-A", ".gitattributes", self.shelf.path.name)
        self.git("commit", "-q", "-m", words)

    def changed_lines(self) -> list[str]:
        """Return the lines that differ from what was committed."""
        lines = self.git("diff", "--unified=0").stdout.splitlines()
        return [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]

    def on_branch(self, name: str, *documents: Improvement | Iteration) -> None:
        """Write documents on a branch that begins at the first commit."""
        self.git("checkout", "-q", "-B", name, "start")
        self.shelf.from_shell(*documents)
        self.commit(name)

    def merge(self, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        self.git("checkout", "-q", ours)
        return self.git("merge", "-q", "-m", "merge", theirs, check=False)

    def read(self) -> WorkbookStore:
        return self.shelf.load()

    def begin(self) -> None:
        """Make the repository of what is there, with the merge driver."""
        self.git("init", "-q")
        self.git("config", "merge.cimodel.driver", f"'{sys.executable}' -m cimodel_tui merge %O %A %B")
        (self.shelf.path.parent / ".gitattributes").write_text("*.json merge=cimodel\n")
        self.commit("start")
        self.git("tag", "start")


def environment_of(shelf: Shelf) -> dict[str, str]:
    """Return the environment of git: a home of its own, and somebody who commits."""
    home = {"HOME": str(shelf.folder), "XDG_STATE_HOME": str(shelf.folder / "home"), "GIT_CONFIG_NOSYSTEM": "1"}
    who = {f"GIT_{role}_{part}": "ann@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    return {"PATH": os.environ["PATH"], **home, **who}


@pytest.fixture
def repository(shelf: Shelf) -> Repository:
    made = Repository(shelf, environment_of(shelf))
    shelf.create()
    shelf.from_shell(ONE, FIRST)
    made.begin()
    return made


def with_reading(day: str, value: str) -> Improvement:
    return replace(ONE, readings={"m": {**ONE.readings["m"], day: Reading(value)}})


def with_action(row_id: str, what: str) -> Iteration:
    return replace(FIRST, plan=Plan(actions=(ACTION, Action(id=row_id, what=what))))


def test_one_edited_field_is_one_changed_line(repository: Repository) -> None:
    repository.shelf.from_shell(replace(ONE, owner="Bob"))
    assert repository.changed_lines() == ['-      "owner": "Ann",', '+      "owner": "Bob",']


def test_one_edited_cell_of_a_table_is_one_changed_line(repository: Repository) -> None:
    repository.shelf.from_shell(replace(FIRST, plan=Plan(actions=(replace(ACTION, due="2026-03-01"),))))
    assert [line.strip("+- ,") for line in repository.changed_lines()] == ['"due": ""', '"due": "2026-03-01"']


def test_opening_and_closing_changes_nothing(repository: Repository) -> None:
    store = repository.shelf.open()
    _ = store.documents().improvements["one"]
    store.close()
    assert repository.git("status", "--porcelain", "--untracked-files=no").stdout == ""


def test_readings_actions_and_improvements_of_two_branches_merge_without_conflict(repository: Repository) -> None:
    mine, yours = (Improvement(id=name, ref=f"CI-000{number}") for name, number in (("mine", 2), ("yours", 3)))
    repository.on_branch("ours", with_reading("2026-01-12", "8"), with_action("a1", "ours"), mine)
    repository.on_branch("theirs", with_reading("2026-01-19", "9"), with_action("a2", "theirs"), yours)
    merge = repository.merge("ours", "theirs")
    assert merge.returncode == 0, merge.stdout + merge.stderr
    documents = repository.read().documents()
    assert {day: each.value for day, each in documents.improvements["one"].readings["m"].items()} == {
        DAY: "7",
        "2026-01-12": "8",
        "2026-01-19": "9",
    }
    assert [each.what for each in documents.iterations["p"].plan.actions] == ["the first action", "ours", "theirs"]
    assert set(documents.improvements) == {"one", "mine", "yours"}
    assert repository.read().conflicts() == []
    repository.shelf.open().close()
    assert repository.git("status", "--porcelain", "--untracked-files=no").stdout == ""


def test_same_ref_on_two_branches_is_renumbered_and_named(repository: Repository) -> None:
    repository.on_branch("ours", Improvement(id="mine", ref="CI-0002"))
    repository.on_branch("theirs", Improvement(id="yours", ref="CI-0002"))
    merge = repository.merge("ours", "theirs")
    assert merge.returncode == 0
    assert "CI-0002 of theirs is CI-0003 now" in merge.stdout + merge.stderr
    improvements = repository.read().documents().improvements
    assert {key: (each.ref, each.was) for key, each in improvements.items()} == {
        "one": ("CI-0001", ()),
        "mine": ("CI-0002", ()),
        "yours": ("CI-0003", ("CI-0002",)),
    }


def test_two_edits_of_one_field_conflict_and_lose_neither(repository: Repository) -> None:
    repository.on_branch("ours", replace(ONE, owner="Bob"))
    repository.on_branch("theirs", replace(ONE, owner="Cid", sponsor="Dee"))
    merge = repository.merge("ours", "theirs")
    assert merge.returncode == 1
    assert 'ours "Bob", theirs "Cid"' in merge.stdout + merge.stderr
    assert repository.git("status", "--porcelain", "--untracked-files=no").stdout.startswith("UU ")
    merged = repository.read()
    assert (merged.documents().improvements["one"].owner, merged.documents().improvements["one"].sponsor) == (
        "Bob",
        "Dee",
    )
    (conflict,) = merged.conflicts()
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Ann", "Bob", "Cid")
    store = repository.shelf.open()
    store.resolve_conflict(conflict, take_theirs=True)
    store.close()
    repository.commit("settled")
    assert repository.read().documents().improvements["one"].owner == "Cid"
    assert b"conflicts" not in repository.shelf.path.read_bytes()


def test_file_that_was_added_on_both_branches_merges_too(repository: Repository) -> None:
    shelf = repository.shelf
    shelf.path = shelf.path.with_name("second.json")
    for branch, name in (("ours", "mine"), ("theirs", "yours")):
        repository.git("checkout", "-q", "-B", branch, "start")
        shelf.create("Second")
        shelf.from_shell(Improvement(id=name, ref="CI-0001"))
        repository.commit(branch)
    assert repository.merge("ours", "theirs").returncode == 0
    assert {each.ref for each in repository.read().documents().improvements.values()} == {"CI-0001", "CI-0002"}


def test_pull_under_a_running_program_is_taken_in_with_what_was_typed(repository: Repository) -> None:
    repository.on_branch("theirs", with_reading("2026-01-19", "9"), replace(FIRST, reason="theirs"))
    repository.git("checkout", "-q", "-B", "main", "start")
    store = repository.shelf.open()
    store.put([with_reading("2026-01-12", "8")])
    repository.git("merge", "-q", "theirs")
    change = store.check_outside()
    assert change is not None
    assert "both were merged" in change.words
    store.close()
    documents = repository.read().documents()
    assert sorted(documents.improvements["one"].readings["m"]) == [DAY, "2026-01-12", "2026-01-19"]
    assert documents.iterations["p"].reason == "theirs"


def test_checkout_of_an_older_state_under_a_running_program_is_read_anew(repository: Repository) -> None:
    store = repository.shelf.open()
    store.put([replace(ONE, owner="Bob")])
    store.flush()
    repository.commit("Bob")
    repository.git("checkout", "-q", "start")
    assert store.check_outside() is not None
    assert store.documents().improvements["one"].owner == "Ann"
    assert not store.state.saving
