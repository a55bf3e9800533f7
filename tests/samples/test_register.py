"""The register of the sample: ideas, figures, what is due, and no story that looks abandoned."""

from datetime import date, timedelta

from cimodel_tui.model.baseline import DAYS_BETWEEN
from cimodel_tui.views.due import due_in
from cimodel_tui.views.register import figures_of, grid_of
from cimodel_tui.views.status import state_of, status_of
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes


def test_five_further_entries_are_ideas_one_of_them_stale_one_withdrawn(shipped: Workbook) -> None:
    told = [status_of(shipped, entry(shipped, f"CI-000{number}")) for number in range(4, 9)]
    assert told == ["idea, stale", "idea", "idea", "withdrawn", "idea"]
    assert entry(shipped, "CI-0007").standing_reason


def test_register_is_told_in_figures(shipped: Workbook) -> None:
    figures = figures_of(shipped)
    assert (figures.improvements, figures.completed, figures.stale) == (8, 0, 1)
    assert (figures.with_lessons, figures.checked, figures.on_time) == (3, 3, 2)
    assert "backlog growing" in figures.words


def test_most_overdue_stands_first(shipped: Workbook) -> None:
    due = due_in(shipped)
    assert [(each.improvement, each.kind) for each in due[:2]] == [("CI-0004", "review"), ("CI-0002", "action")]
    assert [each.days for each in due] == sorted(each.days for each in due)


def test_readings_of_stories_that_run_go_on_to_the_samples_own_day(shipped: Workbook) -> None:
    for number in (1, 2, 3):
        improvement, latest = entry(shipped, f"CI-000{number}"), passes(shipped, f"CI-000{number}")[-1]
        for metric in latest.baseline.metrics:
            last = date.fromisoformat(max(improvement.readings[metric.id]))
            usual = DAYS_BETWEEN.get(metric.frequency, 60)
            assert shipped.clock.today() - last <= timedelta(days=usual)


def test_what_is_neither_closed_nor_withdrawn_lies_in_the_grid(shipped: Workbook) -> None:
    grid = grid_of(shipped)
    placed = {each.ref for cell in grid.cells.values() for each in cell}
    assert placed == {f"CI-000{number}" for number in (1, 2, 3, 4, 5, 6, 8)}
    assert grid.unrated == ()
    assert [each.ref for each in grid.at(4, 2)] == ["CI-0001", "CI-0005"]


def test_every_status_of_the_sample_is_one_of_the_page(shipped: Workbook) -> None:
    found = {state_of(shipped, each) for each in shipped.improvements()}
    assert found == {"embedding", "in progress", "assessing", "idea", "withdrawn"}
