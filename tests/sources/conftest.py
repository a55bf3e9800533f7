"""Files and what is read of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cimodel_tui.sources.aggregate import read_tickets
from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import ImportResult, MetricFacts, Recipe
from cimodel_tui.sources.table import read_table

FILES = Path(__file__).parent / "files"
TODAY = date(2026, 11, 30)

Read = Callable[..., ImportResult]


@pytest.fixture
def files() -> Path:
    """The folder of files as people have them."""
    return FILES


@pytest.fixture
def read() -> Read:
    """Reads a file, or a text, as readings of a metric."""

    def read(source: str | bytes, metric: MetricFacts | None = None, **answers: str) -> ImportResult:
        data = source if isinstance(source, bytes) else (FILES / source).read_bytes()
        recipe = Recipe(**answers)  # type: ignore[arg-type] # each test gives the fields it is about
        return read_readings(read_table(data, recipe), metric or MetricFacts(name="Calls", unit="h"), recipe, TODAY)

    return read


@pytest.fixture
def read_export() -> Read:
    """Reads a file, or a text, as an export of tickets."""

    def read(source: str | bytes, recipe: Recipe, metric: MetricFacts | None = None, **more: bool) -> ImportResult:
        data = source if isinstance(source, bytes) else (FILES / source).read_bytes()
        skip = more.get("skip_unreadable", False)
        facts = metric or MetricFacts(unit="h")
        return read_tickets(read_table(data, recipe), facts, recipe, TODAY, skip_unreadable=skip)

    return read
