"""The register entry: one improvement of the continual improvement register, with the readings of its metrics."""

import re
from collections.abc import Mapping
from dataclasses import field
from typing import TypeAlias

from cimodel_tui.model.answer import Row, starred
from cimodel_tui.record import dataclass


@dataclass(frozen=True, slots=True)
class Restated:
    """A value that a reading had before another one was reported for the same day."""

    value: str
    """The number as it stood."""
    of: str | None = None
    """Its total as it stood; None where it had none."""
    at: str = ""
    """When it was replaced, in UTC."""
    by: str = ""
    """What replaced it: a person, a file or a feed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One measured value; its day is the key under which it is stored."""

    value: str
    """The number as typed, in the metric's unit; for a share or a rate the count, for a mean the mean."""
    note: str = ""
    """What should be known about it."""
    set_aside: str | None = None
    """Why it is not counted; None where it counts."""
    of: str | None = None
    """The total that a share, a rate or a mean is out of; None where there is none."""
    was: tuple[Restated, ...] = ()
    """The values that it had before, oldest first."""


Readings: TypeAlias = Mapping[str, Mapping[str, Reading]]
"""The readings of an improvement: metric id, then day in ISO text."""


SOURCES = (
    "idea",
    "incident review",
    "problem",
    "audit",
    "service review",
    "survey or complaint",
    "benchmark",
    "risk",
    "retrospective",
    "supplier",
    "previous iteration",
    "other",
)
"""Where an improvement came from."""

ACTIVITIES = ("plan", "improve", "engage", "design and transition", "obtain/build", "deliver and support")
"""The six activities of the service value chain."""

WITHDRAWN, ON_HOLD = "withdrawn", "on hold"

STANDINGS = (WITHDRAWN, ON_HOLD)
"""What a person can set beside the derived status."""

TITLE_LENGTH = (5, 80)
"""Shortest and longest title, in characters."""


_POINTS = re.compile(r"[0-9]{1,4}")
"""What counts as benefit, effort, urgency or risk."""

_OWN_SCORE = re.compile(r"-?[0-9]{1,6}")
"""What counts as a score that a person puts in place of the computed one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Row):
    """The workbook's own document."""

    title: str
    """What the workbook is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Row):
    """One entry of the register."""

    ref: str
    """The number for people, for example CI-0001; given once, never reused."""
    was: tuple[str, ...] = ()
    """Earlier refs, given up when two people had given the same one."""
    title: str = starred()
    """What gets better, in 5 to 80 characters."""
    summary: str = ""
    """What it is about."""
    source: str = ""
    """One of SOURCES."""
    raised_by: str = ""
    """Who raised it."""
    raised_on: str = starred()
    """The day on which it was raised."""
    owner: str = ""
    """The one person who answers for it; needed from step 3 on."""
    sponsor: str = ""
    """Who backs it."""
    service: str = ""
    """The service that gets better."""
    practice: str = ""
    """The practice that gets better."""
    activities: tuple[str, ...] = ("improve",)
    """Some of ACTIVITIES."""
    size: str = "M"
    """S, M, L or XL: how much the steps ask."""
    benefit: str = ""
    """One to five."""
    effort: str = ""
    """One to five."""
    urgency: str = ""
    """One to five."""
    risk: str = ""
    """One to five."""
    score_override: str = ""
    """A score that a person puts in place of the computed one."""
    score_reason: str = ""
    """Why; an override without a reason does not count."""
    review_on: str = ""
    """The day on which to look at it again."""
    decision_what: str = ""
    """The decision that is needed."""
    decision_from: str = ""
    """From whom."""
    decision_by: str = ""
    """By when."""
    tags: str = ""
    """Words to find it by, separated by commas."""
    links: str = ""
    """Where more is written, a line each."""
    imported_status: str = ""
    """What another register said of it, `closed` or `in progress`; it holds until something is typed in its steps."""
    standing: str = ""
    """One of STANDINGS, or empty."""
    standing_reason: str = ""
    """Why it was withdrawn or put on hold."""
    standing_on: str = ""
    """The day on which that was decided."""
    look_again_on: str = ""
    """The day on which to look at it again."""
    archived_on: str = ""
    """The day on which it was archived; empty where it is in sight."""
    readings: Mapping[str, Mapping[str, Reading]] = field(default_factory=dict)
    """Its readings: metric id, then day."""

    @property
    def is_set_aside(self) -> bool:
        """Return whether it is withdrawn or on hold; a text that is neither, which a file may hold, counts for none."""
        return self.standing in STANDINGS

    @property
    def score(self) -> int | None:
        """Return 2 benefit + urgency - effort - risk, or the override that has a reason; none while one is missing."""
        if _OWN_SCORE.fullmatch(self.score_override.strip()) and self.score_reason.strip():
            return int(self.score_override)
        parts = (self.benefit, self.urgency, self.effort, self.risk)
        if not all(_POINTS.fullmatch(part) for part in parts):
            return None
        benefit, urgency, effort, risk = map(int, parts)
        return 2 * benefit + urgency - effort - risk

    @property
    def unreadable_scores(self) -> tuple[str, ...]:
        """The names of its answers that should be whole numbers and are not; they count as not given."""
        own = () if _OWN_SCORE.fullmatch(self.score_override.strip()) else ("score_override",)
        names = (
            name for name in ("benefit", "effort", "urgency", "risk") if not _POINTS.fullmatch(getattr(self, name))
        )
        return tuple(name for name in (*names, *own) if getattr(self, name).strip())
