"""What `show --json` prints: plain values in documented shapes; an empty answer is null."""

from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass

from cimodel_tui.model.agreement import seal_problems
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.check import closes_as
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.seal import Seal
from cimodel_tui.model.status import is_stale
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.views.history import history_of
from cimodel_tui.views.status import next_of, state_of
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.measure import measure

FORMAT = 1
"""The version of these shapes."""

_SHOWN_ELSEWHERE = {"amendments", "measured", "verdict"}


def register(book: Workbook) -> dict[str, object]:
    """Return the workbook and a line for each improvement of its register."""
    return {
        "format": FORMAT,
        "title": book.title,
        "improvements": [_summary(book, each) for each in book.improvements()],
    }


def _summary(book: Workbook, improvement: Improvement) -> dict[str, object]:
    latest, today = book.latest(improvement.id), book.clock.today()
    line = {
        "ref": improvement.ref,
        "title": improvement.title,
        "owner": improvement.owner,
        "status": state_of(book, improvement),
        "step": current_step(improvement, latest),
        "score": improvement.score,
        "review_on": improvement.review_on,
        "stale": is_stale(improvement, latest, today),
        "next": next_of(book, improvement),
    }
    return {name: plain(value) for name, value in line.items()}


def improvement(book: Workbook, entry: Improvement) -> dict[str, object]:
    """Return one improvement: its entry, its history, its metrics with their readings, and its iterations."""
    known = {each.name: plain(getattr(entry, each.name)) for each in fields(entry) if each.name != "readings"}
    return {
        **known,
        **_summary(book, entry),
        "history": [plain(event) for event in history_of(book, entry)],
        "metrics": [_metric(entry, metric) for metric in metrics_of(book, entry)],
        "iterations": [_iteration(book, entry, each) for each in book.iterations(entry.id)],
    }


def metrics_of(book: Workbook, entry: Improvement) -> tuple[Metric, ...]:
    """Return every metric of an improvement, those of the latest iteration first, in its version."""
    found: dict[str, Metric] = {}
    for iteration in reversed(book.iterations(entry.id)):
        for metric in iteration.baseline.metrics:
            found.setdefault(metric.id, metric)
    return tuple(found.values())


def _metric(entry: Improvement, metric: Metric) -> dict[str, object]:
    days = sorted(entry.readings.get(metric.id, {}).items())
    return {**_plain_mapping(asdict(metric)), "readings": [_reading(day, reading) for day, reading in days]}


def _reading(day: str, reading: Reading) -> dict[str, object]:
    return {"date": day, **{each.name: plain(getattr(reading, each.name)) for each in fields(reading)}}


def _iteration(book: Workbook, entry: Improvement, iteration: Iteration) -> dict[str, object]:
    measured = measure(entry, iteration, book.clock.today())
    measured_metrics = [(one.metric, dict(one.record)) for one in measured.metrics]
    return {
        "number": iteration.number,
        "parent": parent.number if (parent := book.documents.iterations.get(iteration.parent)) else None,
        "entered_at": iteration.entered_at,
        "reason": iteration.reason or None,
        "opened_on": iteration.opened_on or None,
        "opened_by": iteration.opened_by or None,
        **{step: _part_document(iteration, step) for step in STEP_KEYS},
        "amendments": _amendments(iteration),
        "unsound": list(seal_problems(entry, iteration)),
        "acknowledged": [plain(each) for each in iteration.acknowledged],
        "measured": [
            {"metric": metric.id, "name": metric.name, "role": record.pop("role", None), **_plain_mapping(record)}
            for metric, record in measured_metrics
        ],
        "verdict": {**_verdict(measured.verdict), "closes_as": closes_as(iteration.check)},
    }


_VERDICT = ("word", "suggested", "reason", "at_a_cost", "not_known", "sentence")
"""What is shown of a verdict; what else is computed with it serves its sentence."""


def _verdict(found: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(found.get(name)) for name in _VERDICT}


def _part_document(iteration: Iteration, step: str) -> dict[str, object]:
    part = iteration.part(step)
    return {each.name: plain(getattr(part, each.name)) for each in fields(part) if each.name not in _SHOWN_ELSEWHERE}


def _amendments(iteration: Iteration) -> list[object]:
    parts = (("baseline", iteration.baseline), ("target", iteration.target), ("plan", iteration.plan))
    return [{"step": step, **_plain_mapping(asdict(each))} for step, part in parts for each in part.amendments]


def plain(value: object) -> object:
    """Return a value of the model as JSON: rows as objects, an empty text as null; a sealed copy as it is."""
    if value == "":
        return None
    if isinstance(value, Seal):
        return {**_plain_mapping(asdict(value)), "copy": dict(value.copy)}
    if isinstance(value, Mapping):
        return _plain_mapping(value)
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
    return value


def _plain_mapping(found: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in found.items()}
