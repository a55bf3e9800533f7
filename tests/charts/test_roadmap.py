"""The actions of a plan in time."""

from datetime import date

import pytest

from cimodel_tui.charts import Bar, Roadmap, describe, draw, plain

TODAY = date(2026, 5, 1)


def roadmap(*bars: Bar) -> Roadmap:
    return Roadmap(bars=bars, today=TODAY)


def test_each_action_has_a_line_with_its_sign_and_its_day() -> None:
    chart = roadmap(
        Bar(name="Swarm rota", status="done", first=date(2026, 4, 1), last=date(2026, 4, 10)),
        Bar(name="Runbooks", status="doing", first=date(2026, 4, 20), last=date(2026, 5, 20)),
    )
    lines = plain(draw(chart, 80, 4)).splitlines()
    assert lines[0].startswith("✓ Swarm rota")
    assert "10 Apr" in lines[0]
    assert lines[1].startswith("▸ Runbooks")
    assert lines[0].index("█") < lines[1].index("▓")
    assert "today" in lines[2]


def test_an_action_past_its_day_is_marked_by_shape_not_by_colour_alone() -> None:
    late = roadmap(
        Bar(name="Panel", first=date(2026, 4, 1), last=date(2026, 4, 20), late=True),
        Bar(name="Trial", last=date(2026, 5, 9)),
    )
    assert "20 Apr !" in plain(draw(late, 80, 4))
    assert "late" in describe(late)


def test_an_action_without_a_day_says_so() -> None:
    chart = roadmap(Bar(name="Some day"), Bar(name="Panel", last=date(2026, 5, 2)))
    assert "no day" in plain(draw(chart, 80, 4)).splitlines()[0]


def test_no_action_at_all_is_said_in_words() -> None:
    assert describe(roadmap()) == "No action has a day yet."
    assert not plain(draw(roadmap(), 80, 4)).strip()


@pytest.mark.parametrize("width", [1, 5, 20, 80, 300])
@pytest.mark.parametrize("height", [1, 2, 30])
def test_any_size_will_do(width: int, height: int) -> None:
    bars = tuple(Bar(name=f"action {number}", last=date(2026, 4, number + 1)) for number in range(12))
    lines = draw(roadmap(*bars), width, height)
    assert len(lines) == height
    assert all(sum(len(span.text) for span in line) <= width for line in lines)
