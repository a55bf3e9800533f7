"""The stored readings of a metric in the figures of its kind: per cent, rates, means, days between events.

Text that cannot be read is not a reading; `problem_with` returns the reason.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from functools import lru_cache

from cimodel_tui.measurement.events import days_between
from cimodel_tui.measurement.figures import DAYS_BETWEEN, decimals_to_show, with_unit
from cimodel_tui.measurement.readings import Point, ReadingsError
from cimodel_tui.measurement.verdict import PER, reading_of, side_of_figures
from cimodel_tui.model.baseline import EVENTS, KINDS, WITH_TOTALS, Metric
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.number import UnreadableNumberError, read_number, show_number


def kind_of(metric: Metric) -> str:
    """Return the kind of a metric; whatever is none of KINDS is read as a value."""
    return metric.kind if metric.kind in KINDS else "value"


def has_totals(metric: Metric) -> bool:
    """Return whether readings of a metric carry a total."""
    return metric.kind in WITH_TOTALS


def unit_of_metric(metric: Metric) -> str:
    """Return the unit of a metric's figures: a share is in per cent, events in days between."""
    return {"share": "%", EVENTS: DAYS_BETWEEN}.get(metric.kind, metric.unit)


def side_of_metric(metric: Metric) -> str:
    """Return the better side of a metric's figures: fewer events are more days between."""
    return side_of_figures(metric.kind, metric.side)


def point_of(metric: Metric, day: date, reading: Reading) -> Point:
    """Return a reading in the figures of its kind; raises ReadingsError or UnreadableNumberError."""
    kind = kind_of(metric)
    return _point(kind, metric.per if kind == "rate" else "", day, reading.value, reading.of or "")


@lru_cache(maxsize=8192)
def _point(kind: str, per: str, day: date, text: str, of: str) -> Point:
    """Return a reading in the figures of its kind; page after page asks for the same ones."""
    value = Fraction(1) if kind == EVENTS and not text.strip() else read_number(text)
    total = read_number(of) if of.strip() else None
    if kind not in WITH_TOTALS:
        total = None  # what a metric of another kind still carries is not counted
    return reading_of(kind, day, value, total, _per(per))


def _per(text: str) -> Fraction:
    try:
        per = read_number(text)
    except UnreadableNumberError:
        return PER
    return per if per > 0 else PER


def problem_with(metric: Metric, day: date, reading: Reading) -> str:
    """Return what is wrong with a stored reading, in words; empty where nothing is."""
    try:
        point_of(metric, day, reading)
    except (ReadingsError, UnreadableNumberError) as problem:
        return str(problem)
    return ""


def points_of(metric: Metric, days: Iterable[tuple[date, Reading]], *, aside: bool = False) -> Iterator[Point]:
    """Yield the readings that can be read and count, in their order; those set aside only with `aside`."""
    for day, reading in days:
        if reading.set_aside is None or aside:
            try:
                yield point_of(metric, day, reading)
            except (ReadingsError, UnreadableNumberError):
                continue


def figures_of(metric: Metric, points: Iterable[Point]) -> Iterator[tuple[date, Fraction]]:
    """Yield day and figure of readings in date order; of events the days since the one before, none of too many."""
    if kind_of(metric) != EVENTS:
        yield from ((point.day, point.value) for point in points)
        return
    try:
        found = days_between(list(points))
    except ReadingsError:
        return
    yield from ((day, Fraction(days)) for day, days in found)


def reading_words(metric: Metric, reading: Reading) -> str:
    """Return a stored reading in words: `90.0 % (45 of 50)` where it has a total, else as typed."""
    try:
        point = point_of(metric, date.min, reading)
    except (ReadingsError, UnreadableNumberError):
        return reading_text(metric, reading)
    if not has_totals(metric):
        return reading.value or show_number(point.value, 0)
    figure = with_unit(show_number(point.value, decimals_to_show(point.value, metric.kind)), unit_of_metric(metric))
    return f"{figure} ({reading_text(metric, reading)})"


def reading_text(metric: Metric, reading: Reading) -> str:
    """Return a stored reading as it is shown beside its figure: `45 of 50`, or as typed."""
    return f"{reading.value} of {reading.of}" if has_totals(metric) and reading.of else reading.value
