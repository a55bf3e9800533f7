"""A text of 10,000 characters, a table of 500 rows, 60 metrics: each opens, is edited and scrolls."""

from dataclasses import replace

from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import Place
from cimodel_tui.widgets.table import Table
from cimodel_tui.workbook.actions import add_improvement
from tests.screens.conftest import Hands, Room

WORDS = "a line of words that goes on. " * 333
ACTIONS = tuple(Action(id=f"a{at:03}", what=f"Action {at}", owner="Ada") for at in range(500))
METRICS = tuple(Metric(id=f"m{at:02}", name=f"metric {at}", unit="h", better="lower") for at in range(60))
READINGS = {f"2026-01-{day:02}": Reading(f"{7 + day % 3}.5") for day in range(1, 13)}


def place_with(hands: Hands, step: str, **answers: object) -> Place:
    """Add an improvement with these answers in a step."""
    improvement = add_improvement(hands.book, "Restore stores faster")
    place = Place(improvement.id, hands.book.latest(improvement.id).id, step)
    for name, value in answers.items():
        hands.book.change(replace(place, field=name), value)
    return place


async def test_text_of_ten_thousand_characters_opens_and_is_typed_on(room: Room) -> None:
    async with room.at(room.new()) as hands:
        hands.app.navigation.show("vision", place_with(hands, "vision", objective="Stores sell", vision=WORDS))
        await hands.to("vision")
        await hands.press(*["pagedown"] * 30, "end")
        await hands.type("The end.")
        hands.see("The end.")
        assert hands.book.latest(hands.book.improvements()[0].id).vision.vision == f"{WORDS}The end."


async def test_table_of_five_hundred_rows_makes_the_rows_in_view_only(room: Room) -> None:
    async with room.at(room.new()) as hands:
        place = place_with(hands, "plan", actions=ACTIONS)
        hands.app.navigation.show("plan", replace(place, field="actions"))
        await hands.settle()
        table = hands.app.focused
        assert isinstance(table, Table)
        assert table.row_count == 500
        await hands.press("G")
        hands.see("Action 499")
        assert len(table._made) <= 2 * table.size.height  # noqa: SLF001 - rows are made nowhere else
        await hands.press("enter")
        await hands.to("what")
        await hands.press("end")
        await hands.type(" at last")
        await hands.press("escape")
        assert hands.book.iteration(place.iteration).plan.actions[-1].what == "Action 499 at last"
        await hands.press("K", "x")
        assert len(hands.book.iteration(place.iteration).plan.actions) == 499


async def test_sixty_metrics_with_readings_open_and_scroll(room: Room) -> None:
    async with room.at(room.new()) as hands:
        place = place_with(hands, "baseline", metrics=METRICS)
        improvement = hands.book.improvement(place.improvement)
        every = {metric.id: READINGS for metric in METRICS}
        hands.book.commit(replace(place, iteration=""), [replace(improvement, readings=every)])
        hands.app.navigation.show("baseline", replace(place, field="metrics"))
        await hands.settle()
        await hands.press("G")
        hands.see("metric 59")
        await hands.press("r")
        hands.see("Readings of metric 59 (h)")
        await hands.press("escape", "f4")
        await hands.settle()
        assert hands.place[0] == "dashboard"
        await hands.press("shift+tab", "m")
        assert hands.app.is_running
