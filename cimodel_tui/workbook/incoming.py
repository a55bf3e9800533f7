"""Import of readings from a file, a paste or a feed: what is new, and the one change that stores it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from cimodel_tui.model.agreement import RECKONED, counted_same_way, counting, sealed_recipe
from cimodel_tui.model.answer import Json, row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.clock import moment
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement, Reading, Restated
from cimodel_tui.model.iteration import Iteration, baseline_stretch, readings_in
from cimodel_tui.model.number import UnreadableNumberError, count, read_number
from cimodel_tui.model.step import Place
from cimodel_tui.record import dataclass
from cimodel_tui.sources.aggregate import read_tickets
from cimodel_tui.sources.columns import is_ticket_export
from cimodel_tui.sources.comparison import Comparison, compare
from cimodel_tui.sources.numbers import PLAIN
from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import (
    FoundReading,
    ImportResult,
    MetricFacts,
    OpenQuestionError,
    Question,
    Recipe,
    SourceError,
    recipe_of,
)
from cimodel_tui.sources.table import read_table
from cimodel_tui.sources.ticket_plan import is_plain_table
from cimodel_tui.workbook.store import Document
from cimodel_tui.workbook.workbook import Workbook

if TYPE_CHECKING:
    from cimodel_tui.sources.feeds import Feed

PASTE = "paste"
"""The source of pasted readings."""

MEASURES_WITH_TOTAL = {"share": "share", "mean": "mean"}
"""The kind of metric that a measure of tickets with a total needs."""


def facts_of(improvement: Improvement, metric: Metric) -> MetricFacts:
    """Return what has to be known of a metric to read numbers for it."""
    readings = improvement.readings.get(metric.id, {})
    return MetricFacts(
        name=metric.name,
        unit=metric.unit,
        kind=metric.kind,
        frequency=metric.frequency,
        levels=tuple(_levels(readings)) if metric.kind == "value" else (),
        first=min((day for text in readings if (day := as_day(text))), default=None),
    )


def _levels(readings: Mapping[str, Reading]) -> Sequence[Fraction]:
    found = []
    for each in readings.values():
        try:
            found.append(read_number(each.value))
        except UnreadableNumberError:
            continue
    return found


def saved_recipe(metric: Metric) -> Recipe:
    """Return the recipe that is stored with a metric, an empty one where there is none; raises SourceError."""
    recipe = recipe_of(metric.recipe or {})
    return replace(recipe, zone=recipe.zone or metric.zone)


def feed_recipe(feed: "Feed", metric: Metric) -> Recipe:
    """Return the recipe of the metric with the feed's own options; output of programs has a decimal point.

    Raises SourceError where the feed counts tickets in another way than the recipe of the metric.
    """
    recipe = saved_recipe(metric)
    own = {each.name: value for each in fields(Recipe) if (value := getattr(feed.recipe, each.name)) != each.default}
    agreed = counting(recipe.to_json())
    other = sorted(key for key in counting(own) if own[key] != getattr(recipe, key) and (key != "zone" or recipe.zone))
    if recipe.measure and other:
        change = _change(agreed, counting(replace(recipe, **own).to_json()))
        raise SourceError(f"feed {feed.name} counts in another way than the recipe of the metric ({change})")
    if feed.kind in ("sqlite", "prometheus", "command"):
        own = {"decimal": PLAIN, "delimiter": "comma", **own}
    return replace(recipe, **own)


def sealed_days(book: Workbook, improvement: Improvement, metric: str) -> Callable[[str], bool]:
    """Return a function that tells whether a day lies inside a stretch of this metric that was agreed."""
    agreed = [
        baseline_stretch(each)
        for each in book.iterations(improvement.id)
        if each.baseline.seal is not None and row_of(each.baseline.metrics, metric) is not None
    ]

    def is_sealed(text: str) -> bool:
        day = as_day(text)
        return day is not None and any(each.holds(day) for each in agreed)

    return is_sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOptions:
    """How the bytes of a file are to be read beside their recipe."""

    span: tuple[date | None, date | None] = (None, None)
    """The first and the last day that are wanted, of tickets."""
    skip_unreadable: bool = False
    """Whether single rows of tickets that cannot be read are left out."""
    progress: Callable[[int], None] | None = None
    """Called with a row number from time to time."""


def interpret_import(
    data: bytes, metric: Metric, facts: MetricFacts, recipe: Recipe, today: date, how: ReadingOptions
) -> ImportResult:
    """Read the bytes of a file for a metric, as readings or as tickets; raises SourceError where they are neither.

    A question without whose answer reading cannot go on is returned as one of the open questions.
    """
    try:
        table = read_table(data, recipe)
        saved = saved_recipe(metric)
        if recipe.measure and recipe.measure == saved.measure and is_plain_table(table, recipe):
            return read_readings(table, facts, _of_readings(recipe, saved), today, how.progress)
        if not is_ticket_export(table, recipe):
            if any(how.span):
                raise SourceError("--from and --to are for tickets, and these are readings")
            return read_readings(table, facts, recipe, today, how.progress)
        fits_the_kind(metric, recipe)
        return read_tickets(
            table, facts, recipe, today, span=how.span, skip_unreadable=how.skip_unreadable, progress=how.progress
        )
    except OpenQuestionError as opened:
        return ImportResult(questions=(opened.question,))


def _of_readings(recipe: Recipe, saved: Recipe) -> Recipe:
    """Return how a table of readings is read for a metric whose recipe is of tickets: by what was answered of it."""
    given = {each.name: getattr(recipe, each.name) for each in fields(Recipe)}
    own = {name: value for name, value in given.items() if value != getattr(saved, name)}
    return replace(Recipe(zone=recipe.zone, file_zone=recipe.file_zone), **own)


def compare_with(
    book: Workbook, improvement: Improvement, metric: Metric, found: Sequence[FoundReading], settle: int
) -> Comparison:
    """Compare the readings of a file with those that the metric has."""
    return compare(
        found,
        improvement.readings.get(metric.id, {}),
        today=book.clock.today(),
        frequency=metric.frequency,
        settle=settle,
        is_sealed=sealed_days(book, improvement, metric.id),
    )


ANEW, KEEP = "anew", "keep"
"""What happens to a baseline that was agreed by another recipe: its readings are recalculated, or stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recount:
    """A baseline that was agreed by another recipe than that of a file, and what the file has of it."""

    change: str
    """What is counted otherwise, in words."""
    days: tuple[str, ...]
    """The days of the readings that count in the baseline."""
    missing: tuple[str, ...]
    """Those of which the file has no reading."""
    decided: bool
    """Whether the metric has the way of counting of the file already: then it was answered when that was stored."""

    @property
    def question(self) -> Question:
        """What is asked: recalculate the baseline where the file has all of it, or keep it."""
        count = len(self.days)
        keep_choice = (KEEP, "they stay as agreed, and a target that is met is at most met-unclear")
        words = f"The baseline was agreed counted in another way ({self.change})"
        if self.missing:
            lacks = f"this file lacks {len(self.missing)} of its {count} readings, the first {self.missing[0]}"
            return Question("baseline", f"{words}; {lacks}: go on with the readings that were agreed?", (keep_choice,))
        anew = (ANEW, f"its {count} readings are restated from this file, as an amendment")
        return Question(
            "baseline", f"{words}: recalculate its {count} readings anew from this file?", (anew, keep_choice)
        )


