"""The words of a run chart: its title, its lines, its legend, and the whole of it in sentences."""

from collections.abc import Iterator

from cimodel_tui.charts import glyphs
from cimodel_tui.charts.axes import day_and_month, full_day
from cimodel_tui.charts.canvas import Role
from cimodel_tui.charts.cells import cleaned
from cimodel_tui.charts.dumbbell import side
from cimodel_tui.charts.number_format import decimals_for, shown, stated
from cimodel_tui.charts.run_chart import Phase, Point, RunChart

BETWEEN = " · "
"""Stands between parts of one line."""


def title(chart: RunChart) -> str:
    """Return metric, unit and better side."""
    named = f"{chart.name}, {chart.unit}" if chart.unit else chart.name
    return BETWEEN.join(part for part in (named, side(chart.better)) if part)


def latest(chart: RunChart) -> str:
    """Return the latest counted reading and its day, or that there is none."""
    point = _last_counted(chart)
    return f"latest {stated(point.value)} on {full_day(point.day)}" if point else "none counted"


def brief(chart: RunChart) -> str:
    """Return what is worth saying where there is no room for a picture."""
    point = _last_counted(chart)
    figure = " ".join(part for part in (stated(point.value), chart.unit) if part) if point else "–"
    return f"{figure} latest of {_counted(len(chart.points), 'reading')}"


def _last_counted(chart: RunChart) -> Point | None:
    return next((point for point in reversed(chart.points) if not point.set_aside), None)


def lines_of(chart: RunChart, phase: Phase) -> Iterator[tuple[float, str, Role]]:
    """Yield value, words and role of every line of a phase, the most important first."""
    figures = [each for each in (phase.mean, phase.lower, phase.upper) if each is not None]
    decimals = decimals_for(figures)
    for value in phase.target:
        yield value, f"{chart.goal} {stated(value)}", Role.TARGET
    if phase.mean is not None:
        yield phase.mean, f"mean {shown(phase.mean, decimals)}", Role.MEAN
    for limit in (phase.upper, phase.lower):
        if limit is not None:
            held = chart.held(limit)
            yield held, f"limit {shown(held, decimals)}", Role.LIMIT


def labelled(chart: RunChart) -> list[tuple[float, str, Role]]:
    """Return the lines that are named at the right: those of the last phase that has readings and lines."""
    phases = [phase for phase in chart.phases if phase.lines and chart.stretch(phase)]
    return list(lines_of(chart, phases[-1])) if phases else []


def legend(chart: RunChart, *, thinned_out: bool = False) -> list[tuple[str, str, Role]]:
    """Return shape, words and role of everything that is on the chart, and how many readings stand behind it."""
    reading = f"extremes of {len(chart.points):,} readings" if thinned_out else "reading"
    lines = {role for phase in chart.phases if chart.stretch(phase) for _, _, role in lines_of(chart, phase)}
    known = [
        (any(not each.set_aside and not each.flagged for each in chart.points), glyphs.POINT, reading, Role.POINT),
        (any(each.flagged for each in chart.points), glyphs.FLAG, "signal", Role.FLAG),
        (any(_hollow(each) for each in chart.points), glyphs.HOLLOW, "set aside", Role.HOLLOW),
        (Role.MEAN in lines, glyphs.MEAN * 2, "mean", Role.MEAN),
        (Role.LIMIT in lines, glyphs.LIMIT * 2, "limits", Role.LIMIT),
        (Role.TARGET in lines, glyphs.TARGET * 2, chart.goal, Role.TARGET),
        (bool(chart.changes), glyphs.CHANGE, "action finished", Role.CHANGE),
    ]
    return [(shape, words, role) for there, shape, words, role in known if there]


def point_role(point: Point) -> Role:
    """Return what a reading is drawn as: set aside comes before flagged, for what is not counted signals nothing."""
    return Role.HOLLOW if point.set_aside else Role.FLAG if point.flagged else Role.POINT


def _hollow(point: Point) -> bool:
    return point_role(point) is Role.HOLLOW


def changes(chart: RunChart) -> str:
    """Return what was finished and when."""
    return BETWEEN.join(f"{day_and_month(change.day)} {change.name}" for change in chart.changes)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def in_words(chart: RunChart) -> str:
    """Return the picture in two sentences, for those who do not see it."""
    if not chart.points:
        return cleaned(f"{title(chart)}: {chart.nothing_yet}".replace(BETWEEN, ", "))
    values = [point.value for point in chart.points]
    first, last = chart.points[0].day.isoformat(), chart.points[-1].day.isoformat()
    reach = f"from {first} to {last}, between {stated(min(values))} and {stated(max(values))}"
    flagged = sum(point_role(point) is Role.FLAG for point in chart.points)
    hollow = sum(map(_hollow, chart.points))
    told = [
        *_lines_in_words(chart),
        f"{_counted(flagged, 'reading')} flagged as signals" if flagged else "",
        f"{_counted(hollow, 'reading')} set aside" if hollow else "",
        f"actions finished: {changes(chart)}" if chart.changes else "",
    ]
    start = f"Run chart of {title(chart)}: {_counted(len(values), 'reading')} {reach}, {latest(chart)}."
    return cleaned(f"{start}{_sentence(told)}".replace(BETWEEN, ", "))


def _lines_in_words(chart: RunChart) -> Iterator[str]:
    """Yield the lines of the last phase, a range by both of its ends."""
    found: dict[Role, list[str]] = {}
    for _, words, role in sorted(labelled(chart)):
        found.setdefault(role, []).append(words.rpartition(" ")[2])
    for role, figures in sorted(found.items()):
        plural = "s" if role is Role.LIMIT and len(figures) > 1 else ""
        yield f"{role.value}{plural} {' to '.join(figures)}"


def _sentence(parts: list[str]) -> str:
    text = ", ".join(part for part in parts if part)
    return f" {text[:1].upper()}{text[1:]}." if text else ""
