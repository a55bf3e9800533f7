"""Where a no leads back to: each step has its reason, and what was found points to one of them."""

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.outcome import MET
from cimodel_tui.model.step import step_of
from cimodel_tui.workbook.measure import measure

WHEN_BACK = {
    "vision": "the aim is no longer wanted",
    "baseline": "the number is not trusted, or the causes were never found",
    "target": "the target was wrong",
    "plan": "it was the wrong lever",
    "action": "it was not finished, or not taken up",
}
"""When to go back to which step."""

_WRONG_LEVER = "the actions are done, and the numbers say that they were not enough"


def pointing_back(improvement: Improvement, iteration: Iteration) -> tuple[str, str]:
    """Return the step to which what was found points, and why; empty where what was promised is there or too early.

    Looked at in the order in which a later finding is worth nothing without the earlier one.
    """
    words = {one.word for one in measure(improvement, iteration).metrics if one.promise}
    if not words - {*MET, "too-early", ""}:
        return "", ""
    signs = (sign for sign in _signs(iteration, words) if sign[1])
    return next(signs, ("plan", _WRONG_LEVER))


def _signs(iteration: Iteration, words: set[str]) -> tuple[tuple[str, str], ...]:
    actions, metrics = iteration.plan.actions, iteration.baseline.metrics
    left = [each for each in actions if iteration.progress(each.id).status not in ENDED]
    guessed = [each for each in metrics if each.is_outcome and each.how_known in ("estimated", "assumed")]
    ranked = any(each.share.strip() for each in iteration.baseline.causes)
    return (
        ("baseline", "the baseline was never agreed" if "cannot-tell" in words else ""),
        ("baseline", f"{guessed[0].name} is {guessed[0].how_known}, not measured" if guessed else ""),
        ("action", f"{len(left)} of {len(actions)} actions are neither done nor dropped" if left else ""),
        ("baseline", "" if ranked else "the causes were never ranked"),
        ("target", "it went past the far side of the range" if "overshot" in words else ""),
    )


def back_words(improvement: Improvement, iteration: Iteration) -> str:
    """Return in one line to which step a no points; empty where it points to none."""
    step, why = pointing_back(improvement, iteration)
    return f"This points back to step {step_of(step).heading} ({why})." if step else ""
