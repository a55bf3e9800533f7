from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.storage.doctor import examine

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.storage.conftest import Shelf

ONE = Improvement(id="one", ref="CI-0001", title="One")
FIRST = Iteration(id="p", improvement="one", plan=Plan(actions=(Action(id="a", what="do"),)))


def findings(shelf: Shelf) -> list[tuple[str, str]]:
    return [(each.kind, each.words) for each in examine(shelf.path, shelf.places, shelf.context)]


def rewritten(shelf: Shelf, change: Callable[[dict[str, Any]], object]) -> None:
    """Change the file by hand, in the layout that the program writes."""
    tree = json.loads(shelf.path.read_bytes())
    change(tree)
    shelf.path.write_text(json.dumps(tree, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")


def test_nothing_is_said_of_a_file_in_order_and_nothing_is_written(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(ONE, FIRST)
    before = sorted((each.name, each.stat().st_mtime_ns) for each in shelf.folder.rglob("*"))
    assert findings(shelf) == []
    assert sorted((each.name, each.stat().st_mtime_ns) for each in shelf.folder.rglob("*")) == before


def test_file_edited_by_hand_is_sound_but_named(shelf: Shelf) -> None:
    shelf.create()
    shelf.path.write_bytes(json.dumps(json.loads(shelf.path.read_bytes())).encode())
    (finding,) = examine(shelf.path, shelf.places, shelf.context)
    assert (finding.kind, finding.unsound) == ("layout", False)


def test_refused_file_is_the_one_thing_said(shelf: Shelf) -> None:
    shelf.path.write_bytes(b"{")
    ((kind, words),) = findings(shelf)
    assert kind == "refused"
    assert "line 1, column 2" in words


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        (
            lambda t: t["iterations"].update(q={**t["iterations"]["p"], "improvement": "gone"}),
            "dangling",
            "belongs to an improvement gone",
        ),
        (lambda t: t["iterations"]["p"].update(parent="gone"), "dangling", "names in parent an iteration gone"),
        (
            lambda t: t["iterations"]["p"]["plan"]["actions"][0].update(depends_on=["b"]),
            "dangling",
            "plan, actions: b is none of the actions",
        ),
        (
            lambda t: t["iterations"]["p"]["plan"].update(hypothesis_metric="m"),
            "dangling",
            "plan, hypothesis_metric: m is none of the metrics",
        ),
        (
            lambda t: t["iterations"]["p"]["plan"]["actions"].append(t["iterations"]["p"]["plan"]["actions"][0]),
            "rows",
            "CI-0001, iteration 1: two rows with one id in plan, actions",
        ),
        (
            lambda t: [
                t["improvements"].update(two=t["improvements"]["one"]),
                t["iterations"].update(q={**t["iterations"]["p"], "improvement": "two"}),
            ],
            "ref",
            "CI-0001 stands for 2 improvements",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    change: Callable[[dict[str, Any]], object], kind: str, words: str, shelf: Shelf
) -> None:
    shelf.create()
    shelf.from_shell(ONE, FIRST)
    rewritten(shelf, change)
    ((found, sentence),) = findings(shelf)
    assert found == kind
    assert words in sentence


def test_readings_of_a_metric_that_no_iteration_has_are_named(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(replace(ONE, readings={"m": {"2026-01-05": Reading("7")}}), FIRST)
    assert findings(shelf) == [("dangling", "CI-0001 has readings of a metric m that no iteration has.")]


def test_conflict_that_waits_is_named(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(ONE, FIRST)
    store = shelf.open()
    store.put([replace(ONE, owner="Ann")])
    shelf.from_shell(replace(ONE, owner="Bob"))
    store.close()
    ((kind, words),) = findings(shelf)
    assert kind == "conflict"
    assert "CI-0001: changed on both sides and not settled" in words
    assert "owner" in words.lower()


def test_draft_and_leftovers_of_a_kill_are_named_but_nothing_is_unsound(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open()
    store.put([ONE])
    shelf.kill(store)
    shelf.site.temporary().write_bytes(b"half")
    found = examine(shelf.path, shelf.places, shelf.context)
    assert [(each.kind, each.unsound) for each in found] == [("leftover", False), ("draft", False)]


def test_draft_that_is_no_draft_keeps_nobody_from_being_told_the_rest(shelf: Shelf) -> None:
    shelf.create()
    shelf.site.state.mkdir(parents=True)
    shelf.site.draft.write_bytes(b"nothing\n")
    assert findings(shelf) == []
