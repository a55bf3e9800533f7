"""Step 6, Did we get there?: the second measurement anchor and the checkpoint of the model."""

from collections.abc import Mapping
from dataclasses import field

from cimodel_tui.model.answer import Json, Part, starred
from cimodel_tui.record import dataclass

GO_ON, REVISIT, KEEP_MEASURING, STOP = "go on to 7", "revisit", "keep measuring", "stop"

DECISIONS = (GO_ON, REVISIT, KEEP_MEASURING, STOP)
"""What can follow from the check."""

REVISITABLE = ("vision", "baseline", "target", "plan", "action")
"""The steps to which a no can lead back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Part):
    """The answers of step 6, and from the day it is verified what was computed."""

    other_causes: str = starred()
    """What else changed that could have moved the numbers, or "none found"."""
    keep: str = ""
    """What to go on doing."""
    stop: str = ""
    """What to stop doing."""
    differently: str = ""
    """What to do differently."""
    override: str = ""
    """A verdict that a person puts in place of the computed one."""
    override_reason: str = ""
    """Why; an override without a reason does not count."""
    cost_accepted_by: str = ""
    """The sponsor who accepts that a balancing metric was broken or not measured."""
    cost_accepted_reason: str = ""
    """Why that is accepted."""
    cost_so_far: str = ""
    """What it has cost."""
    benefit_so_far: str = ""
    """What it has given."""
    how_reckoned: str = ""
    """How cost and benefit were reckoned."""
    verified_by: str = starred()
    """Who verified the result."""
    verified_on: str = starred()
    """The day on which it was verified."""
    decision: str = starred()
    """One of DECISIONS."""
    decision_reason: str = ""
    """Why; a revisit needs one."""
    revisit_step: str = ""
    """Key of the step to which the no leads back."""
    measure_until: str = ""
    """The day until which measuring goes on."""
    counts_to: str = ""
    """Last day of the result; fixed when it is verified."""
    measured: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """What was computed when it was verified, by metric id."""
    verdict: Mapping[str, Json] = field(default_factory=dict)
    """The verdict of the iteration as it was computed when it was verified."""

    @property
    def verified(self) -> bool:
        """Whether the check stands: verified by somebody, with what was computed on record."""
        return bool(self.verified_on and self.verdict)

    @property
    def lessons(self) -> tuple[str, ...]:
        """What was learned, without the empty ones."""
        return tuple(text for text in (self.keep, self.stop, self.differently) if text.strip())
