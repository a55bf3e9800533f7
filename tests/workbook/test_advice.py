"""What the coach finds can be answered or taken up; large improvements are split; a no points to a step."""

import pytest

from cimodel_tui.coach.finding import Finding
from cimodel_tui.model.action import Progress
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.model.target import Promise
from cimodel_tui.views.panels import suggested_revisit
from cimodel_tui.views.pictures import staircase
from cimodel_tui.workbook.advice import acknowledge, advice, remedy
from cimodel_tui.workbook.workbook import ReasonNeededError, RefusedError
from tests.samples.pen import Pen
from tests.workbook.stories import BEFORE, agreed, measured, verified

NO_CHANGE = "7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8"


def far(pen: Pen) -> Finding:
    """A target that is too far for one pass, not agreed yet."""
    agreed(pen, size="L", target="2.1")
    return pen.found("T5")


def test_first_third_drafts_a_nearer_target_and_notes_the_rest_of_the_way(pen: Pen) -> None:
    finding = far(pen)
    remedy(pen.book, pen.iteration, finding, "a third is enough to learn from")
    (promise,) = pen.iteration.target.targets
    assert (promise.value, promise.end_of_way) == ("5.3", "2.1")
    assert promise.by < "2026-06-30"
    assert "2.1" in pen.iteration.target.rest_of_way


def test_first_third_of_an_agreed_target_is_an_amendment(pen: Pen) -> None:
    finding = far(pen)
    with pytest.raises(ReasonNeededError):
        remedy(pen.book, pen.iteration, finding)
    remedy(pen.book, pen.iteration, finding, "a third is enough to learn from")
    assert {row.path[-1] for row in pen.iteration.target.amendments} == {"value", "by", "end_of_way"}


def test_split_way_is_drawn_as_a_staircase_to_its_end(pen: Pen) -> None:
    finding = far(pen)
    remedy(pen.book, pen.iteration, finding, "a third is enough to learn from")
    stairs = staircase(pen.book, pen.improvement, pen.iteration)
    assert stairs is not None
    assert stairs.aim == pytest.approx(2.1)


def test_remedy_is_taken_back_in_one_step(pen: Pen) -> None:
    finding = far(pen)
    before = pen.iteration
    remedy(pen.book, pen.iteration, finding, "a third is enough to learn from")
    pen.book.undo()
    assert pen.iteration == before


def test_an_answer_holds_while_what_the_rule_looked_at_is_the_same(pen: Pen) -> None:
    measured(pen)
    pen.entry(title="Install a paging tool")
    entry = Place(pen.improvement_id, step=REGISTER)
    finding = pen.found("V2")
    acknowledge(pen.book, pen.iteration, finding, "it is how we call it")
    assert "V2" not in [each.rule for each in advice(pen.book, entry).open]
    ((_, answer),) = [pair for pair in advice(pen.book, entry).answered if pair[0].rule == "V2"]
    assert (answer.reason, answer.by, answer.on) == ("it is how we call it", "Ada", "2026-01-05")
    pen.entry(title="Install another paging tool")
    assert "V2" in [each.rule for each in advice(pen.book, entry).open]


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_answer_needs_a_reason(pen: Pen, reason: str) -> None:
    measured(pen)
    pen.entry(title="Install a paging tool")
    with pytest.raises(RefusedError, match="needs a reason"):
        acknowledge(pen.book, pen.iteration, pen.found("V2"), reason)


def test_verified_check_can_still_be_answered_to(pen: Pen) -> None:
    verified(pen, size="M")
    pen.entry(owner="Grace")
    acknowledge(pen.book, pen.iteration, pen.found("C2"), "nobody else was there")
    assert [row.rule for row in pen.iteration.acknowledged] == ["C2"]


def points_to(pen: Pen) -> str:
    return suggested_revisit(pen.improvement, pen.iteration)[0]


def test_open_actions_point_back_to_step_5(pen: Pen) -> None:
    verified(pen, values=NO_CHANGE, decision="revisit")
    assert points_to(pen) == "action"


def test_done_actions_that_changed_nothing_point_back_to_step_4(pen: Pen) -> None:
    verified(pen, values=NO_CHANGE, decision="revisit")
    pen.rows("action", "progress", Progress, pages={"status": "done"})
    assert points_to(pen) == "plan"


def test_causes_that_were_never_ranked_point_back_to_step_2(pen: Pen) -> None:
    verified(pen, values=NO_CHANGE, decision="revisit")
    pen.rows("action", "progress", Progress, pages={"status": "done"})
    pen.cells("baseline", "causes", "waiting", share="")
    assert points_to(pen) == "baseline"


def test_baseline_that_was_never_agreed_points_back_to_step_2(pen: Pen) -> None:
    measured(pen, values=f"{BEFORE} {NO_CHANGE}")
    pen.write("plan", result_from="2026-03-30")
    pen.rows("target", "targets", Promise, hours={"value": "5.0", "by": "2026-06-30"})
    assert points_to(pen) == "baseline"


def test_what_was_achieved_points_nowhere(pen: Pen) -> None:
    verified(pen)
    assert suggested_revisit(pen.improvement, pen.iteration) == ("", "")
