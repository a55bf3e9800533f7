"""The results of an iteration: one judgement a metric, and the verdict over them.

Once the check is verified, the records stored with it are shown, and later readings change nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Generic, TypeVar, cast

from cimodel_tui.measurement import (
    OUTLOOKS,
    Balance,
    Judgement,
    OverrideError,
    ReadingsError,
    Verdict,
    achieved_figure,
    balance,
    change_words,
    difference_words,
    figure,
    judge,
    level_words,
    override,
    percent_words,
    steering_words,
    unit_of,
    verdict_of_iteration,
)
from cimodel_tui.measurement.figures import with_unit
from cimodel_tui.measurement.iteration import WORDS
from cimodel_tui.measurement.stored_readings import has_totals, problem_with, side_of_metric, unit_of_metric
from cimodel_tui.model.answer import Json, row_of
from cimodel_tui.model.baseline import EVENTS, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.record import dataclass
from cimodel_tui.workbook.question import aim_and_rule, build_question, judge_with_set_aside

T = TypeVar("T")


class ResultCache(Generic[T]):
    """A cache of the last few results, by the identity of documents: a document never changes.

    Several threads may ask at once; at worst one result is computed twice.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: tuple[tuple[Sequence[object], str, T], ...] = ()

    def of(self, documents: Sequence[object], name: str, compute: Callable[[], T]) -> T:
        """Return the result for these documents and the name of the question, computed where it is not cached."""
        for known, known_name, result in self._known:
            if known_name == name and _same(known, documents):
                return result
        result = compute()
        self._known = (*self._known[1 - self._most :], (documents, name, result))
        return result


def _same(first: Sequence[object], second: Sequence[object]) -> bool:
    return len(first) == len(second) and all(one is other for one, other in zip(first, second, strict=True))


VERDICTS = WORDS
"""Every word that a verdict can be."""

_NOTHING_PROMISED = "Cannot tell: no outcome metric has a target."


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredMetric:
    """One metric of an iteration, judged."""

    metric: Metric
    """The metric."""
    promise: Promise | None
    """Its target, where it is an outcome metric."""
    case: Judgement
    """The judgement of its present readings."""
    whole: Judgement | None
    """The same with the readings that are set aside; None where none is."""
    balance: Balance | None
    """For a balancing metric, whether its limit was kept."""
    record: Mapping[str, Json]
    """What counts: what was computed when the check was verified, before that what is computed now."""
    problem: str = ""
    """Why its target cannot be judged, in words; empty where it can."""

    @property
    def display_name(self) -> str:
        """Its name, or a placeholder for an empty one."""
        return self.metric.name.strip() or "a metric without a name"

    @property
    def word(self) -> str:
        """Its verdict, of a balancing metric whether it kept its limit; empty where there is none."""
        balance_record = self.record.get("balance")
        return str(balance_record.get("word") if isinstance(balance_record, dict) else self.record.get("verdict") or "")

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        balance_record = self.record.get("balance")
        found = str(
            balance_record.get("sentence") if isinstance(balance_record, dict) else self.record.get("sentence") or ""
        )
        return f"{found} {self.problem}".strip() if self.problem else found

    @property
    def unit(self) -> str:
        """The unit of its figures: a share is in per cent, rare events in days between."""
        return unit_of_metric(self.metric)

    @property
    def side(self) -> str:
        """The better side of its figures: fewer events are more days between."""
        return side_of_metric(self.metric)

    def stored_sentence(self, name: str) -> str:
        """Return a stored sentence about it: `side_by_side`, `level`, `outlook` or `steering`."""
        known = self.record.get("said")
        return str(known.get(name) or "") if isinstance(known, dict) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredIteration:
    """The metrics of an iteration, judged, and the verdict over them."""

    metrics: tuple[MeasuredMetric, ...]
    """The metrics in their order."""
    computed: Verdict | None
    """The verdict without a person's own; None where nothing was promised."""
    verdict: Mapping[str, Json]
    """The verdict that counts: word, suggested, reason, at_a_cost, closes_as and sentence."""

    def of(self, metric: str) -> MeasuredMetric | None:
        """Return one metric, or None."""
        return next((each for each in self.metrics if each.metric.id == metric), None)

    def records(self) -> dict[str, Mapping[str, Json]]:
        """Return what is kept with a verified check, by metric id."""
        return {each.metric.id: each.record for each in self.metrics}

    def verdict_record(self) -> dict[str, Json]:
        """Return the computed verdict as it is kept with a verified check."""
        return _record(self.computed)


_CACHE: ResultCache[MeasuredIteration] = ResultCache(8)


def measure(improvement: Improvement, iteration: Iteration, today: date | None = None) -> MeasuredIteration:
    """Judge the readings of an iteration; the result is cached by the two documents.

    The quiet at the end of rare events counts up to today, where the day of the check is still to come.
    """
    rare = any(metric.kind == EVENTS for metric in iteration.baseline.metrics)
    day = today if rare else None
    name = day.isoformat() if day else ""
    return _CACHE.of((improvement, iteration), name, lambda: _measure_uncached(improvement, iteration, day))


