"""What the loader lets in, every view shows, however odd it is, and `doctor` finds what was read as not given."""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.saving import DamagedError, RefusedFileError
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.storage.doctor import examine
from cimodel_tui.storage.file import parse_file
from cimodel_tui.workbook.actions import add_improvement
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.pen import WalkingClock
from tests.workbook.views import look_at_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.storage.conftest import Shelf

GENERATED = parse_file(Path(__file__).with_name("format_1").joinpath("generated.json").read_bytes()).tree

TEXTS = ("", "--5", "9" * 5000, "no \x00[/] step", "0001-01-01", "9999-12-31", "1e999", "٣", None)
VALUES: dict[type, tuple[Any, ...]] = {
    str: TEXTS,
    type(None): TEXTS,
    bool: (True, False),
    int: (0, -1, 2**70),
    float: (0.0, -1e308),
    list: ([],),
    dict: ({}, None),
}
_ID = re.compile(r"[0-9a-f]{12}|\d{4}-\d\d-\d\d")
GONE = object()
"""In place of a value: its key is left out."""


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:  # noqa: ANN401 - JSON
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield (*path, key), each
        yield from places(each, (*path, key))


def with_value(tree: Any, path: tuple[Any, ...], value: object) -> Any:  # noqa: ANN401 - JSON
    """Return a copy with another value at a place."""
    copy = holder = json.loads(json.dumps(tree))
    *way, last = path
    for key in way:
        holder = holder[key]
    if value is GONE:
        del holder[last]
    else:
        holder[last] = value
    return copy


def look(shelf: Shelf, tree: object) -> bool:
    """Tell whether the file is read; then every view of it is looked at, and else one sentence refuses it."""
    shelf.path.write_text(json.dumps(tree))
    try:
        store = shelf.load()
    except RefusedFileError as error:
        assert "\n" not in error.words  # noqa: PT017 - many are refused, and those that are not are looked at
        return False
    look_at_everything(Workbook(store, WalkingClock(), me="Ann"))
    _ = examine(shelf.path, shelf.places)
    return True


def shape(path: tuple[Any, ...]) -> tuple[str, ...]:
    """Return a path in which ids, days and numbers of rows look alike."""
    return tuple("*" if isinstance(each, int) or _ID.fullmatch(each) else each for each in path)


def odd_trees(times: int) -> Iterator[Any]:
    """Yield workbooks with an odd value in one place, each kind of place as often as any other."""
    alike = defaultdict(list)
    for path, value in places(GENERATED):
        alike[shape(path)].append((path, value))
    for _ in range(times):
        path, value = random.choice(alike[random.choice(list(alike))])
        yield with_value(GENERATED, path, random.choice([*VALUES[type(value)], GONE]))


def odd_workbook(path: Path, times: int) -> int:
    """Write a workbook in which every odd value of so many stands that the loader lets in; returns how many do."""
    tree, count = GENERATED, 0
    for _ in range(times):
        where, value = random.choice(list(places(tree)))
        odd = with_value(tree, where, random.choice([*VALUES[type(value)], GONE]))
        with suppress(DamagedError):
            parse_file(json.dumps(odd).encode())
            tree, count = odd, count + 1
    path.write_text(json.dumps(tree))
    return count


def fuzz(shelf: Shelf, times: int) -> int:
    """Look at so many odd workbooks; returns how many were read."""
    return sum(look(shelf, tree) for tree in odd_trees(times))


def test_whatever_stands_in_a_stored_field_is_refused_or_shown(shelf: Shelf) -> None:
    assert fuzz(shelf, 25) > 5


@pytest.mark.long
def test_two_thousand_odd_values_are_refused_or_shown(shelf: Shelf) -> None:
    assert fuzz(shelf, 2000) > 500


def first(tree: Any, table: str) -> str:  # noqa: ANN401 - JSON
    return str(next(iter(tree[table])))


ODD: dict[str, tuple[str, tuple[Any, ...], object, str]] = {
    "a score of one's own": ("improvements", ("score_override",), "--5", "is not a whole number"),
    "a benefit of many digits": ("improvements", ("benefit",), "9" * 5000, "is not a whole number"),
    "a standing that is none": ("improvements", ("standing",), "0001-01-01", "is neither of the two"),
    "a step that is none": ("iterations", ("entered_at",), "nowhere", "not a step"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_value_is_shown_and_named_by_doctor(shelf: Shelf, name: str) -> None:
    table, path, value, words = ODD[name]
    tree = with_value(GENERATED, (table, first(GENERATED, table), "score_reason"), "so it is")
    tree = with_value(tree, (table, first(GENERATED, table), *path), value)
    assert look(shelf, tree)
    assert any(words in each.words for each in examine(shelf.path, shelf.places) if each.kind == "value")


def test_amendment_of_nothing_breaks_its_seal_and_is_named_by_doctor(shelf: Shelf) -> None:
    iterations: Any = GENERATED["iterations"]
    entry, step = next(
        (key, step) for key, each in iterations.items() for step in ("baseline", "target") if each[step]["amendments"]
    )
    tree = with_value(GENERATED, ("iterations", entry, step, "amendments", 0, "path"), [])
    assert look(shelf, tree)
    book = Workbook(shelf.load(), shelf.clock)
    iteration = book.iteration(entry)
    named = seal_problems(book.improvement(iteration.improvement), iteration)
    assert any("the amendment of nothing does not start" in each for each in named)


def test_ref_of_many_digits_is_shown_and_takes_no_number_away(shelf: Shelf) -> None:
    entry = next(key for key, each in GENERATED["improvements"].items() if each["ref"] == "CI-0004")
    tree = with_value(GENERATED, ("improvements", entry, "ref"), "CI-" + "9" * 5000)
    assert look(shelf, tree)
    book = Workbook(shelf.open(), shelf.clock, ids=shelf.ids)
    assert add_improvement(book, "Answer faster").ref == "CI-0004"


def test_improvement_without_an_iteration_is_shown_and_can_be_written_in(shelf: Shelf) -> None:
    tree = with_value(GENERATED, ("iterations",), {})
    assert look(shelf, tree)
    assert sum("has no iteration" in each.words for each in examine(shelf.path, shelf.places)) == 4
    store = shelf.open()
    book = Workbook(store, shelf.clock, ids=shelf.ids)
    improvement = book.improvements()[0]
    empty = book.latest(improvement.id)
    store.flush()
    assert json.loads(shelf.path.read_bytes())["iterations"] == {}
    book.change(Place(improvement.id, empty.id, "vision", "vision"), "A store is helped at once.")
    book.change(Place(improvement.id, step=REGISTER, field="owner"), "Ann")
    store.close()
    again = Workbook(shelf.load(), shelf.clock)
    assert list(json.loads(shelf.path.read_bytes())["iterations"]) == [empty.id]
    assert again.latest(improvement.id).vision.vision == "A store is helped at once."
    assert seal_problems(again.improvement(improvement.id), again.latest(improvement.id)) == ()
