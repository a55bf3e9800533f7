"""Every string that can be shown is plain professional English: phrases of a dialect of our own stay out."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

OLD = {
    r"Enter takes it": "Enter save · Esc cancel",
    r"\bempty: ": "default: ...",
    r"unless chosen": "default",
    r"\bEnd of the way\b": "Long-term goal",
    r"\bWhy this far\b": "Rationale",
    r"\binto the form\b": "edit",
    r"^step before$|^The step before$": "previous",
    r"Take them in\?|^Take them in$|^take them in$": "Import n readings",
    r"\d is in \w+ or": "Month first (US dates)",
    r"\bnot there / not shown\b": "not met · no clear change",
    r"^The way\b": "History",
    r"is done: show it": "add evidence",
    r"Put it out of sight": "Archive / restore",
    r"drop, keep or do": "Review overdue: keep, start or drop",
    r"deserves to be asked": "How much detail it needs",
    r"Verdict of one's own|Score of one's own": "Override verdict",
    r"^Nothing to be ": "Nothing to undo",
    r"say what will be different for the people": "describe the vision",
    r"\bbrings? it back\b|\bbrought back\b|^Bring back": "restore",
    r"takes it back": "undoes it",
    r"still needed": "required",
    r"\bof the way\b": "of the gap",
    r"\b[Bb]etter, not there\b|^Not there\b|^Already there\b": "Better, target not met · Target not met · Already met",
    r"(?<!there )(?<!There )\bis no (?:number|day|date|text|key|folder|JSON)\b": "is not a ...",
    r"\breckon(?!ed$)": "calculate",
    r"\bbrought in\b|\bbrings? it in\b": "imported",
    r"Everything by its name": "Find any step, improvement or command",
    r"holds these words": "No match",
    r"\bon show\b": "visible",
    r"\bpicked at a bad time\b": "measured in a bad spell",
    r"^as it runs now": "at this level",
    r"^give or take": "likely change",
    r"past the far side": "beyond the far end",
    r"\bunless told otherwise\b": "default: ...",
    r"\bcan be had\b": "available",
    r"\banswers for\b": "accountable",
    r"^Takes in$|^Gives out$": "Inputs, Outputs",
    r"^Enter answers|goes on\.$": "the key's name in the footer",
}
"""What was said before, and what is said now."""


def shown_in_code() -> Iterator[tuple[str, str]]:
    """Yield every string of the program that is no docstring, with where it stands."""
    for path in sorted((ROOT / "cimodel_tui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def shown_in_data() -> Iterator[tuple[str, str]]:
    """Yield every line of guidance, field help, reference lists and the sample workbook."""
    folders = (ROOT / "data" / "guidance", ROOT / "data", ROOT / "data" / "samples")
    for folder in folders:
        for path in sorted([*folder.glob("*.md"), *folder.glob("*.toml"), *folder.glob("*.json")]):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}:{number}", line


@cache
def shown() -> tuple[tuple[str, str], ...]:
    """Return all of them, read once."""
    return (*shown_in_code(), *shown_in_data())


@pytest.mark.parametrize("phrase", OLD)
def test_old_phrase_is_said_nowhere(phrase: str) -> None:
    found = [f"{where}: {text!r} (say: {OLD[phrase]})" for where, text in shown() if re.search(phrase, text)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("old", "text"), [("Enter takes it", "Enter takes it, Esc leaves it"), (r"^The way\b", "The way: 1")]
)
def test_the_phrases_find_what_they_are_about(old: str, text: str) -> None:
    assert old in OLD
    assert re.search(old, text)