def _measure_uncached(improvement: Improvement, iteration: Iteration, today: date | None) -> MeasuredIteration:
    ones = tuple(_measure_metric(improvement, iteration, metric, today) for metric in iteration.baseline.metrics)
    outcomes = [(one.display_name, one.record) for one in ones if one.metric.is_outcome and one.case.question.aim]
    balancing = [(one.display_name, record) for one in ones if isinstance(record := one.record.get("balance"), dict)]
    accepted = [name for name, _ in balancing] if _cost_is_accepted(iteration.check) else []
    small = improvement.size == "S"
    computed = verdict_of_iteration(outcomes, balancing, small=small)
    final = verdict_of_iteration(outcomes, balancing, accepted, small=small) if accepted else computed
    return MeasuredIteration(metrics=ones, computed=computed, verdict=_record(_with_override(iteration, final)))


def _cost_is_accepted(check: Check) -> bool:
    return bool(check.cost_accepted_by.strip() and check.cost_accepted_reason.strip())


def _with_override(iteration: Iteration, found: Verdict | None) -> Verdict | None:
    check = iteration.check
    if found is None or not check.override:
        return found
    try:
        agreed = iteration.baseline.seal is not None
        return override(found, check.override, check.override_reason, agreed=agreed, verified=check.verified)
    except OverrideError:
        return found


def _record(found: Verdict | None) -> dict[str, Json]:
    if found is None:
        found = Verdict("cannot-tell", (), "not verified", _NOTHING_PROMISED)
    return cast("dict[str, Json]", found.as_json())


def _measure_metric(
    improvement: Improvement, iteration: Iteration, metric: Metric, today: date | None
) -> MeasuredMetric:
    promise = row_of(iteration.target.targets, metric.id) if metric.is_outcome else None
    limit = row_of(iteration.target.limits, metric.id) if metric.role == "balancing" else None
    target_row = promise if isinstance(promise, Promise) else limit if isinstance(limit, Limit) else None
    aim, rule, problem = aim_and_rule(metric, target_row)
    question = build_question(improvement, iteration, metric, aim, rule, target_row, today)
    try:
        case = judge(question)
    except ReadingsError as refused:
        problem = f"Its readings cannot be judged: {refused}."
        question = replace(question, baseline=(), after=(), counts_from=None, counts_to=None)
        case = judge(question)
    one = MeasuredMetric(
        metric=metric,
        promise=promise if isinstance(promise, Promise) else None,
        case=case,
        whole=None if problem else judge_with_set_aside(improvement, iteration, metric, question),
        balance=balance(question, case) if metric.role == "balancing" else None,
        record={},
        problem=problem,
    )
    return _with_record(one, iteration.check)


def _with_record(one: MeasuredMetric, check: Check) -> MeasuredMetric:
    record = check.measured.get(one.metric.id) if check.verified else None
    if record is None:
        record = {
            "role": one.metric.role or "outcome",
            **_judgement_record(one.case),
            "days_late": one.case.days_late,
            "said": stored_sentences(one.case),
        }
        if one.balance:
            record["balance"] = cast("dict[str, Json]", one.balance.as_json())
    return replace(one, record=record)


def _judgement_record(case: Judgement) -> dict[str, Json]:
    """Return the record of a judgement; limits of each reading only where they differ from one to the next."""
    found = cast("dict[str, Json]", case.as_json())
    return found if case.limits.weighted else {key: value for key, value in found.items() if key != "limits"}


def stored_sentences(case: Judgement) -> dict[str, Json]:
    """Return what is kept with the record of a metric, so that it reads the same later."""
    return {
        "side_by_side": summary_line(case),
        "level": level_words(case) if case.question.after else "",
        "outlook": OUTLOOKS.get(case.outlook or "", ""),
        "steering": steering_words(case),
    }


def summary_line(case: Judgement) -> str:
    """Return baseline, target and achieved side by side, with change, gap closed and whether the target is met."""
    unit, aim = unit_of(case), case.question.aim
    parts = [f"baseline {with_unit(figure(case, case.limits.mean), unit)}"]
    if aim:
        parts.append(f"target {with_unit(aim.words(), unit)}")
    parts.append(f"achieved {with_unit(achieved_figure(case), unit) if case.achieved is not None else 'not yet'}")
    if case.change is not None:
        parts.append(f"change {change_words(case)}")
    if case.difference is not None:
        parts.append(difference_words(case))
    if case.gap_closed is not None:
        parts.append(f"gap closed {percent_words(case.gap_closed)}")
    if case.met is not None:
        parts.append("target met" if case.met else "target not met")
    return " · ".join(parts)


_ANOTHER = "what is counted would be another thing: add a metric of its own"


def objection_to_kind(improvement: Improvement, before: Iteration, after: Iteration) -> str:
    """Return why a metric cannot change its kind as it does, in words; empty where none does or all of them can."""
    return next(_objections(improvement, before, after), "")


def _objections(improvement: Improvement, before: Iteration, after: Iteration) -> Iterator[str]:
    for metric in after.baseline.metrics:
        was = row_of(before.baseline.metrics, metric.id)
        if isinstance(was, Metric) and was.kind != metric.kind:
            yield from _kind_objections(improvement, was, metric)


def _kind_objections(improvement: Improvement, was: Metric, metric: Metric) -> Iterator[str]:
    for text, reading in sorted(improvement.readings.get(metric.id, {}).items()):
        day = as_day(text)
        if day is None or problem_with(was, day, reading):
            continue
        if problem := problem_with(metric, day, reading):
            yield f"the reading of {text} is none of a {metric.kind}: {problem}; {_ANOTHER}"
        elif has_totals(was) and not has_totals(metric):
            yield f"the reading of {text} has a total: {_ANOTHER}"
