"""The dashboard: baseline, target and achieved side by side, the run chart to walk and replay, and what is due next."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click

from cimodel_tui import screens
from cimodel_tui.charts import WITH_CAPTIONS, RunChart, draw, plain
from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.answer import row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.saving import Waiting
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.dashboard import (
    due_lines,
    history_line,
    next_line,
    next_lines,
    purpose_lines,
    result_lines,
    steering_line,
    steering_tone,
)
from cimodel_tui.views.panels import metric_line
from cimodel_tui.views.pictures import dumbbells, roadmap, run_chart, staircase
from cimodel_tui.views.replay import Frame, frame, reading_lines
from cimodel_tui.views.seven_steps import about_lines, step_lines
from cimodel_tui.views.status import next_place, status_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView, RunChartView
from cimodel_tui.widgets.containers import Columns, Pane, Scrolled, Stack
from cimodel_tui.widgets.keys import NO_ACT, Act
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import Change, RefusedError, Workbook
from cimodel_tui.workbook.actions import set_readings
from cimodel_tui.workbook.session import NOTE

if TYPE_CHECKING:
    from cimodel_tui.charts import Chart


A_PAIR = 2
"""With one reading on each side the sentence takes the place of the run chart."""

MARGIN = 12
"""Cells of two lines that the steering line does not use: its edges, and what a break between words leaves."""

TALL = 36
"""Lines of the terminal from which every metric gets its captions."""

VERY_TALL, EXTRA_WIDE = 44, 150
"""Lines and cells from which the other metrics and the actions are drawn below the run chart."""

MOST_CAPTIONS = 4
"""So many metrics are drawn with captions at most."""

NOTHING_YET = "Metrics and their readings are entered in step 2; then this page shows them as pictures."
"""What is said where the pictures will be."""

COPIED_WIDTH, COPIED_HEIGHT = 78, 16
"""The size of the chart that is copied as text."""


class DashboardScreen(Page):
    """One iteration at a glance; the essence fits 80x24."""

    page_name = "dashboard"
    AUTO_FOCUS = ""  # what is begun on depends on what there is to show
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "metric(1)", "metric", tooltip="The run chart of the next metric", id="dashboard.metric"),
        Binding("r", "readings", "readings", tooltip="The readings of the metric", id="dashboard.readings"),
        Binding(
            "left_square_bracket",
            "iteration(-1)",
            "earlier",
            key_display="[",
            tooltip="The previous iteration",
            id="dashboard.earlier",
        ),
        Binding(
            "right_square_bracket",
            "iteration(1)",
            "later",
            key_display="]",
            tooltip="The next iteration",
            id="dashboard.later",
        ),
        Binding("enter,f3", "step", "step", tooltip="Go to the current step", id="dashboard.step"),
        Binding("z", "zoom", "zoom", tooltip="Zoom this pane, and back", id="dashboard.zoom"),
        Binding("c", "copy", "copy", tooltip="Copy result and chart as text", id="dashboard.copy"),
        Binding("y", "history", "history", tooltip="What happened and when", id="dashboard.history"),
        Binding("f5", "register", "register", tooltip="The improvements of the workbook", id="dashboard.register"),
        Binding(
            "escape", "register", "back", show=False, tooltip="The improvements of the workbook", id="dashboard.back"
        ),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, Place(place.improvement, place.iteration))
        self._metric = 0
        self._frame: Frame | None = None

    def body(self) -> ComposeResult:
        """The steering line; metrics and run chart; beside or below them result, what is due and the iterations."""
        yield Words(classes="steering")
        with Scrolled(classes="dashboard"):
            with Stack(classes="dash-main"):
                yield Pane("Metrics", ChartView(classes="dumbbells"), classes="metrics-pane")
                yield Pane(
                    "Run chart",
                    RunChartView(classes="run-chart"),
                    Lines(classes="chart-words"),
                    classes="chart-pane",
                )
                yield Words(classes="next-line")
                with Columns(classes="more-charts"):
                    yield Pane("Another metric", ChartView(classes="second-chart"), classes="second-pane")
                    yield Pane("Actions", ChartView(classes="actions-chart"), classes="actions-pane")
            with Stack(classes="dash-side"):
                yield Pane("Result", Scrolled(Lines(classes="result-lines")), classes="result-pane")
                yield Pane("Next and due", Lines(classes="next-lines"), classes="next-pane")
                yield Pane("Iterations", ChartView(classes="staircase"), Lines(classes="way"), classes="way-pane")

    def on_mount(self) -> None:
        """Have the run chart ask for earlier states; everything is shown when the page comes to the front."""
        self.query_one(RunChartView).frame = self._chart_at

    async def focus_wanted(self) -> None:
        """Begin on the run chart, where there is one."""
        if self.focused is None:
            chart = self.query_one(RunChartView)
            (chart if chart.display else self.query_one(".dashboard", Scrolled)).focus()

    def on_resize(self) -> None:
        """Use the room there is: captions below the rows, other metrics and actions below the chart."""
        self.show_all()

    def show_all(self, change: Change | None = None) -> None:
        """Show the workbook as it is now."""
        super().show_all(change)
        improvement, iteration = self.book.of(self.place)
        steering = self.query_one(".steering", Words)
        for tone in (Tone.GOOD, Tone.WARNING, Tone.BAD):
            steering.set_class(steering_tone(self.book, improvement, iteration) is tone, f"-{tone}")
        steering.say(steering_line(self.book, improvement, iteration, most=2 * self.size.width - MARGIN))
        self._show_pictures(improvement, iteration)
        self.refresh_bindings()
        self.call_after_refresh(self._show_rest)

    def _show_rest(self) -> None:
        """Show what stands beside or below the run chart, once that is painted."""
        if not self.is_complete:
            return
        improvement, iteration = self.book.of(self.place)
        stairs = staircase(self.book, improvement, iteration)
        self._picture(".staircase", stairs)
        self.query_one(".way", Lines).show([history_line(self.book, improvement)])
        self.query_one(".result-lines", Lines).show(result_lines(self.book, improvement, iteration))
        self.query_one(".next-lines", Lines).show(
            [*next_lines(self.book, improvement, iteration), *due_lines(self.book, improvement)]
        )
        self.query_one(".next-line", Words).say(next_line(self.book, improvement, iteration))
        self._show_more(improvement, iteration)

    def _picture(self, selector: str, picture: "Chart | None") -> None:
        view = self.query_one(selector, ChartView)
        view.display = picture is not None
        view.show(picture)

    def _show_more(self, improvement: Improvement, iteration: Iteration) -> None:
        """Draw another metric and the actions where the terminal is large."""
        large = self.size.height >= VERY_TALL and self.size.width >= EXTRA_WIDE
        self.query_one(".more-charts", Columns).set_class(not large, "-empty")
        if not large:
            return
        metrics = iteration.baseline.metrics
        other = metrics[(self._metric + 1) % len(metrics)] if len(metrics) > 1 else None
        pane = self.query_one(".second-pane", Pane)
        drawn = other is not None and len(improvement.readings.get(other.id, {})) > A_PAIR
        pane.set_class(not drawn, "-empty")
        if other is not None and drawn:
            pane.entitle(other.name)
            self._picture(".second-chart", run_chart(self.book, improvement, iteration, other.id))
        self.query_one(".actions-pane", Pane).set_class(not iteration.plan.actions, "-empty")
        self._picture(".actions-chart", roadmap(iteration, self.book.clock.today()))

    @property
    def _captioned(self) -> bool:
        """Whether each metric is drawn with its captions."""
        count = len(self.book.iteration(self.place.iteration).baseline.metrics)
        return self.size.height >= TALL and count <= MOST_CAPTIONS

    def _show_pictures(self, improvement: Improvement, iteration: Iteration) -> None:
        count = len(iteration.baseline.metrics)
        rows, chart = self.query_one(".dumbbells", ChartView), self.query_one(RunChartView)
        rows.styles.height = count * (WITH_CAPTIONS if self._captioned else 1)
        rows.show(dumbbells(self.book, improvement, iteration))
        self.query_one(".metrics-pane", Pane).set_class(not count, "-empty")
        self.set_class(not count, "-unmeasured")
        metric = self._shown
        picture = run_chart(self.book, improvement, iteration, metric.id) if metric else None
        chart.display = picture is not None and len(picture.points) > A_PAIR
        chart.show_run_chart(picture)
        which = f"{self._metric % count + 1} of {count}" if count > 1 else ""
        self.query_one(".chart-pane", Pane).entitle(
            (metric.name or "Run chart") if metric else "The seven steps", which
        )
        self._show_words()

    @property
    def _shown(self) -> Metric | None:
        """The metric whose run chart is shown."""
        metrics = self.book.iteration(self.place.iteration).baseline.metrics
        return metrics[self._metric % len(metrics)] if metrics else None

    def _chart_at(self, count: int) -> RunChart:
        """Return the run chart as it was with so many readings."""
        improvement, iteration = self.book.of(self.place)
        metric = self._shown
        self._frame = frame(self.book, improvement, iteration, metric.id if metric else "", count)
        return self._frame.chart

    @on(RunChartView.Walked)
    def _show_words(self) -> None:
        """Say below the chart what the metric says, what the reading at the cursor is, or what was known at it."""
        chart, metric = self.query_one(RunChartView), self._shown
        improvement, iteration = self.book.of(self.place)
        lines = purpose_lines(improvement, iteration)
        if metric is None:
            room = self.query_one(".chart-words", Lines).content_size.width
            lines += step_lines(self.book, improvement, iteration, room)
            lines += [ToneLine(""), ToneLine(NOTHING_YET, Tone.QUIET)]
            lines += about_lines(current_step(improvement, iteration)) if self.is_wide else []
        if metric and chart.replaying and self._frame:
            lines = list(self._frame.lines)
        elif metric and chart.position is not None:
            lines = reading_lines(self.book, improvement, iteration, metric.id, chart.position)
        elif metric:
            lines = [metric_line(improvement, iteration, metric.id, self.book.clock.today())]
        self.query_one(".chart-words", Lines).show(lines)

    @on(RunChartView.NoteWanted)
    def _annotate(self, event: RunChartView.NoteWanted) -> None:
        chart, metric = self.query_one(RunChartView), self._shown
        if metric and isinstance(chart.chart, RunChart):
            place = replace(self.place, step="", row=metric.id)
            annotate(self.app, self.book, place, chart.chart.points[event.position].day.isoformat())

    def resume(self, waiting: Waiting) -> None:
        """Ask again for the note to a reading that was half typed when the program was ended."""
        day, begun = str(waiting.before), waiting.typed
        self.call_after_refresh(annotate, self.app, self.book, waiting.place, day, begun)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is: another metric, readings, an earlier or a later iteration."""
        if not self.book.has(self.place):
            return False
        if action in {"metric", "readings", "zoom", "copy"}:
            count = len(self.book.iteration(self.place.iteration).baseline.metrics)
            return count > (action == "metric")
        if action == "iteration":
            return self._beside(int(str(parameters[0]))) is not None
        return super().check_action(action, parameters)

    def _beside(self, distance: int) -> Iteration | None:
        """Return an earlier or a later iteration, none where there is none."""
        iterations = self.book.iterations(self.place.improvement)
        at = next(index for index, each in enumerate(iterations) if each.id == self.place.iteration) + distance
        return iterations[at] if 0 <= at < len(iterations) else None

    def show_heading(self) -> None:
        """Show workbook, improvement, iteration and status."""
        improvement, iteration = self.book.of(self.place)
        parts = (
            self.book.title,
            f"{improvement.ref} {improvement.title}",
            f"iteration {iteration.number}",
            "dashboard",
        )
        self.query_one(Heading).show(*parts, end=status_of(self.book, improvement))

    @property
    def main_act(self) -> Act:
        """Go to the next useful thing, which the page names."""
        return Act("next", "next") if self.book.has(self.place) else NO_ACT

    def action_next(self) -> None:
        """Go to the place of the next useful thing."""
        improvement, _ = self.book.of(self.place)
        place = next_place(self.book, improvement)
        if place.step == REGISTER:
            self.app.push_screen(screens.entry.EntryScreen(self.book, place))
        else:
            step = place.step or current_step(*self.book.of(Place(place.improvement, place.iteration)))
            self.post_message(Go(step, place))

    def action_metric(self, distance: int) -> None:
        """Show the run chart of the next metric."""
        self._metric += distance
        self.show_all()

    @on(Click, ".dumbbells")
    def _row_clicked(self, event: Click) -> None:
        """Show the run chart of the metric whose row was clicked."""
        self._metric = event.y // (WITH_CAPTIONS if self._captioned else 1)
        self.show_all()

    def action_iteration(self, distance: int) -> None:
        """Walk to an earlier or a later iteration."""
        other = self._beside(distance)
        if other:
            self.post_message(Go("dashboard", Place(self.place.improvement, other.id)))

    def action_readings(self) -> None:
        """Open the readings of the metric whose chart is shown."""
        metric = self._shown
        if metric:
            self.app.push_screen(screens.readings.ReadingsScreen(self.book, self.place, metric.id))

    def action_zoom(self) -> None:
        """Show the pane with the focus, else the run chart, on the whole screen; or all panes again."""
        zoomed = not self.has_class("-zoomed")
        panes = list(self.query(Pane))
        wanted = next((each for each in panes if each.has_focus_within), self.query_one(".chart-pane", Pane))
        for pane in panes:
            pane.set_class(zoomed and pane is wanted, "-zoom")
        for side in (self.query_one(".dash-main"), self.query_one(".dash-side")):
            side.set_class(zoomed and wanted in side.walk_children(), "-holds-zoom")
        self.set_class(zoomed, "-zoomed")

    def action_copy(self) -> None:
        """Copy the steering line, the metrics and the run chart as text."""
        improvement, iteration = self.book.of(self.place)
        parts = [f"{improvement.ref} {improvement.title}", steering_line(self.book, improvement, iteration)]
        rows, metric = dumbbells(self.book, improvement, iteration), self._shown
        parts.append(plain(draw(rows, COPIED_WIDTH, len(rows.rows))))
        if metric:
            chart = run_chart(self.book, improvement, iteration, metric.id)
            parts.append(plain(draw(chart, COPIED_WIDTH, COPIED_HEIGHT)))
        self.app.copy_to_clipboard("\n\n".join(parts))
        self.notify("Copied: result and run chart as text.", markup=False)

    def action_step(self) -> None:
        """Go to the step at which the iteration stands."""
        self.post_message(Go(current_step(*self.book.of(self.place)), self.place))

    def action_history(self) -> None:
        """Go to the history of the improvement."""
        self.post_message(Go("history", self.place))

    def action_register(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))


def annotate(app: App[None], book: Workbook, place: Place, day: str, begun: str | None = None) -> None:
    """Ask for the note to a reading of the metric that is the row of a place; what is half typed is in the draft."""
    improvement, iteration = book.of(place)
    metric = row_of(iteration.baseline.metrics, place.row)
    reading = improvement.readings.get(place.row, {}).get(day)
    if reading is None or not isinstance(metric, Metric):
        return

    def typed(note: str) -> None:
        book.session.wait(Waiting(NOTE, place, note, day))

    def given(note: str | None) -> None:
        book.session.end(NOTE, place)
        if note is not None and note.strip() != reading.note:
            _put_note(app, book, place, day, replace(reading, note=note.strip()))

    question = f"Note to {day}: {reading.value} {metric.unit}".rstrip()
    app.push_screen(Ask(question, value=reading.note if begun is None else begun, typed=typed), given)


def _put_note(app: App[None], book: Workbook, place: Place, day: str, reading: Reading) -> None:
    """Put a reading in with another note, which no seal covers."""
    book.history.pause()
    try:
        where = replace(place, step="baseline", field="metrics")
        set_readings(book, where, {day: reading}, words="note to a reading")
    except RefusedError as refused:
        app.notify(str(refused), severity="warning", markup=False)
