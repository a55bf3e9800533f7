"""Run charts: points, lines that stay within their phases, and what is said without room or readings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cimodel_tui.charts import Cells, Change, Line, Phase, Point, Role, RunChart, describe, draw, plain
from cimodel_tui.charts.glyphs import cell_width


def texts(lines: tuple[Line, ...], role: Role) -> str:
    return "".join(span.text for line in lines for span in line if span.role is role)


def days(values: list[float]) -> tuple[Point, ...]:
    return tuple(Point(day=date(2026, 1, 1) + timedelta(days=at), value=value) for at, value in enumerate(values))


def test_picture_of_a_story_at_eighty_columns(restore: RunChart) -> None:
    assert plain(draw(restore, 76, 13)).split("\n") == [
        "P2 time to restore, h · lower is better            latest 4.5 on 15 Jun 2026",
        "    baseline                       ┆ during  ┆ result",
        "10 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┆┄┄┄┄┄┄┄┄┄┆┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ limit 9.6",
        "   │                               ┆         ┆",
        " 8 ┤      ●            ●           ┆         ┆",
        "   │─●───────●────●─●───────●──●─●─┆─────────┆──────────────────── mean 6.9",
        " 6 ┤   ●       ●         ●         ┆● ●  ●  ●┆",
        "   │                               ┆═════════┆◆══◆═◆════◆═════◆═◆═ target 5",
        " 4 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┆┄┄┄┄┄┄┄┄┄┆┄┄┄┄┄┄┄┄◆┄┄┄┄◆┄┄┄┄┄┄ limit 4.2",
        "   └·┴············┴·········┴········▲···┴··▲······┴············┴·",
        "    5 Jan 2026  9 Feb     9 Mar       13 Apr    11 May      15 Jun",
        "● reading  ◆ better  ── mean  ┄┄ limits  ══ target  ▲ action finished",
        "▲ 2 Apr swarm rota · 20 Apr runbooks",
    ]


def test_picture_of_a_story_in_a_small_corner(restore: RunChart) -> None:
    assert plain(draw(restore, 30, 8)).split("\n") == [
        "    baseline     ┆   ┆ result",
        "10 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┆┄┄┄┆┄┄┄┄┄┄┄┄",
        "   │  ●     ●    ┆   ┆",
        "   │●●─●●●─●─●●●●●●──┆────────",
        " 5 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┆═●●◆◆┄◆◆◆◆◆◆",
        "   │             ┆   ┆",
        "   └┴·············▲·▲········┴",
        "    5 Jan 2026          15 Jun",
    ]


def test_lines_do_not_cross_a_break_and_earlier_limits_stay() -> None:
    chart = RunChart(
        name="m",
        points=days([20, 22, 21, 20, 10, 12, 11, 10]),
        phases=(
            Phase(name="first", first=date(2026, 1, 1), last=date(2026, 1, 4), upper=26, lower=16),
            Phase(name="second", first=date(2026, 1, 5), upper=14, lower=6),
        ),
    )
    rows = [line for line in plain(draw(chart, 50, 16)).split("\n") if "┄" in line and "limits" not in line]
    assert len(rows) == 4
    assert all("┄" not in row.split("┆")[1] for row in rows[:2])
    assert all("┄" not in row.split("┆")[0] for row in rows[2:])


@pytest.mark.parametrize("cells", Cells)
def test_signals_and_readings_set_aside_have_shapes_of_their_own(cells: Cells) -> None:
    points = (
        Point(day=date(2026, 1, 1), value=1),
        Point(day=date(2026, 1, 2), value=2, flagged=True),
        Point(day=date(2026, 1, 3), value=3, flagged=True, side="better"),
        Point(day=date(2026, 1, 4), value=4, flagged=True, side="worse"),
        Point(day=date(2026, 1, 5), value=5, set_aside=True),
        Point(day=date(2026, 1, 6), value=6, set_aside=True, flagged=True),
    )
    lines = draw(RunChart(name="m", points=points), 30, 12, cells)
    drawn = [texts(lines, role) for role in (Role.FLAG, Role.FLAG_BETTER, Role.FLAG_WORSE, Role.HOLLOW)]
    assert drawn == ["◈", "◆", "✗", "○○"]


def test_two_lines_in_one_row_take_turns() -> None:
    chart = RunChart(name="m", points=days([5] * 3), phases=(Phase(first=date(2026, 1, 1), mean=5, target=(5,)),))
    row = next(line for line in plain(draw(chart, 40, 9)).split("\n") if "●" in line)
    assert "─═─═" in row


def test_lines_of_one_row_are_named_side_by_side(restore: RunChart) -> None:
    phases = (replace(restore.phases[-1], mean=5.1),)
    assert "target 5, mean 5.1" in plain(draw(replace(restore, phases=phases), 100, 8))


def test_limits_are_drawn_no_farther_than_values_can_be() -> None:
    phase = Phase(first=date(2026, 1, 1), mean=98, lower=93, upper=103)
    chart = RunChart(name="m", unit="%", points=days([97, 98, 99]), phases=(phase,), least=0, most=100)
    picture = plain(draw(chart, 70, 14))
    assert "limit 100" in picture
    assert "102" not in picture


def test_no_reading_says_what_to_do() -> None:
    chart = RunChart(name="m")
    assert " ".join(plain(draw(chart, 40, 6)).split()) == chart.nothing_yet


def test_one_reading_is_drawn() -> None:
    assert texts(draw(RunChart(name="m", points=days([5])), 30, 8), Role.POINT) == "●"


def test_equal_readings_stand_in_one_row() -> None:
    lines = plain(draw(RunChart(name="m", points=days([5] * 8)), 40, 8)).split("\n")
    assert [line.count("●") for line in lines if "●" in line] == [8]


def test_two_thousand_readings_keep_extremes_and_flags() -> None:
    values = [50 + at % 5 for at in range(2000)]
    points = [replace(point, flagged=point.day.day == 13) for point in days([float(value) for value in values])]
    points[777] = replace(points[777], value=90.0)
    points[1234] = replace(points[1234], value=10.0)
    lines = draw(RunChart(name="m", points=tuple(points)), 80, 16)
    marked = [y for y, line in enumerate(lines[1:13]) for span in line if span.role in {Role.POINT, Role.FLAG}]
    tops = [y for y, line in enumerate(plain(lines).split("\n")[1:13]) if "●" in line or "◆" in line]
    assert len(set(marked)) >= 3
    assert tops[0] <= 2
    assert tops[-1] >= 9
    assert "extremes of 2,000 readings" in plain(lines)


@pytest.mark.parametrize(
    ("day", "position"),
    [(1, 0.0), (3, 1.0), (2, 0.5), (10, 1.5), (6, 1.375)],
)
def test_a_day_lies_between_readings_by_its_share(day: int, position: float) -> None:
    points = tuple(Point(day=date(2026, 1, at), value=1) for at in (1, 3, 11))
    chart = RunChart(name="m", points=points[:2] if day == 10 else points)
    assert chart.position(date(2026, 1, day)) == position


def test_what_finished_before_the_first_reading_stands_at_the_left_edge(restore: RunChart) -> None:
    assert restore.position(date(2020, 1, 1)) == -0.5


def test_each_year_is_named_once() -> None:
    points = tuple(Point(day=date(2025, 11, 3) + timedelta(weeks=at), value=at) for at in range(16))
    dates = plain(draw(RunChart(name="m", points=points), 90, 10)).split("\n")[-1]
    assert dates.count("2025") == 1
    assert dates.count("2026") == 1


def test_readings_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="order"):
        RunChart(name="m", points=days([1, 2])[::-1])


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="points"):
        RunChart(name="m", points=days([float("nan")]))


def test_a_story_is_told_in_two_sentences(restore: RunChart) -> None:
    assert describe(restore) == (
        "Run chart of P2 time to restore, h, lower is better: 24 readings from 2026-01-05 to 2026-06-15, between 4.3 "
        "and 8.1, latest 4.5 on 15 Jun 2026. Limits 4.2 to 9.6, mean 6.9, target 5, 8 readings flagged as signals, "
        "actions finished: 2 Apr swarm rota, 20 Apr runbooks."
    )


def test_without_flags_nothing_is_said_of_signals() -> None:
    chart = RunChart(name="m", points=days([5, 4]))
    assert "signal" not in describe(chart) + plain(draw(chart, 76, 14))


def test_hostile_names_do_not_break_the_lines(restore: RunChart) -> None:
    name = "\x1b]52;c;x\x07\u202e日本\n🙂"
    chart = replace(
        restore,
        name=name * 9,
        unit=name,
        phases=tuple(replace(phase, name=name) for phase in restore.phases),
        changes=(Change(day=date(2026, 4, 2), name=name * 20),),
    )
    lines = plain(draw(chart, 76, 14)).split("\n")
    assert len(lines) == 14
    assert all(cell_width(line) <= 76 for line in lines)
    assert not set("\x1b\x07\u202e") & set("".join(lines))


def test_limit_of_a_balancing_metric_is_not_called_a_target() -> None:
    phase = Phase(first=date(2026, 1, 1), mean=5, target=(6,))
    drawn = plain(draw(RunChart(name="m", goal="agreed limit", points=days([5] * 3), phases=(phase,)), 60, 10))
    assert "agreed limit 6" in drawn
    assert "target" not in drawn
