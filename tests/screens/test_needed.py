"""What a step still needs is marked beside its label, and told of the field one is in."""

from tests.screens.conftest import Hands, Room
from tests.screens.prepared import to_an_entry


async def begun(hands: Hands) -> None:
    await to_an_entry(hands)
    await hands.press("f3")


async def test_star_gets_a_tick_once_it_is_answered(room: Room) -> None:
    async with room.at() as hands:
        await begun(hands)
        await hands.to("vision")
        hands.see("Vision *")
        hands.see("* required")
        await hands.type("Whoever calls is helped by the first person they speak to.")
        await hands.settle()
        hands.see("Vision *✓")
        assert not hands.shows("* required")


async def test_no_label_of_the_last_step_takes_a_second_line(room: Room) -> None:
    async with room.at() as hands:
        await begun(hands)
        await hands.press("escape", "7")
        for label in ("Owner in daily work *", "Metric *", "Limit *", "Audience *"):
            assert any(label in line for line in hands.lines()), label


async def test_dashboard_of_what_is_not_measured_speaks_of_no_verdict(room: Room) -> None:
    async with room.at() as hands:
        await begun(hands)
        await hands.press("f4")
        hands.see("Nothing is measured yet")
        assert not hands.shows("cannot tell")
        hands.see("Iteration 1: step 1 so far")
        assert not hands.shows("1 to 1")
