"""Every key has a name to set it by, says what it does, and does it."""

from collections import Counter

import pytest
from textual.actions import parse
from textual.binding import Binding
from textual.screen import Screen

from cimodel_tui.app import CimodelApp
from cimodel_tui.cli.keymap import bindings_of, kinds
from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands, Room

KINDS = kinds()

SCREENS = tuple(each for each in KINDS if issubclass(each, Screen))

EVERYTHING = [(kind, each) for kind in KINDS for each in bindings_of(kind)]


@pytest.mark.parametrize("kind", KINDS, ids=[each.__name__ for each in KINDS])
def test_every_key_has_a_name_and_says_what_it_does(kind: type[CimodelApp]) -> None:
    for binding in bindings_of(kind):
        assert binding.id, binding
        assert binding.tooltip, binding
        assert binding.tooltip[0].isupper(), binding
        assert not binding.tooltip.endswith("."), binding


def test_a_name_stands_for_one_thing() -> None:
    named: dict[str, set[tuple[str, str]]] = {}
    for _, binding in EVERYTHING:
        named.setdefault(str(binding.id), set()).add((binding.action, binding.tooltip))
    assert {name: known for name, known in named.items() if len(known) > 1} == {}


@pytest.mark.parametrize("kind", KINDS, ids=[each.__name__ for each in KINDS])
def test_every_key_stands_for_something_that_is_there(kind: type[CimodelApp]) -> None:
    for binding in bindings_of(kind):
        namespace, name, _ = parse(binding.action)
        targets = {"app": (CimodelApp,), "screen": SCREENS}.get(namespace, (kind,))
        assert any(hasattr(each, f"action_{name}") for each in targets), f"{binding.action} of {kind.__name__}"


def test_terminals_and_multiplexers_keep_their_own_keys() -> None:
    taken = {"ctrl+b", "ctrl+c", *(f"ctrl+{arrow}" for arrow in ("left", "right", "up", "down"))}
    taken |= {f"alt+{digit}" for digit in range(10)}
    assert not taken & {binding.key for _, binding in EVERYTHING}


PRESSED = (
    Situation("home"),
    Situation("register"),
    Situation("rail", page="vision", ref="CI-0005", keys=("escape",)),
    Situation("table", page="plan", ref="CI-0006"),
    Situation("dashboard", page="dashboard", ref="CI-0003"),
    Situation("readings", page="dashboard", keys=("r", "shift+tab")),
    Situation("paste", page="dashboard", keys=("r", "f6")),
    Situation("coach", page="baseline", ref="CI-0002", keys=("f6",)),
    Situation("history", page="history"),
    Situation("grid", page="grid"),
    Situation("backups", page="backups"),
    Situation("search", page="search"),
    Situation("knowledge", page="knowledge"),
    Situation("help", page="target", keys=("f1",)),
    Situation("entry", keys=("e",)),
)
"""Where every key that works is pressed, each from there anew."""

MANY_KEYS = ("rail", "table", "readings", "entry")
"""Where that takes long."""

ENDING = {"app.quit", "app.save", "home.quit"}
"""Keys that are pressed in tests of their own."""


async def reach(situation: Situation, hands: Hands) -> None:
    if situation.name == "home":
        await hands.press("ctrl+o")
        return
    if hands.app.book is None:
        hands.app.open_or_explain(hands.app.desk.sample)
        await hands.settle()
    await situation.reach(hands)


def working(hands: Hands) -> list[Binding]:
    active = hands.screen.active_bindings.values()
    return [each.binding for each in active if each.enabled and each.binding.id not in {None, *ENDING}]


@pytest.mark.parametrize(
    "situation",
    [pytest.param(each, id=each.name, marks=pytest.mark.long if each.name in MANY_KEYS else ()) for each in PRESSED],
)
async def test_every_key_that_works_can_be_pressed(sample: Sample, situation: Situation) -> None:
    async with sample.at() as hands:
        await reach(situation, hands)
        names = Counter(each.key for each in working(hands))
        assert names
        for key in names:
            await situation_again(situation, hands)
            await hands.press(key)
            assert hands.app.is_running, key


async def situation_again(situation: Situation, hands: Hands) -> None:
    for _ in range(4):
        if hands.screen.is_modal:
            await hands.press("escape")
    await reach(situation, hands)


async def test_a_key_of_ones_own_works_in_place_of_the_old_one_and_help_shows_it(room: Room) -> None:
    room.keys = {"register.add": "f7,plus", "app.quit": "f8"}
    async with room.at(room.new(), (100, 40)) as hands:
        await hands.press("a", "ctrl+q")
        assert not hands.screen.is_modal
        await hands.press("f7")
        await hands.type("First")
        await hands.press("enter", "escape", "plus")
        await hands.type("Second")
        await hands.press("enter", "escape")
        assert [each.title for each in hands.book.improvements()] == ["First", "Second"]
        await hands.press("f1")
        hands.see("F7 + Add an improvement")
        await hands.press("end")
        hands.see('"register.add" = "f7,plus"')
        await hands.press("escape", "f8")
        assert hands.app.book is None
