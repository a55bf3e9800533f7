"""What a chart drawn in terminal cells is made of: lines of spans, each with the role that its colour stands for."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeAlias

from cimodel_tui.record import dataclass


class Role(StrEnum):
    """What a piece of a picture is. Each role has shapes of its own, so that colour is never the only sign."""

    AXIS = "axis"
    """Scales, their figures and tracks."""
    LABEL = "label"
    """Words and figures beside the picture."""
    POINT = "point"
    """A reading."""
    FLAG = "flag"
    """A reading that takes part in a signal."""
    HOLLOW = "hollow"
    """What is there but not counted, or still open."""
    MEAN = "mean"
    """A mean line."""
    LIMIT = "limit"
    """A natural process limit, or the limit of a balancing metric."""
    TARGET = "target"
    """A target, and the aim of the vision."""
    CHANGE = "change"
    """A finished action."""
    BASELINE = "baseline"
    """Where it started."""
    ACHIEVED = "achieved"
    """Where it got to."""
    WORSE = "worse"
    """Where it got to when that is the wrong way."""
    PHASE = "phase"
    """A break between stretches of readings, and their names."""
    PLAIN = "plain"
    """Blanks."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line in one role."""

    text: str
    """Harmless text, exactly as it is to be painted."""
    role: Role
    """What it is."""


Line: TypeAlias = tuple[Span, ...]
"""One line of cells, from left to right, without blanks at its end."""


def plain(lines: Iterable[Line]) -> str:
    """Return drawn lines as text, for Markdown and for a terminal without colours."""
    return "\n".join("".join(span.text for span in line) for line in lines)
