"""How the cells of a table of dumbbells are shared out, so that all of its rows line up."""

from collections.abc import Sequence
from dataclasses import replace

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.cells import cell_width, fitted
from cimodel_tui.charts.dumbbell import Dumbbell, Move, goals
from cimodel_tui.charts.number_format import goal
from cimodel_tui.record import dataclass

ARROW = " → "
"""Stands between baseline and achieved value."""

GAP = 2
"""Blank cells between columns."""

_NARROWEST = 10
_LONGEST_FIGURE = 14
_LONGEST_UNIT = 8
_LONGEST_NAME = 28
_SHORT_NAME = 18
_LONGEST_GOAL = 32
_SAID = {Move.STILL, Move.WORSE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The widths of the columns in cells; 0 where a column is left out."""

    name: int = 0
    """The name of the metric."""
    before: int
    """The baseline."""
    after: int
    """The achieved value."""
    unit: int
    """The unit."""
    picture: int = 0
    """The picture."""
    goal: int = 0
    """Target and limit."""
    brief: bool = False
    """Whether target and limit are shown by their shapes in place of their words."""
    word: int
    """The word about the move."""

    @property
    def figures(self) -> int:
        """Baseline, arrow, achieved value and unit together."""
        return self.before + len(ARROW) + self.after + (self.unit and self.unit + 1)


def columns_for(charts: Sequence[Dumbbell], width: int, *, names: bool) -> Columns:
    """Share out the width: words give way first, then names are cut, then they go; figures are the last to stay."""
    figures = Columns(
        before=_widest([chart.figure(chart.baseline) for chart in charts], _LONGEST_FIGURE),
        after=_widest([chart.figure(chart.achieved) for chart in charts], _LONGEST_FIGURE),
        unit=_widest([chart.unit for chart in charts], _LONGEST_UNIT),
        word=_widest([word_of(chart) for chart in charts], len(Move.STILL)),
    )
    name = min(_widest([chart.name for chart in charts], _LONGEST_NAME), width // 3) if names else 0
    for wanted, brief in ((name, False), (name, True), (min(name, _SHORT_NAME), True), (0, False), (0, True)):
        tried = replace(figures, name=wanted, goal=_goal_width(charts, brief=brief), brief=brief)
        left = width - _used(tried) - GAP
        if left >= (2 * _NARROWEST if wanted > _SHORT_NAME else _NARROWEST):
            return replace(tried, picture=left)
    words = replace(figures, goal=_goal_width(charts, brief=True), brief=True)
    return words if _used(words) <= width else figures


def _goal_width(charts: Sequence[Dumbbell], *, brief: bool) -> int:
    return _widest([goal_of(chart, brief=brief) for chart in charts], _LONGEST_GOAL)


def _used(columns: Columns) -> int:
    optional = (columns.name, columns.goal, columns.word)
    return columns.figures + sum(each + GAP for each in optional if each)


def _widest(texts: Sequence[str], most: int) -> int:
    return max((cell_width(fitted(text, most)) for text in texts), default=0)


def goal_of(chart: Dumbbell, *, brief: bool) -> str:
    """Return target and limit in words, or in brief by their shapes."""
    if not brief:
        return ", ".join(goals(chart)) or "no target"
    targets = f"{glyphs.TARGET_UPRIGHT} {goal(chart.target)}" if chart.target else ""
    limits = f"{glyphs.LIMIT_UPRIGHT} {goal(chart.limit)}" if chart.limit else ""
    return " ".join(each for each in (targets, limits) if each)


def word_of(chart: Dumbbell) -> str:
    """Return the word that must stand beside the picture: worse, or no change."""
    return chart.move.value if chart.move in _SAID else ""
