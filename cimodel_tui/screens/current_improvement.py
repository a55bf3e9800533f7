"""The improvement under the cursor of a list: its preview beside the list, and what one letter does with it."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Paste

from cimodel_tui import forms, screens, views
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.screens.page import Go, Page
from cimodel_tui.screens.register_rows import row_of
from cimodel_tui.textual_compat import is_whole
from cimodel_tui.views.due import due_line
from cimodel_tui.views.improvement_row import ImprovementRow
from cimodel_tui.views.status import next_place
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.containers import StableLayout
from cimodel_tui.widgets.table import Table
from cimodel_tui.widgets.text import Lines, Words
from cimodel_tui.workbook import RefusedError, Workbook
from cimodel_tui.workbook.actions import archive, finish_action, open_actions

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


_NEED_IMPROVEMENT = frozenset({"edit", "dashboard", "archive", "next", "preview"})
"""Actions that need an improvement under the cursor."""

_NEED_METRIC = frozenset({"reading", "import"})
"""Actions that need a metric of that improvement."""


class ImprovementActions(Page):
    """A page with a list of improvements; it binds the keys of these actions."""

    @property
    def current(self) -> Improvement | None:
        """The improvement under the cursor; none where the list is empty, or gone with a page that is left."""
        table = self.query_one_optional(Table)
        chosen = table.current_id if table else ""
        return self.book.improvement(chosen) if chosen else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done with the improvement under the cursor."""
        if is_whole(self) and action in _NEED_IMPROVEMENT | _NEED_METRIC | {"finish", "pull"}:
            return self._is_possible(action)
        return super().check_action(action, parameters)

    def _is_possible(self, action: str) -> bool:
        if self.current is None:
            return False
        latest = self.book.latest(self.current.id)
        if action in _NEED_METRIC:
            return bool(latest.baseline.metrics)
        if action == "pull":
            return any(each.feed.strip() for each in latest.baseline.metrics)
        return action != "finish" or bool(open_actions(latest))

    def action_edit(self) -> None:
        """Open the register entry."""
        if self.current:
            self.edit_entry(self.current)

    def edit_entry(self, improvement: Improvement, field: str = "") -> None:
        """Open the register entry of an improvement, in one of its fields."""
        self.app.push_screen(screens.entry.EntryScreen(self.book, Place(improvement.id, step=REGISTER, field=field)))

    def action_dashboard(self) -> None:
        """Go to the dashboard of the latest iteration."""
        if self.current:
            self.post_message(Go("dashboard", Place(self.current.id, self.book.latest(self.current.id).id)))

    def _metric(self) -> Place | None:
        """Return the place of the metric that stands for the improvement under the cursor; none where it has none."""
        return _metric_place(self.book, self.current) if self.current else None

    def action_reading(self) -> None:
        """Open the readings of the metric that stands for the improvement, in the line for a new one."""
        place = self._metric()
        if place:
            self.app.push_screen(
                screens.readings.ReadingsScreen(self.book, Place(place.improvement, place.iteration), place.row)
            )

    def action_import(self) -> None:
        """Import a file of readings, or a ticket export, for the metric that stands for the improvement."""
        place = self._metric()
        if place:
            screens.import_readings.import_file(self.app, self.book, place)

    def action_pull(self) -> None:
        """Fetch readings from the feed of the metric that stands for the improvement."""
        place = self._metric()
        if place:
            screens.import_readings.pull_feed(self.app, self.book, place)

    def on_paste(self, event: Paste) -> None:
        """Take columns that are pasted on a row for readings of its metric; a window shows how they are understood."""
        place = self._metric() if self.query_one(Table).has_focus else None
        if place:
            event.stop()
            here = Place(place.improvement, place.iteration)
            self.app.push_screen(screens.readings.ReadingsScreen(self.book, here, place.row, event.text))

    def action_finish(self) -> None:
        """Finish the open action, or the one that is chosen of several."""
        if self.current is None:
            return
        latest = self.book.latest(self.current.id)
        left = open_actions(latest)
        if len(left) == 1:
            self._finish(latest, left[0].id)
            return
        offered = tuple(
            (each.id, " · ".join(part for part in (each.what, each.owner, each.due) if part)) for each in left
        )

        def chosen(action: str | None) -> None:
            if action:
                self._finish(latest, action)

        self.app.push_screen(forms.ask.Pick("Which action is finished?", offered), chosen)

    def _finish(self, iteration: Iteration, action: str) -> None:
        try:
            words = finish_action(self.book, iteration, action)
        except RefusedError as refused:
            self.notify(str(refused), severity="warning", markup=False)
        else:
            self.notify(f"Finished: {words}. ctrl+z undoes it.", markup=False)

    def action_next(self) -> None:
        """Go to the place of the next useful thing."""
        if self.current is None:
            return
        place = next_place(self.book, self.current)
        if place.step == REGISTER:
            self.edit_entry(self.current, place.field)
        else:
            self.post_message(Go(place.step or "dashboard", place))

    def action_archive(self) -> None:
        """Archive it, or restore it."""
        if self.current:
            back = bool(self.current.archived_on)
            archive(self.book, self.current, back=back)
            self.notify("Restored." if back else "Archived. u restores it.", markup=False)


def _metric_place(book: Workbook, improvement: Improvement) -> Place | None:
    """Return the place of the metric that stands for an improvement in its row; none where it has none."""
    latest, named = book.latest(improvement.id), row_of(book, improvement.id).metric
    metrics = latest.baseline.metrics
    metric = next((each for each in metrics if each.name.strip() == named), metrics[0] if metrics else None)
    return Place(improvement.id, latest.id, "baseline", "metrics", metric.id) if metric else None
