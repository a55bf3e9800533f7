"""Staircases: the first baseline, what each iteration achieved, and the aim of the vision."""

import re
from dataclasses import replace

import pytest

from cimodel_tui.charts import Role, Staircase, Step, describe, draw, plain
from cimodel_tui.charts.staircase import staircase_svg


def test_a_number_alone_stands_below_a_step_that_has_no_room_for_more(releases: Staircase) -> None:
    assert plain(draw(releases, 40, 9)).split("\n")[-1] == "baseline 1        2       3"


def test_picture_of_three_iterations(releases: Staircase) -> None:
    assert plain(draw(releases, 64, 12)).split("\n") == [
        "change failure rate, %                           lower is better",
        "22.4",
        "▬▬▬▬▬▬▬▬▬▬▬▬▬▬┐",
        "              │",
        "              │ 15.5",
        "              └━━━━━━━━━━━━━━┐",
        "                             │",
        "                             │ 8.9           open",
        "                             └━━━━━━━━━━━━━┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈",
        "                                             target 6",
        "══════════════════════════════════════════════════════════ aim 5",
        "baseline       iteration 1    iteration 2   iteration 3",
    ]


def test_up_is_said_where_higher_is_better(releases: Staircase) -> None:
    assert "higher is better" in plain(draw(replace(releases, better="higher"), 64, 12))


def test_an_iteration_that_made_it_worse_has_another_shape_and_a_word(releases: Staircase) -> None:
    steps = (Step(name="1", achieved=24.0), Step(name="2", achieved=20.0))
    lines = draw(replace(releases, steps=steps), 64, 12)
    worse = "".join(span.text for line in lines for span in line if span.role is Role.WORSE)
    assert "╍" in worse
    assert "24.0 worse" in worse
    assert describe(replace(releases, steps=steps)) == (
        "change failure rate, %: first baseline 22.4 %, iteration 1 24.0 % (worse), iteration 2 20.0 %, aim 5 %, "
        "lower is better."
    )


def test_an_open_iteration_is_as_high_as_the_one_before(releases: Staircase) -> None:
    row = next(line for line in plain(draw(releases, 64, 12)).split("\n") if "┈" in line)
    assert "━┈" in row


def test_without_an_aim_there_is_no_line_for_it(releases: Staircase) -> None:
    picture = plain(draw(replace(releases, aim=None, steps=releases.steps[:2]), 64, 12))
    assert "═" not in picture


def test_steps_without_room_are_told_as_figures(releases: Staircase) -> None:
    assert plain(draw(releases, 40, 1)) == "22.4 → 15.5 → 8.9 → open, aim 5"


def test_before_the_first_baseline_it_says_so() -> None:
    assert plain(draw(Staircase(name="m"), 30, 6)).strip() == "no baseline yet"


@pytest.mark.parametrize("count", range(1, 21))
def test_first_and_last_figure_are_always_shown(count: int) -> None:
    steps = tuple(Step(name=str(at), achieved=50.0 + at) for at in range(1, count + 1))
    picture = plain(draw(Staircase(name="m", better="higher", baseline=50.0, steps=steps), 76, 12))
    assert "50.0" in picture
    assert f"{50 + count}.0" in picture


def test_nearer_to_the_aim_is_better_where_the_target_is_best() -> None:
    steps = (Step(name="1", achieved=7.0), Step(name="2", achieved=4.0))
    chart = Staircase(name="m", better="target", baseline=9.0, aim=6, steps=steps)
    assert describe(chart).count("worse") == 1
    assert "2 4.0 (worse)" in describe(chart)


@pytest.mark.parametrize("target", [8.9, 8.5, 8.0, 6.0, 9.4, 10.0])
def test_target_and_figure_of_an_open_step_do_not_cover_each_other(releases: Staircase, target: float) -> None:
    steps = (*releases.steps[:-1], replace(releases.steps[-1], target=target))
    drawing = staircase_svg(replace(releases, steps=steps), 460, 180)
    (height,) = re.findall(r'y="([\d.]+)"[^>]*>open<', drawing)
    (beside,) = re.findall(r'y="([\d.]+)"[^>]*>target', drawing)
    assert abs(float(height) - float(beside)) >= 11
