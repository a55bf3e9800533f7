"""Step 7, How do we keep the momentum going?: sustain the gain, name what is missing, start the next iteration."""

from cimodel_tui.model.answer import Part, Row, starred, starred_rows
from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import is_number
from cimodel_tui.record import dataclass

CONTROL_KINDS = ("built in", "checked", "trained", "written")
"""How a gain is held, firmest first."""

SIDES = ("above", "below")
"""On which side of its limit a metric has slipped."""

NOW, ON_A_DATE, NONE = "now", "on a date", "none"

NEXT = (NOW, ON_A_DATE, NONE)
"""What becomes of the next iteration."""

CARRY = ("carry", "drop")
"""What becomes of an action that is still open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control(Row):
    """Something that is permanently different."""

    what: str = starred()
    """What is different from now on."""
    kind: str = starred("M")
    """One of CONTROL_KINDS."""
    owner: str = ""
    """Who is responsible for it."""
    done: str = ""
    """`yes` once it is in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SustainCheck(Row):
    """A look, some months later, at whether the gain is still there."""

    due: str = starred()
    """The day on which to look."""
    metric: str = starred()
    """Id of the metric."""
    limit: str = ""
    """The value up to which the gain counts as held; empty means half-way between baseline and achieved."""
    result: str = ""
    """The mean of the readings since the check before; empty until recorded."""
    recorded_on: str = ""
    """The day on which the result was recorded."""
    recorded_by: str = ""
    """Who recorded it."""
    waived: str = ""
    """Why there will be no result."""
    taken_over_by: str = ""
    """Id of the next iteration that watches this metric now."""

    @property
    def recorded(self) -> bool:
        """Whether its result is in: a number, from the day on which to look or a later one."""
        on, due = as_day(self.recorded_on), as_day(self.due)
        return on is not None and (due is None or due <= on) and is_number(self.result)

    @property
    def open(self) -> bool:
        """Whether a result is still owed."""
        return not (self.recorded or self.waived.strip() or self.taken_over_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Row):
    """What becomes of an action that is still open; its id is the action's."""

    decision: str = starred()
    """One of CARRY."""
    reason: str = ""
    """Why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Momentum(Part):
    """The answers of step 7. Which are needed depends on what was gained and what is missing."""

    controls: tuple[Control, ...] = starred_rows()
    """What is permanently different."""
    daily_owner: str = starred("M")
    """Who owns the gain in daily work."""
    sustain_checks: tuple[SustainCheck, ...] = starred_rows()
    """Later looks at whether it lasts."""
    relapse_metric: str = starred("M")
    """Id of the metric that is watched."""
    relapse_side: str = starred("M")
    """One of SIDES: on which side of the limit it has slipped."""
    relapse_limit: str = starred("M")
    """The value beyond which a reading counts as slipped."""
    relapse_count: str = starred("M")
    """How many such readings in a row are a relapse."""
    story_audience: str = starred("M")
    """Who should hear of the success."""
    story_message: str = starred("M")
    """What they should hear."""
    story_channel: str = starred("M")
    """How they hear of it."""
    story_sent_on: str = starred("M")
    """The day on which it was told."""
    remaining_gap: str = ""
    """What is still missing; empty means the gap as computed."""
    why_short: str = starred("M")
    """Why it fell short."""
    told: str = starred("M")
    """Who was told that it fell short, and when."""
    lessons_shared: str = starred("M")
    """With whom the lessons were shared."""
    where_else: str = ""
    """Where else this could help."""
    carried: tuple[Carried, ...] = ()
    """What becomes of the actions that are still open."""
    next: str = starred()
    """One of NEXT."""
    next_on: str = ""
    """The day on which the next iteration starts."""
    next_reason: str = ""
    """Why there is none."""
    decided_by: str = ""
    """Who decided on the next iteration."""
    decided_on: str = ""
    """The day on which that was decided."""
