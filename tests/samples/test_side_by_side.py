"""Baseline, target and achieved of the sample's metrics stand side by side, and nothing is said twice."""

from cimodel_tui.charts import cell_width
from cimodel_tui.views.dashboard import next_lines
from cimodel_tui.views.measurements import WIDTH, metrics_table
from cimodel_tui.views.panels import check_lines
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes


def rows(book: Workbook, ref: str, at: int) -> list[list[str]]:
    table = metrics_table(measure(entry(book, ref), passes(book, ref)[at]).metrics)
    assert all(cell_width(line) <= WIDTH for line in table)
    return [line.split() for line in table]


def test_metric_without_a_target_leaves_its_cells_empty(shipped: Workbook) -> None:
    head, outcome, process, balancing, events = rows(shipped, "CI-0001", 0)
    assert head == ["baseline", "target", "achieved", "change", "closed", "met"]
    assert outcome[4:] == ["6.9", "h", "5.0", "h", "4.7", "h", "-2.2", "h", "116", "%", "✓", "yes"]
    assert process[-6:] == ["21.8", "%", "84.6", "%", "+62.8", "pp"]
    assert balancing[-2:] == ["✓", "yes"]
    assert events[-6:] == ["10.7", "d", "28.0", "d", "+17.3", "d"]


def test_limit_that_was_broken_says_no(shipped: Workbook) -> None:
    _, outcome, balancing = rows(shipped, "CI-0002", 0)
    assert outcome[-4:] == ["42", "%", "✗", "no"]
    assert balancing[-2:] == ["✗", "no"]


def test_before_any_result_only_what_is_known_has_a_column(shipped: Workbook) -> None:
    head, outcome, _ = rows(shipped, "CI-0002", 1)
    assert head == ["baseline", "target", "achieved"]
    assert outcome[-2:] == ["not", "yet"]


def test_panel_of_the_check_says_each_sentence_once(shipped: Workbook) -> None:
    for improvement in shipped.improvements():
        for iteration in shipped.iterations(improvement.id):
            said = "\n".join(line.text for line in check_lines(improvement, iteration))
            for one in measure(improvement, iteration).metrics:
                assert said.count(one.sentence) == 1


def test_outlook_waits_for_a_result(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0002")
    first, second = passes(shipped, "CI-0002")
    assert any("at this level" in line.text for line in check_lines(improvement, first))
    assert not any("at this level" in line.text for line in check_lines(improvement, second))


def test_dashboard_says_what_is_next_where_something_can_follow(shipped: Workbook) -> None:
    improvement = entry(shipped, "CI-0002")
    first, latest = passes(shipped, "CI-0002")
    assert any(line.text.startswith("▸ Next: get the decision") for line in next_lines(shipped, improvement, latest))
    assert not any("Next:" in line.text for line in next_lines(shipped, improvement, first))
