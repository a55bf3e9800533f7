"""The target lab in a target's dialog: the target on the baseline's chart, moved by keys, and what it asks."""

from cimodel_tui.forms.row_editor import RowEditor
from cimodel_tui.screens.target import LabChart
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, told, turn_to
from tests.workbook.stories import acted, agreed, measured


async def at_the_dialog(hands: Hands) -> None:
    await turn_to(hands, "target", field="targets")
    await hands.press("enter")
    assert isinstance(hands.screen, RowEditor)


def target_of(hands: Hands) -> str:
    (target,) = passes(hands)[0].target.targets
    return target.value


async def test_dialog_shows_baseline_target_and_whether_it_is_more_than_luck(room: Room) -> None:
    async with room.at(told(room, acted), (100, 40)) as hands:
        await at_the_dialog(hands)
        for words in ("mean 6.9", "limit 9.6", "target 5", "Target 5.0 h: 1.9 h less (-28 %) · more than luck"):
            hands.see(words)


async def test_up_and_down_in_the_number_move_the_target_and_the_words(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await at_the_dialog(hands)
        await hands.to("value")
        await hands.type("5.0")
        hands.see("Target 5.0 h: 1.9 h less")
        await hands.press("up")
        assert target_of(hands) == "5.2"
        hands.see("Target 5.2 h: 1.7 h less")
        await hands.press("down", "down")
        assert target_of(hands) == "4.8"
        hands.see("target 4.8")


async def test_arrows_on_the_chart_move_the_target(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await at_the_dialog(hands)
        hands.screen.query_one(LabChart).focus()
        await hands.press("left")
        first = float(target_of(hands))
        await hands.press("left", "left", "right")
        assert 0 < first - float(target_of(hands)) < 0.5


async def test_a_target_near_the_mean_could_be_met_by_luck(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await at_the_dialog(hands)
        await hands.to("value")
        await hands.type("6.8")
        hands.see("more than luck (")
        hands.see("Without any change the mean of 8 readings lies between 5.7 and 8.1")


async def test_arrows_move_no_target_that_is_agreed(room: Room) -> None:
    async with room.at(told(room, agreed), (100, 40)) as hands:
        await at_the_dialog(hands)
        before = target_of(hands)
        hands.screen.query_one(LabChart).focus()
        await hands.press("left", "right", "up")
        assert target_of(hands) == before


async def test_first_fields_are_in_view_below_the_lab_of_a_small_terminal(room: Room) -> None:
    async with room.at(told(room, acted)) as hands:
        await at_the_dialog(hands)
        for words in ("Target", "By", "Success rule", "1.9 h less", "more than luck"):
            hands.see(words)
