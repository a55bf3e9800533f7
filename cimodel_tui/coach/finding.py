"""The input of a rule, a `Situation`, and its output, a `Finding`."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import TypeAlias

from cimodel_tui.coach.remedy import Remedy
from cimodel_tui.measurement import Judgement, Point, Question, QuestionError, ReadingsError, judge, reading_of
from cimodel_tui.measurement.target import Rule as TargetRule
from cimodel_tui.measurement.verdict import PER
from cimodel_tui.model.action import Progress
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration, Stretch, baseline_stretch, result_stretch
from cimodel_tui.model.number import UnreadableNumberError, decimals_in, read_number
from cimodel_tui.model.plan import Action
from cimodel_tui.model.seal import digest
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import dataclass

Points: TypeAlias = tuple[Point, ...]
"""Readings of one metric that count, in date order; a share is in per cent."""


CACHE_SIZE = 128
"""Metrics whose readings are cached."""


@lru_cache(maxsize=4096)
def as_number(text: str) -> Fraction | None:
    """Return the number that a text is, exactly; None if it is not a number or cannot be computed with."""
    try:
        return read_number(text)
    except UnreadableNumberError:
        return None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a good coach would ask about."""

    rule: str
    """Id of the rule, for example `V1`."""
    place: Place
    """Its place."""
    message: str
    """What does not fit yet, and why that matters."""
    looked_at: str
    """What the rule read; an answer to the finding holds while this is the same."""
    remedy: Remedy | None = None
    """What one key can do about it."""

    @property
    def fingerprint(self) -> str:
        """Twelve hexadecimal characters that identify the rule and its input."""
        text = f"{self.rule}\n{self.looked_at}".encode("utf-8", "surrogatepass")
        return digest(text)[:12]


@dataclass(frozen=True, kw_only=True)
class Situation:
    """All that the rules may look at. It has no slots, so that values which several rules need are cached."""

    improvement: Improvement
    """The register entry with its readings."""
    iteration: Iteration
    """The iteration that is checked."""
    earlier: tuple[Iteration, ...] = ()
    """The iterations before it."""
    is_latest: bool = True
    """Whether no iteration came after it."""
    look_up: Callable[[], Iterable[str]] = tuple
    """Gives every owner, collector and verifier that the workbook names; all of it has to be read for that."""
    today: date
    """The day that the workbook takes for today."""

    @cached_property
    def names(self) -> frozenset[str]:
        """Every owner, collector and verifier that the workbook names."""
        return frozenset(self.look_up())

    @cached_property
    def _progress(self) -> Mapping[str, Progress]:
        return {row.id: row for row in self.iteration.action.progress}

    def progress(self, action: Action) -> Progress:
        """Return how far an action is; one that nobody touched is still to do."""
        return self._progress.get(action.id) or Progress(id=action.id, status="to do")

    @cached_property
    def baselines(self) -> Mapping[str, Points]:
        """The baseline readings that count, by metric id."""
        return self._stretch(baseline_stretch(self.iteration))

    @cached_property
    def judgements(self) -> "Mapping[str, Judgement]":
        """The judgement of each metric's baseline alone, by metric id; a metric that cannot be judged is missing."""
        earlier = self.earlier_readings
        found = (
            (each.id, _judge_baseline(each.side, each.kind, each.frequency, self.baselines[each.id], earlier[each.id]))
            for each in self.iteration.baseline.metrics
        )
        return {metric: judgement for metric, judgement in found if judgement is not None}

    @cached_property
    def baseline_means(self) -> Mapping[str, Fraction]:
        """Mean of the baseline by metric id, weighed by totals; of events the mean days between them."""
        return {metric: found.limits.mean for metric, found in self.judgements.items() if found.limits.mean is not None}

    @cached_property
    def results(self) -> Mapping[str, Points]:
        """The result readings that count, by metric id; empty without a first day."""
        return self._stretch(result_stretch(self.iteration))

    @cached_property
    def earlier_readings(self) -> Mapping[str, Points]:
        """Readings before the baseline that do not belong to it, by metric id."""
        first = baseline_stretch(self.iteration).first
        before = Stretch(None, first - timedelta(days=1)) if first and first > date.min else None
        return self._stretch(before)

    @cached_property
    def baseline_counts(self) -> Mapping[str, int]:
        """How many baseline readings count, by metric id; counted without computing them."""
        return self._counts(baseline_stretch(self.iteration))

    @cached_property
    def result_counts(self) -> Mapping[str, int]:
        """How many result readings count, by metric id; counted without computing them."""
        return self._counts(result_stretch(self.iteration))

    def _counts(self, stretch: Stretch | None) -> Mapping[str, int]:
        return {each.id: len(_within(self._days(each), stretch)) for each in self.iteration.baseline.metrics}

    def _stretch(self, stretch: Stretch | None) -> Mapping[str, Points]:
        return {each.id: self.readings(each, stretch) for each in self.iteration.baseline.metrics}

    def readings(self, metric: Metric, stretch: Stretch | None) -> Points:
        """Return the readings of a metric in a stretch that count."""
        points = _points(self._typed_readings(metric), metric.kind, metric.per)
        found = _within([point.day for point in points], stretch)
        return points[found.start : found.stop]

    def decimals(self, metric: Metric) -> int:
        """Return the most decimals in which a reading of this metric was typed."""
        return _decimals(self._typed_readings(metric))

    def _days(self, metric: Metric) -> list[date]:
        return [day for day, _ in _counting_readings(self._typed_readings(metric))]

    def _typed_readings(self, metric: Metric) -> "_TypedReadings":
        return _TypedReadings(self.improvement.readings.get(metric.id, _NO_READINGS))

    def place(self, step: str, name: str, row: str = "", column: str = "") -> Place:
        """Return a place in this iteration, or in the register entry."""
        iteration = "" if step == REGISTER else self.iteration.id
        return Place(self.improvement.id, iteration, step, name, row, column)


