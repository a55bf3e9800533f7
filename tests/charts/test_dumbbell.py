"""Dumbbells: one row a metric, each on a scale of its own."""

import re

import pytest

from cimodel_tui.charts import Dumbbell, Move, Role, describe, draw, dumbbell_rows, plain
from cimodel_tui.charts.dumbbell import columns, marks_of
from cimodel_tui.charts.glyphs import cell_width

MARKS = {"baseline": "■", "achieved": "◄►", "worse": "◁▷", "limit": "┇"}


def test_rows_of_a_table_line_up(metrics: list[Dumbbell]) -> None:
    assert plain(dumbbell_rows(metrics, 90)).split("\n") == [
        "time to restore             6.9 →   4.7 h     ◄━━┃━━━━━━━━━━━━━━━━■  ┃ 5",
        "first-contact resolution   59.1 →  62.9 %     ■━━━━━━━━►··········┃  ┃ 68",
        "reopened                    6.6 →   7.9 %     ■╍╍╍╍╍┇╍╍╍╍╍╍╍╍╍╍╍╍╍▷  ┇ 7         worse",
        "stock                      70.0 →  58.0 days  ┣┅┅┅┅┅┅┅┅┅┅┅◄┫━━━━━━■  ┃ 40 to 60",
        "net score                 -12.0 → -12.0       ■···················┃  ┃ 5         no change",
        "swarm in time              41.0 →     – %     ■···················┃  ┃ 80",
    ]


def test_names_are_cut_before_they_are_left_out(metrics: list[Dumbbell]) -> None:
    lines = plain(dumbbell_rows(metrics, 80)).split("\n")
    assert [line[:18].rstrip() for line in lines] == [
        "time to restore",
        "first-contact res…",
        "reopened",
        "stock",
        "net score",
        "swarm in time",
    ]
    assert all("■" in line for line in lines)
    assert plain(dumbbell_rows(metrics, 50)).startswith("  6.9 →   4.7 h ")


@pytest.mark.parametrize("width", range(30, 100))
def test_captions_are_whole_words_each_below_its_mark(metrics: list[Dumbbell], width: int) -> None:
    words = {"baseline", "achieved", "worse", "target", "limit"}
    for metric in metrics:
        _, row, *below = plain(draw(metric, width, 3)).split("\n")
        captions = [(found.start(), found[0]) for line in below for found in re.finditer(r"\S+", line)]
        assert {word for _, word in captions} <= words
        for start, word in captions:
            shapes = row[start : start + len(word)]
            assert word == "target" or any(shape in shapes for shape in MARKS[word]), (row, word)


def test_target_and_limit_are_each_written_in_a_role_of_their_own() -> None:
    both = Dumbbell(name="m", better="lower", baseline=3, achieved=2, target=(1,), limit=(4,))
    for width, target, limit in ((60, "target 1,", "limit 4"), (30, "┃ 1", "┇ 4")):
        (line,) = draw(both, width, 1)
        assert [span.text.strip() for span in line if span.role is Role.TARGET][-1] == target
        assert [span.text for span in line if span.role is Role.LIMIT][-1] == limit


def test_one_metric_with_its_name_and_what_the_marks_are(metrics: list[Dumbbell]) -> None:
    assert plain(draw(metrics[1], 64, 3)).split("\n") == [
        "first-contact resolution                        higher is better",
        "59.1 → 62.9 %  ■━━━━━━━━━━━━━━━►····················┃  target 68",
        "           baseline        achieved              target",
    ]


def test_a_move_the_wrong_way_has_another_shape_and_a_word(metrics: list[Dumbbell]) -> None:
    (line,) = draw(metrics[2], 60, 1)
    worse = "".join(span.text for span in line if span.role is Role.WORSE)
    assert "▷" in worse
    assert "worse" in worse
    assert "►" not in plain([line])


def test_the_word_stays_where_there_is_no_room_for_a_picture(metrics: list[Dumbbell]) -> None:
    assert plain(draw(metrics[2], 20, 1)) == "6.6 → 7.9 %  worse"


@pytest.mark.parametrize(
    ("better", "before", "after", "move"),
    [
        ("higher", 1, 2, Move.BETTER),
        ("higher", -1, -2, Move.WORSE),
        ("lower", 1, 2, Move.WORSE),
        ("lower", 2, -1, Move.BETTER),
        ("target", 70, 58, Move.BETTER),
        ("target", 55, 61, Move.WORSE),
        ("target", 45, 55, Move.OTHER),
        ("none", 1, 2, Move.OTHER),
        ("higher", 2, 2, Move.STILL),
        ("higher", 2, None, Move.NONE_YET),
        ("higher", None, 2, Move.NONE_YET),
    ],
)
def test_the_move_is_judged_by_the_better_side(better: str, before: float, after: float, move: Move) -> None:
    assert Dumbbell(name="m", better=better, baseline=before, achieved=after, target=(40, 60)).move is move


def test_without_a_target_nearer_is_neither_better_nor_worse() -> None:
    assert Dumbbell(name="m", better="target", baseline=1, achieved=2).move is Move.OTHER


def test_achieved_exactly_the_target_touches_it_from_the_side_it_came_from() -> None:
    rising = plain(draw(Dumbbell(name="m", better="higher", baseline=1, achieved=2, target=(2,)), 40, 1))
    falling = plain(draw(Dumbbell(name="m", better="lower", baseline=2, achieved=1, target=(1,)), 40, 1))
    assert "►┃" in rising
    assert "┃◄" in falling


def test_achieved_beyond_the_target_passes_it() -> None:
    past = plain(draw(Dumbbell(name="m", better="higher", baseline=1, achieved=3, target=(2,)), 40, 1))
    assert past.index("■") < past.index("┃") < past.index("►")


def test_values_too_near_to_tell_apart_keep_their_order() -> None:
    chart = Dumbbell(name="m", better="higher", baseline=5.0000001, achieved=5.0000002, target=(1000, 2000), limit=(5,))
    marks = marks_of(chart)
    found = columns(marks, 12)
    assert [mark.value for mark in marks] == sorted(mark.value for mark in marks)
    assert list(found) == sorted(set(found))
    assert found[-1] == 11


def test_nothing_known_yet_is_drawn_as_an_empty_track() -> None:
    assert plain(draw(Dumbbell(name="m"), 32, 1)) == "– → –  ··············  no target"


def test_wide_names_do_not_push_the_columns() -> None:
    charts = [Dumbbell(name=name, baseline=1, achieved=2) for name in ("在庫の日数", "🙂🙂", "abc")]
    lines = plain(dumbbell_rows(charts, 60)).split("\n")
    assert len({cell_width(line[: line.index("→")]) for line in lines}) == 1


def test_a_metric_is_told_in_one_sentence(metrics: list[Dumbbell]) -> None:
    assert [describe(metric) for metric in metrics[1:4]] == [
        "first-contact resolution: baseline 59.1 %, achieved 62.9 % (better), target 68 %, higher is better.",
        "reopened: baseline 6.6 %, achieved 7.9 % (worse), limit 7 %, lower is better.",
        "stock: baseline 70.0 days, achieved 58.0 days (better), target 40 to 60 days, nearer to the target is better.",
    ]


def test_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="baseline"):
        Dumbbell(name="m", baseline=float("nan"))
