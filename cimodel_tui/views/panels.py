"""What the panels of the steps say, in lines: each a text and the style of the theme in which it is shown."""

from datetime import date

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.outcome import MET
from cimodel_tui.model.step import step_of
from cimodel_tui.model.stretch import result_from
from cimodel_tui.views.measurements import side_by_side
from cimodel_tui.views.metrics import baseline_words, caveats, could_tell, gap_words, objective
from cimodel_tui.workbook.measure import One, measure
from cimodel_tui.workbook.sustain import holds

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


StyledLine = tuple[str, str]
"""A text, and the style in which it is shown."""

GOOD, PLAIN, QUIET, WARN, BAD = "$text-success", "", "$muted", "$text-warning", "$text-error"
"""The styles of lines."""

_TONES = {
    "achieved": GOOD,
    "held": GOOD,
    "met-thin": GOOD,
    "met-unclear": WARN,
    "met-not-shown": WARN,
    "held-slipping": WARN,
    "better-not-there": WARN,
    "partly": WARN,
    "worse": BAD,
    "lost": BAD,
}


def tone(word: str) -> str:
    """Return the style of a verdict; its word always stands beside the colour."""
    return _TONES.get(word, PLAIN)


def baseline_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return for each metric what its baseline says so far, with its caveats."""
    lines: list[StyledLine] = []
    for one in measure(improvement, iteration).metrics:
        lines.append((f"{one.called}: {baseline_words(one)}", PLAIN))
        lines += [(f"  ◇ {caveat}", WARN) for caveat in caveats(one)]
    return lines


def target_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return for each metric with a target the way there, and whether anyone could even tell."""
    lines: list[StyledLine] = []
    for one in measure(improvement, iteration).metrics:
        if one.promise:
            lines.append((f"{one.called}: {gap_words(one)}", PLAIN))
            words, by_luck = could_tell(one, result_from(iteration))
            lines += [(f"  ◇ {words}", WARN if by_luck else QUIET)] if words else []
    drafted = objective(measure(improvement, iteration))
    if drafted and not iteration.target.sentence.strip():
        lines.append((f"In one sentence: {drafted}", QUIET))
    return lines


_BAR = 10
"""Cells of the bar that shows how many actions are done: what is said beside it stays on its line."""


def action_lines(iteration: Iteration, today: date) -> list[StyledLine]:
    """Return how far the actions are; 100 % done is never shown as improved."""
    actions = iteration.plan.actions
    if not actions:
        return [("No action yet: step 4 is where they are planned.", QUIET)]
    progress = {row.id: iteration.progress(row.id) for row in actions}
    done = sum(row.status == "done" for row in progress.values())
    dropped = sum(row.status == "dropped" for row in progress.values())
    blocked = sum(row.status == "blocked" for row in progress.values())
    late = sum(
        bool(row.due) and row.due < today.isoformat() and progress[row.id].status not in ENDED for row in actions
    )
    bar = "█" * round(_BAR * done / len(actions))
    parts = [f"{done} of {len(actions)} done"]
    parts += [
        f"{count} {word}" for count, word in ((dropped, "dropped"), (blocked, "blocked"), (late, "late")) if count
    ]
    lines = [(f"{bar:░<{_BAR}} {', '.join(parts)}", BAD if late or blocked else PLAIN)]
    if done + dropped == len(actions) and not iteration.check.verified:
        lines.append(("All done is not yet better: step 6 compares the numbers.", WARN))
    return lines


def check_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return the verdict, the metrics side by side, and what each of them says."""
    found = measure(improvement, iteration)
    lines = verdict_lines(improvement, iteration)
    lines += [("", PLAIN), *((row, "bold" if at else QUIET) for at, row in enumerate(side_by_side(found.metrics)))]
    for one in found.metrics:
        told_above = one.sentence in str(found.verdict["sentence"])
        lines += [("", PLAIN), (one.called if told_above else one.sentence, tone(one.word))]
        lines += [(f"  · {words}", QUIET) for words in _beside(one)]
        lines += [(f"  ◇ {caveat}", WARN) for caveat in caveats(one)]
    back = back_words(improvement, iteration)
    return [*lines, (f"↩ {back}", WARN)] if back else lines


def _beside(one: One) -> tuple[str, ...]:
    """Return signal and outlook, as far as there is a result and the sentence does not tell them already."""
    if not one.case.question.after:
        return ()
    level, outlook = one.told("level"), one.told("outlook")
    without_side = level.partition(" by ")[2] or level
    return tuple(filter(None, ("" if without_side in one.sentence else level, outlook)))


def verdict_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return the verdict of the iteration, and a person's own verdict with its reason."""
    check, verdict = iteration.check, measure(improvement, iteration).verdict
    word, suggested = str(verdict["word"]), str(verdict["suggested"])
    known = "on record" if check.verified else "as it stands now, not verified"
    lines = [(f"Verdict: {word.replace('-', ' ')} ({known})", f"bold {tone(word)}".strip())]
    if verdict["sentence"]:
        lines.append((str(verdict["sentence"]), tone(suggested)))
    if word != suggested:
        own, computed = word.replace("-", " "), suggested.replace("-", " ")
        words = f"Computed was {computed}; {check.verified_by} put {own}: {check.override_reason}"
        lines.append((words, WARN))
    if verdict["at_a_cost"] or (check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()):
        lines += _cost_lines(iteration)
    if check.verified:
        lines.append((f"Closes as: {verdict['closes_as']}", QUIET))
    return lines


def _cost_lines(iteration: Iteration) -> list[StyledLine]:
    check = iteration.check
    if check.cost_accepted_by.strip() and check.cost_accepted_reason.strip():
        return [(f"Cost accepted by {check.cost_accepted_by}: {check.cost_accepted_reason}", QUIET)]
    return [("At a cost: it closes as partly until the sponsor accepts that, by name and reason (More).", BAD)]


_HELD = {True: ", held (limit {})", False: ", slipped past its limit {}", None: ""}


def momentum_lines(improvement: Improvement, iteration: Iteration, today: date) -> list[StyledLine]:
    """Return what was gained, how the sustain checks stand, and a relapse."""
    lines = (
        verdict_lines(improvement, iteration)
        if iteration.check.verified
        else [("Step 6 is not verified yet: what was gained or missing is not known.", QUIET)]
    )
    for check in iteration.momentum.sustain_checks:
        late = check.open and bool(check.due) and check.due < today.isoformat()
        state = (
            f"{check.result}{_HELD[holds(iteration, check)].format(check.limit)}"
            if check.recorded
            else check.waived or ("taken over" if check.taken_over_by else "open")
        )
        lines.append((f"{'!' if late else '·'} {check.due} sustain check: {state}", BAD if late else PLAIN))
    return lines


def metric_lines(improvement: Improvement, iteration: Iteration, metric: str) -> str:
    """Return what one metric says, for the line under its picture."""
    one = measure(improvement, iteration).of(metric)
    return one.sentence if one else ""


def metric_summary(improvement: Improvement, iteration: Iteration, metric: str) -> str:
    """Return what the readings of one metric say so far, caveats included."""
    one = measure(improvement, iteration).of(metric)
    if one is None:
        return ""
    return "\n".join((baseline_words(one), *(f"◇ {each}" for each in caveats(one))))
