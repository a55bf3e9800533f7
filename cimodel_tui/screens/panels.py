"""What a step computes and shows beside its fields: lines and pictures that follow the workbook."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from cimodel_tui import views
from cimodel_tui.model.step import Place
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.containers import Stack
from cimodel_tui.widgets.text import Lines
from cimodel_tui.workbook import Workbook

if TYPE_CHECKING:
    from cimodel_tui.views.tone import ToneLine


class Panel(Stack):
    """A few lines and pictures that follow the workbook."""

    def __init__(self, book: Workbook, place: Place) -> None:
        super().__init__(classes="panel")
        self.book = book
        self.place = place

    def compose(self) -> ComposeResult:
        """Lines, then pictures."""
        yield Lines(classes="panel-lines")
        _, iteration = self.book.of(self.place)
        for metric in iteration.baseline.metrics if self.pictured else ():
            yield ChartView(classes=self.pictured, name=metric.id)

    pictured: str = ""
    """Which picture each metric has: `run-chart`, `dumbbell`, or none."""

    def on_mount(self) -> None:
        """Show what there is, once the form is on the screen: what it computes is not waited for."""
        self.call_after_refresh(self.show)

    def follow(self) -> None:
        """Show the workbook as it is now, once what is being shown already is there."""
        self.call_later(self._renew)

    async def _renew(self) -> None:
        """A metric more or less makes the pictures anew."""
        _, iteration = self.book.of(self.place)
        wanted = [metric.id for metric in iteration.baseline.metrics]
        there = [view.name for view in self.query(ChartView)]
        if self.pictured and wanted != there:
            await self.recompose()
        self.show()

    def show(self) -> None:
        """Show lines and pictures."""
        improvement, iteration = self.book.of(self.place)
        lines = self.lines()
        view = self.query_one(Lines)
        view.show(lines)
        view.display = bool(lines)
        known = {metric.id for metric in iteration.baseline.metrics}
        for picture in self.query(ChartView):
            if (metric := picture.name or "") in known:
                picture.display = bool(improvement.readings.get(metric))
                draw = views.pictures.run_chart if self.pictured == "run-chart" else views.pictures.dumbbell
                picture.show(draw(self.book, improvement, iteration, metric))

    def lines(self) -> "list[ToneLine]":
        """Return lines with their tones."""
        return []


class VisionPanel(Panel):
    """Step 1: the iterations as a staircase towards the vision, and the steps that follow."""

    def compose(self) -> ComposeResult:
        """Words, and one picture for all iterations."""
        yield Lines(classes="panel-lines")
        yield ChartView(classes="staircase")

    def show(self) -> None:
        """Show the steps, and the staircase where more than one is known or a long-term goal is set."""
        improvement, iteration = self.book.of(self.place)
        self.query_one(Lines).show(
            views.seven_steps.step_lines(self.book, improvement, iteration, self.content_size.width)
        )
        picture, view = views.pictures.staircase(self.book, improvement, iteration), self.query_one(ChartView)
        view.display = picture is not None
        view.show(picture)


class BaselinePanel(Panel):
    """Step 2: mean, limits, number of readings and caveats of each metric, and its run chart."""

    pictured = "run-chart"

    def lines(self) -> "list[ToneLine]":
        """What the readings of each metric say so far."""
        return views.panels.baseline_lines(*self.book.of(self.place), self.book.clock.today())


class TargetPanel(Panel):
    """Step 3: the gap, and whether anyone could even tell."""

    pictured = "dumbbell"

    def lines(self) -> "list[ToneLine]":
        """Gap and honesty of each target."""
        return views.panels.target_lines(*self.book.of(self.place), self.book.clock.today())


class PlanPanel(Panel):
    """Step 4: the actions as a roadmap in time."""

    def compose(self) -> ComposeResult:
        """One picture for all actions."""
        yield Lines(classes="panel-lines")
        yield ChartView(classes="roadmap")

    def show(self) -> None:
        """Draw the roadmap."""
        _, iteration = self.book.of(self.place)
        view = self.query_one(ChartView)
        view.show(views.pictures.roadmap(iteration, self.book.clock.today()))
        view.styles.height = len(iteration.plan.actions) + 2
        view.display = bool(iteration.plan.actions)
        self.query_one(Lines).display = False


class ActionPanel(Panel):
    """Step 5: progress over all, and the numbers as they come in."""

    pictured = "run-chart"

    def lines(self) -> "list[ToneLine]":
        """How many actions are done, and that this is no improvement yet."""
        _, iteration = self.book.of(self.place)
        return views.panels.action_lines(iteration, self.book.clock.today())


class VerdictPanel(Panel):
    """Step 6, above its fields: the verdict, with baseline, target and achieved side by side."""

    _in_view = False
    _width = 0

    def on_resize(self) -> None:
        """Use the width there is for the names of the metrics."""
        if self._in_view and self._width != self.content_size.width:
            self.show()

    def lines(self) -> "list[ToneLine]":
        """The verdict, and the figures it rests on."""
        self._width = self.content_size.width
        width = max(self._width, views.measurements.WIDTH)
        return views.panels.result_summary(*self.book.of(self.place), self.book.clock.today(), width)

    def show(self) -> None:
        """Show it; what it moves down the first time is brought back into view."""
        super().show()
        if not self._in_view:
            self._in_view = True
            self.call_after_refresh(self._keep_focus_in_view)

    def _keep_focus_in_view(self) -> None:
        if self.screen.focused is not None:
            self.screen.focused.scroll_visible(animate=False)


class CheckPanel(Panel):
    """Step 6, below its fields: what each metric says, with its picture."""

    pictured = "dumbbell"

    def lines(self) -> "list[ToneLine]":
        """One sentence a metric, its signal and its outlook."""
        return views.panels.check_details(*self.book.of(self.place), self.book.clock.today())


class MomentumPanel(Panel):
    """Step 7: what was gained, and whether it lasts."""

    pictured = "run-chart"

    def lines(self) -> "list[ToneLine]":
        """The verdict on record, the sustain checks, and a relapse."""
        return views.panels.momentum_lines(*self.book.of(self.place), self.book.clock.today())


PANELS: dict[str, type[Panel]] = {
    "vision": VisionPanel,
    "baseline": BaselinePanel,
    "target": TargetPanel,
    "plan": PlanPanel,
    "action": ActionPanel,
    "check": CheckPanel,
    "momentum": MomentumPanel,
}
"""What each step computes."""