def recount(
    improvement: Improvement, iteration: Iteration, metric: Metric, recipe: Recipe, found: Sequence[FoundReading]
) -> Recount | None:
    """Return what a recipe means for the agreed baseline of a metric; None where that is counted the same way."""
    agreed, row = sealed_recipe(iteration, metric.id), row_of(iteration.baseline.metrics, metric.id)
    now = counting(recipe.to_json())
    if agreed is None or not isinstance(row, Metric):
        return None
    decided = now == counting(row.recipe)
    if counted_same_way(iteration, row) if decided else now == counting(agreed):
        return None
    there = readings_in(improvement, metric.id, baseline_stretch(iteration))
    days = tuple(day.isoformat() for day, each in there if each.set_aside is None)
    known = {each.day for each in found}
    missing = tuple(day for day in days if day not in known)
    return Recount(change=_change(counting(agreed), now), days=days, missing=missing, decided=decided)


def stale_remark(
    improvement: Improvement, metric: Metric, recipe: Recipe, found: Sequence[FoundReading]
) -> tuple[str, ...]:
    """Return which readings stay that another recipe counted: they and those of this file cannot be compared."""
    known, now = saved_recipe(metric), counting(recipe.to_json())
    before = counting(replace(known, zone=known.zone or recipe.zone).to_json())
    if not known.measure or before == now or not found:
        return ()
    there = {each.day for each in found}
    days = sorted(day for day in improvement.readings.get(metric.id, {}) if day not in there)
    if not days:
        return ()
    stay = "1 reading stays" if len(days) == 1 else f"{len(days)} readings stay"
    return (f"{stay} that the recipe before counted in another way ({_change(before, now)}), the first {days[0]}",)


def _change(before: Mapping[str, object], after: Mapping[str, object]) -> str:
    """Describe where two ways of counting differ: `where priority=1|2, was priority=1`."""
    keys = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    return "; ".join(
        f"{key.replace('_', ' ')} {_value_words(after.get(key))}, was {_value_words(before.get(key))}" for key in keys
    )


