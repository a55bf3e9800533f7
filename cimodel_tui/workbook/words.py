"""What the panels and the dashboard say, in lines: each a text and the style of the theme in which it is shown."""

from datetime import date

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.outcome import final_word
from cimodel_tui.model.step import step_of
from cimodel_tui.workbook.book import Workbook
from cimodel_tui.workbook.due import due_of
from cimodel_tui.workbook.measured import One, measure
from cimodel_tui.workbook.summary import relapsed

StyledLine = tuple[str, str]
"""A text, and the style in which it is shown."""

_GOOD, _PLAIN, _QUIET, _WARN, _BAD = "$text-success", "", "$text-muted", "$text-warning", "$text-error"

_TONES = {
    "achieved": _GOOD,
    "held": _GOOD,
    "met-thin": _GOOD,
    "met-unclear": _WARN,
    "met-not-shown": _WARN,
    "held-slipping": _WARN,
    "better-not-there": _WARN,
    "partly": _WARN,
    "worse": _BAD,
    "lost": _BAD,
}


def tone(word: str) -> str:
    """Return the style of a verdict; its word always stands beside the colour."""
    return _TONES.get(word, _PLAIN)


def baseline_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return for each metric what its baseline says so far, with its caveats."""
    lines: list[StyledLine] = []
    for one in measure(improvement, iteration).metrics:
        lines.append((f"{one.called}: {one.baseline_words}", _PLAIN))
        lines += [(f"  ◇ {caveat}", _WARN) for caveat in one.caveats]
    return lines


def target_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return for each metric with a target the way there, and whether anyone could even tell."""
    lines: list[StyledLine] = []
    for one in measure(improvement, iteration).metrics:
        if one.promise:
            lines.append((f"{one.called}: {one.gap_words}", _PLAIN))
            lines += [(f"  ◇ {word}", _WARN if "luck" in word else _QUIET) for word in one.could_tell]
    drafted = measure(improvement, iteration).objective
    if drafted and not iteration.target.sentence.strip():
        lines.append((f"In one sentence: {drafted}", _QUIET))
    return lines


def action_lines(iteration: Iteration, today: date) -> list[StyledLine]:
    """Return how far the actions are; 100 % done is never shown as improved."""
    actions = iteration.plan.actions
    if not actions:
        return [("No action yet: step 4 is where they are planned.", _QUIET)]
    progress = {row.id: iteration.progress(row.id) for row in actions}
    done = sum(row.status == "done" for row in progress.values())
    dropped = sum(row.status == "dropped" for row in progress.values())
    blocked = sum(row.status == "blocked" for row in progress.values())
    late = sum(
        bool(row.due) and row.due < today.isoformat() and progress[row.id].status not in ENDED for row in actions
    )
    bar = "█" * round(20 * done / len(actions))
    parts = [f"{done} of {len(actions)} done"]
    parts += [
        f"{count} {word}" for count, word in ((dropped, "dropped"), (blocked, "blocked"), (late, "late")) if count
    ]
    lines = [(f"{bar:░<20} {', '.join(parts)}", _BAD if late or blocked else _PLAIN)]
    if done + dropped == len(actions):
        lines.append(("All done is not yet better: step 6 compares the numbers.", _WARN))
    return lines


def check_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return the verdict and what each metric says, baseline, target and achieved side by side."""
    measured = measure(improvement, iteration)
    lines = verdict_lines(improvement, iteration)
    for one in measured.metrics:
        lines.append((f"{one.called}: {one.side_by_side}", _PLAIN))
        lines.append((f"  {one.sentence}", tone(one.word)))
    return lines


def verdict_lines(improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return the verdict of the iteration, what it cost, and a person's own verdict with its reason."""
    check, verdict = iteration.check, measure(improvement, iteration).verdict
    word = final_word(check) or str(verdict.get("word") or "")
    if not word:
        return [("No verdict yet: an outcome metric needs a target.", _QUIET)]
    known = "on record" if check.verified else "as it stands now, not verified"
    lines = [(f"Verdict: {word} ({known}). {verdict.get('sentence') or ''}".rstrip(), f"bold {tone(word)}".strip())]
    if word != verdict.get("word"):
        lines.append(
            (f"Computed was {verdict.get('word')}; {check.verified_by} put {word}: {check.override_reason}", _WARN)
        )
    costs = verdict.get("at_a_cost")
    if isinstance(costs, list) and costs:
        lines.append((f"At a cost: {', '.join(map(str, costs))}", _BAD))
        if check.cost_accepted_by.strip() and check.cost_accepted_reason.strip():
            lines.append((f"Accepted by {check.cost_accepted_by}: {check.cost_accepted_reason}", _QUIET))
    return lines


