"""How the parts of an iteration are declared: rows, required answers, and the question whether they are still true."""

from collections.abc import Sequence
from dataclasses import field, fields
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui.record import dataclass

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
"""What a document may hold."""

SIZES = ("S", "M", "L", "XL")
"""How much an improvement asks of its owner, smallest first."""

YES_NO = ("yes", "no")
"""The two answers to a plain question."""

STILL = ("yes", "changed")
"""The two answers to: is this still true?"""


def starred(size: str = "S", *, default: str = "") -> str:
    """Declare a text that a step needs before it is complete, from this size on.

    An empty text is read as `default`, where there is one, and is an answer then.
    """
    return field(default="", metadata={"star": size, "default": default})


def starred_rows(size: str = "S") -> tuple[()]:
    """Declare a table of which a step needs at least one row before it is complete, from this size on."""
    return field(default=(), metadata={"star": size})


_STARS: dict[tuple[type, str], tuple[str, ...]] = {}
"""What is starred, by class and size: a page asks it of every row."""


def stars(part: "DataclassInstance", size: str) -> tuple[str, ...]:
    """Return the names of the attributes that are starred for an improvement of this size."""
    largest = size if size in SIZES else SIZES[-1]
    key = type(part), largest
    if key not in _STARS:
        reach = SIZES[: SIZES.index(largest) + 1]
        named = fields(part)
        _STARS[key] = tuple(each.name for each in named if each.metadata.get("star") in reach)
    return _STARS[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table; other things refer to it by its id."""

    id: str
    """Twelve random lower-case characters, never reused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What every step has besides its own answers."""

    still_true: str = ""
    """From iteration 2 on, where the part was copied: `yes` or `changed`."""
    what_changed: str = ""
    """What is different this time."""


def row_of(rows: Sequence[Row], row_id: str) -> Row | None:
    """Return the row with this id, or None."""
    return next((row for row in rows if row.id == row_id), None)


_PLACEHOLDERS = frozenset(["x", "xx", "xxx", "tbd", "tba", "tbc", "n/a", "na", "todo", "to do"])


def is_placeholder(text: str) -> bool:
    """Return whether a text is no answer: white space, marks such as `-` and `?`, or `tbd`, `n/a`, `x`, `todo`."""
    return not any(map(str.isalnum, text)) or text.strip().strip(".").casefold() in _PLACEHOLDERS


def blank(value: object) -> bool:
    """Return whether an answer is empty: a placeholder, or no row and no choice."""
    return is_placeholder(value) if isinstance(value, str) else not value


def unanswered(holder: "DataclassInstance", name: str) -> bool:
    """Return whether an attribute is empty. A unit may be a mark or an x: `%`, `°`, five x."""
    value = getattr(holder, name)
    said_nothing = not value.strip() if name == "unit" else blank(value)
    return said_nothing and not (value == "" and name in _with_default(type(holder)))


_DEFAULTED: dict[type, frozenset[str]] = {}
"""The attributes that have a default, by class: a page asks it of every row."""


def _with_default(holder: "type[DataclassInstance]") -> frozenset[str]:
    if holder not in _DEFAULTED:
        _DEFAULTED[holder] = frozenset(each.name for each in fields(holder) if each.metadata.get("default"))
    return _DEFAULTED[holder]


_LABELS = {
    "agreed_by": "Agreed by",
    "chosen": "Chosen option",
    "definition": "What counts, what does not",
    "differently": "Do differently",
    "first_on": "Baseline from",
    "go_ahead_cost": "Up to what cost",
    "hypothesis_because": "... because",
    "hypothesis_if": "If we ...",
    "hypothesis_metric": "Seen in this metric",
    "hypothesis_then": "... then",
    "keep": "Lessons: keep",
    "last_on": "Baseline to",
    "limit": "Limit",
    "on": "On",
    "one_off_cost": "One-off cost",
    "result_from": "Result counts from",
    "rule_n": "Readings counted (n)",
    "said": "What they said",
    "sources": "Source",
    "stop": "Lessons: stop",
    "told": "Who was told, and when",
    "value": "Value",
    "what": "What",
    "who": "Who",
    "why": "Why",
}


def label(name: str) -> str:
    """Return the label of an attribute: its own words, or the name with its underscores read as blanks."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()
