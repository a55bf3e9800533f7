"""Whatever stands in a field, the coach looks at it without an exception and its remedies can be pressed."""

from collections.abc import Mapping
from dataclasses import fields, replace
from random import Random
from typing import Any, TypeVar

import pytest

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.next_thing import next_thing
from cimodel_tui.coach.rules import answered_findings, findings
from cimodel_tui.model.improvement import Reading
from tests.coach.plans import plan_of

T = TypeVar("T")
ODD = (
    *("", "-1e400", "1e300", "-5", "NaN", "\u221e", "\u0663", "2026-02-30", "9999-12-31", "0001-01-01", "x" * 300, "%"),
    *(
        "0",
        "1e-300",
        "A.\nB",
        "\x00",
        "\u2014",
        "100",
        "mean-of-last",
        "events",
        "share",
        "daily",
        "half",
        "no",
        "never",
    ),
    *("more", "by", "to", "of", "Update", "We will have", "the", "100 %", "no more", "get", "make", "zero", "each"),
)
FIXED = {"id", "improvement", "number", "entered_at"}


def odd(holder: T, chance: Random) -> T:
    """Return a record with some of its texts replaced, those of its rows included."""
    changed: dict[str, Any] = {}
    for each in fields(holder):  # type: ignore[arg-type]  # every holder is a dataclass
        value = getattr(holder, each.name)
        if each.name in FIXED:
            continue
        if isinstance(value, str) and chance.random() < 0.15:
            changed[each.name] = chance.choice(ODD)
        elif isinstance(value, tuple) and value and hasattr(value[0], "__dataclass_fields__"):
            changed[each.name] = tuple(odd(row, chance) for row in value)
        elif hasattr(value, "__dataclass_fields__"):
            changed[each.name] = odd(value, chance)
    return replace(holder, **changed)  # type: ignore[type-var]  # as above


def odd_readings(readings: Mapping[str, Reading], chance: Random) -> dict[str, Reading]:
    return {
        chance.choice(ODD) if chance.random() < 0.1 else day: Reading(
            chance.choice(ODD), of=chance.choice((None, *ODD))
        )
        if chance.random() < 0.1
        else reading
        for day, reading in readings.items()
    }


def odd_situation(seed: int) -> Situation:
    chance, situation = Random(seed), plan_of(seed)
    entry = odd(situation.improvement, chance)
    readings = {metric: odd_readings(days, chance) for metric, days in situation.improvement.readings.items()}
    return replace(situation, improvement=replace(entry, readings=readings), iteration=odd(situation.iteration, chance))


@pytest.mark.parametrize("seed", range(0, 400, 20))
def test_anything_may_stand_in_a_field(seed: int) -> None:
    for each in range(seed, seed + 20):
        situation = odd_situation(each)
        assert all(finding.message for finding in findings(situation))
        answered_findings(situation)
        next_thing(situation.improvement, situation.iteration, situation.today)
