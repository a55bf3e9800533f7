"""The preview of incoming readings in the import window: a line for each, and one sentence about all."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from cimodel_tui.model.number import count
from cimodel_tui.sources.comparison import Comparison, in_words
from cimodel_tui.sources.recipe import ImportResult

MOST_LINES = 300
"""So many lines of the preview are shown."""

NOTHING_NEW = "Nothing new to import."
"""What is said where every reading is there already."""


class PreviewLine(NamedTuple):
    """One line of the preview."""

    row: str
    """The number of the row, empty where the line is about no row."""
    day: str = ""
    """The day of the reading."""
    value: str = ""
    """The reading, or the row as it was typed."""
    note: str = ""
    """What should be known about it."""


def preview_lines(
    found: ImportResult, comparison: Comparison, today: date, *, typed: Callable[[int], str], zone: str = ""
) -> Iterator[PreviewLine]:
    """Yield readings, rows that cannot be read, what is left out, and remarks, in the order of the rows.

    `typed` returns a row as it was pasted; `zone` is shown if days were derived from timestamps.
    """
    lines = sorted(_row_lines(found, comparison, today, typed), key=lambda line: line[0])
    yield from (line for _, line in lines[:MOST_LINES])
    yield from (PreviewLine("", day, "", f"left out: {why}") for day, why in found.periods_left_out)
    if zone and found.readings:
        yield PreviewLine("", note=f"days in {zone}")
    yield from (PreviewLine("", note=each) for each in found.remarks)
    if len(lines) > MOST_LINES:
        yield PreviewLine("", note=f"and {len(lines) - MOST_LINES} more")


def _row_lines(
    found: ImportResult, comparison: Comparison, today: date, typed: Callable[[int], str]
) -> Iterator[tuple[int, PreviewLine]]:
    restated = {each.reading.day: each for each in (*comparison.restated, *comparison.settling)}
    sealed = {each.day for each in comparison.sealed}
    for each in found.readings:
        known = restated.get(each.day)
        word = f"in place of {known.value}" if known else "in an agreed stretch" if each.day in sealed else each.note
        if each.day > today.isoformat():
            word = f"! this day is in the future {word}".rstrip()
        total = f" of {each.of}" if each.of is not None else ""
        yield each.row, PreviewLine(str(each.row or ""), each.day, f"{each.value}{total}", word)
    for problem in found.problems:
        row, words = _row_and_words(problem)
        yield row, PreviewLine(str(row or ""), "", typed(row), f"✗ {words}")
    for left_out in found.left_out:
        yield (
            left_out.row,
            PreviewLine(str(left_out.row), left_out.day, typed(left_out.row), f"left out: {left_out.why}"),
        )


def _row_and_words(problem: str) -> tuple[int, str]:
    """Return the number of the row that a problem names, 0 where it names none, and what is wrong with it."""
    row, colon, words = problem.removeprefix("row ").partition(": ")
    return (int(row), words) if colon and row.isdecimal() and problem.startswith("row ") else (0, problem)


def outcome_words(found: ImportResult, comparison: Comparison, new: int) -> str:
    """Return what an import would do, in one sentence; empty if nothing was understood.

    `new` is how many readings would be imported.
    """
    if not found.readings and found.problems and not _rows_are_bad(found):
        return f"✗ {_row_and_words(found.problems[0])[1]}"
    if found.questions and (found.readings or not found.problems):
        return "Answer the open questions, then import."
    if found.problems:
        return _problem_summary(found, new)
    ending = "F9 imports." if new else NOTHING_NEW
    return f"{in_words(comparison, len(found.left_out))}. {ending}" if found.readings else ""


def import_words(new: int, *, read: bool, recipe: bool) -> str:
    """Return what the button of an import does: so many readings, only how they are read, or nothing.

    `read` tells whether any reading was understood, `recipe` whether how they are read is stored with the metric.
    """
    if new:
        return f"Import {count(new)}"
    if not read:
        return "Import"
    return "Save how it is read" if recipe else NOTHING_NEW.rstrip(".")


def _rows_are_bad(found: ImportResult) -> bool:
    return any(problem.startswith("row ") for problem in found.problems)


def _problem_summary(found: ImportResult, new: int) -> str:
    good, bad = len(found.readings), len(found.problems)
    take = f" F9 imports {new}." if new else f" {NOTHING_NEW}"
    words = f"{count(good)} understood, {count(bad, 'row')} not"
    return f"{words}: correct {'it' if bad == 1 else 'them'} here.{take if good else ''}"
