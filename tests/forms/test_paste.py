"""What is pasted stands there once and whole, whatever lines it has."""

import pytest

from tests.screens.conftest import Hands, Room


@pytest.fixture
def pasted() -> str:
    return "first line\n\n  second line  \r\nthird [x]\n"


async def entry_of_an_improvement(hands: Hands) -> None:
    await hands.press("a")
    await hands.type("Access on day one")
    await hands.press("enter")


async def test_pasted_line_stands_once(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await entry_of_an_improvement(hands)
        await hands.to("owner")
        await hands.paste("Grace Hopper of the access desk")
        assert hands.value("owner") == "Grace Hopper of the access desk"


async def test_lines_of_a_paste_into_a_line_are_joined_and_that_is_said(room: Room, pasted: str) -> None:
    async with room.at(room.new()) as hands:
        await entry_of_an_improvement(hands)
        await hands.to("owner")
        await hands.paste(pasted)
        assert hands.value("owner") == "first line second line third [x]"
        assert "became spaces" in hands.told()
        assert hands.book.improvements()[0].owner == "first line second line third [x]"


async def test_paste_that_begins_with_empty_lines_is_not_lost(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await entry_of_an_improvement(hands)
        await hands.to("owner")
        await hands.paste("\n\nAda\n")
        assert hands.value("owner") == "Ada"


async def test_lines_of_a_paste_into_a_question_are_joined(room: Room, pasted: str) -> None:
    async with room.at(room.new()) as hands:
        await hands.press("a")
        await hands.paste(pasted)
        await hands.press("enter")
        assert hands.book.improvements()[0].title == "first line second line third [x]"


async def test_lines_of_a_paste_into_a_text_stay_lines(room: Room) -> None:
    async with room.at(room.new()) as hands:
        await entry_of_an_improvement(hands)
        await hands.to("summary")
        await hands.paste("one\n\n  two\n")
        assert hands.book.improvements()[0].summary == "one\n\n  two\n"
