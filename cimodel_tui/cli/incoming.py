"""Incoming readings, from a file or a feed: which metric they are for, what is new, and how that is printed."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cimodel_tui.cli.shell import WrongUseError, complain
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import count, quoted, read_number
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass
from cimodel_tui.sources.comparison import Comparison, RestatedReading, in_words
from cimodel_tui.sources.recipe import ROW, ImportResult, Recipe, SourceError, skipped_in_words
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.incoming import compare_with

NEEDS_A_PERSON = 1
"""The exit code where something was left out that a person has to look at."""

_LOCALTIME = Path("/etc/localtime")

_MAX_ROWS_LISTED = 20
"""So many rows that cannot be read are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReadings:
    """The readings of a file or feed for one metric, compared with those that are stored."""

    improvement: Improvement
    """The improvement."""
    metric: Metric
    """The metric."""
    recipe: Recipe
    """How it was read."""
    understood: ImportResult
    """What was understood."""
    comparison: Comparison
    """What of it is new."""
    baseline: str = ""
    """What becomes of a baseline that was agreed by another recipe."""

    @property
    def name(self) -> str:
        """The improvement and the metric in words."""
        return f"{self.improvement.ref} {self.metric.name}{self.metric.unit_behind_name}"


def stored_words(comparison: Comparison, changed: int) -> str:
    """Return what was stored, in words."""
    added = len(comparison.new)
    parts = [f"{count(added)} added"]
    more = changed - added
    restated = min(more, len(comparison.settling) + len(comparison.restated) + len(comparison.sealed))
    parts += [f"{restated} restated"] if restated else []
    parts += [f"{more - restated} noted anew"] if more > restated else []
    known = len(comparison.same) - (more - restated)
    parts += [f"{known} there already"] if known else []
    return ", ".join(parts)


def report_left_out(incoming: IncomingReadings, *, restate: bool, why: str, noun: str = ROW) -> None:
    """Print on standard error what was left out, and the option that would include it."""
    for words in skipped_in_words(incoming.understood.left_out, noun):
        complain(words)
    comparison = incoming.comparison
    if comparison.restated and not restate:
        words = "; ".join(each.words for each in comparison.restated[:_MAX_ROWS_LISTED])
        complain(f"{len(comparison.restated)} restated and left out: {words}: --restate takes them")
    if comparison.sealed and not why:
        complain(sealed_words(comparison))


def complain_of_remarks(incoming: IncomingReadings) -> None:
    """Print on standard error what a preview would have said: how it was read, and what of it was not."""
    for remark in incoming.understood.remarks:
        complain(f"{incoming.name}: {remark}")


def sealed_words(comparison: Comparison) -> str:
    """Return what differs within an agreed period, in which no file may write."""
    new = len(comparison.sealed) - len(comparison.sealed_differences)
    parts = []
    if comparison.sealed_differences:
        most = max(_difference(each) for each in comparison.sealed_differences)
        differ = count(len(comparison.sealed_differences), "sealed reading differs", "sealed readings differ")
        parts.append(f"{differ} by at most {most}: kept")
    if new:
        parts.append(f"{count(new, 'new day lies', 'new days lie')} in a stretch that was agreed: left out")
    them = "it" if len(comparison.sealed) == 1 else "them"
    return f"{'; '.join(parts)}; --why takes {them} as an amendment"


def _difference(each: RestatedReading) -> float:
    return float(f"{abs(float(each.reading.value) - float(read_number(each.value))):.6g}")


def raise_for_open_questions(incoming: Sequence[IncomingReadings]) -> None:
    """Raise SourceError where a question is open or a row cannot be read."""
    questions = [question for each in incoming for question in each.understood.questions]
    if questions:
        raise SourceError(" ".join(dict.fromkeys(map(str, questions))))
    problems = [problem for each in incoming for problem in each.understood.problems]
    if problems:
        more = f"; and {len(problems) - _MAX_ROWS_LISTED} more" if len(problems) > _MAX_ROWS_LISTED else ""
        raise SourceError(f"{'; '.join(problems[:_MAX_ROWS_LISTED])}{more}")


