"""The tone of a line or a word: good, bad, a warning, the coach ... each has one colour everywhere.

Views name the tone. Screens map it to a colour of the theme in one place (`widgets/tones.py`), HTML to a class. A word
or a shape always carries the same meaning, so that nothing is lost without colours.
"""

from enum import StrEnum
from typing import NamedTuple

from cimodel_tui.model.status import CLOSED


class Tone(StrEnum):
    """What something means."""

    PLAIN = "plain"
    """Nothing beyond its words."""
    QUIET = "quiet"
    """Secondary information."""
    GOOD = "good"
    """Better, met, kept, achieved."""
    BAD = "bad"
    """Worse, broken, late."""
    WARNING = "warning"
    """Not wrong yet, or not certain."""
    COACH = "coach"
    """Findings of the coach."""
    BASELINE = "baseline"
    """Where it started."""
    TARGET = "target"
    """What was promised."""
    ACTION = "action"
    """What is done about it: actions and their markers on charts."""
    ACCENT = "accent"
    """The current step, a heading."""


class ToneLine(NamedTuple):
    """A line of text and what it means."""

    text: str
    """The words."""
    tone: Tone = Tone.PLAIN
    """What they mean."""
    strong: bool = False
    """Whether they stand out: the result, the next thing."""


_VERDICTS = {
    "achieved": Tone.GOOD,
    "held": Tone.GOOD,
    "met-thin": Tone.GOOD,
    "met-unclear": Tone.WARNING,
    "met-not-shown": Tone.WARNING,
    "held-slipping": Tone.WARNING,
    "better-not-there": Tone.WARNING,
    "partly": Tone.WARNING,
    "worse": Tone.BAD,
    "lost": Tone.BAD,
    "kept": Tone.GOOD,
    "slipping": Tone.WARNING,
    "broken": Tone.BAD,
}

_STATUSES = {"on hold": Tone.QUIET, "withdrawn": Tone.QUIET, "embedding": Tone.GOOD}


def tone_of_verdict(word: str) -> Tone:
    """Return the tone of the verdict of an iteration or a metric, a balancing one included."""
    return _VERDICTS.get(word, Tone.PLAIN)


def tone_of_status(status: str) -> Tone:
    """Return the tone of a status with its additions, as in `closed, achieved, stale`."""
    words = status.split(", ")
    if "relapsed" in words:
        return Tone.BAD
    if "stale" in words:
        return Tone.WARNING
    if words[0] == CLOSED:
        return Tone.GOOD if "achieved" in words else Tone.WARNING if "partly" in words else Tone.PLAIN
    return _STATUSES.get(words[0], Tone.PLAIN)
