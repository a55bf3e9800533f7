"""Which values can no longer be changed, and which results a change of agreed data moves."""

from collections.abc import Collection
from datetime import date

from cimodel_tui.model.check import KEEP_MEASURING, REVISIT, Check, anything_gained
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.place import REGISTER, Place
from cimodel_tui.model.stretch import readings_in, result_from, result_stretch

_WORKED_OUT = frozenset(("seal", "amendments", "measured", "verdict", "counts_to"))
_GIVEN_ONCE = frozenset(("id", "ref", "was", "readings"))
_VERIFIED = ("verified_by", "verified_on", "counts_to", "measured", "verdict")


def is_typed(place: Place) -> bool:
    """Return whether the answer at a place is typed; others result from agreeing, verifying, adding and reading."""
    return place.field not in (_GIVEN_ONCE if place.step == REGISTER else _WORKED_OUT)


def may_change(iteration: Iteration, step: str, field: str, *, has_successor: bool) -> bool:
    """Return whether an answer can still be changed: an iteration is history once its successor has begun.

    Its sustain checks are recorded until the last is in; after a revisit its step 7 stays open for what was gained.
    """
    if not has_successor:
        return True
    if step != "momentum":
        return False
    owed = field == "sustain_checks" and any(row.open for row in iteration.momentum.sustain_checks)
    return owed or (iteration.check.decision == REVISIT and anything_gained(iteration.check))


def objection(before: Iteration, after: Iteration, today: date, opened: Collection[str] = ()) -> str:
    """Return why a change of an iteration cannot be made, in words; empty where it can.

    A verified check stays as it was verified. Its sustain checks are recorded when their day has come, waived, or taken
    over by an iteration that is `opened` with this change; they are not removed.
    """
    if not before.check.verified:
        return ""
    return _about_check(before.check, after.check) or _about_sustaining(
        before.momentum.sustain_checks, after.momentum.sustain_checks, today, opened
    )


def _about_check(before: Check, after: Check) -> str:
    if any(getattr(before, name) != getattr(after, name) for name in _VERIFIED):
        return f"verified by {before.verified_by} on {before.verified_on}: that stays on record"
    if after.decision == KEEP_MEASURING != before.decision:
        return "it is verified already: measuring goes on in the next iteration"
    return ""


def _about_sustaining(
    before: tuple[SustainCheck, ...], after: tuple[SustainCheck, ...], today: date, opened: Collection[str]
) -> str:
    known = {row.id: row for row in before}
    if known.keys() - {row.id for row in after}:
        return "a sustain check is recorded, or waived with a reason; it is not taken away"
    if any(row.recorded and row != known.get(row.id) and row.recorded_on > today.isoformat() for row in after):
        return "a sustain check is recorded when its day has come, not before"
    takeovers = {row.taken_over_by for row in after if row.taken_over_by != _taken_over_by(known.get(row.id))}
    return "" if takeovers <= {*opened, ""} else "a sustain check is taken over by starting the next iteration"


def _taken_over_by(row: SustainCheck | None) -> str:
    return row.taken_over_by if row else ""


def moved_result(improvement: Improvement, before: Iteration, after: Iteration) -> tuple[str, str] | None:
    """Return the first day of the result before and after, where it moved although a reading lay in it."""
    old, new = result_from(before), result_from(after)
    stretch = result_stretch(before)
    if old == new or old is None or stretch is None:
        return None
    metrics = (metric.id for metric in before.baseline.metrics)
    if not any(any(readings_in(improvement, metric, stretch)) for metric in metrics):
        return None
    return old.isoformat(), new.isoformat() if new else ""
