"""Sustain checks: planned from the verified check, recorded with the readings since the one before, held or slipped."""

from dataclasses import replace

import pytest

from cimodel_tui.model.step import Place
from cimodel_tui.views.due import due_of
from cimodel_tui.views.panels import momentum_lines
from cimodel_tui.workbook.actions import set_readings
from cimodel_tui.workbook.sustain import holds, plan_sustain_checks, record_sustain_check
from cimodel_tui.workbook.workbook import RefusedError
from tests.samples.pen import Pen
from tests.workbook.stories import acted, embedding, verified


def test_days_count_from_the_verified_check(pen: Pen) -> None:
    acted(pen)
    with pytest.raises(RefusedError, match="verify the check first"):
        plan_sustain_checks(pen.book, pen.iteration)


def test_nothing_gained_is_nothing_to_sustain(pen: Pen) -> None:
    verified(pen, values="7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8", target="6.0")
    with pytest.raises(RefusedError, match="nothing was gained"):
        plan_sustain_checks(pen.book, pen.iteration)


def test_planning_again_adds_nothing(pen: Pen) -> None:
    embedding(pen, size="M")
    plan_sustain_checks(pen.book, pen.iteration)
    assert len(pen.iteration.momentum.sustain_checks) == 3


def test_result_is_the_mean_of_the_readings_since_the_check_before(pen: Pen) -> None:
    embedding(pen, size="M")
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", "4.4 4.8")
    pen.record_sustain_check()
    pen.on("2026-09-21", "Grace")
    pen.read("hours", "2026-07-27", "5.0 5.2")
    pen.record_sustain_check()
    rows = pen.iteration.momentum.sustain_checks
    assert [row.result for row in rows] == ["4.6", "5.1", ""]
    assert (rows[1].recorded_on, rows[1].recorded_by) == ("2026-09-21", "Grace")


def test_reading_set_aside_does_not_count(pen: Pen) -> None:
    embedding(pen)
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", "4.4 9.9")
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", pen.names["hours"])
    odd = pen.improvement.readings[pen.names["hours"]]["2026-06-29"]
    aside = type(odd)(odd.value, set_aside="broken meter")
    set_readings(pen.book, place, {"2026-06-29": aside})
    pen.record_sustain_check()
    assert pen.iteration.momentum.sustain_checks[0].result == "4.4"


def test_limit_is_half_way_between_baseline_and_achieved_where_none_was_given(pen: Pen) -> None:
    embedding(pen)
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", "4.4")
    pen.record_sustain_check()
    assert pen.iteration.momentum.sustain_checks[0].limit == "5.8"


@pytest.mark.parametrize(("value", "held"), [("5.8", True), ("5.9", False)])
def test_it_is_said_whether_the_gain_held(pen: Pen, value: str, held: bool) -> None:
    embedding(pen)
    pen.cells("momentum", "sustain_checks", pen.iteration.momentum.sustain_checks[0].id, limit="5.8")
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", value)
    pen.record_sustain_check()
    assert holds(pen.iteration, pen.iteration.momentum.sustain_checks[0]) is held
    lines = " ".join(line.text for line in momentum_lines(pen.improvement, pen.iteration, pen.clock.today()))
    assert ("held (limit 5.8)" in lines) is held
    assert ("slipped past its limit 5.8" in lines) is not held


def test_open_check_is_due_soon_and_then_overdue(pen: Pen) -> None:
    embedding(pen)
    pen.on("2026-07-08")
    assert [(each.kind, each.days) for each in due_of(pen.book, pen.improvement)] == [("sustain check", 14)]
    pen.on("2026-07-23")
    assert [(each.kind, each.days) for each in due_of(pen.book, pen.improvement)] == [("sustain check", -1)]


def test_recorded_or_waived_check_is_not_recorded_again(pen: Pen) -> None:
    embedding(pen)
    row = pen.iteration.momentum.sustain_checks[0].id
    pen.cells("momentum", "sustain_checks", row, waived="the store was sold")
    with pytest.raises(RefusedError, match="not open"):
        record_sustain_check(pen.book, pen.iteration, row)


def test_last_days_of_the_calendar_have_no_later_look(pen: Pen) -> None:
    embedding(pen, size="M")
    known = len(pen.iteration.momentum.sustain_checks)
    last = replace(pen.iteration, check=replace(pen.iteration.check, verified_on="9999-12-31"))
    with pytest.raises(RefusedError, match="the calendar ends"):
        plan_sustain_checks(pen.book, last)
    assert len(pen.iteration.momentum.sustain_checks) == known
