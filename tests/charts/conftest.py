"""Charts of the sample stories, as the tests of this folder draw them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cimodel_tui.charts import Change, Dumbbell, Phase, Point, RunChart, Staircase, Step

START = date(2026, 1, 5)
"""The Monday of the first weekly reading."""

RESTORE = (
    *(7.1, 6.2, 7.9, 6.6, 5.9, 7.4, 6.9, 8.1, 6.3, 6.7, 7.2, 6.5),
    *(6.4, 6.0, 5.8, 5.5),
    *(5.1, 4.7, 5.2, 4.4, 4.8, 4.3, 4.9, 4.5),
)
"""Weekly hours to restore: baseline, during, result."""


def week(number: int) -> date:
    """Return the Monday of a week, counted from the first reading."""
    return START + timedelta(weeks=number)


def weekly(values: Sequence[float], flagged: Sequence[int] = (), aside: Sequence[int] = ()) -> tuple[Point, ...]:
    """Return one reading a week; those that are flagged are better."""
    return tuple(
        Point(day=week(at), value=value, flagged=at in flagged, side="better" * (at in flagged), set_aside=at in aside)
        for at, value in enumerate(values)
    )


@pytest.fixture
def restore() -> RunChart:
    """Return the run chart of a time to restore that came down."""
    known = Phase(first=week(0), mean=6.9, lower=4.19, upper=9.61, target=(5.0,))
    return RunChart(
        name="P2 time to restore",
        unit="h",
        better="lower",
        points=weekly(RESTORE, flagged=range(16, 24)),
        phases=(
            replace(known, name="baseline", last=week(11), target=()),
            replace(known, name="during", first=week(12), last=week(15)),
            replace(known, name="result", first=week(16)),
        ),
        changes=(Change(day=date(2026, 4, 2), name="swarm rota"), Change(day=date(2026, 4, 20), name="runbooks")),
        least=0,
    )


@pytest.fixture
def metrics() -> list[Dumbbell]:
    """Return metrics that moved both ways, not at all, and not yet."""
    return [
        Dumbbell(name="time to restore", unit="h", better="lower", baseline=6.9, achieved=4.68, target=(5,)),
        Dumbbell(
            name="first-contact resolution", unit="%", better="higher", baseline=59.1, achieved=62.9, target=(68,)
        ),
        Dumbbell(name="reopened", unit="%", better="lower", baseline=6.6, achieved=7.9, limit=(7,)),
        Dumbbell(name="stock", unit="days", better="target", baseline=70, achieved=58, target=(40, 60)),
        Dumbbell(name="net score", better="higher", baseline=-12, achieved=-12, target=(5,)),
        Dumbbell(name="swarm in time", unit="%", better="higher", baseline=41, target=(80,)),
    ]


@pytest.fixture
def releases() -> Staircase:
    """Return three iterations of a change failure rate, the third still open."""
    return Staircase(
        name="change failure rate",
        unit="%",
        better="lower",
        baseline=22.4,
        aim=5,
        steps=(Step(name="1", achieved=15.5), Step(name="2", achieved=8.9), Step(name="3", target=6)),
    )