class _TypedReadings:
    """The readings of one metric as typed. A document never changes: what is the same object was read before."""

    def __init__(self, readings: Mapping[str, Reading]) -> None:
        self.readings = readings

    def __hash__(self) -> int:
        return id(self.readings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TypedReadings) and self.readings is other.readings


_NO_READINGS: Mapping[str, Reading] = {}


@lru_cache(maxsize=CACHE_SIZE)
def _counting_readings(typed: _TypedReadings) -> tuple[tuple[date, Reading], ...]:
    """Return day and reading of what counts, in date order."""
    dated = ((as_day(text), each) for text, each in sorted(typed.readings.items()))
    return tuple(
        (day, each) for day, each in dated if day and each.set_aside is None and as_number(each.value) is not None
    )


@lru_cache(maxsize=CACHE_SIZE)
def _decimals(typed: _TypedReadings) -> int:
    return max((decimals_in(each.value) for _, each in _counting_readings(typed)), default=0)


@lru_cache(maxsize=CACHE_SIZE)
def _points(typed: _TypedReadings, kind: str, per_text: str) -> Points:
    found, per = [], as_number(per_text) or PER
    for day, each in _counting_readings(typed):
        value, total = as_number(each.value), as_number(each.of) if each.of else None
        try:
            found += [] if value is None else [reading_of(kind, day, value, total, per)]
        except ReadingsError:
            continue
    return tuple(found)


def _within(days: Sequence[date], stretch: Stretch | None) -> range:
    """Return the positions of the days, in order, that lie in a stretch."""
    if stretch is None:
        return range(0)
    first = bisect_left(days, stretch.first) if stretch.first else 0
    last = bisect_right(days, stretch.last) if stretch.last else len(days)
    return range(first, max(first, last))


@lru_cache(maxsize=CACHE_SIZE)
def _judge_baseline(better: str, kind: str, frequency: str, baseline: Points, earlier: Points) -> Judgement | None:
    try:
        question = Question(
            better, "move", None, TargetRule(), baseline, (), kind=kind, frequency=frequency, earlier=earlier
        )
        return judge(question)
    except (ReadingsError, QuestionError):
        return None


Rule: TypeAlias = Callable[[Situation], Iterator[Finding]]
"""Yields what it finds; most rules find one thing at most."""
