"""Rules of step 7: gains are secured by more than documents, and reported with numbers."""

from collections.abc import Iterator

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.quantities import has_change
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import is_foreign

WRITTEN = "written"
"""The kind of control that holds least."""


def only_written_controls(situation: Situation) -> Iterator[Finding]:
    """M1: documents do not hold gains."""
    controls = situation.iteration.momentum.controls
    if controls and all(row.kind == WRITTEN for row in controls):
        place = situation.place("momentum", "controls")
        yield Finding(
            "M1",
            place,
            "Every control is a document, and documents alone do not hold gains: under pressure people work from "
            "habit. What can be built in, checked or trained?",
            " ".join(row.id for row in controls),
            Remedy("Open the controls", RemedyKind.OPEN, place),
        )


def story_without_change(situation: Situation) -> Iterator[Finding]:
    """M2: a success story says from where to where."""
    text = situation.iteration.momentum.story_message
    if text.strip() and not has_change(text) and not is_foreign(text):
        place = situation.place("momentum", "story_message")
        numbers = _from_to(situation)
        opening = Remedy("Open the story", RemedyKind.OPEN, place)
        remedy = Remedy("Add from and to", RemedyKind.APPEND, place, numbers) if numbers else opening
        yield Finding(
            "M2",
            place,
            "The story does not say how far it went. Say from and to, with the unit: that is what people remember and "
            "pass on.",
            text,
            remedy,
        )


def _from_to(situation: Situation) -> str:
    """Return what the verified check measured, in a sentence; empty before that."""
    for metric in situation.iteration.baseline.metrics:
        record = situation.iteration.check.measured.get(metric.id, {})
        before = record.get("baseline")
        start, achieved = before.get("mean") if isinstance(before, dict) else None, record.get("achieved")
        if metric.is_outcome and isinstance(start, int | float) and isinstance(achieved, int | float):
            return f"{metric.name.strip()}: from {start:.4g} to {achieved:.4g} {metric.unit.strip()}".rstrip() + "."
    return ""


RULES: tuple[Rule, ...] = (only_written_controls, story_without_change)
"""The rules of step 7."""
