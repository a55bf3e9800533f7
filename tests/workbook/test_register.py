"""The register as the practice's backlog: score, figures, grid, lessons, what is due."""

import pytest

from cimodel_tui.model.improvement import WITHDRAWN
from cimodel_tui.views.due import due_in, due_of
from cimodel_tui.views.register import figures_of, grid_of, line_of, portfolio
from cimodel_tui.views.search import lessons
from cimodel_tui.workbook.actions import add_improvement, archive, next_ref
from tests.samples.pen import Pen
from tests.workbook.stories import acted, embedding, verified


def judged(pen: Pen, title: str, benefit: str, effort: str, urgency: str = "3", risk: str = "1") -> None:
    pen.add(title, benefit=benefit, effort=effort, urgency=urgency, risk=risk)


def test_score_is_twice_the_benefit_and_urgency_less_effort_and_risk(pen: Pen) -> None:
    judged(pen, "Alarms that mean something", "4", "2")
    assert pen.improvement.score == 8
    assert line_of(pen.book, pen.improvement)[5] == "8"


@pytest.mark.parametrize(
    ("override", "reason", "score"), [("12", "the board asks", 12), ("12", " ", 8), ("x", "so", 8)]
)
def test_another_score_counts_with_a_reason_only(pen: Pen, override: str, reason: str, score: int) -> None:
    judged(pen, "Alarms that mean something", "4", "2")
    pen.entry(score_override=override, score_reason=reason)
    assert pen.improvement.score == score


def test_score_needs_all_four_judgements(pen: Pen) -> None:
    pen.add("Alarms that mean something", benefit="4")
    assert pen.improvement.score is None


def test_refs_are_given_once_and_never_again(pen: Pen) -> None:
    first = add_improvement(pen.book, "Alarms that mean something")
    assert (first.ref, next_ref(pen.book)) == ("CI-0001", "CI-0002")
    archive(pen.book, first)
    assert add_improvement(pen.book, "Releases nobody has to fear").ref == "CI-0002"


def test_grid_has_a_cell_for_each_judgement_and_leaves_out_what_is_over(pen: Pen) -> None:
    judged(pen, "Alarms that mean something", "5", "1", urgency="1")
    judged(pen, "Releases nobody has to fear", "5", "1", urgency="5")
    judged(pen, "Refunds that arrive", "9", "1")
    judged(pen, "Chat bot for the desk", "2", "5")
    pen.entry(standing=WITHDRAWN)
    grid = grid_of(pen.book)
    assert [each.ref for each in grid.at(5, 1)] == ["CI-0002", "CI-0001"]
    assert [each.ref for each in grid.unrated] == ["CI-0003"]
    assert grid.at(2, 5) == ()


def test_figures_tell_what_was_completed_achieved_on_time_and_learned(pen: Pen) -> None:
    embedding(pen)
    pen.cells("momentum", "sustain_checks", pen.iteration.momentum.sustain_checks[0].id, waived="sold")
    figures = figures_of(pen.book)
    assert (figures.improvements, figures.completed, figures.achieved) == (1, 1, 1)
    assert (figures.with_lessons, figures.checked, figures.on_time) == (1, 1, 1)


def test_target_that_was_met_late_is_not_on_time(pen: Pen) -> None:
    acted(pen)
    pen.cells("target", "targets", "hours", because="sooner", by="2026-05-01", rule="mean-of-last", rule_n="8")
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", "6.1 6.0 4.7 4.4 4.8 4.3 4.9 4.0")
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")
    pen.verify("Grace")
    assert pen.iteration.check.measured[pen.names["hours"]]["target_met"] is True
    assert figures_of(pen.book).on_time == 0


def test_backlog_grows_with_what_is_raised_and_shrinks_with_what_ends(pen: Pen) -> None:
    pen.add("Alarms that mean something")
    pen.add("Refunds that arrive")
    assert "backlog growing (+2 -0 in 90 days)" in portfolio(pen.book)
    pen.on("2026-04-10")
    pen.entry(standing=WITHDRAWN, standing_reason="no need", standing_on="2026-04-10")
    assert "backlog shrinking (+0 -1 in 90 days)" in portfolio(pen.book)


def test_withdrawing_is_neither_completed_nor_achieved(pen: Pen) -> None:
    pen.add("Alarms that mean something")
    pen.entry(standing=WITHDRAWN, standing_on="2026-01-05")
    figures = figures_of(pen.book)
    assert (figures.completed, figures.achieved, figures.ended) == (0, 0, 1)


def test_lessons_are_found_by_words_across_improvements_with_their_place(pen: Pen) -> None:
    verified(pen)
    first = pen.improvement
    pen.add("Alarms that mean something")
    pen.write("check", stop="waking people for nothing")
    archive(pen.book, first)
    assert [(each.ref, each.kind) for each in lessons(pen.book)] == [("CI-0001", "keep"), ("CI-0002", "stop")]
    (found,) = lessons(pen.book, "PEOPLE alarms")
    assert pen.book.answer(found.place) == found.text == "waking people for nothing"


def test_due_lists_actions_checkpoints_decisions_and_reviews_most_overdue_first(pen: Pen) -> None:
    acted(pen)
    pen.entry(decision_what="who pays", decision_from="the board", decision_by="2026-04-20")
    pen.add("Alarms that mean something")
    pen.entry(review_on="2026-04-13")
    pen.on("2026-04-27")
    assert [(each.improvement, each.kind, each.days) for each in due_in(pen.book)] == [
        ("CI-0002", "review", -14),
        ("CI-0001", "decision", -7),
        ("CI-0001", "action", -1),
    ]


def test_measuring_until_a_day_is_due_on_it(pen: Pen) -> None:
    acted(pen)
    pen.carry("pages", "drop", "")
    pen.write("plan", actions=pen.iteration.plan.actions[:1])
    pen.write("check", decision="keep measuring", measure_until="2026-04-30")
    pen.on("2026-04-27")
    assert [(each.kind, each.days) for each in due_of(pen.book, pen.improvement)] == [("measuring", 3)]


def test_what_is_out_of_sight_is_not_due(pen: Pen) -> None:
    acted(pen)
    archive(pen.book, pen.improvement)
    pen.on("2026-12-01")
    assert due_in(pen.book) == ()
