"""The figures of one metric for a report: what counts is what was computed when the check was verified."""

from collections.abc import Mapping
from fractions import Fraction

from cimodel_tui.measurement import change_words, percent_words
from cimodel_tui.measurement.figures import decimals as decimals_for
from cimodel_tui.measurement.figures import stretch_words, with_unit
from cimodel_tui.model.answer import Json
from cimodel_tui.model.number import show_number
from cimodel_tui.reports.summary import Figures
from cimodel_tui.workbook.measured import One
from cimodel_tui.workbook.metric_words import caveats


def figures_of(one: One, *, small: bool) -> Figures:
    """Return the figures of a metric; a small improvement is spared what it was never asked for."""
    case, metric = one.case, one.metric
    aim = case.question.aim
    baseline, achieved = _number(one.record, "baseline", "mean"), _number(one.record, "achieved")
    gap = _number(one.record, "gap_closed")
    balanced = one.record.get("balance")
    return Figures(
        name=one.called,
        role=metric.role or "outcome",
        unit=metric.unit,
        better=metric.better or "none",
        baseline=baseline,
        baseline_words=_words(one, baseline),
        baseline_readings=stretch_words(case.question.baseline) if case.question.baseline else "",
        goal=with_unit(aim.words(), metric.unit) if aim else "",
        by=one.promise.by if one.promise else "",
        achieved=achieved,
        achieved_words=_words(one, achieved),
        achieved_readings=stretch_words(case.question.after) if case.question.after else "",
        change=change_words(case) if achieved is not None else "",
        gap_closed=gap,
        gap_words=percent_words(case.gap_closed) if gap is not None and case.gap_closed is not None else "",
        met=_met(one, balanced),
        word=one.word if aim or one.case.question.after else "",
        sentence=one.sentence if case.question.baseline or aim else "",
        outlook=one.told("outlook") if case.question.after else "",
        caveats=() if small else caveats(one),
    )


def _met(one: One, balanced: Json) -> bool | None:
    if isinstance(balanced, dict):
        return {"kept": True, "slipping": True, "broken": False}.get(str(balanced.get("word")))
    met = one.record.get("target_met")
    return met if isinstance(met, bool) else None


def _number(record: Mapping[str, Json], *path: str) -> float | None:
    value: Json = dict(record)
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _words(one: One, value: float | None) -> str:
    return "" if value is None else with_unit(show_number(Fraction(value), decimals_for(one.case)), one.metric.unit)
