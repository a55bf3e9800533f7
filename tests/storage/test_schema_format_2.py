"""Real files of format 1 in the program of format 2: the sample of 0.1, and a workbook with many amendments."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.agreement import seal_problems, sealed_copy, unamended_differences
from cimodel_tui.model.improvement import Restated
from cimodel_tui.model.step import Place
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.documents import decode_document, encode_document
from cimodel_tui.storage.open import merge_files
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS, Migrations
from cimodel_tui.workbook.workbook import Workbook

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cimodel_tui.model.iteration import Documents, Iteration
    from cimodel_tui.storage.store import WorkbookStore
    from tests.storage.conftest import Shelf

FILES = Path(__file__).with_name("format_1")
OF_0_1 = Migrations(current=1)
READING: dict[str, object] = {"of": None, "was": []}
METRIC: dict[str, object] = {"kind": "value", "per": "", "zone": "", "feed": "", "recipe": None}


@pytest.fixture(params=["sample", "generated"])
def old(request: pytest.FixtureRequest, shelf: Shelf) -> bytes:
    """A file that 0.1 wrote, in its place."""
    data = (FILES / f"{request.param}.json").read_bytes()
    shelf.path.write_bytes(data)
    return data


def broken_seals(documents: Documents) -> list[str]:
    pairs = ((documents.improvements[each.improvement], each) for each in documents.iterations.values())
    return [words for improvement, iteration in pairs for words in seal_problems(improvement, iteration)]


def with_owner(store: WorkbookStore, owner: str) -> None:
    one = store.documents().improvements[store.documents().register[0]]
    store.put([replace(one, owner=owner)])


def migrated(shelf: Shelf) -> dict[str, Any]:
    store = shelf.open()
    with_owner(store, "Ann")
    store.close()
    found: dict[str, Any] = json.loads(shelf.path.read_bytes())
    return found


def rows(tree: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Mapping[str, object]]]:
    """Yield every reading and every metric, each with what format 2 added to it."""
    for improvement in tree["improvements"].values():
        for days in improvement["readings"].values():
            yield from ((reading, READING) for reading in days.values())
    for iteration in tree["iterations"].values():
        yield from ((metric, METRIC) for metric in iteration["baseline"]["metrics"])


def test_opening_and_closing_an_older_file_leaves_it_as_it_is(shelf: Shelf, old: bytes) -> None:
    before = shelf.written
    store = shelf.open()
    assert not store.state.saving
    store.flush()
    store.close()
    assert shelf.load().documents().register
    assert (shelf.written, shelf.path.read_bytes()) == (before, old)


def test_first_change_writes_format_2_with_a_backup_before(shelf: Shelf, old: bytes) -> None:
    found = migrated(shelf)
    (backup,) = shelf.load().backups()
    assert Path(backup.path).read_bytes() == old
    assert [each["format"] for each in found["workbook"].values()] == [2]
    for row, added in list(rows(found)):
        assert added == {name: row.pop(name) for name in added}
    before = json.loads(old)
    for each in found["improvements"].values():
        assert each.pop("imported_status") == ""
    for each in (*before["workbook"].values(), *found["workbook"].values()):
        del each["format"]
    first = min(before["improvements"], key=lambda key: before["improvements"][key]["ref"])
    before["improvements"][first]["owner"] = "Ann"
    assert found == before


def test_every_key_that_the_model_has_is_written(shelf: Shelf, old: bytes) -> None:
    assert old
    found = migrated(shelf)
    for table in (IMPROVEMENTS, ITERATIONS):
        for doc_id, document in found[table].items():
            thing = decode_document((table, doc_id), document)
            assert document == encode_document(thing, None, document), (
                "a new field of the model needs a line in the migration"
            )


def test_every_seal_of_an_older_file_holds_before_and_after(shelf: Shelf, old: bytes) -> None:
    assert b'"sha256"' in old
    assert broken_seals(shelf.load().documents()) == []
    migrated(shelf)
    assert broken_seals(shelf.load().documents()) == []
    assert [each.words for each in examine(shelf.path, shelf.places) if each.unsound] == []


def test_sealed_copies_are_not_migrated(shelf: Shelf, old: bytes) -> None:
    copies = [each["baseline"]["seal"] for each in json.loads(old)["iterations"].values()]
    assert [each["baseline"]["seal"] for each in migrated(shelf)["iterations"].values()] == copies


def sealed_metric(book: Workbook) -> tuple[Iteration, Place]:
    """Return an iteration with an agreed baseline that is the latest of its improvement, and its first metric."""
    found = (book.latest(each.id) for each in book.improvements())
    iteration = next(each for each in found if each.baseline.seal)
    metric = iteration.baseline.metrics[0].id
    return iteration, Place(iteration.improvement, iteration.id, "baseline", "metrics", metric)


@pytest.mark.parametrize("column", ["per", "zone"])
def test_what_an_old_seal_leaves_out_is_amended_like_the_rest(shelf: Shelf, old: bytes, column: str) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    amendments_before = len(iteration.baseline.amendments)
    book.change(replace(place, column=column), "x", why="it always was")
    (amendment,) = book.iteration(iteration.id).baseline.amendments[amendments_before:]
    assert (amendment.path[-1], amendment.before) == (column, "")
    assert broken_seals(book.documents) == []


def test_kind_that_is_changed_past_an_old_seal_is_told(shelf: Shelf, old: bytes) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    metrics = tuple(replace(each, kind="share") for each in iteration.baseline.metrics)
    changed = replace(iteration, baseline=replace(iteration.baseline, metrics=metrics))
    found = unamended_differences(book.improvement(iteration.improvement), changed, "baseline")
    assert (("metrics", place.row, "kind"), "value", "share") in found


def test_metric_of_an_old_seal_is_taken_away_and_its_seal_holds(shelf: Shelf, old: bytes) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    rest = tuple(each for each in iteration.baseline.metrics if each.id != place.row)
    book.change(replace(place, row=""), rest, why="not needed")
    assert broken_seals(book.documents) == []
    book.undo()
    assert broken_seals(book.documents) == []


def test_where_readings_come_from_and_what_they_were_is_not_sealed(shelf: Shelf, old: bytes) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    book.change(replace(place, column="feed"), "fcr")
    improvement = book.improvement(iteration.improvement)
    days = dict(improvement.readings[place.row])
    day = next(iter(days))
    days[day] = replace(days[day], was=(Restated("7", at="2026-03-02T09:30:00Z", by="fcr"),))
    readings = {**improvement.readings, place.row: days}
    book.commit(Place(improvement.id), [replace(improvement, readings=readings)])
    assert broken_seals(book.documents) == []


def test_recipe_that_is_first_saved_after_agreeing_leaves_the_seal_whole(shelf: Shelf, old: bytes) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    before = iteration.baseline.amendments
    book.change(replace(place, column="recipe"), {"measure": "share", "where": []})
    assert book.iteration(iteration.id).baseline.amendments == before
    assert broken_seals(book.documents) == []


def test_total_of_a_sealed_reading_is_covered(shelf: Shelf, old: bytes) -> None:
    assert old
    book = Workbook(shelf.open(), shelf.clock, me="Ann", ids=shelf.ids)
    iteration, place = sealed_metric(book)
    improvement = book.improvement(iteration.improvement)
    stretch = sealed_copy(improvement, iteration, "baseline")["readings"]
    assert isinstance(stretch, dict)
    sealed_days = stretch[place.row]
    assert isinstance(sealed_days, dict)
    day = next(iter(sealed_days))
    days = {**improvement.readings[place.row], day: replace(improvement.readings[place.row][day], of="50")}
    changed = replace(improvement, readings={**improvement.readings, place.row: days})
    assert any("past its seal" in each for each in seal_problems(changed, book.iteration(iteration.id)))
    book.commit(Place(improvement.id), [changed], why="the total is known now")
    assert broken_seals(book.documents) == []


def test_older_file_merged_with_a_newer_one_gives_the_newer_format(shelf: Shelf, old: bytes) -> None:
    base, ours, theirs = (shelf.folder / name for name in ("base.json", "ours.json", "theirs.json"))
    for path in (base, ours, theirs):
        path.write_bytes(old)
    shelf.path = theirs
    migrated(shelf)
    for mine, others in ((ours, theirs), (theirs, base)):
        result = merge_files(base, mine, others, shelf.context)
        assert (result.conflicts, result.renumbered) == ((), ())
        tree = json.loads(mine.read_bytes())
        assert [each["format"] for each in tree["workbook"].values()] == [2]
        assert all(added.keys() <= row.keys() for row, added in rows(tree))
        assert "Ann" in {each["owner"] for each in tree["improvements"].values()}


def test_draft_and_backup_of_0_1_are_taken_up(shelf: Shelf, old: bytes) -> None:
    store = shelf.open(migrations=OF_0_1)
    with_owner(store, "Ann")
    store.flush()
    with_owner(store, "Bob")
    shelf.kill(store)
    assert b'"format":1' in shelf.site.draft.read_bytes()
    again = shelf.open()
    assert again.documents().improvements[again.documents().register[0]].owner == "Bob"
    assert broken_seals(again.documents()) == []
    again.flush()
    number = max(each.number for each in again.backups())
    again.restore(number)
    again.close()
    tree = json.loads(shelf.path.read_bytes())
    assert [each["format"] for each in tree["workbook"].values()] == [2]
    assert {each["owner"] for each in tree["improvements"].values()} == {
        each["owner"] for each in json.loads(old)["improvements"].values()
    }


def test_older_file_that_comes_from_outside_is_backed_up_before_it_is_written(shelf: Shelf, old: bytes) -> None:
    store = shelf.open()
    with_owner(store, "Ann")
    store.flush()
    shelf.path.write_bytes(old.replace(b'"sponsor": ""', b'"sponsor": "Zoe"'))
    outside = shelf.path.read_bytes()
    assert store.check_outside() is not None
    assert shelf.path.read_bytes() == outside
    with_owner(store, "Bob")
    store.close()
    assert outside in [Path(each.path).read_bytes() for each in shelf.load().backups()]


def test_program_of_0_1_opens_the_new_format_read_only(shelf: Shelf, old: bytes) -> None:
    assert old
    migrated(shelf)
    before = shelf.written
    store = shelf.open(migrations=OF_0_1)
    assert "newer version" in store.read_only
    assert store.documents().register
    store.close()
    assert shelf.written == before


def test_doctor_says_that_the_format_is_older(shelf: Shelf, old: bytes) -> None:
    assert old
    (finding,) = examine(shelf.path, shelf.places)
    assert (finding.kind, finding.unsound) == ("format", False)
    assert "format 1" in finding.words
    migrated(shelf)
    assert examine(shelf.path, shelf.places) == ()
