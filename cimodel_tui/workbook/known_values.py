"""What the workbook already holds: the names, services and units that a field can complete from."""

from collections.abc import Iterator

from cimodel_tui.workbook.workbook import Workbook

_PEOPLE = ("owner", "sponsor", "raised_by")


def known_values(book: Workbook, kind: str) -> tuple[str, ...]:
    """Return the distinct values of a kind (`person`, or an attribute of the entry or of a metric), sorted."""
    return tuple(sorted({value.strip() for value in _values(book, kind) if value.strip()}))


def _values(book: Workbook, kind: str) -> Iterator[str]:
    names = _PEOPLE if kind == "person" else (kind,)
    for improvement in book.improvements(archived=True):
        yield from (getattr(improvement, name) for name in names if hasattr(improvement, name))
        for iteration in book.iterations(improvement.id):
            if kind == "objective":
                yield iteration.vision.objective
            if kind == "person":
                yield from (action.owner for action in iteration.plan.actions)
                yield from (iteration.baseline.agreed_by, iteration.target.agreed_by, iteration.check.verified_by)
                yield from (metric.collector for metric in iteration.baseline.metrics)
            else:
                yield from (getattr(metric, kind, "") for metric in iteration.baseline.metrics)
