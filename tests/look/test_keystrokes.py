"""How many keys it takes from nothing to a saved improvement that can be judged one day, beyond its text."""

from dataclasses import dataclass

from cimodel_tui.model.iteration import Iteration
from tests.screens.conftest import Hands, Room

TITLE = "Fewer contacts need a second look"
VISION = "Whoever calls is helped by the first person they speak to."
READINGS = "\n".join(f"2026-0{1 + at // 4}-{1 + at % 4 * 7:02d}\t{60 + at * 7 % 5}.{at % 10}" for at in range(12))

BEYOND_THE_TEXT = 20
"""Keys that are no text; a paste counts as one. Whoever makes it more changes this number and says why."""


@dataclass
class Counting(Hands):
    """Counts every key and every paste that is no typed text."""

    keys: int = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await super().press(*keys)

    async def paste(self, text: str) -> None:
        self.keys += 1
        await super().paste(text)


async def test_from_nothing_to_a_target_takes_no_more_keys_than_this(room: Room) -> None:
    async with room.at() as hands:
        me = Counting(hands.app, hands.pilot)
        await new_improvement(me)
        await vision(me)
        await metric_with_readings(me)
        await target(me)
        path = me.book.store.path
        me.book.store.flush()
    _, iteration = room.only_improvement(path)
    assert_all_is_there(room, iteration)
    assert me.keys == BEYOND_THE_TEXT


async def new_improvement(me: Counting) -> None:
    await me.press("n")
    await me.type("Desk")
    await me.press("enter", "a")
    await me.type(TITLE)
    await me.press("enter", "f3")
    assert me.place == ("vision", "objective")


async def vision(me: Counting) -> None:
    await me.press("tab")
    await me.type(VISION)
    assert me.place == ("vision", "vision")


async def metric_with_readings(me: Counting) -> None:
    await me.press("f3", "tab", "tab")
    assert me.place == ("baseline", "metrics")
    await me.press("a")
    await me.type("solved at once")
    await me.press("tab")
    await me.type("%")
    await me.press("tab", "h", "f9")
    await me.paste(READINGS)
    await me.press("f9")


async def target(me: Counting) -> None:
    await me.press("f3")
    assert me.place == ("target", "targets")
    await me.press("enter")
    await me.type("68")
    await me.press("enter")
    await me.type("+90")
    await me.press("escape")


def assert_all_is_there(room: Room, iteration: Iteration) -> None:
    (metric,) = iteration.baseline.metrics
    (promise,) = iteration.target.targets
    improvement, _ = room.only_improvement(room.places.data / "desk.json")
    assert improvement.title == TITLE
    assert iteration.vision.vision == VISION
    assert (metric.name, metric.unit, metric.better) == ("solved at once", "%", "higher")
    assert len(improvement.readings[metric.id]) == 12
    assert (promise.id, promise.value) == (metric.id, "68")
    assert promise.by > room.clock.today().isoformat()
