"""Step 5, Take action: what was actually done, and what the numbers do meanwhile."""

from cimodel_tui.model.answer import Part, Row, starred
from cimodel_tui.record import dataclass

STATUSES = ("to do", "doing", "done", "blocked", "dropped")
"""The statuses of an action."""

KINDS = ("observation", "decision", "deviation", "blocker", "learned")
"""What a log entry is."""

DECISIONS = ("adopt", "adapt", "abandon")
"""What follows from an experiment."""

ENDED = ("done", "dropped")
"""The statuses after which nothing more is to be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Row):
    """How far an action is; its id is the action's."""

    status: str = starred()
    """One of STATUSES; empty is read as to do."""
    started: str = ""
    """The day on which it began."""
    finished: str = ""
    """The day on which it was done."""
    evidence: str = ""
    """What shows that it was done."""
    dropped_because: str = ""
    """Why it was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry(Row):
    """Something worth remembering from the way."""

    on: str = starred()
    """The day."""
    kind: str = ""
    """One of KINDS."""
    text: str = starred()
    """What happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment(Row):
    """A prediction and what became of it."""

    prediction: str = starred()
    """What was expected."""
    did: str = ""
    """What was done."""
    result: str = ""
    """What came out."""
    decision: str = ""
    """One of DECISIONS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting(Part):
    """The answers of step 5."""

    progress: tuple[Progress, ...] = ()
    """How far each action of the plan is."""
    log: tuple[LogEntry, ...] = ()
    """What happened on the way."""
    experiments: tuple[Experiment, ...] = ()
    """What was tried."""
