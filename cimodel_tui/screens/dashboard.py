"""The dashboard: baseline, target and achieved side by side, the way over the iterations, and what is due next."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click

from cimodel_tui.charts import WITH_CAPTIONS
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.place import Place
from cimodel_tui.screens.page import Go, Heading, Page
from cimodel_tui.views.dashboard import dashboard_lines, steering_line
from cimodel_tui.views.panels import metric_lines
from cimodel_tui.views.pictures import dumbbells, run_chart, staircase
from cimodel_tui.views.register import status_of
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.steady import Columns, Scrolled
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import Change, Workbook

ROOMY = 34
"""Lines from which every metric gets its captions."""

A_PAIR = 2
"""With one reading on each side the sentence takes the place of the run chart."""

LEAST_CHART, MOST_CHART = 9, 34
"""Lines of the run chart."""

STAIRS = 8
"""Lines left for the staircase where the terminal is roomy, so that it is seen without scrolling."""

NOTHING_YET = "Nothing is measured yet. Metrics and their readings begin in step 2; Enter opens the step that is next."
"""What stands where the pictures will be."""

OTHERS = 9
"""Lines for what stands above and below the rows and the chart."""


class DashboardScreen(Page):
    """One iteration at a glance; the essence fits 80x24."""

    page_name = "dashboard"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m,tab", "metric(1)", "metric", tooltip="The run chart of the next metric", id="dashboard.metric"),
        Binding(
            "left_square_bracket",
            "iteration(-1)",
            "earlier",
            key_display="[",
            tooltip="The iteration before",
            id="dashboard.earlier",
        ),
        Binding(
            "right_square_bracket",
            "iteration(1)",
            "later",
            key_display="]",
            tooltip="The iteration after",
            id="dashboard.later",
        ),
        Binding("r", "readings", "readings", tooltip="The readings of the metric", id="dashboard.readings"),
        Binding("enter,f3", "step", "step", tooltip="The step at which it stands", id="dashboard.step"),
        Binding("y", "history", "history", tooltip="What happened, and when", id="dashboard.history"),
        Binding("f5", "register", "register", tooltip="The improvements of the workbook", id="dashboard.register"),
        Binding(
            "escape", "register", "back", show=False, tooltip="The improvements of the workbook", id="dashboard.back"
        ),
    ]

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(book, Place(place.improvement, place.iteration))
        self._metric = 0

    def body(self) -> ComposeResult:
        """The steering line, a row each metric, the chart of one, the staircase; the rest beside it or below."""
        yield Words(classes="steering")
        with Columns(classes="columns"):
            with Scrolled(classes="dashboard"):
                yield ChartView(classes="dumbbells")
                yield Words(classes="metric-words")
                yield ChartView(classes="run-chart")
                yield ChartView(classes="staircase")
                yield Lines(classes="rest below")
            with Scrolled(classes="dash-side", can_focus=False):
                yield Lines(classes="rest")

    def on_mount(self) -> None:
        """Show everything."""
        self.query_one(".dashboard", Scrolled).focus()

    def on_resize(self) -> None:
        """Use the height there is: captions below the rows, and a taller chart."""
        self.show_all()

    def show_all(self, change: Change | None = None) -> None:
        """Show the workbook as it is now."""
        super().show_all(change)
        improvement, iteration = self.book.of(self.place)
        self.query_one(".steering", Words).say(steering_line(self.book, improvement, iteration))
        self._show_pictures(improvement, iteration)
        self.refresh_bindings()
        self.call_after_refresh(self._show_rest)

    def _show_rest(self) -> None:
        """Draw the way over the iterations and say what is next, once what stands above is painted."""
        if not self.stands:
            return
        improvement, iteration = self.book.of(self.place)
        stairs, steps = self.query_one(".staircase", ChartView), staircase(self.book, improvement, iteration)
        stairs.display = steps is not None
        stairs.show(steps)
        lines = dashboard_lines(self.book, improvement, iteration)
        for rest in self.query(Lines):
            rest.show(lines)

    def _show_pictures(self, improvement: Improvement, iteration: Iteration) -> None:
        rows, chart = (self.query_one(f".{name}", ChartView) for name in ("dumbbells", "run-chart"))
        count = len(iteration.baseline.metrics)
        roomy = self.size.height >= ROOMY
        lines, below = (WITH_CAPTIONS * count, STAIRS) if roomy else (count, 0)
        rows.styles.height = lines
        rows.show(dumbbells(improvement, iteration))
        chart.styles.height = max(LEAST_CHART, min(MOST_CHART, self.size.height - lines - OTHERS - below))
        chart.display = rows.display = bool(count)
        words = self.query_one(".metric-words", Words)
        words.say("" if count else NOTHING_YET)
        if count:
            metric = iteration.baseline.metrics[self._metric % count]
            picture = run_chart(self.book, improvement, iteration, metric.id)
            chart.show(picture)
            chart.display = len(picture.points) > A_PAIR
            words.say(metric_lines(improvement, iteration, metric.id, self.book.clock.today()))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what there is: another metric, readings, an earlier or a later iteration."""
        if not self.book.has(self.place):
            return False
        if action in {"metric", "readings"}:
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

    def action_metric(self, distance: int) -> None:
        """Show the run chart of the next metric."""
        self._metric += distance
        self.show_all()

    @on(Click, ".dumbbells")
    def _row_clicked(self, event: Click) -> None:
        """Show the run chart of the metric whose row was clicked."""
        self._metric = event.y // (WITH_CAPTIONS if self.size.height >= ROOMY else 1)
        self.show_all()

    def action_iteration(self, distance: int) -> None:
        """Walk to an earlier or a later iteration."""
        other = self._beside(distance)
        if other:
            self.post_message(Go("dashboard", Place(self.place.improvement, other.id)))

    def action_readings(self) -> None:
        """Open the readings of the metric whose chart is shown."""
        _, iteration = self.book.of(self.place)
        if iteration.baseline.metrics:
            metric = iteration.baseline.metrics[self._metric % len(iteration.baseline.metrics)]
            from cimodel_tui.screens.readings import ReadingsScreen  # noqa: PLC0415 - loaded with the first of them

            self.app.push_screen(ReadingsScreen(self.book, self.place, metric.id))

    def action_step(self) -> None:
        """Go to the step at which the iteration stands."""
        self.post_message(Go(current_step(*self.book.of(self.place)), self.place))

    def action_history(self) -> None:
        """Go to the history of the improvement."""
        self.post_message(Go("history", self.place))

    def action_register(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))
