"""Agree seals; what changes later is an amendment with a reason, original beside current."""

from dataclasses import replace

import pytest

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.seal import apply_amendments, fingerprint
from cimodel_tui.model.step import Place
from cimodel_tui.workbook.actions import agree, set_readings
from cimodel_tui.workbook.workbook import ReasonNeededError, RefusedError
from tests.samples.pen import Pen
from tests.workbook.memory import MemoryStore
from tests.workbook.stories import agreed, measured, verified


def metrics(pen: Pen) -> Place:
    return Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", pen.names["hours"])


def test_agreeing_takes_one_key_for_me_and_today(pen: Pen) -> None:
    measured(pen)
    pen.on("2026-03-30")
    agree(pen.book, pen.iteration, "baseline")
    part = pen.iteration.baseline
    assert part.seal is not None
    assert (part.agreed_by, part.agreed_on, part.seal.by, part.seal.on) == ("Ada", "2026-03-30", "Ada", "2026-03-30")


def test_seal_keeps_definition_days_and_readings_with_their_fingerprint(pen: Pen) -> None:
    agreed(pen)
    seal = pen.iteration.baseline.seal
    assert seal is not None
    assert seal.sha256 == fingerprint(seal.copy)
    assert (seal.copy["first_on"], seal.copy["last_on"]) == ("2026-01-05", "2026-03-23")
    readings = seal.copy["readings"]
    assert isinstance(readings, dict)
    assert len(readings[pen.names["hours"]]) == 12  # type: ignore[arg-type]  # it holds days


def test_what_is_not_there_cannot_be_agreed(pen: Pen) -> None:
    pen.add("Restore stores faster", size="S")
    with pytest.raises(RefusedError, match="before it can be agreed"):
        agree(pen.book, pen.iteration, "baseline")
    with pytest.raises(RefusedError, match="before it can be agreed"):
        agree(pen.book, pen.iteration, "target")


def test_agreeing_twice_is_refused(pen: Pen) -> None:
    agreed(pen)
    with pytest.raises(RefusedError, match="agreed already, by Grace on 2026-03-30"):
        agree(pen.book, pen.iteration, "baseline")


@pytest.mark.parametrize("column", ["name", "definition", "unit", "better", "source"])
def test_change_of_a_sealed_metric_asks_for_a_reason(pen: Pen, column: str) -> None:
    agreed(pen)
    before = pen.iteration
    with pytest.raises(ReasonNeededError):
        pen.cells("baseline", "metrics", "hours", **{column: "higher"})
    assert pen.iteration is before
    pen.cells("baseline", "metrics", "hours", because="the report changed", **{column: "higher"})
    (amendment,) = pen.iteration.baseline.amendments
    assert (amendment.path, amendment.after) == (("metrics", pen.names["hours"], column), "higher")
    assert (amendment.by, amendment.on, amendment.why) == ("Ada", "2026-03-30", "the report changed")


def test_copy_is_never_touched_and_with_the_amendments_gives_what_stands(pen: Pen) -> None:
    agreed(pen)
    seal = pen.iteration.baseline.seal
    for unit in ("min", "s"):
        pen.cells("baseline", "metrics", "hours", unit=unit, because="finer")
    part = pen.iteration.baseline
    assert part.seal == seal
    assert seal is not None
    assert [(row.before, row.after) for row in part.amendments] == [("h", "min"), ("min", "s")]
    now = apply_amendments(seal.copy, part.amendments)
    assert now["metrics"][pen.names["hours"]]["unit"] == "s"  # type: ignore[index,call-overload]  # it holds rows
    assert seal_problems(pen.improvement, pen.iteration) == ()


@pytest.mark.parametrize("day", ["2026-01-12", "2026-01-13"])
def test_reading_changed_or_added_inside_the_stretch_is_an_amendment(pen: Pen, day: str) -> None:
    agreed(pen)
    with pytest.raises(ReasonNeededError):
        set_readings(pen.book, metrics(pen), {day: Reading("9.9")})
    set_readings(pen.book, metrics(pen), {day: Reading("9.9")}, why="found in the report")
    (amendment,) = pen.iteration.baseline.amendments
    assert amendment.path[:3] == ("readings", pen.names["hours"], day)