def _value_words(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value or "not given")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportDecisions:
    """The decisions of the user about an import."""

    restate: bool = False
    """Whether values that are there are replaced, the old ones staying on record."""
    why: str = ""
    """The reason for a change of an agreed stretch; without one nothing is written there."""
    source: str = PASTE
    """Where they come from, for the record."""
    recipe: Recipe | None = None
    """The recipe to store with the metric; none leaves it as it is."""
    baseline: str = ""
    """ANEW or KEEP, where the baseline was agreed by another recipe."""


def changed_readings(
    comparison: Comparison, known: Mapping[str, Reading], taking: ImportDecisions, at: str
) -> dict[str, Reading]:
    """Return the readings that change, by day."""
    found = {each.day: _as_stored_reading(each) for each in comparison.new}
    restated = [each.reading for each in comparison.settling]
    restated += [each.reading for each in comparison.restated] if taking.restate else []
    for each in comparison.same:
        there = known[each.day]
        if each.note not in ("", there.note):
            found[each.day] = replace(there, note=each.note)
    sealed = comparison.sealed if taking.why.strip() and taking.baseline != KEEP else ()
    for each in (*restated, *sealed):
        there_or_none = known.get(each.day)
        found[each.day] = (
            _restate(there_or_none, each, taking.source, at) if there_or_none else _as_stored_reading(each)
        )
    return found


def _as_stored_reading(reading: FoundReading) -> Reading:
    return Reading(value=reading.value, note=reading.note, of=reading.of)


def _restate(there: Reading, reading: FoundReading, source: str, at: str) -> Reading:
    """Return the reading with its new value; the old one stays on record."""
    old = Restated(value=there.value, of=there.of, at=at, by=source)
    return replace(there, value=reading.value, of=reading.of, note=reading.note or there.note, was=(*there.was, old))


def commit_readings(book: Workbook, place: Place, comparison: Comparison, taking: ImportDecisions) -> int:
    """Take readings of the place's metric in as one change; returns how many changed.

    Raises ReasonNeededError where something that was agreed changes and no reason is given.
    """
    improvement, iteration = book.of(place)
    known = improvement.readings.get(place.row, {})
    changed = changed_readings(comparison, known, taking, moment(book.clock.now()))
    documents: list[Document] = []
    if changed:
        readings = {**improvement.readings, place.row: {**known, **changed}}
        documents.append(replace(improvement, readings=readings))
    documents += _with_recipe(iteration, place.row, taking, book.clock.today())
    if documents:
        words = count(len(changed)) if taking.source == PASTE else f"{count(len(changed))} from {taking.source}"
        book.commit(replace(place, iteration=""), documents, why=taking.why, words=words)
    return len(changed)


def _with_recipe(iteration: Iteration, metric: str, taking: ImportDecisions, today: date) -> list[Document]:
    row = row_of(iteration.baseline.metrics, metric)
    if not isinstance(row, Metric) or (taking.recipe is None and taking.baseline != ANEW):
        return []
    recipe = taking.recipe or saved_recipe(row)
    document: dict[str, Json] = {key: _json(value) for key, value in recipe.to_json().items()}
    before = row.recipe or {}
    if taking.baseline == ANEW:
        document[RECKONED] = today.isoformat()
    elif RECKONED in before and counting(document) == counting(before):
        document[RECKONED] = before[RECKONED]
    if document == before:
        return []
    zone = row.zone if iteration.baseline.seal is not None else row.zone or recipe.zone
    changed = replace(row, recipe=document, zone=zone)
    rows = tuple(changed if each.id == metric else each for each in iteration.baseline.metrics)
    return [replace(iteration, baseline=replace(iteration.baseline, metrics=rows))]


def _json(value: object) -> Json:
    if isinstance(value, list):
        return [_json(each) for each in value]
    return value if isinstance(value, str | int | float | bool) else str(value)


def fits_the_kind(metric: Metric, recipe: Recipe) -> None:
    """Raise SourceError where what is measured does not fit the kind of the metric."""
    needed = MEASURES_WITH_TOTAL.get(recipe.measure)
    if needed and metric.kind != needed:
        raise SourceError(
            f"a {recipe.measure} keeps its total, and the metric is of kind {metric.kind or 'value'}: "
            f"make it one of kind {needed} first, or a new metric"
        )
    if recipe.measure and not needed and metric.kind in MEASURES_WITH_TOTAL.values():
        raise SourceError(f"the metric is of kind {metric.kind}: measure a {metric.kind}, or make a new metric")


def later_days(found: Sequence[FoundReading], today: date) -> list[str]:
    """Return the days that lie in the future."""
    return [each.day for each in found if each.day > today.isoformat()]
