"""An iteration: one pass of an improvement through the seven steps."""

from collections.abc import Mapping
from dataclasses import field

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.answer import Part, Row
from cimodel_tui.model.baseline import Baseline
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement, Title
from cimodel_tui.model.momentum import Momentum
from cimodel_tui.model.plan import Plan
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.model.target import Target
from cimodel_tui.model.vision import Vision
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledgement(Row):
    """A finding of the coach that was answered."""

    rule: str
    """Id of the rule."""
    step: str
    """Key of the step, or `register`."""
    field: str = ""
    """Name of the field."""
    row: str = ""
    """Id of the row."""
    fingerprint: str = ""
    """Fingerprint of the inputs of the rule; the acknowledgement is valid while that is the same."""
    reason: str = ""
    """Why the warning does not apply."""
    by: str = ""
    """Who answered."""
    on: str = ""
    """The day of the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Iteration(Row):
    """One pass through the seven steps."""

    improvement: str
    """Id of the improvement."""
    number: int = 1
    """Which pass it is, from 1."""
    parent: str = ""
    """Id of the iteration before; empty for the first."""
    entered_at: str = "vision"
    """Key of the step at which it began."""
    reason: str = ""
    """Why it was opened there."""
    opened_on: str = ""
    """The day on which it was opened."""
    opened_by: str = ""
    """Who opened it."""
    vision: Vision = field(default_factory=Vision)
    """Step 1."""
    baseline: Baseline = field(default_factory=Baseline)
    """Step 2."""
    target: Target = field(default_factory=Target)
    """Step 3."""
    plan: Plan = field(default_factory=Plan)
    """Step 4."""
    action: Acting = field(default_factory=Acting)
    """Step 5."""
    check: Check = field(default_factory=Check)
    """Step 6."""
    momentum: Momentum = field(default_factory=Momentum)
    """Step 7."""
    acknowledged: tuple[Acknowledgement, ...] = ()
    """Warnings of the coach that were answered."""

    @property
    def entry(self) -> str:
        """The key of the step at which it began; what names no step is read as the first one."""
        return self.entered_at if self.entered_at in STEP_KEYS else STEP_KEYS[0]

    def part(self, step: str) -> Part:
        """Return the part of this step; raises AttributeError for an unknown key."""
        found: Part = getattr(self, step)
        return found

    def progress(self, action_id: str) -> Progress:
        """Return the progress of an action; one without any is still to do."""
        known = (row for row in self.action.progress if row.id == action_id)
        return next(known, Progress(id=action_id, status="to do"))


@dataclass(frozen=True, slots=True)
class Documents:
    """All that a workbook holds, decoded on first access."""

    title: Title
    """The workbook's own document."""
    improvements: Mapping[str, Improvement]
    """By id."""
    iterations: Mapping[str, Iteration]
    """By id."""
    lineage: Mapping[str, tuple[str, ...]]
    """The ids of an improvement's iterations, first pass first."""
    register: tuple[str, ...]
    """The ids of the improvements in the order of their refs."""
    archived: frozenset[str]
    """Those of them that are out of sight."""
