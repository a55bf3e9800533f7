"""The seven steps of an improvement on one page, a line each: its state and its main answer."""

from cimodel_tui.charts.glyphs import fit
from cimodel_tui.content import guidance
from cimodel_tui.measurement.figures import figure, with_unit
from cimodel_tui.model.completeness import complete, current_step
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import STEPS, Step, step_of
from cimodel_tui.views.panels import action_counts, headline
from cimodel_tui.views.status import promised_words
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.workbook import Workbook

_TWO_LINES = 90
"""Cells below which the answer of a step is on a line of its own."""

_HEADING_WIDTH = max(len(step.heading) for step in STEPS)
"""Cells of the longest heading; the answer begins after it."""

_SIGNS = {"done": "✓", "current": "●", "open": "○"}

_TONES = {"done": Tone.GOOD, "current": Tone.ACCENT, "open": Tone.QUIET}


def seven_steps(
    book: Workbook, improvement: Improvement, iteration: Iteration, width: int
) -> tuple[tuple[str, ToneLine], ...]:
    """Return key and line of each step, no longer than `width`; a step without an answer shows its question.

    At a small width the answer stands below the heading, and only the current step shows its question.
    """
    current = current_step(improvement, iteration)
    found = []
    for step in STEPS:
        state = "current" if step.key == current else "done" if complete(improvement, iteration, step.key) else "open"
        words = step_words(book, improvement, iteration, step)
        if width >= _TWO_LINES:
            line = fit(f"{_SIGNS[state]} {step.heading:<{_HEADING_WIDTH}}  {words or step.question}", width)
        else:
            words = words or (step.question if state == "current" else "")
            line = f"{_SIGNS[state]} {step.heading}" + (f"\n    {fit(words, width - 4)}" if words else "")
        found.append((step.key, ToneLine(line, _TONES[state], strong=state == "current")))
    return tuple(found)


def step_lines(book: Workbook, improvement: Improvement, iteration: Iteration, width: int) -> list[ToneLine]:
    """Return the same as single lines."""
    return [
        line._replace(text=text)
        for _, line in seven_steps(book, improvement, iteration, width)
        for text in line.text.split("\n")
    ]


def about_lines(step: str) -> list[ToneLine]:
    """Return what a step is for and what goes wrong in it."""
    page = guidance(step)
    parts = ((f"Why step {step_of(step).number}", page.why), ("The trap", page.trap))
    return [
        each
        for heading, text in parts
        for each in (ToneLine(""), ToneLine(heading, Tone.ACCENT, strong=True), ToneLine(text))
    ]


def step_words(book: Workbook, improvement: Improvement, iteration: Iteration, step: Step) -> str:
    """Return the main answer of one step in a few words; empty without one."""
    if step.key == "baseline":
        return _baseline_words(improvement, iteration)
    if step.key == "check":
        return _check_words(improvement, iteration)
    words = {
        "vision": " ".join(iteration.vision.vision.split()),
        "target": promised_words(iteration),
        "plan": _plan_words(iteration),
        "action": ", ".join(action_counts(iteration, book.clock.today())) if iteration.plan.actions else "",
        "momentum": _momentum_words(iteration),
    }
    return words[step.key]


def _baseline_words(improvement: Improvement, iteration: Iteration) -> str:
    outcomes = [one for one in measure(improvement, iteration).metrics if one.metric.is_outcome and one.case.limits.n]
    if not outcomes:
        return ""
    one = outcomes[0]
    mean = with_unit(figure(one.case, one.case.limits.mean), one.unit)
    seal = iteration.baseline.seal
    agreed = f", agreed by {seal.by}" if seal else ""
    return f"{one.display_name}: {mean}, {one.case.limits.n} readings{agreed}"


def _plan_words(iteration: Iteration) -> str:
    count = len(iteration.plan.actions)
    actions = f"{count} action{'' if count == 1 else 's'}" if count else ""
    return ", ".join(part for part in (iteration.plan.chosen.strip(), actions) if part)


def _check_words(improvement: Improvement, iteration: Iteration) -> str:
    check = iteration.check
    if not check.verified:
        return ""
    verdict = measure(improvement, iteration).verdict
    words = headline(str(verdict["word"]), thin_counts=verdict.get("thin_counts") is not False)
    return f"{words}; verified by {check.verified_by}"


def _momentum_words(iteration: Iteration) -> str:
    rows, controls = iteration.momentum.sustain_checks, len(iteration.momentum.controls)
    recorded = sum(row.recorded for row in rows)
    looks = f"{recorded} of {len(rows)} sustain checks recorded" if rows else ""
    control_words = f"{controls} control{'' if controls == 1 else 's'}" if controls else ""
    return ", ".join(part for part in (control_words, looks) if part)
