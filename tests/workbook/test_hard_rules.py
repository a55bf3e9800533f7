"""The three hard rules, and every way round them that a person could try."""

from collections.abc import Callable

import pytest

from cimodel_tui.model.check import closes_as, final_verdict
from cimodel_tui.model.completeness import missing
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.step import Place
from cimodel_tui.model.target import Promise
from cimodel_tui.views.status import next_of, state_of, status_of
from cimodel_tui.workbook.actions import agree, archive, set_readings, verify
from cimodel_tui.workbook.measure import VERDICTS, measure
from cimodel_tui.workbook.sustain import plan_sustain_checks, record_sustain_check
from cimodel_tui.workbook.workbook import RefusedError
from tests.samples.pen import Pen
from tests.workbook.stories import BETTER, acted, back_to, embedding, measured, unsealed, verified, with_limit


def word(pen: Pen) -> str:
    return str(measure(pen.improvement, pen.iteration).verdict["word"])


def closes(pen: Pen) -> str:
    return str(measure(pen.improvement, pen.iteration).verdict["closes_as"])


def test_without_an_agreed_baseline_the_only_verdict_is_cannot_tell(pen: Pen) -> None:
    unsealed(pen)
    assert word(pen) == "cannot-tell"
    pen.verify("Grace")
    assert pen.iteration.check.verdict["word"] == "cannot-tell"
    assert closes_as(pen.iteration.check) == "not verified"


@pytest.mark.parametrize("wanted", [each for each in VERDICTS if each != "cannot-tell"])
def test_no_person_can_override_cannot_tell(pen: Pen, wanted: str) -> None:
    unsealed(pen)
    pen.write("check", override=wanted, override_reason="everybody can see it")
    assert word(pen) == "cannot-tell"
    pen.verify("Grace")
    assert word(pen) == final_verdict(pen.iteration.check) == "cannot-tell"
    assert closes_as(pen.iteration.check) == "not verified"


def test_agreeing_after_the_check_was_verified_changes_nothing_about_it(pen: Pen) -> None:
    unsealed(pen)
    pen.write("check", override="achieved", override_reason="agreed since")
    pen.verify("Grace")
    pen.agree("baseline", "Grace")
    assert word(pen) == final_verdict(pen.iteration.check) == "cannot-tell"


def test_typing_names_and_days_is_not_agreeing(pen: Pen) -> None:
    unsealed(pen)
    pen.write("baseline", agreed_by="Grace", agreed_on="2026-03-30", first_on="2026-01-05", last_on="2026-03-23")
    assert word(pen) == "cannot-tell"
    assert "not agreed yet: press Agree" in [each.words for each in missing(pen.improvement, pen.iteration, "baseline")]


def test_agreement_taken_back_takes_the_verdict_back(pen: Pen) -> None:
    acted(pen)
    pen.read("hours", "2026-04-27", BETTER)
    measured_before = word(pen)
    agreed_again = [step.words for step in pen.book.history.undo_steps]
    while pen.iteration.baseline.seal is not None:
        assert pen.book.undo() is not None
    assert measured_before == "achieved"
    assert "agreed the baseline" in agreed_again
    assert word(pen) == "cannot-tell"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("verdict", {"word": "achieved", "closes_as": "achieved"}),
        ("measured", {"x": {"verdict": "achieved"}}),
        ("counts_to", "2026-12-31"),
    ],
)
def test_a_verdict_cannot_be_typed(pen: Pen, name: str, value: object) -> None:
    unsealed(pen)
    pen.write("check", verified_by="Grace", verified_on="2026-06-22")
    with pytest.raises(RefusedError, match="calculated and cannot be edited"):
        pen.book.change(Place(pen.improvement_id, pen.iteration.id, "check", name), value, why="please")
    assert not pen.iteration.check.verified


