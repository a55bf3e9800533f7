"""Placeholders are no answer: what a step still needs is still needed."""

from dataclasses import replace

import pytest

from cimodel_tui.model.answer import blank, is_placeholder, unanswered
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.completeness import missing
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.vision import Vision

ENTRY = Improvement(id="improvement", ref="CI-0001")


@pytest.mark.parametrize("text", ["", "  ", "-", "--", "?", "...", "x", "X", "TBD", "tbd.", "n/a", "todo", " x "])
def test_placeholder_says_nothing(text: str) -> None:
    assert is_placeholder(text)
    assert blank(text)


@pytest.mark.parametrize("text", ["none", "none found", "0", "5", "no", "IT", "x-ray", "Ümit", "日本"])
def test_short_answer_is_an_answer(text: str) -> None:
    assert not is_placeholder(text)


def test_step_still_needs_what_a_placeholder_stands_for() -> None:
    part = Vision(objective="tbd", vision="?", value="Shops can sell")
    needed = {
        each.place.field for each in missing(ENTRY, Iteration(id="i", improvement="improvement", vision=part), "vision")
    }
    assert {"objective", "vision"} <= needed
    assert "value" not in needed


def test_unit_may_be_a_mark_or_an_x() -> None:
    metric = Metric(id="m1", name="Wait", unit="x")
    assert not unanswered(metric, "unit")
    assert not unanswered(replace(metric, unit="%"), "unit")
    assert unanswered(replace(metric, unit=" "), "unit")
    assert unanswered(replace(metric, name="x"), "name")
