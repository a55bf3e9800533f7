"""What waits on the screen is state of the session, and comes back with the next one."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import Place
from cimodel_tui.workbook.session import CHANGE, KINDS, READING, Session
from tests.workbook.memory import MemoryStore

TEXTS = st.text(max_size=5)
RAWS = TEXTS | st.lists(TEXTS, max_size=3).map(tuple)
PLACES = st.builds(Place, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
WAITING = st.builds(Waiting, st.sampled_from(KINDS), PLACES, RAWS, RAWS, TEXTS)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "place", "raw", "reason", "field"]) | TEXTS, below, max_size=4)
    ),
    max_leaves=12,
)

AGREED = Waiting(CHANGE, Place("m", "i", "baseline", "agreed_by"), "Grace H", "Grace")


@given(st.lists(WAITING, max_size=4, unique_by=lambda each: (each.kind, each.place)))
def test_what_waits_is_left_for_the_next_session_as_it_was(waiting: list[Waiting]) -> None:
    store = MemoryStore()
    session = Session(store)
    for each in waiting:
        session.wait(each)
    assert session.waiting == tuple(waiting)
    later = Session(store)
    assert later.restore() == later.waiting == tuple(waiting)


@given(st.lists(JSON, max_size=4))
def test_whatever_a_draft_says_is_read_or_passed_over(found: list[Any]) -> None:
    store = MemoryStore()
    store.waiting = found
    assert all(each.kind in KINDS for each in Session(store).restore())


def test_one_piece_of_a_kind_waits_at_a_place_until_it_ends() -> None:
    store = MemoryStore()
    session = Session(store)
    session.wait(AGREED)
    session.wait(Waiting(READING, AGREED.place, "5 jan"))
    session.wait(Waiting(READING, AGREED.place, "5 jan 7"))
    assert [each.raw for each in session.waiting] == ["Grace H", "5 jan 7"]
    session.end(CHANGE, AGREED.place)
    session.end(CHANGE, AGREED.place)
    assert len(store.waiting) == 1
    session.end(READING, AGREED.place)
    assert store.waiting == []


def test_nothing_waits_in_a_workbook_that_is_read_only() -> None:
    store = MemoryStore()
    store.read_only = "somebody else has it"
    session = Session(store)
    session.wait(AGREED)
    assert (session.waiting, store.waiting) == ((), ())
