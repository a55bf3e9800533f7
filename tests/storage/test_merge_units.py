"""Seals with their readings, improvements with their iterations, two next iterations: each is decided as one."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.storage.conflicts import conflicts_of, resolve_conflict
from cimodel_tui.storage.merge import merge_documents
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Docs = dict[tuple[str, str], Any]

ENTRY, FIRST = (IMPROVEMENTS, "i"), (ITERATIONS, "p")
DAYS = ("2026-01-05", "2026-01-12", "2026-01-19", "2026-01-26")
STRETCH = DAYS[:3]


def workbook() -> Docs:
    entry = {"ref": "CI-0001", "owner": "", "readings": {"m": {DAYS[0]: {"value": "7"}, DAYS[2]: {"value": "8"}}}}
    return {ENTRY: entry, FIRST: iteration("p")}


def iteration(doc_id: str, number: int = 1, parent: str = "") -> dict[str, Any]:
    baseline = {"metrics": [{"id": "m", "unit": "h"}], "seal": None, "first_on": "", "last_on": "", "amendments": []}
    momentum = {"next": "", "sustain_checks": [{"id": f"s{doc_id}", "taken_over_by": ""}]}
    return {"improvement": "i", "number": number, "parent": parent, "baseline": baseline, "momentum": momentum}


def in_stretch(docs: Docs) -> dict[str, Any]:
    days = docs[ENTRY]["readings"].get("m", {})
    return {day: each["value"] for day, each in days.items() if STRETCH[0] <= day <= STRETCH[-1]}


def sealed(docs: Docs, doc_id: str = "p") -> None:
    baseline = docs[ITERATIONS, doc_id]["baseline"]
    baseline |= {"seal": {"copy": in_stretch(docs)}, "first_on": STRETCH[0], "last_on": STRETCH[-1]}


def read(docs: Docs, day: str, value: str | None) -> None:
    """Enter a reading; where that is sealed it is amended, in every iteration that it belongs to."""
    days = docs[ENTRY]["readings"].setdefault("m", {})
    if value is None:
        days.pop(day, None)
    else:
        days[day] = {"value": value}
    for key, document in docs.items():
        if key[0] == ITERATIONS and document["baseline"]["seal"]:
            before, now = document["baseline"]["seal"]["copy"], in_stretch(docs)
            if before != now:
                document["baseline"]["seal"] = {"copy": now}
                document["baseline"]["amendments"].append({"id": f"{day}{value}"})


def begin_next(docs: Docs, doc_id: str) -> None:
    docs[ITERATIONS, doc_id] = iteration(doc_id, 2, "p")
    docs[ITERATIONS, doc_id]["baseline"] = deepcopy(docs[FIRST]["baseline"])
    docs[FIRST]["momentum"]["sustain_checks"][0]["taken_over_by"] = doc_id


def remove(docs: Docs) -> None:
    docs.clear()


def own(docs: Docs, owner: str) -> None:
    docs[ENTRY]["owner"] = owner


def broken_seals(docs: Docs) -> list[str]:
    found = [(key, each["baseline"]["seal"]) for key, each in docs.items() if key[0] == ITERATIONS]
    return [key[1] for key, seal in found if seal and seal["copy"] != in_stretch(docs)]


def incomplete(docs: Docs) -> set[str]:
    """Return the improvements without an iteration, and those that are missing for one."""
    there = {doc_id for table, doc_id in docs if table == IMPROVEMENTS}
    return there ^ {each["improvement"] for (table, _), each in docs.items() if table == ITERATIONS}


def all_choices(docs: Docs) -> Iterator[Docs]:
    """Yield what comes of settling every conflict, in each way."""
    conflicts = [each for key, document in docs.items() for each in conflicts_of(key, document)]
    for choice in product((False, True), repeat=min(len(conflicts), 4)):
        chosen: Docs = deepcopy(docs)
        for take_theirs in choice:
            conflicts_left = ((key, each) for key, document in chosen.items() for each in conflicts_of(key, document))
            found = next(conflicts_left, None)
            if found:
                resolve_conflict(chosen, *found, take_theirs=take_theirs)
        yield chosen


def three(*, base: list[Any], ours: list[Any], theirs: list[Any]) -> tuple[Docs, Docs, Docs]:
    """Return three states: what is done to the base is done to all of them first."""
    start = workbook()
    for act, *arguments in base:
        act(start, *arguments)
    sides = deepcopy(start), deepcopy(start)
    for docs, acts in zip(sides, (ours, theirs), strict=True):
        for act, *arguments in acts:
            act(docs, *arguments)
    return start, *sides


SEALED_HERE: dict[str, tuple[list[Any], list[Any], list[Any]]] = {
    "sealed here, a reading changed there": ([], [(sealed,)], [(read, DAYS[0], "9")]),
    "sealed here, a reading added there": ([], [(sealed,)], [(read, DAYS[1], "9")]),
    "sealed here, a reading removed there": ([], [(sealed,)], [(read, DAYS[2], None)]),
    "sealed there, a reading changed here": ([], [(read, DAYS[0], "9")], [(sealed,)]),
    "two readings amended": ([(sealed,)], [(read, DAYS[0], "9")], [(read, DAYS[1], "8")]),
    "amended in two iterations": (
        [(sealed,), (begin_next, "q")],
        [(read, DAYS[0], "9")],
        [(read, DAYS[1], "8")],
    ),
    "begun and sealed there, a reading here": ([], [(read, DAYS[1], "9")], [(begin_next, "q"), (sealed, "q")]),
    "begun and sealed here, a reading there": ([], [(begin_next, "q"), (sealed, "q")], [(read, DAYS[1], "9")]),
}


@pytest.mark.parametrize("name", SEALED_HERE)
def test_seal_against_a_reading_in_its_stretch_is_a_conflict(name: str) -> None:
    acts = SEALED_HERE[name]
    base, ours, theirs = three(base=acts[0], ours=acts[1], theirs=acts[2])
    result = merge_documents(base, ours, theirs)
    assert ("baseline", "seal") in [path for _, path in result.conflicts]
    assert in_stretch(result.documents) == in_stretch(ours)
    choices = list(all_choices(result.documents))
    assert [broken_seals(each) for each in (result.documents, *choices)] == [[]] * (len(choices) + 1)
    assert {repr(in_stretch(each)) for each in choices} == {repr(in_stretch(side)) for side in (ours, theirs)}


CLEAN: dict[str, tuple[list[Any], list[Any], list[Any]]] = {
    "a reading after the stretch": ([], [(sealed,)], [(read, DAYS[3], "9")]),
    "a reading after the stretch here": ([], [(read, DAYS[3], "9")], [(sealed,)]),
    "amended there alone": ([(sealed,)], [(own, "Ann")], [(read, DAYS[1], "9")]),
    "the same amendment": ([(sealed,)], [(read, DAYS[1], "9")], [(read, DAYS[1], "9")]),
    "begun and sealed there alone": ([], [(own, "Ann")], [(begin_next, "q"), (sealed, "q")]),
}


@pytest.mark.parametrize("name", CLEAN)
def test_seal_that_one_side_touched_merges_without_conflict(name: str) -> None:
    acts = CLEAN[name]
    base, ours, theirs = three(base=acts[0], ours=acts[1], theirs=acts[2])
    result = merge_documents(base, ours, theirs)
    assert result.conflicts == ()
    assert broken_seals(result.documents) == []
    assert merge_documents(base, theirs, ours).documents == result.documents


@pytest.mark.parametrize("removed_here", [True, False])
@pytest.mark.parametrize(
    "act",
    [(own, "Ann"), (read, DAYS[1], "9"), (begin_next, "q"), (sealed,)],
    ids=["a field", "a reading", "a next iteration", "a seal"],
)
def test_improvement_removed_on_one_side_and_changed_on_the_other_stays(act: tuple[Any], *, removed_here: bool) -> None:
    sides = ([(remove,)], [act]) if removed_here else ([act], [(remove,)])
    base, ours, theirs = three(base=[], ours=sides[0], theirs=sides[1])
    changed_side = theirs if removed_here else ours
    result = merge_documents(base, ours, theirs)
    assert result.conflicts == ((ENTRY, ()),)
    assert {key: {**each, "conflicts": None} for key, each in result.documents.items()} == {
        key: {**each, "conflicts": None} for key, each in changed_side.items()
    }
    assert list(all_choices(result.documents)) == [ours, theirs]


def test_iteration_alone_is_never_left_without_its_improvement() -> None:
    base, ours, theirs = three(base=[], ours=[], theirs=[(own, "Ann")])
    del ours[FIRST]
    del theirs[ENTRY]
    result = merge_documents(base, ours, theirs)
    assert incomplete(result.documents) == set()
    assert result.conflicts


def test_two_next_iterations_both_stay_until_one_is_chosen() -> None:
    base, ours, theirs = three(base=[], ours=[(begin_next, "a")], theirs=[(begin_next, "b")])
    result = merge_documents(base, ours, theirs)
    assert result.conflicts[-1] == (ENTRY, ("next_iteration",))
    assert {doc_id for table, doc_id in result.documents if table == ITERATIONS} == {"p", "a", "b"}
    (conflict,) = [each for key, document in result.documents.items() for each in conflicts_of(key, document)]
    assert isinstance(conflict.ours, dict)
    assert isinstance(conflict.theirs, dict)
    assert (conflict.ours["id"], conflict.theirs["id"], conflict.ours["number"]) == ("a", "b", 2)
    assert list(all_choices(result.documents)) == [ours, theirs]
    again = merge_documents(base, result.documents, theirs)
    assert again.documents == result.documents
    assert again.conflicts == ()


def test_choosing_a_next_iteration_takes_away_what_followed_from_the_other() -> None:
    base, ours, theirs = three(base=[], ours=[(begin_next, "a")], theirs=[(begin_next, "b")])
    ours[ITERATIONS, "c"] = iteration("c", 3, "a")
    result = merge_documents(base, ours, theirs)
    assert {key[1] for key in result.documents} == {"i", "p", "a", "b", "c"}
    assert [{key[1] for key in each} for each in all_choices(result.documents)] == [
        {"i", "p", "a", "c"},
        {"i", "p", "b"},
    ]


ACTS: st.SearchStrategy[tuple[Callable[..., None], Any]] = st.one_of(
    st.tuples(st.just(read), st.sampled_from(DAYS), st.sampled_from(["7", "9", None])),
    st.tuples(st.just(sealed), st.just("p")),
    st.tuples(st.just(own), st.sampled_from("AB")),
)
SEVERAL = st.lists(ACTS, max_size=3)
ENDS = st.sampled_from(["", "next", "remove"])


def ended(end: str, name: str) -> list[Any]:
    return [(begin_next, name)] if end == "next" else [(remove,)] if end == "remove" else []


@settings(max_examples=400)
@given(SEVERAL, SEVERAL, SEVERAL, ENDS, ENDS)
def test_no_merge_and_no_choice_breaks_a_seal_or_parts_a_family(
    base: list[Any], ours: list[Any], theirs: list[Any], our_end: str, their_end: str
) -> None:
    result = merge_documents(
        *three(base=base, ours=[*ours, *ended(our_end, "a")], theirs=[*theirs, *ended(their_end, "b")])
    )
    for docs in (result.documents, *all_choices(result.documents)):
        assert broken_seals(docs) == []
        assert incomplete(docs) == set()
