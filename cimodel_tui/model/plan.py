"""Step 4, How do we get there?: the route, its order, and what each move is expected to do."""

from cimodel_tui.model.answer import Part, Row, starred, starred_rows
from cimodel_tui.model.seal import Amendment
from cimodel_tui.record import dataclass

APPROACHES = ("experiment", "agile increments", "project", "change in daily work", "stop doing something")
"""Ways to go about it."""

RESPONSES = ("avoid", "reduce", "share", "accept")
"""What to do about a risk."""

ONE_TO_FIVE = ("1", "2", "3", "4", "5")
"""A judgement from little to much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Row):
    """One way that could be taken."""

    name: str = starred()
    """Its short name."""
    what: str = ""
    """What it means."""
    effect: str = ""
    """What it is expected to bring."""
    effort: str = ""
    """One to five."""
    risk: str = ""
    """One to five."""
    cost: str = ""
    """What it costs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Row):
    """Something that one person will have done by a day."""

    what: str = starred()
    """What is done."""
    owner: str = starred("M")
    """Who sees to it."""
    start: str = ""
    """The day on which it begins."""
    due: str = starred()
    """The day by which it is done."""
    effort: str = ""
    """How much work it is."""
    cause: str = ""
    """Id of the cause that it addresses."""
    depends_on: tuple[str, ...] = ()
    """Ids of the actions that have to be done before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection(Row):
    """Who pulls which number, how often."""

    metric: str = starred()
    """Id of the metric."""
    who: str = starred()
    """Who pulls it."""
    how_often: str = ""
    """How often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint(Row):
    """A day on which to stop and ask."""

    on: str = starred()
    """The day."""
    question: str = starred()
    """What is asked on that day."""
    answer: str = ""
    """What was found; empty until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk(Row):
    """What could go wrong on the way."""

    risk: str = starred()
    """What could happen."""
    likelihood: str = ""
    """One to five."""
    impact: str = ""
    """One to five."""
    response: str = ""
    """One of RESPONSES."""
    owner: str = ""
    """Who watches it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Part):
    """The answers of step 4."""

    approach: str = starred("M")
    """One of APPROACHES."""
    options: tuple[Option, ...] = starred_rows("M")
    """Ways that could be taken."""
    chosen: str = starred("M")
    """Which way was chosen."""
    why: str = starred("M")
    """Why that one."""
    hypothesis_if: str = starred("M")
    """What is changed."""
    hypothesis_then: str = starred("M")
    """What is expected of it."""
    hypothesis_because: str = starred("M")
    """Why that is believed."""
    hypothesis_metric: str = starred("M")
    """Id of the metric in which it should be seen."""
    actions: tuple[Action, ...] = starred_rows()
    """What will be done."""
    measurement_plan: tuple[Collection, ...] = starred_rows("M")
    """Who pulls which number, how often."""
    result_from: str = ""
    """First day of the result; empty means the day after the last action is due."""
    checkpoints: tuple[Checkpoint, ...] = starred_rows("M")
    """Days on which to stop and ask."""
    go_ahead_by: str = ""
    """Who gave the go-ahead."""
    go_ahead_on: str = ""
    """The day on which it was given."""
    go_ahead_cost: str = ""
    """Up to what cost."""
    risks: tuple[Risk, ...] = ()
    """What could go wrong."""
    stop_rule: str = ""
    """What would make us stop."""
    one_off_cost: str = ""
    """What it costs once."""
    yearly_cost: str = ""
    """What it costs each year."""
    yearly_benefit: str = ""
    """What it gives each year."""
    amendments: tuple[Amendment, ...] = ()
    """Each move of the first day of the result, once a reading lay in it."""
