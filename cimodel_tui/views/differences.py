"""What changed between two states of a workbook, and what stands on either side of a conflict, in words.

The two states are matched by the ids of their documents, so a renamed improvement stays one improvement. Nothing here
reads a file: a state that does not exist (a new file, a deleted one) is None.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from cimodel_tui.model.answer import Json, Part, Row, label
from cimodel_tui.model.check import final_verdict
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import count
from cimodel_tui.model.step import STEP_KEYS, step_of
from cimodel_tui.record import dataclass
from cimodel_tui.views.history import Event, history_of
from cimodel_tui.views.panels import precise_word
from cimodel_tui.views.status import status_of
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.workbook.changes import Edit, compare
from cimodel_tui.workbook.workbook import Workbook


class Kind(StrEnum):
    """What kind of change it is, in the order in which changes are listed."""

    VERDICT = "verdict"
    """A verdict or a status is another one, an improvement or an iteration is new or gone."""
    AMENDED = "amended"
    """Something agreed was changed: from, to, why, who and when."""
    EVENT = "event"
    """Something was agreed, verified, decided or recorded."""
    READINGS = "readings"
    """Readings were added, restated or taken away."""
    ACTION = "action"
    """An action is new, removed or changed."""
    TEXT = "text"
    """An answer was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that changed."""

    kind: Kind
    """What kind of change."""
    words: str
    """What changed, in one sentence; texts are as they were typed."""
    iteration: int = 0
    """Number of the iteration; 0 for the register entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedImprovement:
    """One improvement with everything that changed in it."""

    ref: str
    """Its number for people."""
    title: str
    """What gets better."""
    changes: tuple[Difference, ...]
    """What changed, verdicts first."""

    @property
    def has_new_verdict(self) -> bool:
        """Whether its verdict or its status changed."""
        return any(each.kind is Kind.VERDICT for each in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookDifferences:
    """Everything that changed between two states of a workbook."""

    title: str
    """Title of the workbook, as it is now."""
    renamed_from: str
    """Its title before, where that is another one."""
    improvements: tuple[ChangedImprovement, ...]
    """The improvements that changed, those with another verdict first, each group in the order of refs."""


def differences(old: Workbook | None, new: Workbook | None) -> WorkbookDifferences:
    """Return what changed from the old state to the new one; None stands for a file that does not exist."""
    before = {each.id: each for each in old.improvements(archived=True)} if old else {}
    after = {each.id: each for each in new.improvements(archived=True)} if new else {}
    entries = [*after.values(), *(each for key, each in before.items() if key not in after)]
    found = [_compare_improvement(old, new, before.get(each.id), after.get(each.id)) for each in entries]
    changed = [each for each in found if each.changes]
    titles = [book.title for book in (old, new) if book]
    return WorkbookDifferences(
        title=titles[-1] if titles else "",
        renamed_from=titles[0] if titles and titles[0] != titles[-1] else "",
        improvements=tuple(sorted(changed, key=lambda each: (not each.has_new_verdict, each.ref))),
    )


def _compare_improvement(
    old: Workbook | None, new: Workbook | None, before: Improvement | None, after: Improvement | None
) -> ChangedImprovement:
    entry = after or before
    if entry is None:
        raise ValueError("an improvement stands on one side at least")
    if old is None or before is None:
        words = f"added, {status_of(new, entry)}" if new else "added"
        changes: Sequence[Difference] = (Difference(kind=Kind.VERDICT, words=words),)
    elif new is None or after is None:
        changes = (Difference(kind=Kind.VERDICT, words="removed"),)
    else:
        changes = sorted(_improvement_changes(old, new, before, after), key=lambda each: list(Kind).index(each.kind))
    return ChangedImprovement(ref=entry.ref, title=entry.title, changes=tuple(changes))


def _improvement_changes(old: Workbook, new: Workbook, before: Improvement, after: Improvement) -> Iterator[Difference]:
    was, now = status_of(old, before, measured=False), status_of(new, after, measured=False)
    if was != now:
        yield Difference(kind=Kind.VERDICT, words=f"{was} -> {now}")
    earlier = {each.id: each for each in old.iterations(before.id)}
    for iteration in new.iterations(after.id):
        yield from _verdict_change(earlier.get(iteration.id), iteration)
    yield from _new_events(history_of(old, before), history_of(new, after))
    yield from _reading_changes(old, new, before, after)
    yield from _answer_changes("", 0, compare(before, after))
    for iteration in new.iterations(after.id):
        if iteration.id in earlier:
            yield from _iteration_changes(earlier[iteration.id], iteration)


def _verdict_change(before: Iteration | None, after: Iteration) -> Iterator[Difference]:
    if before is None:
        words = f"iteration {after.number} opened at step {step_of(after.entry).heading}"
        yield Difference(kind=Kind.VERDICT, words=words, iteration=after.number)
        return
    was, now = _verdict_word(before), _verdict_word(after)
    if was != now:
        words = f"iteration {after.number}: {was} -> {now}"
        yield Difference(kind=Kind.VERDICT, words=words, iteration=after.number)


def _verdict_word(iteration: Iteration) -> str:
    if not iteration.check.verified:
        return "under way"
    return precise_word(final_verdict(iteration.check)) or "verified"


def _new_events(before: Sequence[Event], after: Sequence[Event]) -> Iterator[Difference]:
    known = set(before)
    for each in after:
        if each in known or each.kind == "raised":
            continue
        kind = Kind.AMENDED if each.kind == "amended" else Kind.EVENT
        by = ", ".join(part for part in (each.by, each.on) if part)
        words = each.words if kind is Kind.AMENDED else ": ".join(part for part in (each.kind, each.words) if part)
        yield Difference(kind=kind, words=f"{words} ({by})" if by else words, iteration=each.iteration)


def _reading_changes(old: Workbook, new: Workbook, before: Improvement, after: Improvement) -> Iterator[Difference]:
    edits: dict[str, list[Edit]] = {}
    for edit in compare(before, after):
        if edit.path[:1] == ("readings",):
            edits.setdefault(edit.path[1], []).append(edit)
    names = {**_metric_names(old, before), **_metric_names(new, after)}
    for metric, found in edits.items():
        yield Difference(kind=Kind.READINGS, words=f"{names.get(metric, 'a metric')}: {_readings_words(found)}")


def _metric_names(book: Workbook, entry: Improvement) -> Mapping[str, str]:
    return {row.id: row.name for each in book.iterations(entry.id) for row in each.baseline.metrics}


_MAX_LISTED = 3
"""So many readings are named one by one; more are counted."""


def _readings_words(edits: Sequence[Edit]) -> str:
    added = [each.path[2] for each in edits if each.before is None]
    removed = [each.path[2] for each in edits if each.after is None]
    changed = [each for each in edits if isinstance(each.before, Reading) and isinstance(each.after, Reading)]
    restated = [each for each in changed if _reading_text(each.before) != _reading_text(each.after)]
    parts = []
    if added:
        parts.append(f"{count(len(added), 'reading')} added, {_day_range(added)}")
    if restated:
        listed = [
            f"{each.path[2]} {_reading_text(each.before)} -> {_reading_text(each.after)}"
            for each in restated[:_MAX_LISTED]
        ]
        more = f" and {len(restated) - _MAX_LISTED} more" if len(restated) > _MAX_LISTED else ""
        parts.append(f"{len(restated)} restated: {', '.join(listed)}{more}")
    if removed:
        parts.append(f"{count(len(removed), 'reading')} removed, {_day_range(removed)}")
    others = len(changed) - len(restated)
    if others:
        parts.append(f"{count(others, 'note')} changed")
    return "; ".join(parts)


def _reading_text(reading: object) -> str:
    return reading.value if isinstance(reading, Reading) else ""


def _day_range(days: Sequence[str]) -> str:
    return days[0] if len(days) == 1 else f"{min(days)} to {max(days)}"


def _iteration_changes(before: Iteration, after: Iteration) -> Iterator[Difference]:
    yield from _action_changes(before, after)
    for step in STEP_KEYS:
        where = f"step {step_of(step).number}"
        yield from _answer_changes(where, after.number, _part_edits(before.part(step), after.part(step), step))


def _part_edits(before: Part, after: Part, step: str) -> Iterator[Edit]:
    """Yield the answers of one step that differ, without those that are reported as another kind of change."""
    excluded = _IN_OTHER_KINDS.get(step, frozenset())
    for name in before.__dataclass_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was != now and name not in excluded and name not in _COMPUTED:
            yield Edit("", (name,), was, now)


_COMPUTED = frozenset(
    {"seal", "amendments", "measured", "verdict", "agreed_by", "agreed_on", "verified_by", "verified_on"}
)
"""What sealing and verifying write; the events tell of it."""

_IN_OTHER_KINDS = {"plan": frozenset({"actions"}), "action": frozenset({"progress"})}


def _action_changes(before: Iteration, after: Iteration) -> Iterator[Difference]:
    number = after.number
    earlier = {row.id: row for row in before.plan.actions}
    for row in after.plan.actions:
        was, now = before.progress(row.id).status or "to do", after.progress(row.id).status or "to do"
        if row.id not in earlier:
            owner = f" ({row.owner})" if row.owner.strip() else ""
            yield Difference(kind=Kind.ACTION, words=f"new: {row.what}{owner}", iteration=number)
        elif was != now:
            yield Difference(kind=Kind.ACTION, words=f"{row.what}: {was} -> {now}", iteration=number)
        elif row != earlier[row.id]:
            columns = ", ".join(_column_changes(earlier[row.id], row))
            yield Difference(kind=Kind.ACTION, words=f"{row.what}: {columns}", iteration=number)
    remaining = {row.id for row in after.plan.actions}
    for each in before.plan.actions:
        if each.id not in remaining:
            yield Difference(kind=Kind.ACTION, words=f"removed: {each.what}", iteration=number)


def _column_changes(before: Row, after: Row) -> Iterator[str]:
    for name in before.__dataclass_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield f"{label(name).lower()} {_value_words(was)} -> {_value_words(now)}"


def _answer_changes(where: str, number: int, edits: Iterator[Edit]) -> Iterator[Difference]:
    for edit in edits:
        if edit.path and edit.path[0] not in ("readings", "was"):
            listed = ", ".join(part for part in (where, label(edit.path[-1]).lower()) if part)
            words = f"{listed}: {_change_words(edit.before, edit.after)}"
            yield Difference(kind=Kind.TEXT, words=words, iteration=number)


def _change_words(before: object, after: object) -> str:
    if isinstance(before, tuple) and isinstance(after, tuple) and _are_rows(before, after):
        return _row_changes(before, after)
    return f"{_value_words(before)} -> {_value_words(after)}"


def _are_rows(before: tuple[object, ...], after: tuple[object, ...]) -> bool:
    return all(isinstance(each, Row) for each in (*before, *after))


def _row_changes(before: tuple[Row, ...], after: tuple[Row, ...]) -> str:
    was, now = {row.id: row for row in before}, {row.id: row for row in after}
    counts = (
        (len(now.keys() - was.keys()), "added"),
        (len(was.keys() - now.keys()), "removed"),
        (sum(was[key] != now[key] for key in was.keys() & now.keys()), "changed"),
    )
    words = ", ".join(f"{count(number, 'row')} {what}" for number, what in counts if number)
    return words or "rows in another order"


_MAX_CHARACTERS = 80
"""Characters of a text that are shown; the rest is cut with an ellipsis."""


def _value_words(value: object) -> str:
    if value in (None, "", (), False):
        return "nothing"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    text = " ".join(str(value).split())
    return f'"{text[: _MAX_CHARACTERS - 1]}…"' if len(text) > _MAX_CHARACTERS else f'"{text}"'


def side_words(value: Json) -> str:
    """Return one side of a conflict in words, `nothing` for an empty one."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        if "seal" in value:
            return _seal_words(value)
        if "opened_by" in value:
            return _iteration_words(value)
        if "set_aside" in value:
            return _reading_words(value)
    return json.dumps(value, ensure_ascii=False, indent=1)


_MAX_WORDS_COMPARED = 4000
"""Words and gaps of a side that are compared with what was there before; a longer one is shown as it is."""


def differing(before: str, after: str) -> list[ToneLine]:
    """Return a text in pieces; the words that were not there before stand out."""
    old, new = (re.split(r"(\s+)", text) for text in (before, after))
    if max(len(old), len(new)) > _MAX_WORDS_COMPARED:
        return [ToneLine(after)]
    pieces = []
    for kind, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        text = "".join(new[start:end])
        changed = kind != "equal" and bool(text.strip())
        if text:
            pieces.append(ToneLine(text, Tone.ACCENT if changed else Tone.PLAIN, strong=changed))
    return pieces


def _seal_words(side: Mapping[str, Json]) -> str:
    seal = side["seal"]
    agreed = f"agreed by {seal.get('by')} on {seal.get('on')}" if isinstance(seal, dict) else "not agreed"
    amendments = side.get("amendments")
    number = len(amendments) if isinstance(amendments, list) else 0
    amended = f", amended {number} time{'s' if number > 1 else ''}" if number else ""
    return f"{agreed}{amended}{_days_words(side.get('readings'))}"


def _days_words(readings: Json) -> str:
    """Return this side's values of the readings in which the sides differ."""
    metrics = readings.values() if isinstance(readings, dict) else ()
    days = [item for metric in metrics if isinstance(metric, dict) for item in metric.items()]
    found = (f"{day} {_reading_value(reading)}" for day, reading in days)
    return f"; readings: {', '.join(found)}" if days else ""


def _reading_value(reading: Json) -> str:
    return str(reading.get("value")) if isinstance(reading, dict) else "none"


def _reading_words(reading: Mapping[str, Json]) -> str:
    value, of = reading.get("value"), reading.get("of")
    total = f" of {of}" if of else ""
    aside = f", set aside: {reading['set_aside']}" if reading["set_aside"] else ""
    note = f" ({reading['note']})" if reading.get("note") else ""
    return f"{value}{total}{note}{aside}"


def _iteration_words(side: Mapping[str, Json]) -> str:
    number, by, on = (side.get(name) or "?" for name in ("number", "opened_by", "opened_on"))
    return f"iteration {number}, entered at {side.get('entered_at')}, begun by {by} on {on}"
