"""Step 2, Where are we now?: the facts before anybody changes anything; the first measurement anchor."""

from collections.abc import Mapping
from datetime import date, timedelta

from cimodel_tui.model.answer import Json, Part, Row, starred, starred_rows
from cimodel_tui.model.day import add_months
from cimodel_tui.model.seal import Amendment, Seal
from cimodel_tui.record import dataclass

BETTER = ("higher", "lower", "target", "none")
"""Which side of a metric is the better one."""

ROLES = ("outcome", "process", "balancing")
"""What a metric is for: to tell whether it got better, how it is done, what must not get worse."""

KINDS = ("value", "share", "rate", "mean", "events")
"""What a reading is: a number, a count of a total, a count per so many, a mean of n, or a day of events."""

WITH_TOTALS = ("share", "rate", "mean")
"""The kinds whose readings have a total."""

EVENTS = "events"
"""The kind whose reading is a day and how many events it had, one where no number is given."""

FREQUENCIES = ("once", "daily", "weekly", "fortnightly", "monthly", "quarterly", "other")
"""How often a metric is read."""

HOW_KNOWN = ("measured", "sampled", "estimated", "assumed")
"""How the numbers came about, firmest first."""

DAYS_BETWEEN = {"daily": 1, "weekly": 7, "fortnightly": 14, "monthly": 30, "quarterly": 91}
"""Days from one reading to the next, by frequency."""

MONTHS_BETWEEN = {"monthly": 1, "quarterly": 3}
"""Months from one reading to the next, by frequency, where it goes by the calendar."""


def period_end(first: date, frequency: str) -> date:
    """Return the last day that a reading covers which is dated the first day of its period."""
    try:
        if months := MONTHS_BETWEEN.get(frequency):
            return add_months(first, months) - timedelta(days=1)
        return first + timedelta(days=DAYS_BETWEEN.get(frequency, 1) - 1)
    except OverflowError:
        return date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Row):
    """Something that is counted or measured; its readings are kept under its id."""

    name: str = starred()
    """What it is called; unique within the improvement."""
    definition: str = starred()
    """What counts and what does not."""
    unit: str = starred()
    """The unit of its values, for example h or %."""
    better: str = starred()
    """One of BETTER."""
    role: str = starred("M", default="outcome")
    """One of ROLES; empty is read as outcome."""
    source: str = starred("M")
    """Where the numbers come from."""
    frequency: str = starred("M", default="once")
    """One of FREQUENCIES; empty is read as once."""
    collector: str = ""
    """Who pulls the numbers."""
    how_known: str = starred("M", default="measured")
    """One of HOW_KNOWN; empty is read as measured."""
    known_flaws: str = ""
    """What is wrong with it and has to be lived with."""
    kind: str = "value"
    """One of KINDS."""
    per: str = ""
    """For a rate: per how many; empty is read as 1000."""
    zone: str = ""
    """The time zone in which its days begin, for example Europe/Berlin; empty where none was given."""
    feed: str = ""
    """The name of the feed in the user's own configuration that its readings come from; empty where they do not."""
    recipe: Mapping[str, Json] | None = None
    """How its readings are worked out of a ticket export; None where they are not."""

    @property
    def is_outcome(self) -> bool:
        """Whether the verdict looks at it."""
        return self.role in ("", "outcome")

    @property
    def unit_behind_name(self) -> str:
        """Its unit as it stands behind its name: in brackets, empty where it has none."""
        return f" ({self.unit.strip()})" if self.unit.strip() else ""

    @property
    def side(self) -> str:
        """Its better side; an unknown value is read as none."""
        return self.better if self.better in BETTER else "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Row):
    """Why things are as they are."""

    cause: str = starred()
    """What brings the trouble about."""
    evidence: str = ""
    """How that is known."""
    share: str = ""
    """Its share of the whole, in per cent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice(Row):
    """What somebody said about today's state."""

    who: str = starred()
    """Who said it."""
    said: str = starred()
    """Their words."""
    on: str = ""
    """The day on which they said it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline(Part):
    """The answers of step 2."""

    current_state: str = starred("M")
    """What the facts say today."""
    works_well: str = ""
    """What already works and should stay."""
    metrics: tuple[Metric, ...] = starred_rows()
    """One to five metrics, at least one of them an outcome."""
    causes: tuple[Cause, ...] = ()
    """Causes with their shares."""
    first_on: str = ""
    """First day of the baseline stretch; empty until agreed means from the first reading."""
    last_on: str = ""
    """Last day of the baseline stretch; empty until agreed means to the last reading before the first action."""
    agreed_by: str = starred()
    """Who agreed to the baseline."""
    agreed_on: str = starred()
    """The day on which it was agreed."""
    voices: tuple[Voice, ...] = ()
    """What people say."""
    strengths: str = ""
    """What we are good at."""
    weaknesses: str = ""
    """What we are not good at."""
    opportunities: str = ""
    """What could help from outside."""
    threats: str = ""
    """What could hurt from outside."""
    benchmark: str = ""
    """How others fare, and where that is known from."""
    maturity: str = ""
    """Maturity of the practice, 1 to 5."""
    seal: Seal | None = None
    """Set when the baseline was agreed."""
    amendments: tuple[Amendment, ...] = ()
    """What was changed after it was agreed."""
