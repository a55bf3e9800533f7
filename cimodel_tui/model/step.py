"""The seven steps of the continual improvement model, in their order and their wording; and a place in a workbook.

Findings, undo, search, the palette, conflicts and the last position share the one type of a place.
"""

from cimodel_tui.model.answer import label
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the model."""

    key: str
    """The name of its part, its screen and its guidance, for example `plan`."""
    number: int
    """Its place in the order, 1 to 7."""
    title: str
    """Its full name, always shown whole."""
    question: str
    """What it asks of the people who fill it in."""
    anchor: bool = False
    """Whether it is one of the two measurement anchors."""

    @property
    def heading(self) -> str:
        """Number and full name, as every screen shows them."""
        return f"{self.number} {self.title}"


STEPS = (
    Step(
        "vision",
        1,
        "What is the vision?",
        "If this works, what will be different for the people we serve, "
        "and which aim of the organization does that serve?",
    ),
    Step(
        "baseline",
        2,
        "Where are we now?",
        "What do the facts say today, before anybody changes anything?",
        anchor=True,
    ),
    Step(
        "target",
        3,
        "Where do we want to be?",
        "What will be true, by when, and how will anyone else be able to tell?",
    ),
    Step(
        "plan",
        4,
        "How do we get there?",
        "Which route, in what order, and what do we expect each move to do?",
    ),
    Step(
        "action",
        5,
        "Take action",
        "What did we actually do, and what are the numbers doing meanwhile?",
    ),
    Step(
        "check",
        6,
        "Did we get there?",
        "Compared with where we started and what we promised: yes, partly, no, or cannot tell?",
        anchor=True,
    ),
    Step(
        "momentum",
        7,
        "How do we keep the momentum going?",
        "What holds what was gained, what is still missing, and what comes next?",
    ),
)
"""The model, first step first."""

STEP_KEYS = tuple(step.key for step in STEPS)
"""The keys of the seven parts, in order."""

_BY_KEY = {step.key: step for step in STEPS}


def step_of(key: str) -> Step:
    """Return the step with this key; raises KeyError for a key that is none."""
    return _BY_KEY[key]


def neighbour(key: str, distance: int) -> Step:
    """Return the step this many places further on, or the last (first) one where the model ends."""
    return STEPS[max(0, min(len(STEPS) - 1, _BY_KEY[key].number - 1 + distance))]


REGISTER = "register"
"""The `step` of a place in the register entry itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place. Empty parts widen it: no field is the whole step, no step the whole iteration."""

    improvement: str = ""
    """Id of the improvement; empty for the workbook itself."""
    iteration: str = ""
    """Id of the iteration; empty for the register entry."""
    step: str = ""
    """Key of the step, or `register`."""
    field: str = ""
    """Name of the attribute of the step's part."""
    row: str = ""
    """Id of a row of that field, for readings the id of the metric."""
    column: str = ""
    """Name of the row's attribute, for readings the date."""

    @property
    def words(self) -> str:
        """The place in words, without the improvement: `step 2, metrics, unit`."""
        step = f"step {step_of(self.step).number}" if self.step in STEP_KEYS else self.step
        return ", ".join(part for part in (step, *(label(name).lower() for name in (self.field, self.column))) if part)
