"""The dashboard walked by keys: the cursor on the run chart, a note, the replay, zoom and copy."""

import pytest

from cimodel_tui.screens.dashboard import DashboardScreen
from cimodel_tui.widgets.chart import RunChartView
from tests.look.conftest import Sample, Situation, place_of
from tests.screens.conftest import Hands

ACHIEVED = Situation("dashboard", page="dashboard", ref="CI-0001")
SECOND = Situation("dashboard", page="dashboard", ref="CI-0002")


def chart_of(hands: Hands) -> RunChartView:
    return hands.screen.query_one(RunChartView)


async def test_arrows_walk_the_readings_and_say_what_each_one_is(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("left")
        hands.see("16 Nov 2026 · 4.5 h · after")
        await hands.press("home")
        hands.see("5 Jan 2026 · 7.1 h · baseline")
        await hands.press("right")
        hands.see("12 Jan 2026 · 6.2 h · baseline")
        await hands.press("escape")
        hands.see("Achieved: P2 time to restore")
        assert isinstance(hands.screen, DashboardScreen)


async def test_the_rule_that_a_reading_takes_part_in_is_named(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        chart = chart_of(hands)
        await hands.press("home", *["right"] * 17)
        assert chart.position == 17
        hands.see("◆ better, part of a run of 8 or more on one side of mean and median")


async def test_enter_on_a_reading_writes_a_note_that_stays_with_it(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("left", "enter")
        await hands.type("after the holidays")
        await hands.press("enter")
        hands.see("Note: after the holidays")
        place = place_of(hands, "CI-0001")
        improvement, iteration = hands.book.of(place)
        readings = improvement.readings[iteration.baseline.metrics[0].id]
        assert readings["2026-11-16"].note == "after the holidays"
        assert readings["2026-11-16"].value == "4.5"


async def test_enter_without_a_cursor_opens_the_step(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("enter")
        assert not isinstance(hands.screen, DashboardScreen)


async def test_a_replay_begins_with_the_first_reading_and_steps(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("R", "space", "home")
        hands.see("Reading 1 of 46")
        await hands.press(*["right"] * 5)
        hands.see("Baseline so far: mean ")
        assert chart_of(hands).replaying
        await hands.press("escape")
        assert not chart_of(hands).replaying


async def test_limits_of_a_replay_freeze_at_the_agreement_and_the_level_turns(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("R", "space", "home", *["right"] * 13)
        hands.see("Baseline agreed by")
        hands.see("limits frozen: mean 6.9")
        turned = []
        for at in range(14, 24):
            await hands.press("right")
            if hands.shows("← turns here"):
                turned.append(at)
        assert turned
        assert turned[-1] == 23
        hands.see("Better by more than the usual variation, over 8 readings")


async def test_zoom_gives_the_run_chart_the_whole_screen_and_back(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await ACHIEVED.reach(hands)
        before = chart_of(hands).size
        await hands.press("z")
        zoomed = chart_of(hands).size
        assert zoomed.width > before.width + 30
        assert zoomed.height > before.height
        await hands.press("z")
        assert chart_of(hands).size == before


async def test_copy_takes_result_and_chart_along_as_text(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("c")
        copied = hands.app.clipboard
        for words in (
            "CI-0001 Restore store systems faster",
            "Achieved: 4.7 h, target 5.0",
            "latest 4.5 on 16 Nov 2026",
        ):
            assert words in copied


async def test_up_and_down_show_the_other_metrics(sample: Sample) -> None:
    async with sample.at() as hands:
        await ACHIEVED.reach(hands)
        await hands.press("down")
        hands.see("swarm opened within 15 min, %")
        await hands.press("up")
        hands.see("P2 time to restore, h")


async def test_essence_of_an_improvement_under_way_stands_on_one_small_screen(sample: Sample) -> None:
    async with sample.at() as hands:
        await SECOND.reach(hands)
        for words in ("Better, target not met: 62.9 %, target 68", "due 28 Feb 2027", "decide: ", "▸ Next: "):
            hands.see(words)
        for words in ("limit 64.2", "mean 62.8", "target 68"):
            hands.see(words)


async def test_steering_line_is_two_lines_high_at_80_columns(sample: Sample) -> None:
    async with sample.at() as hands:
        await SECOND.reach(hands)
        assert hands.screen.query_one(".steering").size.height == 2
        hands.see("(the CIO, by 27 Nov)")


async def test_a_large_terminal_shows_the_other_metric_and_the_actions(sample: Sample) -> None:
    async with sample.at((200, 50)) as hands:
        await ACHIEVED.reach(hands)
        hands.see("swarm opened within 15 min, % · higher is better")
        hands.see("Actions")
        hands.see("24 Apr")


async def test_next_thing_and_progress_stand_beside_the_chart_of_a_wide_terminal(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await ACHIEVED.reach(hands)
        hands.see("▸ Next: wait for the sustain check")
        hands.see("3 of 4 done, 1 dropped")


@pytest.mark.parametrize("size", [(1, 1), (20, 6), (60, 12)])
async def test_dashboard_can_be_walked_however_small_the_terminal_is(sample: Sample, size: tuple[int, int]) -> None:
    async with sample.at(size) as hands:
        await ACHIEVED.reach(hands)
        await hands.press("left", "R", "space", "right", "escape", "z", "z", "m", "r")
        await hands.press("shift+tab", "home", "escape")
        assert isinstance(hands.screen, DashboardScreen)
