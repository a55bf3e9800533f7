"""An improvement as plain data in which ids and times of day do not show, to compare two ways of writing it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields

from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration

_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T[\d:.]+Z?(\+00:00)?")

_OF_ITS_IDS = ("sha256", "fingerprint")
"""What is reckoned from ids, and differs where they do."""

_TICKED = ("activities", "value_types")
"""What is ticked in a list stands in the order of the list."""


def plain(improvement: Improvement, passes: tuple[Iteration, ...]) -> tuple[object, ...]:
    """Return an improvement and its iterations with their ids numbered in the order in which they appear."""
    numbers = {each: f"#{at}" for at, each in enumerate(dict.fromkeys(_ids(improvement, passes)))}
    numbers[improvement.ref] = "ref"
    return tuple(_named(asdict(each), numbers) for each in (improvement, *passes))


def _ids(improvement: Improvement, passes: tuple[Iteration, ...]) -> Iterator[str]:
    yield improvement.id
    for each in passes:
        yield each.id
        parts = [getattr(each, field.name) for field in fields(each)]
        for table in (*_tables(each), *(table for part in parts if isinstance(part, Part) for table in _tables(part))):
            yield from (row.id for row in table)


def _tables(part: Row | Part) -> Iterator[tuple[Row, ...]]:
    held = (getattr(part, field.name) for field in fields(part))
    yield from (each for each in held if isinstance(each, tuple) and each and isinstance(each[0], Row))


def _named(value: object, numbers: Mapping[str, str]) -> object:
    if isinstance(value, Mapping):
        told = {key: sorted(each) if key in _TICKED else each for key, each in value.items() if key not in _OF_ITS_IDS}
        return {numbers.get(key, key): _named(each, numbers) for key, each in told.items()}
    if isinstance(value, list | tuple):
        return [_named(each, numbers) for each in value]
    if isinstance(value, str):
        return _MOMENT.sub(r"\1", numbers.get(value, value))
    return value
