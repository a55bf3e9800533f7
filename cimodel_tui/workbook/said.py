"""What is said beside the judgement of a metric, kept with its record so that it reads the same later."""

from cimodel_tui.measurement import Judgement, change_words, figure, level_words, percent_words, steering_words
from cimodel_tui.measurement.beside import OUTLOOKS
from cimodel_tui.measurement.figures import with_unit
from cimodel_tui.model.answer import Json


def said(case: Judgement) -> dict[str, Json]:
    """Return what is kept with the record of a metric, so that it reads the same later."""
    return {
        "side_by_side": side_by_side(case),
        "level": level_words(case) if case.question.after else "",
        "outlook": OUTLOOKS.get(case.outlook or "", ""),
        "steering": steering_words(case),
    }


def side_by_side(case: Judgement) -> str:
    """Return baseline, target and achieved side by side, with change, gap closed and whether the target is met."""
    unit, aim = case.question.unit, case.question.aim
    parts = [f"baseline {with_unit(figure(case, case.limits.mean), unit)}"]
    if aim:
        parts.append(f"target {with_unit(aim.words(), unit)}")
    parts.append(f"achieved {with_unit(figure(case, case.achieved), unit) if case.achieved is not None else 'not yet'}")
    if case.change is not None:
        parts.append(f"change {change_words(case)}")
    if case.gap_closed is not None:
        parts.append(f"gap closed {percent_words(case.gap_closed)}")
    if case.met is not None:
        parts.append("target met" if case.met else "target not met")
    return " · ".join(parts)