def test_target_met_is_not_achieved_before_it_is_verified(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7", verified_by="Grace")
    pen.write("check", verified_on="2026-06-22")
    assert closes_as(pen.iteration.check) == "not verified"
    assert state_of(pen.book, pen.improvement) == "verifying"


def test_stopped_without_a_verified_check_closes_as_not_verified(pen: Pen) -> None:
    acted(pen)
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", keep="swarming", decision="stop")
    assert status_of(pen.book, pen.improvement) == "closed, not verified"


def test_override_without_a_verified_check_or_a_reason_does_not_count(pen: Pen) -> None:
    acted(pen)
    pen.read("hours", "2026-04-27", "7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8")
    pen.write("check", override="achieved", override_reason="I know better")
    assert word(pen) == "not-shown"
    pen.write("check", override_reason=" ")
    pen.on("2026-06-22")
    pen.verify("Grace")
    assert word(pen) == "not-shown"
    assert closes_as(pen.iteration.check) == "not achieved"


def test_override_with_a_reason_counts_once_verified_and_both_are_shown(pen: Pen) -> None:
    verified(pen, values="7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8")
    pen.write("check", override="achieved", override_reason="the report counts holidays")
    found = measure(pen.improvement, pen.iteration).verdict
    assert (found["word"], found["suggested"], found["reason"]) == (
        "achieved",
        "not-shown",
        "the report counts holidays",
    )


def test_later_readings_and_changes_of_old_ones_move_no_verified_verdict(pen: Pen) -> None:
    verified(pen)
    record = pen.iteration.check
    pen.read("hours", "2026-06-22", "9.9 9.8 9.9 9.7 9.9 9.8 9.9 9.7")
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", pen.names["hours"])
    set_readings(pen.book, place, {"2026-04-27": Reading("12")})
    set_readings(pen.book, place, {"2026-01-05": None}, why="a slip")
    assert pen.iteration.check == record
    assert word(pen) == "achieved"


def test_what_was_verified_stays_verified(pen: Pen) -> None:
    verified(pen)
    for name in ("verified_by", "verified_on"):
        place = Place(pen.improvement_id, pen.iteration.id, "check", name)
        assert not pen.book.may_change(place)
        with pytest.raises(RefusedError, match="stays on record"):
            pen.book.change(place, "")
    with pytest.raises(RefusedError, match="verified already"):
        verify(pen.book, pen.iteration)


def test_keep_measuring_stays_unverified(pen: Pen) -> None:
    acted(pen)
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", decision="keep measuring", measure_until="2026-08-31")
    with pytest.raises(RefusedError, match="it stays unverified"):
        verify(pen.book, pen.iteration)


def test_a_verified_check_does_not_go_back_to_measuring(pen: Pen) -> None:
    verified(pen)
    with pytest.raises(RefusedError, match="verified already"):
        pen.write("check", decision="keep measuring")


def test_it_is_embedding_until_the_last_sustain_check_is_in(pen: Pen) -> None:
    embedding(pen)
    assert state_of(pen.book, pen.improvement) == "embedding"
    pen.on("2026-07-22")
    pen.read("hours", "2026-06-22", "4.6 4.7")
    pen.record_sustain_check()
    assert status_of(pen.book, pen.improvement) == "closed, achieved"


def test_it_closes_with_a_check_that_is_waived_with_a_reason(pen: Pen) -> None:
    embedding(pen)
    row = pen.iteration.momentum.sustain_checks[0].id
    pen.cells("momentum", "sustain_checks", row, waived="  ")
    assert state_of(pen.book, pen.improvement) == "embedding"
    pen.cells("momentum", "sustain_checks", row, waived="the store was sold")
    assert state_of(pen.book, pen.improvement) == "closed"


def test_all_three_checks_of_a_larger_improvement_are_owed(pen: Pen) -> None:
    embedding(pen, size="M")
    rows = pen.iteration.momentum.sustain_checks
    assert [row.due for row in rows] == ["2026-07-22", "2026-09-20", "2026-12-19"]
    for row in rows[:2]:
        pen.cells("momentum", "sustain_checks", row.id, waived="no numbers in summer")
    assert state_of(pen.book, pen.improvement) == "embedding"


def without_rows(pen: Pen) -> None:
    pen.write("momentum", sustain_checks=())


def without_a_plan(pen: Pen) -> None:
    pen.write("momentum", sustain_checks=pen.iteration.momentum.sustain_checks[1:])


def taken_over_by_nobody(pen: Pen) -> None:
    pen.cells("momentum", "sustain_checks", pen.iteration.momentum.sustain_checks[0].id, taken_over_by="nobody")


def recorded_before_its_day(pen: Pen) -> None:
    pen.read("hours", "2026-06-22", "4.6")
    record_sustain_check(pen.book, pen.iteration, pen.iteration.momentum.sustain_checks[0].id)


def recorded_without_a_reading(pen: Pen) -> None:
    pen.on("2026-07-22")
    record_sustain_check(pen.book, pen.iteration, pen.iteration.momentum.sustain_checks[0].id)


@pytest.mark.parametrize(
    "trick",
    [without_rows, without_a_plan, taken_over_by_nobody, recorded_before_its_day, recorded_without_a_reading],
)
def test_an_open_sustain_check_cannot_be_got_rid_of(pen: Pen, trick: Callable[[Pen], None]) -> None:
    embedding(pen)
    with pytest.raises(RefusedError):
        trick(pen)
    assert pen.iteration.momentum.sustain_checks[0].open
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_a_day_without_a_result_records_nothing(pen: Pen) -> None:
    embedding(pen)
    pen.cells("momentum", "sustain_checks", pen.iteration.momentum.sustain_checks[0].id, recorded_on="2026-07-22")
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_a_result_is_typed_neither_before_its_day_nor_as_something_that_is_no_number_or_no_day(pen: Pen) -> None:
    embedding(pen)
    row = pen.iteration.momentum.sustain_checks[0].id
    for result, on in (("4.6", "2026-06-22"), ("fine", "2026-07-22"), ("4.6", "soon"), ("4.6", "")):
        pen.cells("momentum", "sustain_checks", row, recorded_on="", result="")
        pen.cells("momentum", "sustain_checks", row, result=result, recorded_on=on)
        assert state_of(pen.book, pen.improvement) == "embedding", (result, on)
    pen.cells("momentum", "sustain_checks", row, result="4.6")
    with pytest.raises(RefusedError, match="when its day has come"):
        pen.cells("momentum", "sustain_checks", row, recorded_on="2026-07-22")
    pen.on("2026-07-22")
    pen.cells("momentum", "sustain_checks", row, recorded_on="2026-07-22")
    assert state_of(pen.book, pen.improvement) == "closed"


def test_deciding_to_stop_closes_nothing_while_a_sustain_check_is_open(pen: Pen) -> None:
    embedding(pen)
    pen.write("check", decision="stop")
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_a_gain_without_a_sustain_check_is_not_closed(pen: Pen) -> None:
    verified(pen)
    pen.write("momentum", next="none", next_reason="good enough")
    pen.carry("pages", "drop", "")
    assert state_of(pen.book, pen.improvement) == "embedding"
    assert "sustain_checks" in [each.place.field for each in missing(pen.improvement, pen.iteration, "momentum")]


def test_open_sustain_check_of_an_earlier_iteration_keeps_the_improvement_open(pen: Pen) -> None:
    back_to(pen, "plan")
    first = pen.book.iterations(pen.improvement_id)[0]
    plan_sustain_checks(pen.book, first)
    pen.write("check", decision="stop", keep="nothing more to gain")
    assert state_of(pen.book, pen.improvement) == "assessing"
    row = pen.book.iteration(first.id).momentum.sustain_checks[0]
    place = Place(pen.improvement_id, first.id, "momentum", "sustain_checks", row.id, "waived")
    pen.book.change(place, "the store was sold")
    assert state_of(pen.book, pen.improvement) == "closed"


def test_putting_it_out_of_sight_does_not_close_it(pen: Pen) -> None:
    embedding(pen)
    archive(pen.book, pen.improvement)
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_next_iteration_that_is_planned_keeps_it_open(pen: Pen) -> None:
    embedding(pen)
    for row in pen.iteration.momentum.sustain_checks:
        pen.cells("momentum", "sustain_checks", row.id, waived="sold")
    pen.write("momentum", next="on a date", next_on="2027-01-11")
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_a_row_of_ones_own_is_owed_like_any_other(pen: Pen) -> None:
    embedding(pen)
    own = SustainCheck(id=pen.book.new_id(), due="2027-01-11", metric=pen.names["hours"])
    pen.write("momentum", sustain_checks=(*pen.iteration.momentum.sustain_checks, own))
    pen.cells("momentum", "sustain_checks", pen.iteration.momentum.sustain_checks[0].id, waived="sold")
    assert state_of(pen.book, pen.improvement) == "embedding"


def test_agree_and_verify_need_somebody(pen: Pen) -> None:
    measured(pen)
    pen.book.me = ""
    with pytest.raises(RefusedError, match="who agrees"):
        agree(pen.book, pen.iteration, "baseline")
    with pytest.raises(RefusedError, match="who verifies"):
        verify(pen.book, pen.iteration)


def at_a_cost(pen: Pen) -> None:
    measured(pen)
    with_limit(pen, "6")
    pen.read("again", "2026-01-05", "4.0 4.2 4.1 4.0 4.2 4.1")
    pen.on("2026-03-30")
    pen.agree("baseline", "Grace")
    pen.rows("target", "targets", Promise, hours={"value": "5.0", "by": "2026-06-30"})
    pen.agree("target", "Grace")
    pen.write("plan", result_from="2026-04-27")
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.read("again", "2026-04-27", "7.9 8.0 7.8")
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")
    pen.verify("Grace")


def test_met_at_a_cost_closes_as_partly_until_the_sponsor_accepts_it_by_name_and_reason(pen: Pen) -> None:
    at_a_cost(pen)
    assert pen.iteration.check.verdict["at_a_cost"] == ["reopened"]
    assert closes_as(pen.iteration.check) == closes(pen) == "partly"
    pen.write("check", cost_accepted_by="the sponsor")
    assert closes_as(pen.iteration.check) == closes(pen) == "partly"
    pen.write("check", cost_accepted_reason="worth it until autumn")
    assert closes_as(pen.iteration.check) == closes(pen) == "achieved"


def test_next_useful_thing_is_the_sustain_check_of_the_earlier_iteration(pen: Pen) -> None:
    back_to(pen, "plan")
    plan_sustain_checks(pen.book, pen.book.iterations(pen.improvement_id)[0])
    pen.write("check", decision="stop", keep="nothing more to gain")
    assert next_of(pen.book, pen.improvement) == "wait for the sustain check on 2026-07-22"
    pen.on("2026-07-23")
    assert next_of(pen.book, pen.improvement) == "record the sustain check: it was due on 2026-07-22"
