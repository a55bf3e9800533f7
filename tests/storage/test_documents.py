from __future__ import annotations

import copy
import json
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement, Reading, Title
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.seal import Amendment, Seal
from cimodel_tui.storage.documents import (
    MapShape,
    OptionalShape,
    RecordShape,
    RowsShape,
    SeriesShape,
    decode_document,
    encode_document,
    key_of,
    shape_of,
    shape_of_table,
)
from cimodel_tui.storage.schema import FreeShape, ScalarShape, Shape, TextsShape

if TYPE_CHECKING:
    from tests.storage.conftest import Shelf

IDS = st.text("abcdefgh", min_size=3, max_size=5)

SIMPLE: dict[type, st.SearchStrategy[Any]] = {
    str: st.text(max_size=3),
    int: st.integers(1, 9),
    bool: st.booleans(),
    type(None): st.none(),
}


def values(shape: Shape) -> st.SearchStrategy[Any]:
    """Draw a value of the model of this shape."""
    match shape:
        case RecordShape():
            found = records(shape)
        case RowsShape():
            found = st.lists(records(shape.record), max_size=2, unique_by=lambda row: row.id).map(tuple)
        case MapShape():
            found = st.dictionaries(IDS, values(shape.inner), max_size=2)
        case OptionalShape():
            found = st.none() | values(shape.inner)
        case SeriesShape():
            found = st.lists(records(shape.record), max_size=2).map(tuple)
        case TextsShape():
            found = st.lists(st.text(max_size=3), max_size=2).map(tuple)
        case FreeShape():
            found = st.none() | st.text(max_size=3) | st.integers(-5, 5) | st.lists(st.booleans(), max_size=2)
        case _:
            assert isinstance(shape, ScalarShape)
            found = st.one_of(*(SIMPLE[kind] for kind in sorted(shape.types, key=str)))
    return found


def records(shape: RecordShape) -> st.SearchStrategy[Any]:
    drawn = {name: values(each) for name, each in shape.shapes.items() if name != "id"}
    given_id = {"id": IDS} if any(each.name == "id" for each in fields(shape.kind)) else {}
    return st.builds(shape.kind, **given_id, **drawn)


THINGS = st.one_of(*(records(shape_of_table(table)) for table in ("workbook", "improvements", "iterations")))
QUICK = settings(
    max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)


@QUICK
@given(THINGS)
def test_every_answer_of_the_model_comes_back_as_it_was(thing: Title | Improvement | Iteration) -> None:
    plain = json.loads(json.dumps(encode_document(thing)))
    assert shape_of_table(key_of(thing)[0]).check(plain) is None
    assert decode_document(key_of(thing), plain) == thing


@QUICK
@given(st.data())
def test_encoding_over_the_old_document_gives_the_same_as_encoding_anew(data: st.DataObject) -> None:
    old = data.draw(records(shape_of_table("iterations")))
    name = data.draw(st.sampled_from(["vision", "baseline", "target", "plan", "action", "check", "momentum", "reason"]))
    new = replace(data.draw(records(shape_of_table("iterations"))), id=old.id)
    new = replace(old, **{name: getattr(new, name)})
    before = encode_document(old)
    original = copy.deepcopy(before)
    assert encode_document(new, old, before) == encode_document(new)
    assert before == original


def iteration() -> Iteration:
    return Iteration(
        id="i",
        improvement="m",
        baseline=Baseline(
            metrics=(Metric(id="a", name="A"), Metric(id="b", name="B")),
            seal=Seal(by="Ann", on="2026-01-01", at="2026-01-01T00:00:00Z", sha256="x", copy={"a": 1}),
            amendments=(Amendment(id="z", at="", on="", by="", path=("a",), before=None, after="1", why=""),),
        ),
        plan=Plan(actions=(Action(id="c", what="do", depends_on=("d",)),)),
        check=Check(measured={"a": {"mean": 1.5, "n": 12}}, verdict={"level": "achieved"}),
    )


