from __future__ import annotations

import pytest

from cimodel_tui.model.saving import Conflict
from cimodel_tui.model.step import Place
from cimodel_tui.storage.conflicts import conflicts_of, place_of, resolve_conflict
from cimodel_tui.storage.merge import merge_documents
from cimodel_tui.storage.schema import Document, Key

PASS: Key = ("iterations", "p")


def both(base: Document, ours: Document, theirs: Document, key: Key = PASS) -> Document:
    return merge_documents({key: base}, {key: ours}, {key: theirs}).documents[key]


def resolved(document: Document, conflict: Conflict, *, take_theirs: bool) -> Document | None:
    documents = {PASS: document}
    resolve_conflict(documents, PASS, conflict, take_theirs=take_theirs)
    return documents.get(PASS)


CASES: dict[str, tuple[Document, Document, Document]] = {
    "a field": ({"plan": {"why": ""}}, {"plan": {"why": "a"}}, {"plan": {"why": "b"}}),
    "a column": (
        {"plan": {"actions": [{"id": "x", "what": ""}]}},
        {"plan": {"actions": [{"id": "x", "what": "a"}]}},
        {"plan": {"actions": [{"id": "x", "what": "b"}]}},
    ),
    "a row that is gone here": (
        {"plan": {"actions": [{"id": "x", "what": ""}]}},
        {"plan": {"actions": []}},
        {"plan": {"actions": [{"id": "x", "what": "b"}]}},
    ),
    "a row that is gone there": (
        {"plan": {"actions": [{"id": "x", "what": ""}, {"id": "y"}]}},
        {"plan": {"actions": [{"id": "x", "what": "a"}, {"id": "y"}]}},
        {"plan": {"actions": [{"id": "y"}]}},
    ),
    "a row that is new on both sides": (
        {"plan": {"actions": []}},
        {"plan": {"actions": [{"id": "x", "what": "a"}]}},
        {"plan": {"actions": [{"id": "x", "what": "b"}]}},
    ),
    "a reading": (
        {"readings": {"m": {"d": {"value": "1"}}}},
        {"readings": {"m": {"d": {"value": "2"}}}},
        {"readings": {"m": {"d": {"value": "3"}}}},
    ),
    "a reading that is gone there": (
        {"readings": {"m": {"d": {"value": "1"}, "e": {"value": "1"}}}},
        {"readings": {"m": {"d": {"value": "2"}, "e": {"value": "1"}}}},
        {"readings": {"m": {"e": {"value": "1"}}}},
    ),
    "a seal": (
        {"baseline": {"seal": None, "metrics": [], "agreed_by": ""}},
        {"baseline": {"seal": {"by": "a"}, "metrics": [{"id": "m"}], "agreed_by": "a"}},
        {"baseline": {"seal": {"by": "b"}, "metrics": [{"id": "n"}], "agreed_by": "b"}},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_choosing_theirs_gives_what_they_had(name: str) -> None:
    base, ours, theirs = CASES[name]
    document = both(base, ours, theirs)
    (conflict,) = conflicts_of(PASS, document)
    assert resolved(document, conflict, take_theirs=True) == theirs


@pytest.mark.parametrize("name", CASES)
def test_choosing_ours_leaves_what_stands_there(name: str) -> None:
    base, ours, theirs = CASES[name]
    document = both(base, ours, theirs)
    (conflict,) = conflicts_of(PASS, document)
    assert resolved(document, conflict, take_theirs=False) == ours


def test_document_that_one_side_removed_goes_or_stays() -> None:
    changed: dict[Key, Document] = {PASS: {"reason": "b"}}
    sides: list[tuple[dict[Key, Document], dict[Key, Document]]] = [({}, changed), (changed, {})]
    for ours, theirs in sides:
        document = merge_documents({PASS: {"reason": "a"}}, ours, theirs).documents[PASS]
        (conflict,) = conflicts_of(PASS, document)
        choices = {side: resolved(document, conflict, take_theirs=side) for side in (True, False)}
        assert choices == {True: theirs.get(PASS), False: ours.get(PASS)}


def test_several_conflicts_are_settled_one_by_one() -> None:
    document = both({"a": "", "b": ""}, {"a": "1", "b": "1"}, {"a": "2", "b": "2"})
    first, second = conflicts_of(PASS, document)
    rest = resolved(document, first, take_theirs=True)
    assert rest is not None
    with pytest.raises(LookupError):
        resolved(rest, second, take_theirs=True)
    (remaining_conflict,) = conflicts_of(PASS, rest)
    assert resolved(rest, remaining_conflict, take_theirs=False) == {"a": "2", "b": "1"}


def test_conflict_knows_its_place() -> None:
    iteration: Document = {"improvement": "i"}
    assert place_of(PASS, iteration, ("plan", "actions", "x", "what")) == Place(
        "i", "p", "plan", "actions", "x", "what"
    )
    assert place_of(PASS, iteration, ("reason",)) == Place("i", "p", "", "reason")
    assert place_of(("improvements", "i"), {}, ("readings", "m", "d")) == Place(
        "i", "", "register", "readings", "m", "d"
    )
    assert place_of(("workbook", "w"), {}, ("title",)) == Place(field="title")
