"""The readings of an improvement, metric by metric, as reports and spreadsheets list them."""

from collections.abc import Iterator

from cimodel_tui.charts import RunChart
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.record import dataclass
from cimodel_tui.views.pictures import run_chart
from cimodel_tui.workbook.workbook import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """One reading; texts are as they were typed, empty where there is nothing."""

    day: str
    """Its day, in ISO text."""
    value: str
    """Its value: for a share or a rate the count."""
    total: str
    """What it is a part of, where it has a total."""
    note: str
    """What should be known about it."""
    set_aside: str
    """Why it is not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricReadings:
    """All readings of one metric."""

    ref: str
    """Ref of the improvement."""
    metric: str
    """Name of the metric."""
    unit: str
    """Its unit."""
    rows: tuple[ReadingRow, ...]
    """The readings in the order of their days."""
    chart: RunChart
    """The same as a run chart, with limits and target."""


def lead_readings(book: Workbook, entry: Improvement) -> MetricReadings | None:
    """Return the readings of the first outcome metric that has some, else of the first metric; none without any."""
    outcomes = {row.name.strip() for row in book.latest(entry.id).baseline.metrics if row.is_outcome}
    found = list(readings_of(book, entry))
    return next(iter([*(each for each in found if each.metric in outcomes), *found]), None)


def readings_of(book: Workbook, entry: Improvement) -> Iterator[MetricReadings]:
    """Yield the metrics of the latest iteration that have readings."""
    latest = book.latest(entry.id)
    for metric in latest.baseline.metrics:
        days = sorted(entry.readings.get(metric.id, {}).items())
        if days:
            yield MetricReadings(
                ref=entry.ref,
                metric=metric.name.strip() or "a metric without a name",
                unit=metric.unit,
                rows=tuple(
                    ReadingRow(
                        day=day,
                        value=each.value,
                        total=each.of or "",
                        note=each.note,
                        set_aside=each.set_aside or "",
                    )
                    for day, each in days
                ),
                chart=run_chart(book, entry, latest, metric.id),
            )
