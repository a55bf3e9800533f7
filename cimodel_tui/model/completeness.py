"""What is missing before a step counts as complete. It informs and never blocks."""

from collections.abc import Iterator

from cimodel_tui.model.action import ENDED
from cimodel_tui.model.answer import Row, blank, label, row_of, stars, unanswered
from cimodel_tui.model.check import KEEP_MEASURING, REVISIT, anything_gained, anything_missing
from cimodel_tui.model.improvement import TITLE_LENGTH, Improvement
from cimodel_tui.model.iteration import Iteration, baseline_stretch, readings_in, result_stretch
from cimodel_tui.model.momentum import NONE, ON_A_DATE
from cimodel_tui.model.step import REGISTER, STEP_KEYS, STEPS, Place
from cimodel_tui.record import dataclass

NEEDED = "needed"
"""The message for a missing answer."""

MOST_METRICS = 5
"""With more metrics than this none gets attention."""

_GAINED = {
    "controls",
    "daily_owner",
    "sustain_checks",
    "relapse_metric",
    "relapse_side",
    "relapse_limit",
    "relapse_count",
    "story_audience",
    "story_message",
    "story_channel",
    "story_sent_on",
}
_SHORT = {"why_short", "told"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that a step still needs."""

    place: Place
    """Where it belongs."""
    words: str
    """What is needed, in plain words."""


def missing(improvement: Improvement, iteration: Iteration, step: str) -> tuple[Missing, ...]:
    """Return what a step of an iteration still needs, in the order of its fields."""
    needed = _needed(improvement, iteration, step)
    return tuple(Missing(Place(improvement.id, iteration.id, *where), words) for where, words in needed)


def missing_in_entry(improvement: Improvement) -> tuple[Missing, ...]:
    """Return what the register entry itself still needs."""
    found = [(name, NEEDED) for name in stars(improvement, improvement.size) if blank(getattr(improvement, name))]
    if not TITLE_LENGTH[0] <= len(improvement.title.strip()) <= TITLE_LENGTH[1] and improvement.title.strip():
        found.append(("title", "{} to {} characters say it best".format(*TITLE_LENGTH)))
    if improvement.is_set_aside:
        required = (("standing_reason", "why?"), ("look_again_on", "on which day is it looked at again?"))
        found += [(name, words) for name, words in required if blank(getattr(improvement, name))]
    return tuple(Missing(Place(improvement.id, step=REGISTER, field=name), words) for name, words in found)


def complete(improvement: Improvement, iteration: Iteration, step: str) -> bool:
    """Return whether a step has all it needs."""
    return next(_needed(improvement, iteration, step), None) is None


def current_step(improvement: Improvement, iteration: Iteration) -> str:
    """Return the key of the first step that still needs something, the last one where none does."""
    return next((step.key for step in STEPS if not complete(improvement, iteration, step.key)), STEPS[-1].key)


_Found = Iterator[tuple[tuple[str, ...], str]]


def _needed(improvement: Improvement, iteration: Iteration, step: str) -> _Found:
    yield from _unanswered_fields(improvement, iteration, step)
    yield from _RULES[step](improvement, iteration)


def _unanswered_fields(improvement: Improvement, iteration: Iteration, step: str) -> _Found:
    part = iteration.part(step)
    for name in starred_fields(improvement, iteration, step):
        if unanswered(part, name):
            yield (step, name), NEEDED
    for name in part.__dataclass_fields__:
        rows = getattr(part, name)
        if isinstance(rows, tuple):
            yield from _unanswered_in_rows(improvement, step, name, rows)
    if asks_still_true(iteration, step) and not part.still_true:
        yield (step, "still_true"), "is this still true?"


def starred_fields(improvement: Improvement, iteration: Iteration, step: str) -> tuple[str, ...]:
    """Return the names of the answers that a step asks for as things stand."""
    return tuple(name for name in stars(iteration.part(step), improvement.size) if _applies(iteration, name))


def _applies(iteration: Iteration, name: str) -> bool:
    """Step 7 asks for what holds a gain where one was made, and for what is missing where something is.

    After a revisit the next iteration is the one that it opened.
    """
    if name == "next":
        return iteration.check.decision != REVISIT
    if name in _GAINED:
        return anything_gained(iteration.check) or not iteration.check.verified
    return anything_missing(iteration.check) if name in _SHORT else True


def _unanswered_in_rows(improvement: Improvement, step: str, name: str, rows: tuple[object, ...]) -> _Found:
    for row in rows:
        if isinstance(row, Row) and not (step == "target" and name in ("targets", "limits")):
            for column in stars(row, improvement.size):
                if unanswered(row, column):
                    yield (step, name, row.id, column), f"{label(column).lower()} is needed"


def asks_still_true(iteration: Iteration, step: str) -> bool:
    """Return whether this part was copied from the iteration before and has to be looked at again.

    The vision is asked for in every later iteration. After a revisit so is the step that it was entered at, with the
    copied ones after it; a next iteration that was started from step 7 has new ones.
    """
    if iteration.number == 1 or step in ("check", "momentum"):
        return False
    if step == "vision":
        return True
    if step == "action":
        return iteration.entered_at == "action"
    revisited = bool(iteration.reason.strip())
    return revisited and STEP_KEYS.index(step) >= STEP_KEYS.index(iteration.entry)


def _vision(_improvement: Improvement, _iteration: Iteration) -> _Found:
    yield from ()


def _baseline(improvement: Improvement, iteration: Iteration) -> _Found:
    part = iteration.baseline
    if part.metrics and not any(metric.is_outcome for metric in part.metrics):
        yield ("baseline", "metrics"), "one metric has to be an outcome"
    if len(part.metrics) > MOST_METRICS:
        yield ("baseline", "metrics"), f"more than {MOST_METRICS}: which ones would change a decision?"
    stretch = baseline_stretch(iteration)
    for metric in part.metrics:
        counted = (each for _, each in readings_in(improvement, metric.id, stretch) if each.set_aside is None)
        if metric.is_outcome and not any(counted):
            yield (
                ("baseline", "metrics", metric.id, "readings"),
                f"{metric.name or 'the metric'} needs a baseline reading",
            )
    if part.agreed_by and part.agreed_on and part.seal is None:
        yield ("baseline", "agreed_on"), "not agreed yet: press Agree"


def _target(improvement: Improvement, iteration: Iteration) -> _Found:
    part = iteration.target
    if improvement.size != "S" and blank(improvement.owner):
        yield ("target", "owner"), "the improvement needs an owner from here on"
    for metric in iteration.baseline.metrics:
        if metric.is_outcome:
            yield from _promise(improvement, iteration, metric.id, metric.name)
        if metric.role == "balancing" and improvement.size != "S":
            limit = next((row for row in part.limits if row.id == metric.id), None)
            if limit is None or not (limit.value.strip() or limit.low.strip() or limit.high.strip()):
                yield ("target", "limits", metric.id, "value"), f"{metric.name} needs its limit"
    if part.agreed_by and part.agreed_on and part.seal is None:
        yield ("target", "agreed_on"), "not agreed yet: press Agree"


def _promise(improvement: Improvement, iteration: Iteration, metric: str, name: str) -> _Found:
    promise = next((row for row in iteration.target.targets if row.id == metric), None)
    if promise is None:
        yield ("target", "targets", metric, "value"), f"{name} needs a target"
        return
    ranged = promise.low.strip() and promise.high.strip()
    for column in stars(promise, improvement.size):
        if unanswered(promise, column) and not (column == "value" and ranged):
            yield ("target", "targets", metric, column), f"{label(column).lower()} is needed"
    if promise.rule in ("mean-of-last", "each-of-last") and blank(promise.rule_n):
        yield ("target", "targets", metric, "rule_n"), "how many readings does the rule take?"


def _plan(_improvement: Improvement, _iteration: Iteration) -> _Found:
    yield from ()


def _action(_improvement: Improvement, iteration: Iteration) -> _Found:
    if not iteration.plan.actions:
        yield ("action", "progress"), "step 4 has no action yet"
    carried = {row.id for row in iteration.momentum.carried if row.decision}
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        if progress.status not in ENDED and action.id in carried:
            continue
        if progress.status not in ENDED:
            yield ("action", "progress", action.id, "status"), f"{action.what or 'an action'}: not done yet"
        elif progress.status == "dropped" and blank(progress.dropped_because):
            yield ("action", "progress", action.id, "dropped_because"), "why was it dropped?"


def _check(improvement: Improvement, iteration: Iteration) -> _Found:
    part, stretch = iteration.check, result_stretch(iteration)
    for metric in iteration.baseline.metrics:
        quiet = metric.kind == "events" and stretch is not None  # no event in the result is a result
        if metric.is_outcome and not quiet and not (stretch and any(readings_in(improvement, metric.id, stretch))):
            yield ("check", "measured", metric.id), f"{metric.name or 'the metric'} needs a result reading"
    if not part.lessons:
        yield ("check", "keep"), "one lesson at least"
    if part.verified_by and part.verified_on and not part.verified:
        yield ("check", "verified_on"), "not verified yet: press Verify"
    if part.override and blank(part.override_reason):
        yield ("check", "override_reason"), "an override needs a reason"
    if part.decision == REVISIT:
        yield from (
            (("check", name), "a revisit needs it")
            for name in ("revisit_step", "decision_reason")
            if blank(getattr(part, name))
        )
    if part.decision == KEEP_MEASURING and blank(part.measure_until):
        yield ("check", "measure_until"), "until when?"


def _momentum(_improvement: Improvement, iteration: Iteration) -> _Found:
    part = iteration.momentum
    for action in iteration.plan.actions if iteration.check.decision != REVISIT else ():
        if iteration.progress(action.id).status not in ENDED:
            carried = row_of(part.carried, action.id)
            if carried is None or blank(getattr(carried, "decision", "")):
                yield ("momentum", "carried", action.id, "decision"), f"{action.what}: carry it or drop it?"
    if part.next == ON_A_DATE and blank(part.next_on):
        yield ("momentum", "next_on"), "on which date?"
    if part.next == NONE and blank(part.next_reason):
        yield ("momentum", "next_reason"), "none needs a reason"


_RULES = {
    "vision": _vision,
    "baseline": _baseline,
    "target": _target,
    "plan": _plan,
    "action": _action,
    "check": _check,
    "momentum": _momentum,
}