def test_reading_after_the_stretch_needs_no_reason(pen: Pen) -> None:
    agreed(pen)
    pen.read("hours", "2026-03-30", "6.4")
    assert pen.iteration.baseline.amendments == ()


def test_note_beside_a_sealed_reading_is_no_amendment(pen: Pen) -> None:
    agreed(pen)
    set_readings(pen.book, metrics(pen), {"2026-01-05": Reading("7.1", note="bank holiday")})
    assert pen.iteration.baseline.amendments == ()


def test_setting_a_sealed_reading_aside_is_an_amendment(pen: Pen) -> None:
    agreed(pen)
    aside = Reading("7.1", set_aside="broken meter")
    set_readings(pen.book, metrics(pen), {"2026-01-05": aside}, why="meter was broken")
    (amendment,) = pen.iteration.baseline.amendments
    assert (amendment.before, amendment.after) == (None, "broken meter")


def test_second_metric_after_agreeing_is_an_amendment(pen: Pen) -> None:
    agreed(pen)
    metric = Metric(id=pen.book.new_id(), name="calls", definition="all", unit="1", better="lower")
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics")
    with pytest.raises(ReasonNeededError):
        pen.book.change(place, (*pen.iteration.baseline.metrics, metric))
    pen.book.change(place, (*pen.iteration.baseline.metrics, metric), why="it matters too")
    assert {row.path[0] for row in pen.iteration.baseline.amendments} == {"metrics", "readings"}
    assert seal_problems(pen.improvement, pen.iteration) == ()


@pytest.mark.parametrize(("column", "value"), [("value", "6"), ("by", "2026-12-31"), ("rule", "latest"), ("low", "1")])
def test_target_and_rule_are_sealed_too(pen: Pen, column: str, value: str) -> None:
    agreed(pen)
    with pytest.raises(ReasonNeededError):
        pen.cells("target", "targets", "hours", **{column: value})
    pen.cells("target", "targets", "hours", because="negotiated", **{column: value})
    assert [row.path[-1] for row in pen.iteration.target.amendments] == [column]


def test_white_space_is_no_reason(pen: Pen) -> None:
    agreed(pen)
    with pytest.raises(ReasonNeededError):
        pen.cells("target", "targets", "hours", because="  \n", value="6")


def test_sentence_and_other_answers_stay_free(pen: Pen) -> None:
    agreed(pen)
    pen.write("target", sentence="Back within five hours.", success_factors="the supplier joins")
    pen.write("baseline", current_state="It takes 6.9 h.")
    assert pen.iteration.target.amendments == ()
    assert pen.iteration.baseline.amendments == ()


def test_seal_can_neither_be_typed_nor_taken_off(pen: Pen) -> None:
    agreed(pen)
    for step in ("baseline", "target"):
        for name, value in (("seal", None), ("amendments", ())):
            with pytest.raises(RefusedError, match="calculated and cannot be edited"):
                pen.book.change(Place(pen.improvement_id, pen.iteration.id, step, name), value, why="please")


def test_doctor_names_a_value_that_was_changed_past_its_seal(pen: Pen) -> None:
    agreed(pen)
    metric = replace(pen.iteration.baseline.metrics[0], unit="min")
    tampered = replace(pen.iteration, baseline=replace(pen.iteration.baseline, metrics=(metric,)))
    (words,) = seal_problems(pen.improvement, tampered)
    assert words == f"step baseline: metrics / {metric.id} / unit was changed past its seal"


def test_doctor_names_a_copy_that_was_rewritten(pen: Pen) -> None:
    agreed(pen)
    part = pen.iteration.target
    assert part.seal is not None
    forged = {**part.seal.copy, "agreed_by": "Mallory"}
    tampered = replace(pen.iteration, target=replace(part, seal=replace(part.seal, copy=forged)))
    assert "the seal of step target does not fit its copy" in seal_problems(pen.improvement, tampered)


