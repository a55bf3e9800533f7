"""What the readings of an iteration say: one judgement a metric, and the verdict over them.

Once the check is verified the records kept with it are what is shown; later readings move nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from cimodel_tui.measurement import (
    Aim,
    Balance,
    Judgement,
    OverrideError,
    Verdict,
    judge,
    judge_balance,
    override,
    verdict_of_iteration,
)
from cimodel_tui.measurement.iteration import WORDS
from cimodel_tui.model.answer import Json, row_of
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.record import dataclass
from cimodel_tui.views.measurements import said
from cimodel_tui.workbook.measure import Recent, promised, question_of, whole

VERDICTS = WORDS
"""Every word that a verdict can be."""

_NOTHING_PROMISED = "Cannot tell: no outcome metric has a target."


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One metric of an iteration, judged."""

    metric: Metric
    """The metric."""
    promise: Promise | None
    """Its target, where it is an outcome metric."""
    case: Judgement
    """What its readings say now."""
    whole: Judgement | None
    """The same with the readings that are set aside; none where none is."""
    balance: Balance | None
    """For a balancing metric, whether its limit was kept."""
    record: Mapping[str, Json]
    """What counts: what was computed when the check was verified, before that what is computed now."""
    problem: str = ""
    """Why its target cannot be judged, in words; empty where it can."""

    @property
    def called(self) -> str:
        """Its name, or what stands for one."""
        return self.metric.name.strip() or "a metric without a name"

    @property
    def word(self) -> str:
        """Its verdict, of a balancing metric whether it kept its limit; empty where there is none."""
        kept = self.record.get("balance")
        return str(kept.get("word") if isinstance(kept, dict) else self.record.get("verdict") or "")

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        kept = self.record.get("balance")
        found = str(kept.get("sentence") if isinstance(kept, dict) else self.record.get("sentence") or "")
        return f"{found} {self.problem}".strip() if self.problem else found

    def told(self, name: str) -> str:
        """Return what is said beside it: `side_by_side`, `level`, `outlook` or `steering`."""
        known = self.record.get("said")
        return str(known.get(name) or "") if isinstance(known, dict) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Everything that the readings of an iteration say."""

    metrics: tuple[One, ...]
    """The metrics in their order."""
    computed: Verdict | None
    """The verdict without a person's own; none where nothing was promised."""
    verdict: Mapping[str, Json]
    """The verdict that counts: word, suggested, reason, at_a_cost, closes_as and sentence."""

    def of(self, metric: str) -> One | None:
        """Return one metric, or none."""
        return next((each for each in self.metrics if each.metric.id == metric), None)

    def records(self) -> dict[str, Mapping[str, Json]]:
        """Return what is kept with a verified check, by metric id."""
        return {each.metric.id: each.record for each in self.metrics}

    def verdict_record(self) -> dict[str, Json]:
        """Return the computed verdict as it is kept with a verified check."""
        return _record(self.computed)


_RECENT: Recent[Measured] = Recent(8)


def measure(improvement: Improvement, iteration: Iteration) -> Measured:
    """Return what the readings say; the same two documents are judged once."""
    return _RECENT.of((improvement, iteration), "", lambda: _measured(improvement, iteration))


def _measured(improvement: Improvement, iteration: Iteration) -> Measured:
    ones = tuple(_one(improvement, iteration, metric) for metric in iteration.baseline.metrics)
    outcomes = [(one.called, one.record) for one in ones if one.metric.is_outcome and one.case.question.aim]
    balancing = [(one.called, kept) for one in ones if isinstance(kept := one.record.get("balance"), dict)]
    accepted = [name for name, _ in balancing] if _cost_is_accepted(iteration.check) else []
    computed = verdict_of_iteration(outcomes, balancing)
    final = verdict_of_iteration(outcomes, balancing, accepted) if accepted else computed
    return Measured(metrics=ones, computed=computed, verdict=_record(_with_override(iteration, final)))


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


def _one(improvement: Improvement, iteration: Iteration, metric: Metric) -> One:
    promise = row_of(iteration.target.targets, metric.id) if metric.is_outcome else None
    limit = row_of(iteration.target.limits, metric.id) if metric.role == "balancing" else None
    held = promise if isinstance(promise, Promise) else limit if isinstance(limit, Limit) else None
    aim, rule, problem = promised(metric, held)
    question = question_of(improvement, iteration, metric, aim, rule, held)
    case = judge(question)
    one = One(
        metric=metric,
        promise=promise if isinstance(promise, Promise) else None,
        case=case,
        whole=whole(improvement, iteration, metric, question),
        balance=_balance(metric, aim, case) if metric.role == "balancing" else None,
        record={},
        problem=problem,
    )
    return _with_record(one, iteration.check)


def _balance(metric: Metric, aim: Aim | None, case: Judgement) -> Balance:
    asked = case.question
    return judge_balance(metric.better, aim, asked.baseline, asked.after, name=metric.name, unit=metric.unit)


def _with_record(one: One, check: Check) -> One:
    kept = check.measured.get(one.metric.id) if check.verified else None
    if kept is None:
        kept = {
            "role": one.metric.role or "outcome",
            **cast("dict[str, Json]", one.case.as_json()),
            "weeks_late": one.case.weeks_late,
            "said": said(one.case),
        }
        if one.balance:
            kept["balance"] = cast("dict[str, Json]", one.balance.as_json())
    return replace(one, record=kept)
