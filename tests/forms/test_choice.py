"""A choice of one is made by its first letter, without opening the list."""

from cimodel_tui.model.improvement import Improvement
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import to_an_entry


def improvement(hands: Hands) -> Improvement:
    """Return the one improvement as it is now."""
    (found,) = hands.book.improvements()
    return found


async def test_the_first_letter_of_a_choice_makes_it(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("m")
        assert improvement(hands).size == "M"


async def test_a_figure_chooses_too(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("benefit")
        await hands.press("4")
        assert improvement(hands).benefit == "4"


async def test_the_same_letter_again_makes_the_next_choice_that_begins_like_it(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("source")
        seen = []
        for _ in range(4):
            await hands.press("s")
            seen.append(improvement(hands).source)
        assert len(set(seen)) > 1
        assert all(each.startswith("s") for each in seen)
        assert seen[0] in seen[1:]


async def test_backspace_chooses_nothing(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("m", "backspace")
        assert improvement(hands).size == ""


async def test_a_letter_with_which_no_choice_begins_still_means_what_it_means_on_the_page(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("size")
        await hands.press("question_mark")
        hands.see("Help")
        hands.see("first letter of a choice")


async def test_an_open_list_is_searched_by_what_is_typed(room: Room) -> None:
    async with room.at() as hands:
        await to_an_entry(hands)
        await hands.to("source")
        await hands.press("enter")
        await hands.type("cident")
        await hands.press("enter")
        assert improvement(hands).source == "incident review"
