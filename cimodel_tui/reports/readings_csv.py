"""The readings of an improvement as CSV: one row a reading, in the order of metrics and days."""

import csv
import io
from collections.abc import Iterable

from cimodel_tui.reports.register_csv import defused
from cimodel_tui.views.readings import MetricReadings

COLUMNS = ("Ref", "Metric", "Unit", "Date", "Value", "Total", "Note", "Set aside")
"""The headers, in their order."""


def readings_csv(found: Iterable[MetricReadings]) -> str:
    """Return the readings; a cell that a spreadsheet would reckon with is defused, numbers stay numbers."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for metric in found:
        for row in metric.rows:
            cells = (metric.ref, metric.metric, metric.unit, row.day, row.value, row.total, row.note, row.set_aside)
            writer.writerow([defused(cell) for cell in cells])
    return written.getvalue()