def test_doctor_names_an_amendment_that_starts_from_what_never_stood_there(pen: Pen) -> None:
    agreed(pen)
    pen.cells("baseline", "metrics", "hours", unit="min", because="finer")
    part = pen.iteration.baseline
    forged = replace(part.amendments[0], before="days")
    tampered = replace(pen.iteration, baseline=replace(part, amendments=(forged,)))
    (words,) = seal_problems(pen.improvement, tampered)
    assert "unit" in words
    assert "does not start from what stood there" in words


def test_removing_an_amendment_shows(pen: Pen) -> None:
    agreed(pen)
    pen.cells("baseline", "metrics", "hours", unit="min", because="finer")
    tampered = replace(pen.iteration, baseline=replace(pen.iteration.baseline, amendments=()))
    assert seal_problems(pen.improvement, tampered)


def test_first_day_of_the_result_moves_freely_until_a_reading_lies_in_it(pen: Pen) -> None:
    agreed(pen)
    pen.write("plan", result_from="2026-04-27")
    pen.write("plan", result_from="2026-05-04")
    assert pen.iteration.plan.amendments == ()


def test_moving_the_first_day_of_the_result_past_a_reading_is_an_amendment(pen: Pen) -> None:
    agreed(pen)
    pen.write("plan", result_from="2026-04-27")
    pen.read("hours", "2026-04-27", "5.1")
    place = Place(pen.improvement_id, pen.iteration.id, "plan", "result_from")
    with pytest.raises(ReasonNeededError, match="a reading lies in the result"):
        pen.book.change(place, "2026-05-04")
    pen.book.change(place, "2026-05-04", why="the panel came later")
    (amendment,) = pen.iteration.plan.amendments
    assert (amendment.path, amendment.before, amendment.after) == (("result_from",), "2026-04-27", "2026-05-04")
    assert (amendment.by, amendment.why) == ("Ada", "the panel came later")


def test_moving_it_by_the_last_actions_due_day_is_one_as_well(pen: Pen) -> None:
    verified(pen)
    with pytest.raises(ReasonNeededError):
        pen.cells("plan", "actions", "pages", due="2026-05-31")
    with pytest.raises(ReasonNeededError):
        pen.cells("plan", "actions", "pages", due="")
    pen.cells("plan", "actions", "pages", due="2026-05-31", because="late")
    (amendment,) = pen.iteration.plan.amendments
    assert (amendment.before, amendment.after) == ("2026-04-27", "2026-06-01")


def test_other_answers_of_the_plan_stay_free_once_readings_are_in(pen: Pen) -> None:
    verified(pen)
    pen.write("plan", why="nearest", stop_rule="reopened above 6 %")
    pen.cells("plan", "actions", "pages", what="Runbooks", due="2026-04-20", because="early")
    assert len(pen.iteration.plan.amendments) == 1


def test_amendment_of_an_added_row_stays_as_it_was_when_the_row_is_amended_again(pen: Pen) -> None:
    agreed(pen)
    metric = Metric(id=pen.book.new_id(), name="calls", definition="all", unit="1", better="lower")
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics")
    pen.book.change(place, (*pen.iteration.baseline.metrics, metric), why="it matters too")
    added = repr(pen.iteration.baseline.amendments[0])
    pen.cells("baseline", "metrics", metric.id, because="finer", unit="100")
    assert repr(pen.iteration.baseline.amendments[0]) == added
    assert seal_problems(pen.improvement, pen.iteration) == ()


def test_reason_for_one_change_explains_no_value_that_was_changed_past_its_seal(pen: Pen, store: MemoryStore) -> None:
    agreed(pen)
    metric = replace(pen.iteration.baseline.metrics[0], unit="min")
    store.put([replace(pen.iteration, baseline=replace(pen.iteration.baseline, metrics=(metric,)))])
    pen.write("vision", why_now="typing elsewhere asks for nothing")
    pen.cells("baseline", "metrics", "hours", because="the report changed", source="new report")
    assert [row.path[-1] for row in pen.iteration.baseline.amendments] == ["source"]
    assert len(seal_problems(pen.improvement, pen.iteration)) == 1
    pen.cells("baseline", "metrics", "hours", because="put right", unit="h")
    assert seal_problems(pen.improvement, pen.iteration) == ()
