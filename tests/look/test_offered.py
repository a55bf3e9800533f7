"""The last line offers no key that does nothing, and what is on a page can be seen."""

import pytest

from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands

UNMEASURED, FIRST, LAST = "CI-0005", "CI-0001", "CI-0003"


async def offered(hands: Hands, situation: Situation) -> str:
    await situation.reach(hands)
    return hands.lines()[-1]


async def test_dashboard_offers_only_metrics_and_iterations_that_are_there(sample: Sample) -> None:
    async with sample.at((100, 30)) as hands:
        keys = await offered(hands, Situation("unmeasured", page="dashboard", ref=UNMEASURED))
        assert not any(word in keys for word in ("metric", "readings", "earlier", "later"))
        keys = await offered(hands, Situation("one iteration", page="dashboard", ref=FIRST))
        assert "readings" in keys
        assert "earlier" not in keys
        keys = await offered(hands, Situation("last of three", page="dashboard", ref=LAST))
        assert "[ earlier" in keys
        assert "] later" not in keys
        await hands.press("left_square_bracket")
        assert "] later" in hands.lines()[-1]


async def test_empty_table_offers_to_add_a_row_only(sample: Sample) -> None:
    async with sample.at() as hands:
        keys = await offered(hands, Situation("no control", page="momentum", ref=UNMEASURED))
        assert "a add" in keys
        assert "open" not in keys
        assert "remove" not in keys


async def test_line_of_the_filter_says_how_to_leave_it(sample: Sample) -> None:
    async with sample.at() as hands:
        keys = await offered(hands, Situation("filter", keys=("slash",)))
        assert "Esc show all again" in keys
        assert "home" not in keys
        assert "/ filter" not in keys


async def test_register_without_rows_offers_nothing_to_do_with_one(sample: Sample) -> None:
    async with sample.at() as hands:
        keys = await offered(hands, Situation("nothing found", keys=("slash", "q", "q", "q", "enter")))
        assert "a add" in keys
        assert not any(word in keys for word in ("open", "entry", "dashboard", "archive "))


async def test_last_step_has_no_button_to_a_step_after_it(sample: Sample) -> None:
    async with sample.at((120, 80)) as hands:
        await Situation("momentum", page="momentum", ref=FIRST).reach(hands)
        assert "Next step" not in hands.read()


@pytest.mark.parametrize("ref", [FIRST, "CI-0002", LAST])
async def test_whole_dashboard_is_seen_without_scrolling_at_120_columns(sample: Sample, ref: str) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("dashboard", page="dashboard", ref=ref).reach(hands)
        assert hands.screen.query_one(".dashboard").max_scroll_y == 0


async def test_name_of_the_page_is_seen_behind_a_long_title(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("dashboard", page="dashboard", ref=UNMEASURED).reach(hands)
        assert "… › iteration 1 › dashboard" in hands.lines()[0]
