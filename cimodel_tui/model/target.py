"""Step 3, Where do we want to be?: what will be true, by when, and how anyone else can tell."""

from cimodel_tui.model.answer import Part, Row, starred, starred_rows
from cimodel_tui.model.seal import Amendment, Seal
from cimodel_tui.record import dataclass

PROMISES = ("move", "hold")
"""To bring a metric somewhere, or to keep it where it is."""

RULES = ("mean", "mean-of-last", "each-of-last", "latest")
"""What of the result readings has to meet the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Row):
    """The target of one outcome metric; its id is the metric's."""

    promise: str = starred("M", default="move")
    """One of PROMISES; empty is read as move."""
    value: str = starred()
    """The target value, in the metric's unit; empty where a range is given."""
    low: str = ""
    """Lower end of a target range."""
    high: str = ""
    """Upper end of a target range."""
    by: str = starred()
    """The day by which it is to be met."""
    rule: str = starred("M", default="mean")
    """One of RULES; empty is read as mean."""
    rule_n: str = ""
    """How many readings the rule takes."""
    why: str = ""
    """Why this far and no further."""
    stretch: str = ""
    """What would be wonderful."""
    end_of_way: str = ""
    """The value at which the vision is reached, for the staircase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Row):
    """What a balancing metric must not pass; its id is the metric's."""

    value: str = starred("M")
    """The limit, in the metric's unit; empty where a range is given."""
    low: str = ""
    """Lower end, for a metric without a better side."""
    high: str = ""
    """Upper end, for a metric without a better side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Part):
    """The answers of step 3."""

    targets: tuple[Promise, ...] = starred_rows()
    """What is promised, a row an outcome metric."""
    limits: tuple[Limit, ...] = ()
    """What must not be passed, a row a balancing metric."""
    sentence: str = ""
    """The objective in one sentence; empty means the one drafted from the targets."""
    agreed_by: str = starred()
    """Who agreed to the target."""
    agreed_on: str = starred()
    """The day on which it was agreed."""
    success_factors: str = ""
    """What has to go right."""
    benefit_kind: str = ""
    """What kind of benefit is expected."""
    benefit_amount: str = ""
    """How much of it."""
    benefit_unit: str = ""
    """In which unit."""
    rest_of_way: str = ""
    """What a split leaves for later iterations."""
    seal: Seal | None = None
    """Set when the target was agreed."""
    amendments: tuple[Amendment, ...] = ()
    """What was changed after it was agreed."""
