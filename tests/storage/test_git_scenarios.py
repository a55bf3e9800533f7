"""What two people do to one workbook on two branches, merged and rebased by git: nothing breaks or is lost."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action
from cimodel_tui.model.saving import RefusedFileError
from cimodel_tui.model.step import Place
from cimodel_tui.storage.doctor import examine
from cimodel_tui.workbook.actions import add_improvement, archive, set_readings
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.storage.conftest import Shelf
from tests.storage.test_git import Repository, environment_of
from tests.workbook.stories import acted, measured, verified
from tests.workbook.views import look_at_everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from cimodel_tui.model.saving import Conflict

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

LATE, EARLY, AFTER = "2026-01-07", "2026-01-05", "2026-06-29"

Stories = tuple[Pen, Pen, Pen]
"""A measured improvement that is not agreed, one that is agreed and acted on, one that is verified."""


@dataclass
class Team:
    """A repository, and a person who works on its workbook."""

    repository: Repository
    names: list[dict[str, str]]

    def work(self, act: Callable[[Stories], object], who: str) -> None:
        """Open the workbook as a person, act, and close it."""
        store = self.repository.shelf.open(editor=False)
        clock = WalkingClock()
        ids = (f"{who}{number}" for number in range(10_000))
        book = Workbook(store, clock, me=who, ids=lambda: next(ids))
        entries = [each.id for each in book.improvements(archived=True)]
        pens = [Pen(book, clock, entry, dict(names)) for entry, names in zip(entries, self.names, strict=False)]
        for pen in pens:
            pen.on("2026-07-06", who)
        act((pens[0], pens[1], pens[2]))
        store.close()

    def branch(self, name: str, act: Callable[[Stories], object]) -> None:
        self.repository.git("checkout", "-q", "-B", name, "start")
        self.work(act, name)
        self.repository.commit(name)

    def conflicts(self) -> list[Conflict]:
        return list(self.repository.read().conflicts())

    def assert_sound(self, *, open_conflicts: bool) -> None:
        """The workbook opens, every view works, every seal holds, and doctor names nothing but conflicts."""
        store = self.repository.read()
        book = Workbook(store, WalkingClock(), me="Ann")
        look_at_everything(book)
        for improvement in book.improvements(archived=True):
            for iteration in book.iterations(improvement.id):
                assert seal_problems(improvement, iteration) == ()
        shelf = self.repository.shelf
        found = {each.kind for each in examine(shelf.path, shelf.places)}
        assert found <= ({"conflict"} if open_conflicts else set())

    def settle_all(self, *, take_theirs: bool) -> None:
        store = self.repository.shelf.open(editor=False)
        while conflicts := store.conflicts():
            store.resolve_conflict(conflicts[0], take_theirs=take_theirs)
        store.close()


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]]]:
    """A folder with the workbook from which both branches begin."""
    shelf = Shelf(tmp_path_factory.mktemp("start"))
    shelf.create("Desk")
    store, clock, ids = shelf.open(editor=False), WalkingClock(), steady_ids()
    book = Workbook(store, clock, me="Ada", ids=lambda: next(ids))
    pens = [Pen(book, clock) for _ in range(3)]
    measured(pens[0])
    acted(pens[1])
    verified(pens[2])
    pens[2].carry("pages", "drop", "not needed")
    store.close()
    return shelf.folder, [pen.names for pen in pens]


@pytest.fixture
def team(tmp_path: Path, start: tuple[Path, list[dict[str, str]]]) -> Team:
    folder, names = start
    shutil.copytree(folder / "book", tmp_path / "book")
    shelf = Shelf(tmp_path)
    repository = Repository(shelf, environment_of(shelf))
    repository.begin()
    return Team(repository, names)


def nothing(pens: Stories) -> None:
    """Touch the workbook and change nothing but the workbook's title back and forth."""


def reading(at: int, day: str, value: str | None, why: str = "") -> Callable[[Stories], None]:
    def act(pens: Stories) -> None:
        pen = pens[at]
        place = Place(pen.improvement_id, "", "baseline", "metrics", pen.names["hours"])
        set_readings(pen.book, place, {day: Reading(value) if value else None}, why=why)

    return act


def entry(at: int, **answers: str) -> Callable[[Stories], None]:
    return lambda pens: pens[at].entry(**answers)


def written(at: int, step: str, **answers: object) -> Callable[[Stories], None]:
    return lambda pens: pens[at].write(step, **answers)


def pages(**columns: object) -> Callable[[Stories], None]:
    return lambda pens: pens[1].cells("plan", "actions", "pages", because="", **columns)


