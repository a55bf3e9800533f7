"""A choice of one: a list that narrows to what is typed, and takes it when the line is left."""

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.screens.help import HelpScreen
from cimodel_tui.widgets.drop_down import DropDown
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import to_an_entry, told, turn_to
from tests.workbook.stories import measured


def improvement(hands: Hands) -> Improvement:
    """Return the one improvement as it is now."""
    (found,) = hands.book.improvements()
    return found


async def test_letters_narrow_the_list_and_leaving_takes_what_they_mean(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("source")
        await hands.type("inc")
        hands.see("incident review")
        assert not hands.shows("service review")
        assert improvement(hands).source == ""
        await hands.press("tab")
        assert improvement(hands).source == "incident review"


@pytest.mark.parametrize("leave", ["tab", "shift+tab", "enter"])
async def test_every_way_out_takes_what_was_typed(room: Room, leave: str) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("m", leave)
        assert improvement(hands).size == "M"


async def test_escape_leaves_the_choice_as_it_was_and_the_window_open(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.write(size="M")
        window = hands.screen
        await hands.press("l", "escape")
        assert improvement(hands).size == "M"
        assert hands.screen is window
        await hands.press("escape")
        assert hands.screen is not window


@pytest.mark.parametrize("key", ["l", "backspace", "delete", "space", "down", "enter", "end"])
async def test_no_single_key_replaces_a_choice(room: Room, key: str) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.write(size="M")
        await hands.press(key)
        assert improvement(hands).size == "M"


async def test_none_clears_the_choice(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.write(size="M")
        await hands.write(size="(none)")
        assert improvement(hands).size == ""


async def test_letter_that_no_choice_holds_is_no_part_of_what_is_meant(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("source")
        await hands.type("inc#z")
        await hands.press("tab")
        assert improvement(hands).source == "incident review"


async def test_typed_letter_can_be_taken_back(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("m", "backspace", "l", "tab")
        assert improvement(hands).size == "L"


async def test_key_with_which_no_choice_begins_still_means_what_it_means_on_the_page(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("question_mark")
        assert isinstance(hands.screen, HelpScreen)
        hands.see("typing narrows it")


async def test_list_is_searched_inside_the_words_as_well(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("source")
        await hands.press("enter")
        await hands.type("cident")
        await hands.press("enter")
        assert improvement(hands).source == "incident review"


async def test_list_is_opened_and_chosen_from_by_the_mouse(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        control = hands.app.focused
        assert isinstance(control, DropDown)
        await hands.pilot.click(control)
        await hands.settle()
        at = next(line for line, text in enumerate(hands.lines()) if "│ L" in text.replace("│  ", "│ "))
        await hands.pilot.click(offset=(control.region.x + 3, at))
        await hands.settle()
        assert improvement(hands).size == "L"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_open_list_leaves_labels_and_hint_in_view(room: Room, size: tuple[int, int]) -> None:
    async with room.at(size=size) as hands:
        await to_an_entry(hands)
        await hands.until(lambda: hands.shows("saved"))  # the last line says so, whenever that is
        await hands.rest()  # and the register behind has its figures
        for name in ("source", "size", "benefit"):
            await hands.to(name)
            control = hands.app.focused
            assert isinstance(control, DropDown)
            before = hands.lines()
            await hands.press("enter")
            after = hands.lines()
            left = control.region.x - 1
            assert [line[:left] for line in after] == [line[:left] for line in before]
            assert after[-3:] == before[-3:]
            await hands.press("escape")


async def test_success_rules_and_promises_are_called_by_words(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "target", field="targets")
        await hands.press("enter")
        hands.see("Mean of all readings (default)")
        hands.see("change (default)")
        await hands.write(value="5", rule="Mean of the last n", promise="keep")
        await hands.press("escape")
        hands.see("Mean of the last n")
    (row,) = room.only_improvement(room.folder / "desk.json")[1].target.targets
    assert (row.rule, row.promise) == ("mean-of-last", "hold")
