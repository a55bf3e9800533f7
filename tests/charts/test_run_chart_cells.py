"""Run charts in braille dots: finer than a cell, joined by a line, with stepped limits, a cursor and a band."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cimodel_tui.charts import Cells, Line, Phase, Point, Role, RunChart, draw, plain
from cimodel_tui.charts.canvas import Dots, braille
from cimodel_tui.charts.run_chart_cells import frame_for


def daily(values: Sequence[float]) -> tuple[Point, ...]:
    return tuple(Point(day=date(2026, 1, 1) + timedelta(days=at), value=value) for at, value in enumerate(values))


def cells(lines: tuple[Line, ...], role: Role) -> set[tuple[int, int]]:
    found = set()
    for y, line in enumerate(lines):
        x = 0
        for span in line:
            found |= {(x + at, y) for at in range(len(span.text)) if span.role is role}
            x += len(span.text)
    return found


def test_eighteen_and_twenty_three_minutes_differ_by_levels() -> None:
    phase = Phase(first=date(2026, 1, 1), mean=38.3, lower=29.3, upper=47.3, target=(22,))
    chart = RunChart(name="m", unit="min", points=daily([38.0, 47.0, 18.0, 23.0]), phases=(phase,))
    frame = frame_for(chart, 76, 12)
    assert frame.level(18.0) - frame.level(23.0) >= 2
    one, other = (draw(replace(chart, points=daily([38.0, 47.0, each])), 76, 12, Cells.DENSE) for each in (18.0, 23.0))
    assert plain(one) != plain(other)


def test_twelve_rows_tell_forty_eight_levels_apart() -> None:
    chart = RunChart(name="m", points=daily([0, 11]))
    frame = frame_for(chart, 76, 12 + 4)
    assert frame.scale.rows == 12
    assert len({frame.level(at * 11 / 400) for at in range(401)}) >= 45


def test_dots_of_a_cell_are_numbered_as_in_unicode() -> None:
    assert braille((0, 0)) == "⠁"
    assert braille((1, 3)) == "⢀"
    assert braille(*((x, y) for x in range(2) for y in range(4))) == "⣿"


def test_a_line_of_dots_reaches_both_of_its_ends() -> None:
    dots = Dots(3, 2)
    dots.line((0, 7), (5, 0))
    shapes = {(x, y): shape for x, y, shape in dots.cells()}
    assert ord(shapes[0, 1]) & 0x40
    assert ord(shapes[2, 0]) & 0x08


def test_dots_beside_the_grid_are_dropped() -> None:
    dots = Dots(1, 1)
    dots.line((-4, -4), (9, 9))
    assert [(x, y) for x, y, _ in dots.cells()] == [(0, 0)]


def test_readings_are_joined_by_a_line_from_column_to_column() -> None:
    lines = draw(RunChart(name="m", points=daily([1, 9, 1])), 60, 10, Cells.DENSE)
    drawn = cells(lines, Role.THREAD) | cells(lines, Role.POINT)
    columns = {x for x, _ in drawn}
    assert columns == set(range(min(columns), max(columns) + 1))


def test_the_line_passes_by_what_is_set_aside() -> None:
    points = daily([5, 90, 5])
    aside = (points[0], replace(points[1], set_aside=True), points[2])
    lines = draw(RunChart(name="m", points=aside), 60, 10, Cells.DENSE)
    (hollow,) = cells(lines, Role.HOLLOW)
    assert all(y > hollow[1] + 3 for _, y in cells(lines, Role.THREAD))


def test_the_line_does_not_cross_a_break() -> None:
    phases = (
        Phase(name="one", first=date(2026, 1, 1), last=date(2026, 1, 2)),
        Phase(name="two", first=date(2026, 1, 3)),
    )
    lines = draw(RunChart(name="m", points=daily([9, 9, 1, 1]), phases=phases), 60, 10, Cells.DENSE)
    rows = {y for _, y in cells(lines, Role.THREAD) | cells(lines, Role.POINT)}
    assert len(rows) == 2


@pytest.mark.parametrize("kind", Cells)
def test_limits_take_a_step_where_the_totals_do(kind: Cells) -> None:
    points = tuple(
        replace(point, limits=(40.0, 60.0) if at < 4 else (48.0, 52.0), total="1 of 2")
        for at, point in enumerate(daily([50.0] * 8))
    )
    phase = Phase(first=date(2026, 1, 1), mean=50)
    lines = draw(RunChart(name="m", points=points, phases=(phase,)), 50, 10, kind)
    limits = cells(lines, Role.LIMIT)
    left, right = {y for x, y in limits if x < 20}, {y for x, y in limits if 30 < x < 49}
    assert len(left) == len(right) == 2
    assert min(left) < min(right) < max(right) < max(left)


def test_the_latest_reading_is_shown_with_its_total() -> None:
    points = (Point(day=date(2026, 1, 1), value=90.0, total="45 of 50"),)
    assert "latest 90 (45 of 50) on 1 Jan 2026" in plain(draw(RunChart(name="m", points=points), 76, 12, Cells.DENSE))


def test_readings_that_are_not_shown_yet_keep_their_room() -> None:
    chart = RunChart(name="m", points=daily([1, 2, 3, 4, 5, 6, 7, 8]))
    whole, half = (draw(replace(chart, shown=shown), 60, 12, Cells.DENSE) for shown in (None, 4))
    drawn = cells(half, Role.THREAD) | cells(half, Role.POINT)
    assert drawn < cells(whole, Role.THREAD) | cells(whole, Role.POINT)
    assert plain(half).split("\n")[-1] == plain(whole).split("\n")[-1]
    assert "latest 4 on" in plain(half)


@pytest.mark.parametrize("kind", Cells)
def test_the_cursor_stands_at_its_reading(kind: Cells) -> None:
    lines = draw(RunChart(name="m", points=daily([1, 9, 1]), cursor=1), 60, 12, kind)
    marked = cells(lines, Role.CURSOR)
    assert len({x for x, _ in marked}) == 1
    assert sum(line.count("◉") for line in plain(lines).split("\n")) == 1


@pytest.mark.parametrize("kind", Cells)
def test_what_could_be_luck_is_shaded_from_the_mean_on(kind: Cells) -> None:
    chart = RunChart(name="m", points=daily([38.0, 30.0, 46.0]), band=(38.3, 33.9))
    picture = plain(draw(chart, 76, 16, kind))
    assert "░░ could be luck" in picture
    assert sum("░" in line for line in picture.split("\n")[:-1]) >= 2