def action(row: str) -> Callable[[Stories], None]:
    return lambda pens: pens[1].rows("plan", "actions", Action, **{row: {"what": row}})


def without_action(pens: Stories) -> None:
    rows = [row for row in pens[1].iteration.plan.actions if row.id != pens[1].names["pages"]]
    pens[1].write("plan", actions=tuple(rows))


def agree(pens: Stories) -> None:
    pens[0].agree("baseline", "Grace")


def remove(pens: Stories) -> None:
    """Take an improvement away, as undoing its addition does."""
    pen = pens[0]
    ids = [pen.improvement_id, *(each.id for each in pen.book.iterations(pen.improvement_id))]
    pen.book.commit(Place(), [], removed=ids)


def begin_next(pens: Stories) -> None:
    pens[2].write("momentum", next="now")
    pens[2].next()


def begin_next_and_agree(pens: Stories) -> None:
    begin_next(pens)
    pens[2].agree("baseline", "Grace")


def add(title: str) -> Callable[[Stories], object]:
    return lambda pens: add_improvement(pens[0].book, title)


def both(*acts: Callable[[Stories], object]) -> Callable[[Stories], None]:
    def act(pens: Stories) -> None:
        for each in acts:
            each(pens)

    return act


def retitled(title: str) -> Callable[[Stories], None]:
    def act(pens: Stories) -> None:
        book = pens[0].book
        book.commit(Place(), [replace(book.documents.title, title=title)])

    return act


CLEAN: dict[str, tuple[Callable[[Stories], object], Callable[[Stories], object]]] = {
    "two improvements": (entry(0, owner="Bob"), entry(1, owner="Cid")),
    "two fields of one": (entry(0, owner="Bob"), entry(0, sponsor="Cid")),
    "the same answer": (entry(0, owner="Bob"), entry(0, owner="Bob")),
    "readings of two days": (reading(0, LATE, "7"), reading(0, "2026-01-08", "8")),
    "two new rows": (action("one"), action("two")),
    "two columns of a row": (
        pages(owner="Bob"),
        pages(effort="3"),
    ),
    "agreed, and a reading after the stretch": (agree, reading(0, AFTER, "5")),
    "a reading after the stretch, and agreed": (reading(0, AFTER, "5"), agree),
    "amended by one": (reading(1, LATE, "7", "came late"), entry(1, owner="Bob")),
    "amended by the other": (written(1, "vision", why_now="now"), reading(1, EARLY, None, "counted twice")),
    "one reading the same way": (reading(0, LATE, "7"), reading(0, LATE, "7")),
    "removed by both": (remove, remove),
    "begun by one": (begin_next, written(2, "momentum", lessons_shared="told the others")),
    "begun and agreed by the other": (written(2, "vision", why_now="now"), begin_next_and_agree),
    "archived, and edited": (lambda pens: archive(pens[0].book, pens[0].improvement), entry(0, owner="Bob")),
    "one ref given twice": (add("Answer faster"), add("Ask less often")),
}


@pytest.mark.parametrize("name", CLEAN)
def test_merge_is_clean_and_nothing_is_broken(team: Team, name: str) -> None:
    ours, theirs = CLEAN[name]
    team.branch("ours", ours)
    team.branch("theirs", theirs)
    merge = team.repository.merge("ours", "theirs")
    assert merge.returncode == 0, merge.stdout + merge.stderr
    assert team.conflicts() == []
    team.assert_sound(open_conflicts=False)


CONFLICTS: dict[str, tuple[Callable[[Stories], object], Callable[[Stories], object], int]] = {
    "one field": (entry(0, owner="Bob"), entry(0, owner="Cid"), 1),
    "one reading": (reading(0, LATE, "7"), reading(0, LATE, "8"), 1),
    "a row changed and removed": (pages(owner="Bob"), without_action, 1),
    "agreed here, a reading added there": (agree, reading(0, LATE, "70"), 1),
    "a reading changed here, agreed there": (reading(0, EARLY, "70"), agree, 1),
    "agreed by both": (agree, both(reading(0, LATE, "70"), agree), 1),
    "amended by both": (reading(1, LATE, "7", "came late"), reading(1, EARLY, "7", "a slip"), 1),
    "added and undone here, edited there": (remove, entry(0, owner="Bob"), 1),
    "edited here, added and undone there": (written(0, "vision", vision="All is well."), remove, 1),
    "begun by both, and who decided it": (begin_next, begin_next, 2),
    "begun by both and agreed": (begin_next_and_agree, both(reading(2, AFTER, "5"), begin_next_and_agree), 2),
    "the workbook's title": (retitled("Desk one"), retitled("Desk two"), 1),
}


