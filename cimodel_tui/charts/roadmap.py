"""The actions of a plan in time: when each begins and ends, its status, and today."""

from datetime import date

from cimodel_tui.charts.axes import day_and_month, full_day
from cimodel_tui.charts.canvas import Canvas, Line, Role
from cimodel_tui.charts.glyphs import cell_width, clean, fit
from cimodel_tui.record import dataclass

NOTHING_YET = "No action has a day yet."
"""The message in place of a roadmap without days."""

_LEAST_TRACK = 12
_SIGNS = {"done": "✓", "dropped": "×", "blocked": "!", "doing": "▸"}
_BARS = {
    "done": ("█", Role.ACHIEVED),
    "dropped": ("·", Role.HOLLOW),
    "blocked": ("▒", Role.WORSE),
    "doing": ("▓", Role.POINT),
}
_PLANNED = ("░", Role.BASELINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One action."""

    name: str
    """What is done."""
    status: str = "to do"
    """Its status: to do, doing, done, blocked or dropped."""
    first: date | None = None
    """The day on which it begins or began."""
    last: date | None = None
    """The day on which it is due or was finished."""
    late: bool = False
    """Whether its day has passed and it is not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """The actions of one plan."""

    bars: tuple[Bar, ...]
    """The actions in their order."""
    today: date
    """The day that counts as today."""

    @property
    def span(self) -> tuple[date, date] | None:
        """The first and the last day on it, None where no action has a day."""
        days = [day for bar in self.bars for day in (bar.first, bar.last) if day]
        return (min(days), max(days)) if days else None


def in_words(chart: Roadmap) -> str:
    """Return the picture in one sentence a bar, for those who do not see it."""
    return " ".join(clean(f"{bar.name}: {bar.status}{_until(bar)}.") for bar in chart.bars) or NOTHING_YET


def _until(bar: Bar) -> str:
    late = ", late" if bar.late else ""
    return f", {full_day(bar.last)}{late}" if bar.last else late


def draw_roadmap(chart: Roadmap, width: int, height: int) -> tuple[Line, ...]:
    """Draw one line an action, below it the days, in at most so many cells."""
    canvas, span = Canvas(width, height), chart.span
    longest = max((cell_width(clean(bar.name)) for bar in chart.bars), default=0)
    names = min(longest + 3, max(width - _LEAST_TRACK - 8, 4), max(width * 2 // 5, 10))
    track = width - names - 8
    for row, bar in enumerate(chart.bars[: max(height - 1, 1)]):
        canvas.write(0, row, _SIGNS.get(bar.status, "○"), Role.WORSE if bar.late else Role.LABEL)
        canvas.write(2, row, fit(bar.name, names - 3), Role.LABEL)
        if span and track >= _LEAST_TRACK:
            _draw_bar(canvas, chart, bar, row, names, track)
    if span and track >= _LEAST_TRACK and height > 1:
        _draw_days(canvas, chart, min(len(chart.bars), height - 1), names, track)
    return canvas.lines()


def _column(chart: Roadmap, day: date, track: int) -> int:
    first, last = chart.span or (day, day)
    return round((day - first).days / max((last - first).days, 1) * (track - 1))


def _draw_bar(canvas: Canvas, chart: Roadmap, bar: Bar, row: int, left: int, track: int) -> None:
    last = bar.last or bar.first
    if last is None:
        canvas.write(left, row, "no day", Role.HOLLOW)
        return
    shape, role = _BARS.get(bar.status, _PLANNED)
    start, end = _column(chart, bar.first or last, track), _column(chart, last, track)
    for column in range(min(start, end), max(start, end) + 1):
        canvas.mark(left + column, row, shape, role)
    canvas.write(
        left + max(start, end) + 2,
        row,
        f"{day_and_month(last)}{' !' if bar.late else ''}",
        Role.WORSE if bar.late else Role.AXIS,
    )


def _draw_days(canvas: Canvas, chart: Roadmap, row: int, left: int, track: int) -> None:
    first, last = chart.span or (chart.today, chart.today)
    canvas.write(left, row, full_day(first), Role.AXIS)
    canvas.write_left(left + track, row, full_day(last), Role.AXIS)
    if first <= chart.today <= last:
        at = left + _column(chart, chart.today, track)
        for line in range(row):
            if canvas.is_free(at, line, 1):
                canvas.mark(at, line, "┊", Role.CHANGE)
        if canvas.is_free(at - 1, row, 7):
            canvas.write(at, row, "today", Role.CHANGE)
