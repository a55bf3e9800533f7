"""Readings for the tests of measurement, written the way people write them."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest

from cimodel_tui.measurement import Aim, Judgement, Point, Question, Rule, judge


def points(texts: str, start: str = "2026-01-05", step: int = 7) -> tuple[Point, ...]:
    """Return readings given as one text, a week apart."""
    first = date.fromisoformat(start)
    return tuple(Point(first + timedelta(days=step * at), Fraction(text)) for at, text in enumerate(texts.split()))


@pytest.fixture
def weekly() -> Callable[..., tuple[Point, ...]]:
    """Return how to write readings a week apart."""
    return points


@pytest.fixture
def judged() -> Callable[..., Judgement]:
    """Return how to judge baseline and result given as texts; the result begins a week after the baseline."""

    def judged_(  # noqa: PLR0913 - each of them is a part of the question
        baseline: str,
        after: str,
        target: str = "",
        *,
        better: str = "higher",
        promise: str = "move",
        rule: Rule | None = None,
        agreed: bool = True,
        by: date | None = None,
        name: str = "speed",
        unit: str = "km",
        frequency: str = "",
    ) -> Judgement:
        before = points(baseline)
        start = (before[-1].day + timedelta(days=7)).isoformat() if before else "2026-06-01"
        low, _, high = target.partition(" to ")
        aim = Aim.from_texts(better, low="", high="", value=low) if not high else Aim(Fraction(low), Fraction(high))
        question = Question(
            better,
            promise,
            aim,
            rule or Rule(),
            before,
            points(after, start),
            agreed,
            by,
            name=name,
            unit=unit,
            frequency=frequency,
        )
        return judge(question)

    return judged_