@pytest.mark.parametrize("name", CONFLICTS)
def test_conflict_breaks_nothing_and_is_settled_for_either_side(team: Team, name: str) -> None:
    ours, theirs, number = CONFLICTS[name]
    team.branch("ours", ours)
    team.branch("theirs", theirs)
    merge = team.repository.merge("ours", "theirs")
    output = merge.stdout + merge.stderr
    assert merge.returncode == 1, output
    assert output.count("conflict: ") == number
    assert len(team.conflicts()) == number
    team.assert_sound(open_conflicts=True)
    path = team.repository.shelf.path
    before = path.read_bytes()
    for take_theirs in (True, False):
        path.write_bytes(before)
        team.settle_all(take_theirs=take_theirs)
        team.assert_sound(open_conflicts=False)
    team.repository.commit("settled")
    assert team.repository.git("status", "--porcelain", "--untracked-files=no").stdout == ""


def test_rebase_replays_ours_on_theirs(team: Team) -> None:
    team.branch("theirs", both(entry(0, sponsor="Cid"), reading(0, LATE, "8")))
    team.branch("ours", entry(0, owner="Bob"))
    team.work(reading(0, "2026-01-08", "9"), "Bob")
    team.repository.commit("more")
    team.repository.git("rebase", "-q", "theirs")
    documents = team.repository.read().documents()
    improvement = documents.improvements[documents.register[0]]
    assert (improvement.owner, improvement.sponsor) == ("Bob", "Cid")
    assert {LATE, "2026-01-08"} <= next(iter(improvement.readings.values())).keys()
    team.assert_sound(open_conflicts=False)


def test_rebase_that_conflicts_stops_and_goes_on_once_it_is_settled(team: Team) -> None:
    team.branch("theirs", reading(0, LATE, "70"))
    team.branch("ours", agree)
    rebase = team.repository.git("rebase", "-q", "theirs", check=False)
    assert rebase.returncode == 1
    assert "conflict: CI-0001, iteration 1" in rebase.stdout + rebase.stderr
    team.assert_sound(open_conflicts=True)
    team.settle_all(take_theirs=True)  # in a rebase the commit that is replayed is theirs
    team.repository.git("add", team.repository.shelf.path.name)
    team.repository.git("-c", "core.editor=true", "rebase", "--continue")
    team.assert_sound(open_conflicts=False)
    assert team.repository.git("log", "--oneline").stdout.count("\n") == 3


def test_branch_of_0_1_merges_into_a_newer_workbook(team: Team) -> None:
    path = team.repository.shelf.path
    team.repository.git("checkout", "-q", "-B", "old", "start")
    path.write_text(of_format_1(path.read_text()))
    team.repository.commit("the format of 0.1")
    team.repository.git("tag", "-f", "start")
    team.branch("ours", entry(0, owner="Bob"))
    assert '"format": 2' in path.read_text()
    team.repository.git("checkout", "-q", "-B", "theirs", "start")
    path.write_text(path.read_text().replace('"summary": ""', '"summary": "told"', 1))
    team.repository.commit("by 0.1")
    assert team.repository.merge("ours", "theirs").returncode == 0
    team.assert_sound(open_conflicts=False)
    improvements = team.repository.read().documents().improvements.values()
    assert "told" in {each.summary for each in improvements}
    assert "Bob" in {each.owner for each in improvements}


def of_format_1(text: str) -> str:
    tree: dict[str, Any] = json.loads(text)
    for document in tree["workbook"].values():
        document["format"] = 1
    rows = [
        row for each in tree["improvements"].values() for days in each["readings"].values() for row in days.values()
    ]
    rows += [metric for each in tree["iterations"].values() for metric in each["baseline"]["metrics"]]
    for row in rows:
        for name in {"of", "was", "kind", "per", "zone", "feed", "recipe"} & row.keys():
            del row[name]
    return json.dumps(tree, indent=2, sort_keys=True) + "\n"


def test_markers_of_a_merge_without_the_driver_are_named_with_the_way_out(team: Team) -> None:
    team.repository.git("config", "--unset", "merge.cimodel.driver")
    team.branch("ours", entry(0, owner="Bob"))
    team.branch("theirs", entry(0, owner="Cid"))
    assert team.repository.merge("ours", "theirs").returncode == 1
    shelf = team.repository.shelf
    before = shelf.path.read_bytes()
    with pytest.raises(RefusedFileError, match=r"conflict markers in it, from line [0-9]+: .*git checkout --ours"):
        shelf.load()
    (finding,) = examine(shelf.path, shelf.places)
    assert "conflict markers" in finding.words
    assert shelf.path.read_bytes() == before