def momentum_lines(improvement: Improvement, iteration: Iteration, today: date) -> list[StyledLine]:
    """Return what was gained, how the sustain checks stand, and a relapse."""
    lines = (
        verdict_lines(improvement, iteration)
        if iteration.check.verified
        else [("Step 6 is not verified yet: what was gained or missing is not known.", _QUIET)]
    )
    for check in iteration.momentum.sustain_checks:
        late = check.open and bool(check.due) and check.due < today.isoformat()
        state = (
            f"{check.result}"
            if check.recorded_on
            else check.waived or ("taken over" if check.taken_over_by else "open")
        )
        lines.append((f"{'!' if late else '·'} {check.due} sustain check: {state}", _BAD if late else _PLAIN))
    return lines


def metric_lines(improvement: Improvement, iteration: Iteration, metric: str) -> str:
    """Return what one metric says, for the line under its picture."""
    one = measure(improvement, iteration).of(metric)
    return f"  {one.sentence}" if one else ""


def steering_line(book: Workbook, improvement: Improvement, iteration: Iteration) -> str:
    """Return the one line that a steering group reads."""
    measured = measure(improvement, iteration)
    word = final_word(iteration.check) or str(measured.verdict.get("word") or "no verdict yet")
    parts = [word.replace("-", " ")]
    parts += [one.steering for one in measured.metrics if one.promise and one.steering][:1]
    costs = measured.verdict.get("at_a_cost")
    if isinstance(costs, list) and costs:
        parts.append(f"at a cost: {', '.join(map(str, costs))}")
    if improvement.decision_what:
        by = f", by {improvement.decision_by}" if improvement.decision_by else ""
        parts.append(f"decide: {improvement.decision_what} ({improvement.decision_from}{by})")
    if iteration.check.cost_so_far:
        parts.append(f"spent {iteration.check.cost_so_far}")
    since = relapsed(book, improvement)
    return " · ".join([*parts, f"relapsed since {since}"] if since else parts)


def dashboard_lines(book: Workbook, improvement: Improvement, iteration: Iteration) -> list[StyledLine]:
    """Return verdict, decision, progress, the way over the iterations, and what is due next."""
    check, today = iteration.check, book.clock.today()
    lines = verdict_lines(improvement, iteration)
    if check.decision:
        to = f" {step_of(check.revisit_step).heading}" if check.revisit_step else ""
        lines.append((f"Decision: {check.decision}{to}. {check.decision_reason}".rstrip(), _PLAIN))
    lines += action_lines(iteration, today)
    lines.append((_way(book, improvement), _QUIET))
    lines += [
        (f"{'!' if each.days < 0 else '·'} {each.due} {each.kind}: {each.what}", _BAD if each.days < 0 else _PLAIN)
        for each in due_of(book, improvement)
    ]
    return lines


def _way(book: Workbook, improvement: Improvement) -> str:
    """Return the path over the iterations: 1 to 6, back to 2, on to 4."""
    parts = []
    for each in book.iterations(improvement.id):
        entered = step_of(each.entered_at).number
        word = final_word(each.check)
        start = f"iteration {each.number}" + (f" (from step {entered})" if each.reason else "")
        parts.append(f"{start}: {word}" if word else start)
    return "The way: " + " → ".join(parts)


def metric_summary(improvement: Improvement, iteration: Iteration, metric: str) -> str:
    """Return what the readings of one metric say so far, caveats included."""
    one: One | None = measure(improvement, iteration).of(metric)
    if one is None:
        return ""
    return "\n".join((one.baseline_words, *(f"◇ {each}" for each in one.caveats)))
