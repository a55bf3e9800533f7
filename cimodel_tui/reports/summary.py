"""The content of a report, prepared once and then written as Markdown, HTML, CSV or JSON.

Texts are as they were typed: each format escapes them as it needs.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from cimodel_tui.charts import RunChart, Staircase, describe
from cimodel_tui.charts.axes import full_day
from cimodel_tui.escaping import json_text
from cimodel_tui.model.day import as_day
from cimodel_tui.record import dataclass
from cimodel_tui.views.measurements import MetricComparison

_ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)


def readable_days(words: str) -> str:
    """Return computed words with every ISO day as people read it: `due 2026-07-14` becomes `due 14 Jul 2026`.

    Not for text that people typed, which stays as it is.
    """
    return _ISO_DAY.sub(lambda found: full_day(day) if (day := as_day(found[0])) else found[0], words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The verdict of an iteration, or its state today."""

    word: str
    """The verdict that counts."""
    suggested: str
    """The computed one."""
    sentence: str
    """In one sentence."""
    on_record: bool
    """Whether the check was verified."""
    closes_as: str
    """Achieved, partly, not achieved or not verified; empty before the check is verified."""
    notes: tuple[str, ...]
    """A verdict of a person's own with its reason, a cost that was accepted or is still open."""
    verified: str
    """By whom and when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IterationRow:
    """One iteration among several."""

    number: int
    """Which iteration it is, from 1."""
    verdict: str
    """Its verdict, empty while it is not verified."""
    result: str
    """Its verdict in words, or that it is under way."""
    sentence: str
    """Baseline to target to achieved, in one sentence."""
    decision: str
    """What followed from its check, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow:
    """One action and how far it is."""

    iteration: int
    """Number of the iteration."""
    what: str
    """What is done."""
    owner: str
    """Who sees to it."""
    due: str
    """The day by which it is done."""
    status: str
    """One of the statuses of an action."""
    finished: str
    """The day on which it was done."""
    late: bool
    """Whether it is past its day and still open, or was done after it."""
    note: str
    """Its evidence, or why it was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledText:
    """A text with what it is: a lesson, an amount, an amendment, a decision."""

    what: str
    """What it is."""
    text: str
    """The text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What happened since a day; lines that begin with a day."""

    day: str
    """Since when."""
    new: tuple[str, ...]
    """What was raised or started."""
    moved: tuple[str, ...]
    """What was agreed, done, measured or decided."""
    slipped: tuple[str, ...]
    """What went past its day, or back."""
    closed: tuple[str, ...]
    """What was closed or withdrawn."""

    @property
    def parts(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The four kinds with their lines, those that are not empty."""
        found = (("New", self.new), ("Moved", self.moved), ("Slipped", self.slipped), ("Closed", self.closed))
        return tuple(each for each in found if each[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePage:
    """The content of the report of one improvement."""

    workbook: str
    """Title of the workbook."""
    as_of: str
    """The day that counts as today."""
    ref: str
    """Its number for people."""
    title: str
    """What gets better."""
    status: str
    """Its status, with how it closed and whether it is stale or has relapsed."""
    steering: str
    """The one line that a steering group reads."""
    people: tuple[LabelledText, ...]
    """Owner, sponsor, service."""
    aim: str
    """The organization's aim that is served."""
    vision: str
    """The better state, in the users' terms."""
    value: str
    """For whom, and what they gain."""
    objective: str
    """The target in one sentence."""
    iteration: int
    """Number of the latest iteration."""
    verdict: Verdict | None
    """The verdict of the latest iteration; None without a target."""
    metrics: tuple[MetricComparison, ...]
    """Its metrics, in their order."""
    passes: tuple[IterationRow, ...]
    """The iterations, where there are several."""
    chart: RunChart | None
    """The readings of the first outcome metric."""
    staircase: Staircase | None
    """The iterations on the way to the vision, where there are several."""
    actions: tuple[ActionRow, ...]
    """The actions of the latest iteration."""
    money: tuple[LabelledText, ...]
    """Costs and benefits."""
    lessons: tuple[LabelledText, ...]
    """What was learned, of all iterations."""
    amendments: tuple[LabelledText, ...]
    """What was changed after it was agreed, of all iterations."""
    decisions: tuple[LabelledText, ...]
    """Decisions that are needed, from whom and by when."""
    answered: tuple[LabelledText, ...]
    """Findings of the coach that were answered, with the reason."""
    next: tuple[LabelledText, ...]
    """What is useful next, and what is due."""
    since: Since | None
    """The changes since a given day; None without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRow:
    """One improvement in the report of the register."""

    ref: str
    """Its number for people."""
    title: str
    """What gets better."""
    owner: str
    """Who answers for it."""
    status: str
    """Its status."""
    step: str
    """The current step, number and name."""
    score: int | None
    """Its score."""
    review_on: str
    """The day to look at it again."""
    stale: bool
    """Whether that day has passed and nothing has started."""
    steering: str
    """The one line that a steering group reads."""
    next: str
    """What is useful next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The content of the report of the register."""

    workbook: str
    """Title of the workbook."""
    as_of: str
    """The day that counts as today."""
    figures: str
    """The portfolio in one line."""
    rows: tuple[RegisterRow, ...]
    """The improvements, in the order of their refs."""
    decisions: tuple[LabelledText, ...]
    """Decisions that are needed."""
    due: tuple[LabelledText, ...]
    """What is overdue and due soon."""
    since: Since | None
    """The changes since a given day; None without one."""


def report_json(found: OnePage | Register) -> str:
    """Return a prepared report as JSON."""
    return json_text(_plain_value(found))


def _plain_value(value: object) -> object:
    if value == "":
        return None
    if isinstance(value, RunChart | Staircase):
        return describe(value)
    if isinstance(value, tuple):
        return [_plain_value(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): _plain_value(each) for name, each in value.items()}
    if is_dataclass(value):
        return {each.name: _plain_value(getattr(value, each.name)) for each in fields(value)}
    return value
