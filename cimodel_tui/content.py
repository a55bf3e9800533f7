"""Finds and reads `data/`: words that people read, word lists and questions. Nobody else looks for that folder.

In a wheel it lies within the package, in a checkout and in a source distribution beside it. Everything is read once,
when it is first asked for. A file that is not there raises FileNotFoundError.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from cimodel_tui.record import dataclass

PARTS = {
    "Why it is there": "why",
    "Inputs": "takes_in",
    "Outputs": "gives_out",
    "The trap": "trap",
    "Worked example": "example",
    "Guiding principle": "principle",
}
"""The headings of a page of guidance, in their order, and the part that each one holds."""


@dataclass(frozen=True, slots=True)
class Guidance:
    """What stands beside the form of a step. A blank line parts paragraphs; other line breaks begin a list entry."""

    why: str
    """Why the step is there."""
    takes_in: str
    """What it builds on: lines that begin with a dash."""
    gives_out: str
    """What it hands on: lines that begin with a dash."""
    trap: str
    """How it usually goes wrong."""
    example: str
    """One story from the sample workbook."""
    principle: str
    """The guiding principle that helps most here: its name, a full stop, and what it means here."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or a pair of words, and what it means."""

    name: str
    """The word as it stands on the screens."""
    meaning: str
    """What it means here."""
    see: tuple[str, ...] = ()
    """Names of other terms that belong to it."""


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Something that is easily taken for the model."""

    name: str
    """What it is called."""
    what: str
    """What it is."""
    steps: tuple[str, ...]
    """Its own steps in their order; of the guiding principles, which have no order, all seven."""
    differs: str
    """How to tell the two apart."""


@dataclass(frozen=True, slots=True)
class Practice:
    """One of the 34 management practices of ITIL 4."""

    name: str
    """Its name."""
    group: str
    """General, service or technical management practices."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the knowledge check."""

    id: str
    """Its name in scores."""
    topic: str
    """What it is about."""
    text: str
    """The question."""
    options: tuple[str, ...]
    """Three or four answers, one of them right."""
    answer: int
    """Which option is right, counted from 0."""
    why: str
    """Why that one is right."""


@cache
def root() -> Path:
    """Return the folder that holds the data."""
    package = Path(__file__).resolve().parent
    return package / "data" if (package / "data").is_dir() else package.parent / "data"


def _text(name: str) -> str:
    return (root() / name).read_text(encoding="utf-8")


@cache
def _toml(name: str) -> Mapping[str, Any]:
    import tomllib  # noqa: PLC0415 - a start shows nothing that is read from TOML

    return tomllib.loads(_text(f"{name}.toml"))


def _terms(name: str, table: str) -> tuple[Term, ...]:
    return tuple(Term(row["name"], row["meaning"], tuple(row.get("see", ()))) for row in _toml(name)[table])


@cache
def guidance(step: str) -> Guidance:
    """Return the guidance of a step; raises KeyError where its page lacks a part or has one too many."""
    parts = {}
    for section in re.split(r"^## ", _text(f"guidance/{step}.md"), flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        parts[PARTS[heading]] = re.sub(r"(?<!\n)\n *(?!\n|- )", " ", body.strip())
    return Guidance(**{part: parts[part] for part in PARTS.values()})


def glossary() -> tuple[Term, ...]:
    """Return the glossary in alphabetical order."""
    return _terms("glossary", "term")


def principles() -> tuple[Term, ...]:
    """Return the seven guiding principles of ITIL 4 in their usual order."""
    return _terms("principles", "principle")


def whereabouts() -> tuple[Term, ...]:
    """Return where continual improvement appears in ITIL 4, and what the model has to do with it."""
    return _terms("lookalikes", "whereabouts")


def mix_ups() -> tuple[Term, ...]:
    """Return pairs of words that are easily mixed up, and what keeps them apart."""
    return _terms("lookalikes", "mix_up")


def look_alikes() -> tuple[LookAlike, ...]:
    """Return what is easily taken for the model."""
    rows = _toml("lookalikes")["look_alike"]
    return tuple(LookAlike(row["name"], row["what"], tuple(row["steps"]), row["differs"]) for row in rows)


def practices() -> tuple[Practice, ...]:
    """Return the 34 management practices of ITIL 4, group by group."""
    return tuple(Practice(name, group) for group, names in _toml("practices").items() for name in names)


@cache
def questions() -> tuple[Question, ...]:
    """Return every question of the knowledge check, topic by topic."""
    return tuple(_question(row) for row in _toml("knowledge_check")["question"])


def _question(row: Mapping[str, str]) -> Question:
    letters = [letter for letter in "abcd" if letter in row]
    options = tuple(row[letter] for letter in letters)
    return Question(row["id"], row["topic"], row["text"], options, letters.index(row["answer"]), row["why"])


def field_help(step: str, field: str, column: str = "") -> str:
    """Return what a field, or a column of its table, is for; `step` may be `register`. Empty where nothing is said."""
    name = f"{field}.{column}" if column else field
    return str(_toml("fields").get(step, {}).get(name) or _toml("fields")["every"].get(name, ""))


@cache
def words(name: str) -> tuple[str, ...]:
    """Return a list of lower-case words and phrases in alphabetical order, for example `words("action_verbs")`."""
    return tuple(line for line in _text(f"words/{name}.txt").splitlines() if line and not line.startswith("#"))


def sample() -> Path:
    """Return where the sample workbook lies; only copies of it are opened."""
    return root() / "samples" / "sample.json"
