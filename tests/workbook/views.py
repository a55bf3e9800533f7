"""Looks at everything that a workbook shows, and at whether it is whole."""

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.completeness import current_step, missing, missing_in_entry
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, loose_ends
from cimodel_tui.model.status import STATUSES
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.views import dashboard, panels, pictures
from cimodel_tui.views.due import due_in
from cimodel_tui.views.history import history_of
from cimodel_tui.views.register import figures_of, grid_of, line_of
from cimodel_tui.views.search import lessons, search
from cimodel_tui.views.status import promise_line, state_of, status_of
from cimodel_tui.workbook.actions import available_actions, sealed_words
from cimodel_tui.workbook.advice import advice
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import Workbook


def look_at_everything(book: Workbook) -> None:
    """Work out all that any screen, command or report shows; whatever cannot be shown raises."""
    due_in(book)
    grid_of(book)
    assert figures_of(book).words
    lessons(book)
    search(book, "a")
    for improvement in book.improvements(archived=True):
        assert state_of(book, improvement) in STATUSES
        assert status_of(book, improvement)
        line_of(book, improvement)
        history_of(book, improvement)
        missing_in_entry(improvement)
        advice(book, Place(improvement.id, step=REGISTER))
        dashboard.iteration_path(book, improvement)
        for iteration in book.iterations(improvement.id):
            _look_at(book, improvement, iteration)


def _look_at(book: Workbook, improvement: Improvement, iteration: Iteration) -> None:
    today = book.clock.today()
    measure(improvement, iteration)
    for step in STEP_KEYS:
        missing(improvement, iteration, step)
        advice(book, Place(improvement.id, iteration.id, step))
        promise_line(iteration, step)
        available_actions(book, iteration, step)
        sealed_words(iteration, step)
    current_step(improvement, iteration)
    dashboard.steering_line(book, improvement, iteration)
    dashboard.result_lines(book, improvement, iteration)
    dashboard.next_lines(book, improvement, iteration)
    dashboard.due_lines(book, improvement)
    dashboard.history_line(book, improvement)
    dashboard.payback(iteration)
    panels.baseline_lines(improvement, iteration)
    panels.target_lines(improvement, iteration)
    panels.check_lines(improvement, iteration)
    panels.momentum_lines(improvement, iteration, today)
    pictures.staircase(book, improvement, iteration)
    pictures.roadmap(iteration, today)
    for metric in iteration.baseline.metrics:
        pictures.dumbbell(book, improvement, iteration, metric.id)
        pictures.run_chart(book, improvement, iteration, metric.id)


def assert_whole(book: Workbook) -> None:
    """Assert that no iteration stands without the one before, no seal is passed over, and nothing dangles."""
    for improvement in book.improvements(archived=True):
        iterations = book.iterations(improvement.id)
        assert [each.number for each in iterations] == list(range(1, len(iterations) + 1))
        assert [each.parent for each in iterations] == ["", *(each.id for each in iterations[:-1])]
        assert not loose_ends(improvement, iterations)
        for iteration in iterations:
            assert seal_problems(improvement, iteration) == ()
            takeovers = {row.taken_over_by for row in iteration.momentum.sustain_checks} - {""}
            assert takeovers <= {each.id for each in iterations}
    ids = [each for improvement in book.improvements(archived=True) for each in book.documents.lineage[improvement.id]]
    assert sorted(ids) == sorted(book.documents.iterations)