def preview_lines(incoming: IncomingReadings) -> Iterator[str]:
    """Yield what would happen, line by line: which column is which, the readings, and what is left out."""
    understood = incoming.understood
    yield f"{incoming.name}: {in_words(incoming.comparison, len(understood.left_out))}"
    yield from (f"  {column} -> {role}" for column, role in understood.columns)
    if incoming.recipe.measure:
        hours = f", working hours {incoming.recipe.hours}" if incoming.recipe.hours else ""
        yield f"  days in {incoming.recipe.zone}{hours}"
    for each in understood.readings:
        total = f" of {each.of}" if each.of is not None else ""
        yield f"  {each.day}  {each.value}{total}{f'  {each.note}' if each.note else ''}"
    yield from (f"  ! {day}: left out, {why}" for day, why in understood.periods_left_out)
    yield from (f"  ! row {each.row}: left out, {each.why}" for each in understood.left_out)
    yield from (f"  ! {each}" for each in understood.remarks)


def json_of(incoming: Sequence[IncomingReadings]) -> object:
    """Return what `--json` prints: an object for one metric, a list for several."""
    documents = [_document(each) for each in incoming]
    if len(documents) == 1:
        return documents[0]
    return [{"metric": each.metric.name, **document} for each, document in zip(incoming, documents, strict=True)]


def _document(incoming: IncomingReadings) -> Mapping[str, object]:
    """Return what `--json` prints of one metric."""
    understood, comparison = incoming.understood, incoming.comparison
    restated = [*comparison.restated, *comparison.settling, *comparison.sealed_differences]
    return {
        "readings": [
            {"date": each.day, "value": each.value, "of": each.of, "n": each.n} for each in understood.readings
        ],
        "new": len(comparison.new),
        "same": len(comparison.same),
        "restated": [{"date": each.reading.day, "from": each.value, "to": each.reading.value} for each in restated],
        "left_out": [
            {"row": each.row, "why": each.why, **({"date": each.day} if each.day else {})}
            for each in understood.left_out
        ],
        "periods_left_out": [{"date": day, "why": why} for day, why in understood.periods_left_out],
    }


def metric_of(book: Workbook, improvement: Improvement, name: str) -> Metric:
    """Return the metric with this id, name (case-insensitive) or position m1, m2 ...; raises WrongUseError."""
    latest, *earlier = reversed(book.iterations(improvement.id))
    metrics = latest.baseline.metrics
    text = " ".join(name.split()).casefold()
    for each in (latest, *earlier):
        found = [row for row in each.baseline.metrics if name == row.id or _normalized_name(row) == text]
        if len({row.id for row in found}) > 1:
            raise WrongUseError(
                f"{improvement.ref} has several metrics named {quoted(name)}: give its id or m1, m2 ..."
            )
        if found:
            return found[0]
    at = int(text[1:]) if text[:1] == "m" and text[1:].isascii() and text[1:].isdecimal() else 0
    if 1 <= at <= len(metrics):
        return metrics[at - 1]
    known = ", ".join(f"m{number} {row.name}" for number, row in enumerate(metrics, 1)) or "none yet"
    raise WrongUseError(f"{improvement.ref} has no metric {quoted(name)}: there is {known}")


def _normalized_name(metric: Metric) -> str:
    return " ".join(metric.name.split()).casefold()


def place_of(book: Workbook, improvement: Improvement, metric: Metric) -> Place:
    """Return the place of a metric in the latest iteration."""
    return Place(improvement.id, book.latest(improvement.id).id, "baseline", "metrics", metric.id)


def incoming_of(
    book: Workbook, improvement: Improvement, metric: Metric, recipe: Recipe, understood: ImportResult
) -> IncomingReadings:
    """Return the readings compared with those stored; a recipe or feed lets recent readings be restated."""
    settle = recipe.settle if recipe.measure or metric.recipe or metric.feed else 0
    comparison = compare_with(book, improvement, metric, understood.readings, settle)
    return IncomingReadings(
        improvement=improvement, metric=metric, recipe=recipe, understood=understood, comparison=comparison
    )


def consents(question: str) -> bool:
    """Ask a yes-or-no question on a terminal; False without a terminal."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    sys.stdout.write(f"{question} [y/N] ")
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def local_zone() -> str:
    """Return the name of the zone that TZ or the system names; UTC where neither names one."""
    given = os.environ.get("TZ", "").lstrip(":")
    if given and _is_zone(given):
        return given
    try:
        _, _, name = str(_LOCALTIME.resolve()).partition("zoneinfo/")
    except OSError:
        return "UTC"
    return name if name and _is_zone(name) else "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
