"""The panels of the steps: lines of text, each with its tone."""

from collections import Counter
from datetime import date

from cimodel_tui import coach
from cimodel_tui.measurement import difference_words
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.check import MET, closing
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, result_from
from cimodel_tui.model.step import step_of
from cimodel_tui.views.history import broken_seals
from cimodel_tui.views.measurements import WIDTH, metrics_table
from cimodel_tui.views.metrics import baseline_words, caveats, detectability_words, gap_words, objective
from cimodel_tui.views.tone import Tone, ToneLine, tone_of_verdict
from cimodel_tui.workbook.measure import MeasuredMetric, measure
from cimodel_tui.workbook.sustain import holds

REVISIT_REASONS = {
    "vision": "the aim is no longer wanted",
    "baseline": "the number is not trusted, or the causes were never found",
    "target": "the target was wrong",
    "plan": "it was the wrong lever",
    "action": "it was not finished, or not adopted",
}
"""When to go back to which step."""

_WRONG_LEVER = "the actions are done, and the numbers say that they were not enough"


def suggested_revisit(improvement: Improvement, iteration: Iteration, today: date | None = None) -> tuple[str, str]:
    """Return the step that a failed check points back to, and why; empty if the targets are met or it is too early.

    The reasons are tried in an order in which a later one means nothing without the earlier ones.
    """
    words = {one.word for one in measure(improvement, iteration, today).metrics if one.promise}
    if not words - {*MET, "too-early", ""}:
        return "", ""
    candidates = (candidate for candidate in _revisit_candidates(iteration, words) if candidate[1])
    return next(candidates, ("plan", _WRONG_LEVER))


def _revisit_candidates(iteration: Iteration, words: set[str]) -> tuple[tuple[str, str], ...]:
    actions, metrics = iteration.plan.actions, iteration.baseline.metrics
    unfinished = [each for each in actions if iteration.progress(each.id).status not in ENDED]
    guessed = [each for each in metrics if each.is_outcome and each.how_known in ("estimated", "assumed")]
    ranked = any(each.share.strip() for each in iteration.baseline.causes)
    return (
        ("baseline", "the baseline was never agreed" if "cannot-tell" in words else ""),
        ("baseline", f"{guessed[0].name} is {guessed[0].how_known}, not measured" if guessed else ""),
        ("action", f"{len(unfinished)} of {len(actions)} actions are neither done nor dropped" if unfinished else ""),
        ("baseline", "" if ranked else "the causes were never ranked"),
        ("target", "it went beyond the far end of the range" if "overshot" in words else ""),
    )


def revisit_words(improvement: Improvement, iteration: Iteration, today: date | None = None) -> str:
    """Return in one line the step that a failed check points back to; empty without one."""
    step, why = suggested_revisit(improvement, iteration, today)
    return f"This points back to step {step_of(step).heading} ({why})." if step else ""


def seal_lines(improvement: Improvement, iteration: Iteration) -> list[ToneLine]:
    """Return warnings of broken seals, to be shown wherever figures depend on them."""
    return [ToneLine(f"! {words}", Tone.BAD) for words in broken_seals(improvement, iteration)]


