"""An improvement in the making, and the coach looking at it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest

from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import apply
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration

TODAY = date(2026, 11, 23)

ENTRY = {
    "title", "owner", "size", "review_on", "readings", "standing", "look_again_on",
    "decision_what", "decision_from", "decision_by",
}  # fmt: skip


def situation_with(
    *,
    today: date = TODAY,
    names: tuple[str, ...] = (),
    earlier: tuple[Iteration, ...] = (),
    **answers: Any,  # noqa: ANN401 - attributes of an entry or of an iteration
) -> Situation:
    """Return a situation in which nothing but these answers is filled in: of the entry, or of the iteration."""
    entry = {name: value for name, value in answers.items() if name in ENTRY}
    parts = {name: value for name, value in answers.items() if name not in ENTRY}
    return Situation(
        improvement=Improvement(**{"id": "improvement", "ref": "CI-0001"} | entry),
        iteration=Iteration(**{"id": "iteration", "improvement": "improvement"} | parts),
        earlier=earlier,
        look_up=lambda: names,
        today=today,
    )


def weekly(values: str, start: str = "2026-01-05", days: int = 7) -> Mapping[str, Reading]:
    """Return readings by their day, a week apart."""
    first = date.fromisoformat(start)
    return {(first + timedelta(days=days * at)).isoformat(): Reading(value) for at, value in enumerate(values.split())}


def found(situation: Situation, rule: str) -> tuple[Finding, ...]:
    """Return what one rule finds."""
    return tuple(finding for finding in findings(situation) if finding.rule == rule)


def apply_remedy(situation: Situation, finding: Finding) -> Situation:
    """Return the situation after the remedy of a finding was carried out."""
    assert finding.remedy
    new_id = map("new{}".format, count(1)).__next__
    improvement, iteration = apply(finding.remedy, situation.improvement, situation.iteration, new_id)
    return replace(situation, improvement=improvement, iteration=iteration)


@pytest.fixture(name="situation_with")
def _situation_with() -> Callable[..., Situation]:
    return situation_with


@pytest.fixture(name="weekly")
def _weekly() -> Callable[..., Mapping[str, Reading]]:
    return weekly


@pytest.fixture(name="found")
def _found() -> Callable[[Situation, str], tuple[Finding, ...]]:
    return found


@pytest.fixture(name="apply_remedy")
def _apply_remedy() -> Callable[[Situation, Finding], Situation]:
    return apply_remedy
