"""What is looked at quickly, or later, says the same as what is looked at closely, and at once."""

import copy
from collections.abc import Iterator

import pytest

from cimodel_tui.model.answer import Json
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import DamagedError
from cimodel_tui.storage.documents import KINDS, check_documents, decode_document, encode_document, shape_of_table
from cimodel_tui.storage.schema import Document
from tests.benchmarks.workbooks import improvement_id, metric_id, tree

WRONG: tuple[Json, ...] = ([1], {"a": 1}, 1.5, None, "text", True, [{"id": 3}])
"""One of these fits nowhere in particular."""


def places(value: Json, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of everything within a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield (*path, key)
        yield from places(each, (*path, key))


def put(document: Document, path: tuple[str | int, ...], value: Json) -> Document:
    """Return a copy of a document with something else in one place."""
    changed = copy.deepcopy(document)
    holder: Json = changed
    for key in path[:-1]:
        holder = holder[key]  # type: ignore[index]  # the path leads through objects and lists
    holder[path[-1]] = value  # type: ignore[index]  # as above
    return changed


@pytest.mark.parametrize("table", KINDS)
def test_quick_look_lets_nothing_pass_that_a_close_look_refuses(table: str) -> None:
    sound = next(iter(tree(1, metrics=1, readings=2)[table].values()))
    shape = shape_of_table(table)
    assert shape.all_fit([sound])
    for path in places(sound):
        for wrong in WRONG:
            damaged = put(sound, path, wrong)
            if shape.all_fit([sound, damaged]):
                assert shape.check(damaged) is None, (path, wrong)


def test_one_damaged_reading_among_many_documents_is_named() -> None:
    workbook = tree(3, metrics=1, readings=2)
    damaged = workbook["improvements"][improvement_id(2)]
    workbook["improvements"][improvement_id(2)] = put(
        damaged, ("readings", metric_id(2, 0), "2020-01-02", "note"), False
    )
    with pytest.raises(DamagedError, match="improvements, i00000000002, readings, m00000200000, 2020-01-02, note"):
        check_documents(workbook)


def test_field_that_is_left_out_takes_its_default() -> None:
    workbook = tree(1)
    document = next(iter(workbook["iterations"].values()))
    del document["reason"]
    check_documents(workbook)
    iteration = decode_document(("iterations", "x"), document)
    assert isinstance(iteration, Iteration)
    assert iteration.reason == ""


def test_readings_that_are_decoded_later_are_the_same_readings() -> None:
    plain = tree(1, metrics=2, readings=3)["improvements"][improvement_id(1)]
    found = decode_document(("improvements", improvement_id(1)), plain)
    assert isinstance(found, Improvement)
    metric = found.readings[metric_id(1, 1)]
    assert list(metric) == ["2020-01-01", "2020-01-02", "2020-01-03"]
    assert metric["2020-01-01"] == Reading("90.5")
    assert metric == {day: metric[day] for day in metric}
    assert encode_document(found, None, plain) == plain


def test_a_reading_is_decoded_once() -> None:
    plain = tree(1, metrics=1, readings=1)["improvements"][improvement_id(1)]
    found = decode_document(("improvements", improvement_id(1)), plain)
    assert isinstance(found, Improvement)
    days = found.readings[metric_id(1, 0)]
    assert days["2020-01-01"] is days["2020-01-01"]
