"""Agreements: what a seal covers of the baseline and of the target, whether it holds, and what is immutable then."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import TypeAlias

from cimodel_tui.model.answer import Json, Row
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import KEEP_MEASURING, REVISIT, Check, anything_gained
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration, Stretch, baseline_stretch, readings_in, result_from, result_stretch
from cimodel_tui.model.momentum import SustainCheck
from cimodel_tui.model.seal import Amendment, Seal, apply_amendments, broken_links, differences, fingerprint
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.model.target import Target
from cimodel_tui.record import with_values

SEALED_STEPS = ("baseline", "target")
"""The steps whose answers are agreed and sealed."""


def sealed_copy(improvement: Improvement, iteration: Iteration, step: str) -> dict[str, Json]:
    """Return the present values that a seal of this step covers, as nested mappings by names and ids."""
    return _baseline(improvement, iteration) if step == "baseline" else _target(iteration)


def _baseline(improvement: Improvement, iteration: Iteration) -> dict[str, Json]:
    part = iteration.baseline
    stretch = Stretch(as_day(part.first_on), as_day(part.last_on))
    return {
        "agreed_by": part.agreed_by,
        "agreed_on": part.agreed_on,
        "first_on": part.first_on,
        "last_on": part.last_on,
        "metrics": _metrics(part.metrics),
        "readings": {metric.id: _readings(improvement, metric.id, stretch) for metric in part.metrics},
    }


def _target(iteration: Iteration) -> dict[str, Json]:
    part = iteration.target
    return {
        "agreed_by": part.agreed_by,
        "agreed_on": part.agreed_on,
        "limits": _rows(part.limits),
        "targets": _rows(part.targets),
    }


def _metrics(metrics: tuple[Metric, ...]) -> dict[str, Json]:
    """Return the metrics without where their readings are fetched, and with a recipe only where there is one."""
    rows = _rows(metrics)
    for row in rows.values():
        if isinstance(row, dict):
            del row["feed"]
            if row["recipe"] is None:
                del row["recipe"]
    return rows


_DEFAULTS: Mapping[str, Json] = {"kind": "value", "per": "", "zone": ""}
"""Fields that a seal of format 1 lacks, with the value that every metric had then; an absent total has no key."""


def with_defaults(copy: dict[str, Json]) -> dict[str, Json]:
    """Return a sealed copy with the fields that its format did not have yet."""
    metrics = copy.get("metrics")
    if not isinstance(metrics, dict):
        return copy
    full: dict[str, Json] = {
        metric: {**_DEFAULTS, **row} if isinstance(row, dict) else row for metric, row in metrics.items()
    }
    return {**copy, "metrics": full}


def _rows(rows: tuple[Row, ...]) -> dict[str, Json]:
    return {row.id: {key: value for key, value in asdict(row).items() if key != "id"} for row in rows}


def _readings(improvement: Improvement, metric: str, stretch: Stretch) -> dict[str, Json]:
    found = readings_in(improvement, metric, stretch)
    return {day.isoformat(): {"value": each.value, "of": each.of, "set_aside": each.set_aside} for day, each in found}


def fix_stretch(improvement: Improvement, iteration: Iteration) -> Iteration:
    """Return the iteration with the first and last day of its baseline written down."""
    stretch = baseline_stretch(iteration)
    days = [day for metric in iteration.baseline.metrics for day, _ in readings_in(improvement, metric.id, stretch)]
    if not days:
        return iteration
    part = iteration.baseline
    fixed = replace(
        part,
        first_on=part.first_on if as_day(part.first_on) else min(days).isoformat(),
        last_on=part.last_on if as_day(part.last_on) else max(days).isoformat(),
    )
    return replace(iteration, baseline=fixed)


def with_seal(improvement: Improvement, iteration: Iteration, step: str, *, by: str, on: str, at: str) -> Iteration:
    """Return the iteration with this step agreed: who, when, a copy of what was agreed and its fingerprint."""
    if step == "baseline":
        iteration = fix_stretch(improvement, iteration)
    iteration = _with(iteration, step, agreed_by=by, agreed_on=on)
    copy = sealed_copy(improvement, iteration, step)
    seal = Seal(by=by, on=on, at=at, sha256=fingerprint(copy), copy=copy)
    return _with(iteration, step, seal=seal, amendments=())


def _with(iteration: Iteration, step: str, **changes: object) -> Iteration:
    part = sealed_part(iteration, step)
    return with_values(iteration, {step: with_values(part, changes)})


def sealed_part(iteration: Iteration, step: str) -> Baseline | Target:
    """Return the part of a step that can be sealed."""
    return iteration.baseline if step == "baseline" else iteration.target


Difference: TypeAlias = tuple[tuple[str, ...], Json, Json]
"""Path, value before and value after."""


def unamended_differences(improvement: Improvement, iteration: Iteration, step: str) -> tuple[Difference, ...]:
    """Return path, before and after of what neither the seal nor an amendment accounts for."""
    part = sealed_part(iteration, step)
    if part.seal is None:
        return ()
    agreed = with_defaults(apply_amendments(part.seal.copy, part.amendments))
    found = differences(agreed, sealed_copy(improvement, iteration, step))
    return tuple(each for each in found if not _is_how_it_is_read(each[0], each[1]))


_HOW_READ = frozenset(
    ("encoding", "delimiter", "sheet", "dates", "decimal", "date", "note", "first", "key", "incomplete", "settle")
)
"""Keys of a recipe that say how a file is read and not what is counted."""

RECKONED = "reckoned"
"""Key of a recipe: the day on which the readings of the agreed baseline were recalculated by it."""


def counting(recipe: Mapping[str, object] | None) -> dict[str, object]:
    """Return what of a recipe decides how is counted: two that differ here give figures that cannot be compared."""
    return {key: value for key, value in (recipe or {}).items() if key not in _HOW_READ and key != RECKONED}


def sealed_recipe(iteration: Iteration, metric: str) -> Mapping[str, Json] | None:
    """Return the recipe of a metric that was agreed with its baseline, or None where no recipe was."""
    seal = iteration.baseline.seal
    metrics = seal.copy.get("metrics") if seal else None
    row = metrics.get(metric) if isinstance(metrics, Mapping) else None
    recipe = row.get("recipe") if isinstance(row, Mapping) else None
    return recipe if isinstance(recipe, Mapping) and recipe else None


def counted_same_way(iteration: Iteration, metric: Metric) -> bool:
    """Return whether a metric is counted as when its baseline was agreed, or its baseline was recalculated since."""
    agreed = sealed_recipe(iteration, metric.id)
    recipe = metric.recipe or {}
    return agreed is None or bool(recipe.get(RECKONED)) or counting(agreed) == counting(recipe)


def _is_how_it_is_read(path: tuple[str, ...], before: Json) -> bool:
    """Return whether a difference is no other way of counting: a recipe first saved after agreeing, or how it reads."""
    table, _, column, *key = (*path, "", "", "")
    if (table, column) != ("metrics", "recipe"):
        return False
    return key[0] in _HOW_READ if key[0] else before is None


def with_amendments(
    improvement: Improvement,
    iteration: Iteration,
    *,
    amend: Callable[[tuple[str, ...], Json, Json], Amendment],
    known: Mapping[str, Collection[Difference]] | None = None,
) -> Iteration:
    """Return the iteration with an amendment for every sealed value that no longer is what it was.

    What was changed past a seal before, and is `known` by step, is left as it is: a reason for one change explains no
    other one.
    """
    for step in SEALED_STEPS:
        explained = (known or {}).get(step, ())
        changes = [each for each in unamended_differences(improvement, iteration, step) if each not in explained]
        if changes:
            earlier = sealed_part(iteration, step).amendments
            iteration = _with(iteration, step, amendments=(*earlier, *(amend(*change) for change in changes)))
    return iteration


def seal_problems(improvement: Improvement, iteration: Iteration) -> tuple[str, ...]:
    """Return a sentence for every broken seal: fingerprint against copy, copy and amendments against present values."""
    found = []
    for step in SEALED_STEPS:
        part = sealed_part(iteration, step)
        if part.seal is None:
            continue
        if fingerprint(part.seal.copy) != part.seal.sha256:
            found.append(f"the seal of step {step} does not fit its copy")
        found += [
            f"step {step}: the amendment of {' / '.join(each.path) or 'nothing'} does not start from what stood there"
            for each in broken_links(part.seal.copy, part.amendments, with_defaults)
        ]
        found += [
            f"step {step}: {' / '.join(path)} was changed past its seal"
            for path, _, _ in unamended_differences(improvement, iteration, step)
        ]
    return tuple(found)


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