def baseline_lines(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the baseline of each metric so far, with its caveats."""
    lines = seal_lines(improvement, iteration)
    for one in measure(improvement, iteration, today).metrics:
        lines.append(ToneLine(f"{one.display_name}: {baseline_words(one)}"))
        lines += [ToneLine(f"  ◇ {caveat}", Tone.WARNING) for caveat in caveats(one)]
    return lines


def target_lines(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the gap of each metric with a target, and whether the change can be detected."""
    lines = seal_lines(improvement, iteration)
    for one in measure(improvement, iteration, today).metrics:
        if one.promise:
            lines.append(ToneLine(f"{one.display_name}: {gap_words(one)}"))
            words, by_luck = detectability_words(one, result_from(iteration))
            lines += [ToneLine(f"  ◇ {words}", Tone.WARNING if by_luck else Tone.QUIET)] if words else []
    drafted = objective(measure(improvement, iteration, today))
    if drafted and not iteration.target.sentence.strip():
        lines.append(ToneLine(f"In one sentence: {drafted}", Tone.QUIET))
    return lines


_BAR = 10
"""Cells of the bar that shows how many actions are done: the words beside it stay on its line."""


def action_counts(iteration: Iteration, today: date) -> list[str]:
    """Return how many actions are done, and how many dropped, blocked and late where there are any."""
    actions = iteration.plan.actions
    states = {row.id: iteration.progress(row.id).status for row in actions}
    count = Counter(states.values())
    late = sum(bool(row.due) and row.due < today.isoformat() and states[row.id] not in ENDED for row in actions)
    others = (("dropped", count["dropped"]), ("blocked", count["blocked"]), ("late", late))
    return [f"{count['done']} of {len(actions)} done", *(f"{many} {word}" for word, many in others if many)]


def action_lines(iteration: Iteration, today: date) -> list[ToneLine]:
    """Return how far the actions are; 100 % done is never shown as improved."""
    actions = iteration.plan.actions
    if not actions:
        return [ToneLine("No actions yet. Plan them in step 4.", Tone.QUIET)]
    states = [iteration.progress(row.id).status for row in actions]
    bar = "█" * round(_BAR * states.count("done") / len(actions))
    parts = action_counts(iteration, today)
    tone = Tone.BAD if any(part.endswith(("late", "blocked")) for part in parts) else Tone.PLAIN
    lines = [ToneLine(f"{bar:░<{_BAR}} {', '.join(parts)}", tone)]
    if all(state in ENDED for state in states) and not iteration.check.verified:
        lines.append(ToneLine("All actions done does not mean better: step 6 compares the numbers.", Tone.WARNING))
    return lines


def result_summary(
    improvement: Improvement, iteration: Iteration, today: date | None = None, width: int = WIDTH
) -> list[ToneLine]:
    """Return the verdict, the metrics side by side in so many cells, and the step a failed check points back to."""
    table = metrics_table(measure(improvement, iteration, today).metrics, width)
    lines = verdict_lines(improvement, iteration, today)
    lines += [ToneLine(row, strong=bool(at), tone=Tone.PLAIN if at else Tone.QUIET) for at, row in enumerate(table)]
    back = revisit_words(improvement, iteration, today)
    return [*lines, ToneLine(f"↩ {back}", Tone.WARNING)] if back else lines


def check_lines(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the verdict, the metrics side by side, and a sentence about each."""
    return [*result_summary(improvement, iteration, today), *check_details(improvement, iteration, today)]


def check_details(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the details of each metric, and the change of the same months last year."""
    lines = metrics_lines(improvement, iteration, today)
    return [*lines, *_season_lines(improvement, iteration, today)]


def _season_lines(improvement: Improvement, iteration: Iteration, today: date | None) -> list[ToneLine]:
    """Return what the same months did last year, as facts; where they explain the change the coach asks instead."""
    situation = coach.finding.Situation(improvement=improvement, iteration=iteration, today=today or date.min)
    return [ToneLine(f"  · {words}", Tone.QUIET) for words in coach.check.seasons(situation)]


def metrics_lines(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the sentence, signal, outlook and caveats of each metric."""
    found, lines = measure(improvement, iteration, today), list[ToneLine]()
    for one in found.metrics:
        in_verdict = one.sentence in str(found.verdict["sentence"])
        lines += [ToneLine(""), ToneLine(one.display_name if in_verdict else one.sentence, tone_of_verdict(one.word))]
        lines += [ToneLine(f"  · {words}", Tone.QUIET) for words in _metric_details(one)]
        lines += [ToneLine(f"  ◇ {caveat}", Tone.WARNING) for caveat in caveats(one)]
    return lines


def _metric_details(one: MeasuredMetric) -> tuple[str, ...]:
    """Return signal and outlook, as far as there is a result and the sentence does not tell them already."""
    if not one.case.question.after:
        return ()
    level, outlook = one.stored_sentence("level"), one.stored_sentence("outlook")
    without_side = level.partition(" by ")[2] or level
    words = difference_words(one.case)
    difference = f"likely change: {words}" if words else ""
    return tuple(filter(None, ("" if without_side in one.sentence else level, difference, outlook)))


_HEADLINES = {"achieved": "Achieved", "partly": "Partly", "not achieved": "Not achieved"}

_PRECISE_WORDS = {
    "met-unclear": "target met, but not clearly by the actions",
    "met-not-shown": "target met, no clear change",
    "met-thin": "target met, few readings",
    "better-not-there": "better, target not met",
    "not-there": "not met",
    "not-shown": "not met, no clear change",
    "already-there": "the baseline already met the target",
    "held-slipping": "held, but slipping",
    "unsettled": "readings point both ways",
    "overshot": "beyond the far end of the range",
}
"""The precise word of a verdict where it is not its own name."""


def precise_word(word: str) -> str:
    """Return a verdict in plain words: better, target not met."""
    return _PRECISE_WORDS.get(word, word.replace("-", " "))


def headline(word: str, *, thin_counts: bool = True) -> str:
    """Return Achieved, Partly, Not achieved, Cannot tell or Too early, with the precise word second."""
    precise = precise_word(word)
    if word in ("cannot-tell", "too-early"):
        return precise.capitalize()
    lead = _HEADLINES.get(closing(word, thin_counts=thin_counts), "Cannot tell")
    return lead if precise == lead.lower() else f"{lead}: {precise}"


def verdict_lines(improvement: Improvement, iteration: Iteration, today: date | None = None) -> list[ToneLine]:
    """Return the verdict of the iteration, and a person's own verdict with its reason."""
    check, verdict = iteration.check, measure(improvement, iteration, today).verdict
    word, suggested = str(verdict["word"]), str(verdict["suggested"])
    known = "verified" if check.verified else "as of today, not verified"
    headed = headline(word, thin_counts=verdict.get("thin_counts") is not False)
    lines = [
        *seal_lines(improvement, iteration),
        ToneLine(f"Verdict: {headed} ({known})", tone_of_verdict(word), strong=True),
    ]
    if verdict["sentence"]:
        lines.append(ToneLine(str(verdict["sentence"]), tone_of_verdict(suggested)))
    if word != suggested:
        own, computed = precise_word(word), precise_word(suggested)
        words = f"Computed: {computed}. {check.verified_by} overrode it with {own}: {check.override_reason}"
        lines.append(ToneLine(words, Tone.WARNING))
    names = verdict.get("not_known")
    if names and not (check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()):
        lines.append(ToneLine(_NOT_KNOWN, Tone.WARNING))
    if verdict["at_a_cost"] or (check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()):
        lines += _cost_lines(iteration)
    if check.verified:
        lines.append(ToneLine(f"Closes as: {verdict['closes_as']}", Tone.QUIET))
    return lines


def _cost_lines(iteration: Iteration) -> list[ToneLine]:
    check = iteration.check
    if check.cost_accepted_by.strip() and check.cost_accepted_reason.strip():
        return [ToneLine(f"Cost accepted by {check.cost_accepted_by}: {check.cost_accepted_reason}", Tone.QUIET)]
    return [
        ToneLine("At a cost: it closes as partly until the sponsor accepts the cost by name, with a reason.", Tone.BAD)
    ]


_NOT_KNOWN = (
    "Side effects not known: it closes as partly until they are measured, or the sponsor accepts that by name, with a "
    "reason."
)

_LIMIT_WORDS = {True: ", held (limit {})", False: ", slipped past its limit {}", None: ""}


def momentum_lines(improvement: Improvement, iteration: Iteration, today: date) -> list[ToneLine]:
    """Return the verdict and the state of the sustain checks."""
    lines = (
        verdict_lines(improvement, iteration, today)
        if iteration.check.verified
        else [ToneLine("Step 6 is not verified yet, so the result is not known.", Tone.QUIET)]
    )
    for check in iteration.momentum.sustain_checks:
        late = check.open and bool(check.due) and check.due < today.isoformat()
        state = (
            f"{check.result}{_LIMIT_WORDS[holds(iteration, check)].format(check.limit)}"
            if check.recorded
            else check.waived or ("taken over" if check.taken_over_by else "open")
        )
        words = f"{'!' if late else '·'} {check.due} sustain check: {state}"
        lines.append(ToneLine(words, Tone.BAD if late else Tone.PLAIN))
    return lines


def metric_line(improvement: Improvement, iteration: Iteration, metric: str, today: date | None = None) -> ToneLine:
    """Return the sentence of one metric, for the line under its picture."""
    one = measure(improvement, iteration, today).of(metric)
    return ToneLine(one.sentence, Tone.QUIET) if one else ToneLine("")


def metric_summary(improvement: Improvement, iteration: Iteration, metric: str, today: date | None = None) -> str:
    """Return the baseline of one metric so far in words, caveats included."""
    one = measure(improvement, iteration, today).of(metric)
    if one is None:
        return ""
    return "\n".join((baseline_words(one), *(f"◇ {each}" for each in caveats(one))))
