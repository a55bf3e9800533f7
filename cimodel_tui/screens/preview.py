"""The preview beside the register: one improvement at a glance, as far as the cursor rests on it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from cimodel_tui import views
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.views.due import Due
from cimodel_tui.views.improvement_row import ImprovementRow
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import Workbook

_MOST_LATE = 4
"""Overdue things that are named."""

_A_PAIR = 2
"""Readings from which there is something to draw."""


class Preview(StableLayout, VerticalScroll, can_focus=False):
    """Status, from baseline to now, the run chart, what is next and what is late."""

    def compose(self) -> ComposeResult:
        """Words, two pictures, words."""
        yield Words(classes="preview-head")
        yield ChartView(classes="preview-dumbbells")
        yield ChartView(classes="preview-chart")
        yield Lines(classes="preview-lines")

    def show(self, book: Workbook, improvement: Improvement, row: ImprovementRow) -> None:
        """Show one improvement."""
        iteration = book.latest(improvement.id)
        self.border_title = Content(f"{row.ref} {row.title}")
        self.query_one(".preview-head", Words).say(_head(row))
        rows, chart = self.query_one(".preview-dumbbells", ChartView), self.query_one(".preview-chart", ChartView)
        rows.display = bool(row.baseline)
        rows.styles.height = len(iteration.baseline.metrics)
        rows.show(views.pictures.dumbbells(book, improvement, iteration))
        lead = next((each for each in iteration.baseline.metrics if (each.name or "a metric") == row.metric), None)
        picture = views.pictures.run_chart(book, improvement, iteration, lead.id) if lead else None
        chart.display = picture is not None and len(picture.points) > _A_PAIR
        chart.show(picture)
        self.query_one(Lines).show(_lines(book, improvement, iteration, row, self.content_size.width))


def _head(row: ImprovementRow) -> Content:
    parts = [row.status.capitalize(), f"iteration {row.iteration}", f"step {row.step[:1]}", row.owner]
    return Content.styled(" · ".join(part for part in parts if part), "$muted")


def _lines(
    book: Workbook, improvement: Improvement, iteration: Iteration, row: ImprovementRow, width: int
) -> list[ToneLine]:
    """Return where it stands, before anything is measured step by step, what is next, and what is late or soon due."""
    if row.metric:
        stands = [ToneLine(views.dashboard.steering_line(book, improvement, iteration)), ToneLine("")]
    else:
        stands = [*views.seven_steps.step_lines(book, improvement, iteration, width), ToneLine("")]
    lines = [*stands, ToneLine(f"▸ Next: {row.next}", Tone.ACCENT, strong=True)]
    lines += [due_line(each, named=False) for each in row.due[:_MOST_LATE]]
    return lines + _entry(improvement)


def due_line(due: Due, *, named: bool = True) -> ToneLine:
    """Return something with a day in one line, with the ref of its improvement where that is not plain."""
    ref = f"{due.improvement} " if named else ""
    late = due.days < 0
    return ToneLine(f"{'!' if late else '·'} {due.due} {ref}{due.kind}: {due.what}", Tone.BAD if late else Tone.PLAIN)


def _entry(improvement: Improvement) -> list[ToneLine]:
    """Return what the register entry says."""
    score = "" if improvement.score is None else f"score {improvement.score}"
    judged = [
        f"{name} {value}"
        for name, value in (
            ("benefit", improvement.benefit),
            ("effort", improvement.effort),
            ("urgency", improvement.urgency),
            ("risk", improvement.risk),
        )
        if value
    ]
    facts = " · ".join(part for part in (score, *judged, improvement.service) if part)
    found = [ToneLine(" ".join(improvement.summary.split())), ToneLine(facts, Tone.QUIET)]
    known = [line for line in found if line.text]
    return [ToneLine(""), *known] if known else []
