"""Every sentence about one metric. They say what was seen and no more: no cause, no proof, no promise.

A single reading on each side gets the difference, the target and the gap only. A benefit is spoken of where the level
is sustained on the better side, and as possible where it is early. How each sentence ends stands in `endings`.
"""

from cimodel_tui.measurement.endings import ENDINGS, seen
from cimodel_tui.measurement.figures import count, day_words, figure, with_unit
from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.leads import LEADS


def sentence_of(case: Judgement) -> str:
    """Return what a director reads."""
    word = case.verdict
    if word is None:
        return (
            f"{_start(case)}; {seen(case)}." if case.achieved is not None else f"{_start(case)}; no result reading yet."
        )
    if word == "cannot-tell":
        why = "was never agreed" if case.question.baseline else "has no readings"
        return f"{LEADS[word]}: the baseline{_of_name(case)} {why}."
    if word == "too-early":
        return f"{LEADS[word]}: {_waiting(case)}."
    return f"{LEADS[word]}: {_facts(case)}; {ENDINGS[word](case)}."


def _start(case: Judgement) -> str:
    """Return name, from and to with the unit."""
    asked, before = case.question, figure(case, case.limits.mean)
    subject = f"{asked.name.strip()} " if asked.name.strip() else ""
    if case.limits.mean is None:
        return f"{subject}at {with_unit(figure(case, case.achieved), asked.unit)}"
    if case.achieved is None:
        return f"{subject}at {with_unit(before, asked.unit)}"
    return f"{subject}from {before} to {with_unit(figure(case, case.achieved), asked.unit)}"


def _of_name(case: Judgement) -> str:
    name = case.question.name.strip()
    return f" of {name}" if name else ""


def _facts(case: Judgement) -> str:
    """Return from, to, target and its date."""
    aim, by = case.question.aim, case.question.by
    year = case.question.after[-1].day.year if case.question.after else None
    due = f" by {day_words(by, year)}" if by else ""
    late = f", {count(case.weeks_late, 'week')} late" if case.weeks_late else ""
    each = f", {_hits(case)}" if case.question.rule.kind == "each-of-last" else ""
    return f"{_start(case)}, target {aim.words() if aim else 'none'}{due}{late}{each}"


def _hits(case: Judgement) -> str:
    asked = case.question
    looked_at = asked.rule.looks_at([point.value for point in asked.after])
    meeting = sum(1 for value in looked_at if asked.aim and asked.aim.holds(value))
    return f"met by {meeting} of the last {len(looked_at)}"


def _waiting(case: Judgement) -> str:
    asked, there = case.question, case.after_limits.n
    if not there:
        return f"no result reading{_of_name(case)} yet"
    return f"the rule{_of_name(case)} needs {asked.rule.needs}, {there} {'is' if there == 1 else 'are'} in"
