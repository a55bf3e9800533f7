"""The target lab above the fields of a target: its chart can be walked into, and keys move the target on it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from cimodel_tui.forms.answers import RowAnswers
from cimodel_tui.forms.row_editor import Lab
from cimodel_tui.views.target_lab import lab_of, moved
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.text import Lines
from cimodel_tui.workbook.measure import measure

TALL = 30
"""Lines of the terminal from which there is room for all that the lab says."""

LOW, HIGH = 7, 10
"""Lines of the chart in a low terminal and in a taller one."""


class LabChart(ChartView, can_focus=True):
    """The baseline with the target on it; arrows move the target."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left,down", "screen.nudge(-1)", "move target", key_display="←→", tooltip="A lower target", id="lab.lower"
        ),
        Binding("right,up", "screen.nudge(1)", "higher", show=False, tooltip="A higher target", id="lab.higher"),
    ]


class TargetLab(Lab):
    """What a target asks of the numbers, while it is being set."""

    moves = "value"

    def __init__(self, answers: RowAnswers) -> None:
        super().__init__(classes="target-lab")
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The chart, and the lines below it."""
        yield LabChart(classes="lab-chart")
        yield Lines(classes="lab-lines")

    def on_mount(self) -> None:
        """Show the target as it stands."""
        self.follow()

    def on_resize(self) -> None:
        """Use the height there is."""
        self.follow()

    def follow(self) -> None:
        """Show the target as it stands now."""
        brief = self.app.size.height < TALL
        place = self._answers.place
        lab = lab_of(self._answers.book, *self._answers.book.of(place), self._answers.row.id, brief=brief)
        chart = self.query_one(LabChart)
        chart.display = lab.chart is not None
        chart.styles.height = LOW if brief else HIGH
        chart.show(lab.chart)
        self.query_one(Lines).show(lab.lines)

    @property
    def can_move(self) -> bool:
        """Whether keys may move the target: not once it is agreed, for that asks for a reason."""
        _, iteration = self._answers.book.of(self._answers.place)
        return iteration.target.seal is None and self._answers.may_change(self.moves)

    def nudge(self, direction: int) -> None:
        """Move the target a step up or down."""
        improvement, iteration = self._answers.book.of(self._answers.place)
        one = measure(improvement, iteration, self._answers.today).of(self._answers.row.id)
        before = str(self._answers.get(self.moves) or "")
        after = moved(one, before, direction) if one else before
        if after != before:
            self._answers.put(self.moves, after)
