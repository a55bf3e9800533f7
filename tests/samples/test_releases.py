"""CI-0003 Releases nobody has to fear, as the page on the samples tells it."""

import pytest
from pytest import approx  # noqa: PT013 - it reads as a word

from cimodel_tui.views.dashboard import iteration_path
from cimodel_tui.views.pictures import staircase
from cimodel_tui.views.register import line_of
from cimodel_tui.views.status import state_of
from cimodel_tui.workbook.advice import all_findings
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes

REF = "CI-0003"


def test_staircase_goes_from_22_4_to_15_5_to_8_9_towards_5(shipped: Workbook) -> None:
    stairs = staircase(shipped, entry(shipped, REF), passes(shipped, REF)[2])
    assert stairs is not None
    assert stairs.baseline == approx(22.4, abs=0.05)
    assert [step.achieved for step in stairs.steps] == [approx(15.5, abs=0.05), approx(8.9, abs=0.05), None]
    assert [step.target for step in stairs.steps] == [18, 10, 6]
    assert stairs.aim == 5


@pytest.mark.parametrize(("number", "reaches"), [(1, 15.467), (2, 8.917)])
def test_a_step_is_met_thinly_over_six_readings(shipped: Workbook, number: int, reaches: float) -> None:
    improvement, iteration = entry(shipped, REF), passes(shipped, REF)[number - 1]
    failures = measure(improvement, iteration).metrics[0]
    assert failures.word == "met-thin"
    assert failures.record["achieved"] == approx(reaches, abs=0.001)
    assert failures.case.after_limits.n == 6
    assert failures.case.caveats.provisional
    assert iteration.check.verdict["closes_as"] == "achieved"


def test_lead_time_fell_from_6_1_to_5_4_to_3_8(shipped: Workbook) -> None:
    improvement = entry(shipped, REF)
    leads = [measure(improvement, each).metrics[1] for each in passes(shipped, REF)]
    means = [float(lead.case.limits.mean or 0) for lead in leads]
    assert means == [approx(6.1), approx(5.4), approx(3.8)]
    assert [lead.word for lead in leads[:2]] == ["kept", "kept"]


def test_each_baseline_is_the_stretch_that_was_achieved_before(shipped: Workbook) -> None:
    first, second, third = passes(shipped, REF)
    assert (second.baseline.first_on, second.baseline.last_on) == ("2026-01-05", first.check.counts_to)
    assert (third.baseline.first_on, third.baseline.last_on) == ("2026-05-04", second.check.counts_to)


def test_third_iteration_is_at_step_4(shipped: Workbook) -> None:
    improvement = entry(shipped, REF)
    assert line_of(shipped, improvement)[4] == "4 (3)"
    assert state_of(shipped, improvement) == "assessing"
    assert iteration_path(shipped, improvement) == (
        "1 to 6 (target met, few readings), again 1 to 6 (target met, few readings), again 1 to 4"
    )


def test_coach_says_that_one_good_fortnight_proves_nothing(shipped: Workbook) -> None:
    third = passes(shipped, REF)[2]
    found = {each.rule: each for each in all_findings(shipped, entry(shipped, REF), third)}
    assert "a single reading" in found["T4"].message
    assert "could be met by luck" in found["T4"].message


def test_an_open_action_was_carried_each_time_one_by_one(shipped: Workbook) -> None:
    first, second, third = passes(shipped, REF)
    for before, after in ((first, second), (second, third)):
        (carried,) = before.momentum.carried
        assert carried.decision == "carry"
        assert carried.id in {row.id for row in after.plan.actions}


def test_open_sustain_checks_were_taken_over_by_the_next_iteration(shipped: Workbook) -> None:
    first, second, third = passes(shipped, REF)
    assert {row.taken_over_by for row in first.momentum.sustain_checks} == {second.id}
    assert [row.taken_over_by for row in second.momentum.sustain_checks] == ["", "", third.id]
    assert not [row for each in (first, second) for row in each.momentum.sustain_checks if row.open]


def test_changes_rolled_back_are_a_share_of_all_changes_and_fall(shipped: Workbook) -> None:
    improvement = entry(shipped, REF)
    shares = [measure(improvement, each).metrics[2] for each in passes(shipped, REF)]
    assert {each.metric.kind for each in shares} == {"share"}
    assert [round(float(each.case.limits.mean or 0), 1) for each in shares] == [10.8, 7.4, 4.9]
    assert all(each.case.limits.weighted for each in shares)