def strewn(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the plain value with a field that nobody knows in every object that stands for a dataclass."""
    if isinstance(value, dict):
        found = {
            name: each if name in ("copy", "measured", "verdict") else strewn(each) for name, each in value.items()
        }
        return {**found, "unknown": {"deep": [1, None, "x"]}}
    return [strewn(each) for each in value] if isinstance(value, list) else value


def test_fields_that_nobody_knows_are_carried_through_at_every_depth() -> None:
    plain = strewn(encode_document(iteration()))
    was = decode_document(("iterations", "i"), plain)
    assert was == iteration()
    assert isinstance(was, Iteration)
    turned = tuple(reversed([replace(each, unit="h") for each in was.baseline.metrics]))
    changed = replace(was, reason="new", baseline=replace(was.baseline, metrics=turned))
    for old in (was, None):
        after = encode_document(changed, old, plain)
        assert after == {**plain, "reason": "new", "baseline": after["baseline"]}
        wanted = [{**row, "unit": "h"} for row in reversed(plain["baseline"]["metrics"])]
        assert after["baseline"] == {**plain["baseline"], "metrics": wanted}


def test_reading_keeps_what_nobody_knows_by_its_date() -> None:
    was = Improvement(id="m", ref="CI-0001", readings={"a": {"2026-01-05": Reading("7"), "2026-01-12": Reading("8")}})
    plain = encode_document(was)
    plain["readings"]["a"]["2026-01-05"]["by"] = "Ann"  # type: ignore[index,call-overload]  # JSON
    fewer = {"a": {"2026-01-05": Reading("7.1")}}
    readings = encode_document(replace(was, readings=fewer), was, plain)["readings"]
    assert readings == {
        "a": {"2026-01-05": {"value": "7.1", "note": "", "set_aside": None, "of": None, "was": [], "by": "Ann"}}
    }


def test_unknown_tables_and_fields_survive_a_real_save(shelf: Shelf) -> None:
    improvement = shelf.improvement(1)
    shelf.create()
    shelf.from_shell(improvement, shelf.iteration(improvement))
    tree = json.loads(shelf.path.read_bytes())
    for table in ("improvements", "iterations"):
        tree[table] = {doc_id: strewn(each) for doc_id, each in tree[table].items()}
        for each in tree[table].values():
            each.pop("readings", None)
    tree["workbook"] = {doc_id: {**each, "colour": [1, {"a": None}]} for doc_id, each in tree["workbook"].items()}
    tree["notes"] = {"1": {"text": "from a later version"}}
    shelf.path.write_text(json.dumps(tree))
    store = shelf.open()
    store.put([replace(store.documents().improvements[improvement.id], owner="Ann")])
    store.flush()
    tree["improvements"][improvement.id] |= {"owner": "Ann", "readings": {}}
    assert json.loads(shelf.path.read_bytes()) == tree


def test_every_key_is_always_written() -> None:
    plain = encode_document(Iteration(id="i", improvement="m"))
    assert {"vision", "baseline", "target", "plan", "action", "check", "momentum"} < plain.keys()
    assert "id" not in plain
    assert plain["baseline"]["seal"] is None  # type: ignore[index,call-overload]  # JSON
    assert plain["plan"]["actions"] == []  # type: ignore[index,call-overload]  # JSON


@pytest.mark.parametrize(
    "wrong",
    [
        Improvement(id="m", ref="CI-0001", owner=5),  # type: ignore[arg-type]  # on purpose
        Improvement(id="m", ref="CI-0001", was=["CI-0002"]),  # type: ignore[arg-type]  # on purpose
        Improvement(id="m", ref="CI-0001", readings=()),  # type: ignore[arg-type]  # on purpose
        Improvement(id="m", ref="CI-0001", readings={"a": {"d": "7"}}),  # type: ignore[dict-item]  # on purpose
        Iteration(id="i", improvement="m", number="1"),  # type: ignore[arg-type]  # on purpose
        Iteration(id="i", improvement="m", check=Check(verdict={"x": object()})),  # type: ignore[dict-item]  # on purpose
        Iteration(id="i", improvement="m", plan=Plan(actions=[])),  # type: ignore[arg-type]  # on purpose
    ],
)
def test_value_of_a_wrong_type_never_reaches_the_file(wrong: Improvement | Iteration) -> None:
    with pytest.raises(TypeError):
        encode_document(wrong)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_number_that_is_none_never_reaches_the_file(number: float) -> None:
    with pytest.raises(ValueError, match="no"):
        encode_document(Iteration(id="i", improvement="m", check=Check(verdict={"x": {"y": [number]}})))


def test_free_values_are_handed_out_as_copies() -> None:
    plain = encode_document(iteration())
    was = decode_document(("iterations", "i"), plain)
    assert isinstance(was, Iteration)
    was.check.verdict["level"] = "changed"  # type: ignore[index]  # on purpose
    assert plain["check"]["verdict"] == {"level": "achieved"}  # type: ignore[index,call-overload]  # JSON


def test_type_without_a_shape_is_told() -> None:
    @dataclass
    class Strange:
        what: bytes

    assert is_dataclass(Strange)
    with pytest.raises(TypeError, match="no shape"):
        shape_of(bytes)
