"""Prepares the report of one improvement, of the register, and of what is new, moved, slipped or closed since a day."""

from collections.abc import Iterator
from datetime import date

from cimodel_tui.measurement.stored_readings import has_totals, reading_words
from cimodel_tui.model.action import ENDED
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.completeness import current_step
from cimodel_tui.model.day import as_day
from cimodel_tui.model.improvement import WITHDRAWN, Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.number import count
from cimodel_tui.model.status import BEFORE_PROGRESS, CLOSED, is_stale
from cimodel_tui.model.step import STEP_KEYS, step_of
from cimodel_tui.reports.summary import (
    ActionRow,
    IterationRow,
    LabelledText,
    OnePage,
    Register,
    RegisterRow,
    Since,
    Verdict,
)
from cimodel_tui.views.dashboard import payback, steering_line
from cimodel_tui.views.due import Due, due_in, due_of
from cimodel_tui.views.history import Event, broken_seals, history_of
from cimodel_tui.views.measurements import compare_metric
from cimodel_tui.views.metrics import objective
from cimodel_tui.views.panels import precise_word
from cimodel_tui.views.pictures import run_chart, staircase
from cimodel_tui.views.register import portfolio
from cimodel_tui.views.status import next_of, state_of, status_of
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.advice import acknowledged_findings
from cimodel_tui.workbook.measure import MeasuredIteration, measure
from cimodel_tui.workbook.sustain import relapse_day_text

_RESULT_AMOUNTS = ("Spent", "Gave")


def money(iterations: tuple[Iteration, ...]) -> tuple[LabelledText, ...]:
    """Return the amounts of the latest iteration and the results of earlier ones, numbered if there are several."""
    several = len(iterations) > 1
    return tuple(
        LabelledText(what=f"{what} ({each.number})" if several else what, text=text.strip())
        for each in iterations
        for what, text in _amounts(each)
        if text.strip() and (each is iterations[-1] or what in _RESULT_AMOUNTS)
    )


def _amounts(iteration: Iteration) -> Iterator[tuple[str, str]]:
    plan, check, target = iteration.plan, iteration.check, iteration.target
    expected = " ".join(f"{target.benefit_kind} {target.benefit_amount} {target.benefit_unit}".split())
    yield "Expected benefit", expected
    yield "Planned", ", ".join(_planned_amounts(iteration))
    yield "Go-ahead up to", plan.go_ahead_cost
    yield "Spent", check.cost_so_far
    yield "Gave", check.benefit_so_far
    yield "How calculated", check.how_reckoned


def _planned_amounts(iteration: Iteration) -> Iterator[str]:
    plan = iteration.plan
    amounts = (("once", plan.one_off_cost), ("a year", plan.yearly_cost), ("benefit a year", plan.yearly_benefit))
    for what, amount in amounts:
        if amount.strip():
            yield f"{amount.strip()} {what}"
    if payback(iteration):
        yield payback(iteration)


def one_page(book: Workbook, entry: Improvement, since: date | None = None) -> OnePage:
    """Return the content of the report of an improvement."""
    latest, iterations = book.latest(entry.id), book.iterations(entry.id)
    measured = measure(entry, latest, book.clock.today())
    small = entry.size == "S"
    outcome = next((one.metric.id for one in measured.metrics if one.metric.is_outcome), "")
    chart = run_chart(book, entry, latest, outcome) if outcome else None
    return OnePage(
        workbook=book.title,
        as_of=book.clock.today().isoformat(),
        ref=entry.ref,
        title=entry.title,
        status=status_of(book, entry),
        steering=steering(book, entry),
        people=tuple(_people(entry)),
        aim=latest.vision.objective,
        vision=latest.vision.vision,
        value=latest.vision.value,
        objective=latest.target.sentence.strip() or objective(measured),
        iteration=latest.number,
        verdict=_verdict(entry, latest, measured),
        metrics=tuple(compare_metric(one, small=small) for one in measured.metrics),
        passes=tuple(_iteration_row(entry, each, book.clock.today()) for each in iterations)
        if len(iterations) > 1
        else (),
        chart=chart if chart and len(chart.points) > _TOO_FEW_FOR_CHART else None,
        staircase=staircase(book, entry, latest) if len(iterations) > 1 else None,
        actions=tuple(_actions(latest, book.clock.today())),
        money=money(iterations),
        lessons=tuple(_lessons(iterations)),
        amendments=tuple(_amendments(book, entry)),
        decisions=decisions(book, entry),
        answered=tuple(_answered_findings(book, entry)),
        next=tuple(_next(book, entry, latest)),
        since=since_of(book, entry, since) if since else None,
    )


_TOO_FEW_FOR_CHART = 2
"""With one reading each side the sentence takes the place of the run chart."""


def steering(book: Workbook, entry: Improvement) -> str:
    """Return the one line that a steering group reads; without a target, the reason why there is no result."""
    if entry.is_set_aside:
        until = f"; look again on {entry.look_again_on}" if entry.look_again_on else ""
        return f"{entry.standing} on {entry.standing_on}: {entry.standing_reason.rstrip(' .')}{until}"
    latest = book.latest(entry.id)
    promised = any(one.case.question.aim for one in measure(entry, latest, book.clock.today()).metrics if one.promise)
    if promised or entry.decision_what.strip():
        return steering_line(book, entry, latest)
    return "no target yet"


def _people(entry: Improvement) -> Iterator[LabelledText]:
    for what in ("owner", "sponsor", "service", "practice"):
        text = getattr(entry, what)
        if text.strip():
            yield LabelledText(what=what.capitalize(), text=text)


def _verdict(improvement: Improvement, iteration: Iteration, measured: MeasuredIteration) -> Verdict | None:
    check, found = iteration.check, measured.verdict
    if not check.verified and not any(one.promise for one in measured.metrics):
        return None
    return Verdict(
        word=str(found["word"]),
        suggested=str(found["suggested"]),
        sentence=str(found["sentence"] or ""),
        on_record=check.verified,
        closes_as=str(found["closes_as"]) if check.verified else "",
        notes=(*broken_seals(improvement, iteration), *_from_to(measured), *_notes(iteration, measured)),
        verified=f"verified by {check.verified_by} on {check.verified_on}" if check.verified else "",
    )


def _from_to(measured: MeasuredIteration) -> Iterator[str]:
    """Yield for each metric with a target from where to where it went, and whether that is met."""
    for one in measured.metrics:
        if one.promise and (words := compare_metric(one).from_to):
            yield f"{one.display_name}: {words}"


def _notes(iteration: Iteration, measured: MeasuredIteration) -> Iterator[str]:
    check, found = iteration.check, measured.verdict
    if found["word"] != found["suggested"]:
        computed = precise_word(str(found["suggested"]))
        yield f"Computed: {computed}. {check.verified_by} overrode the verdict: {check.override_reason}"
    if check.cost_accepted_by.strip() and check.cost_accepted_reason.strip():
        yield f"The cost was accepted by {check.cost_accepted_by}: {check.cost_accepted_reason}"
    if check.verified and check.other_causes.strip():
        yield f"What else changed: {check.other_causes}"


def _iteration_row(entry: Improvement, iteration: Iteration, today: date) -> IterationRow:
    measured, check = measure(entry, iteration, today), iteration.check
    step = f" {step_of(check.revisit_step).heading}" if check.revisit_step in STEP_KEYS else ""
    decided = f"{check.decision}{step}: {check.decision_reason}".rstrip(": ") if check.verified else ""
    word = str(measured.verdict["word"])
    return IterationRow(
        number=iteration.number,
        verdict=word if check.verified else "",
        result=precise_word(word) if check.verified else "under way",
        sentence=str(measured.verdict["sentence"] or "") if check.verified else objective(measured),
        decision=decided,
    )


def _actions(iteration: Iteration, today: date) -> Iterator[ActionRow]:
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        ended = progress.finished or today.isoformat()
        dropped = progress.status == "dropped"
        yield ActionRow(
            iteration=iteration.number,
            what=action.what,
            owner=action.owner,
            due=action.due,
            status=progress.status or "to do",
            finished=progress.finished if progress.status in ENDED else "",
            late=bool(action.due) and action.due < ended and not dropped,
            note=progress.dropped_because if dropped else progress.evidence,
        )


def _lessons(iterations: tuple[Iteration, ...]) -> Iterator[LabelledText]:
    for each in iterations:
        which = f" ({each.number})" if len(iterations) > 1 else ""
        for what, text in (
            ("Keep", each.check.keep),
            ("Stop", each.check.stop),
            ("Do differently", each.check.differently),
        ):
            if text.strip():
                yield LabelledText(what=f"{what}{which}", text=text)


def _amendments(book: Workbook, entry: Improvement) -> Iterator[LabelledText]:
    for event in history_of(book, entry):
        if event.kind == "amended":
            by = f", {event.by}" if event.by else ""
            yield LabelledText(what=f"{event.on}{by}", text=f"iteration {event.iteration}, {event.words}")


def decisions(book: Workbook, entry: Improvement) -> tuple[LabelledText, ...]:
    """Return the decisions that are needed: the requested one, and costs that nobody has accepted."""
    found = []
    if entry.decision_what.strip():
        by = f"by {entry.decision_by}" if entry.decision_by else ""
        whom = ", ".join(part for part in (entry.decision_from, by) if part)
        found.append(LabelledText(what=whom or "Needed", text=entry.decision_what))
    latest = book.latest(entry.id)
    check, verdict = latest.check, measure(entry, latest, book.clock.today()).verdict
    costs, unknown = verdict["at_a_cost"], verdict.get("not_known")
    accepted = check.cost_accepted_by.strip() and check.cost_accepted_reason.strip()
    if check.verified and isinstance(costs, list) and costs and not accepted:
        names = ", ".join(map(str, costs))
        found.append(LabelledText(what=entry.sponsor or "The sponsor", text=f"is the cost in {names} accepted?"))
    if check.verified and isinstance(unknown, list) and unknown and not accepted:
        names = ", ".join(map(str, unknown))
        text = f"is it accepted that side effects on {names} are not known?"
        found.append(LabelledText(what=entry.sponsor or "The sponsor", text=text))
    return tuple(found)


def _answered_findings(book: Workbook, entry: Improvement) -> Iterator[LabelledText]:
    for iteration in book.iterations(entry.id):
        if iteration.acknowledged:
            for finding, answer in acknowledged_findings(book, entry, iteration):
                who = ", ".join(part for part in (answer.by, answer.on) if part)
                yield LabelledText(what=f"{finding.rule} {finding.message}", text=f"{answer.reason} ({who})")


def _next(book: Workbook, entry: Improvement, latest: Iteration) -> Iterator[LabelledText]:
    yield LabelledText(what="Next", text=next_of(book, entry))
    due = [each for each in due_of(book, entry) if each.kind != "decision"]
    for each in due:
        late = f", {-each.days} days late" if each.days < 0 else ""
        yield LabelledText(what=f"{each.due}{late}", text=f"{each.kind}: {each.what}")
    known = {(each.kind, each.due) for each in due}
    for iteration in book.iterations(entry.id):
        for check in iteration.momentum.sustain_checks:
            if check.open and ("sustain check", check.due) not in known:
                yield LabelledText(what=check.due, text="sustain check: does the gain last?")
    if latest.momentum.next:
        next_words = f"{latest.momentum.next} {latest.momentum.next_on} {latest.momentum.next_reason}"
        yield LabelledText(what="Next iteration", text=" ".join(next_words.split()))


def register(book: Workbook, since: date | None = None) -> Register:
    """Return the content of the report of the register."""
    entries = book.improvements()
    needed = [(each.ref, found) for each in entries for found in decisions(book, each)]
    return Register(
        workbook=book.title,
        as_of=book.clock.today().isoformat(),
        figures=portfolio(book),
        rows=tuple(_row(book, each) for each in entries),
        decisions=tuple(LabelledText(what=f"{ref}: {each.what}", text=each.text) for ref, each in needed),
        due=tuple(map(_due, due_in(book))),
        since=join_since(since, [(each.ref, since_of(book, each, since)) for each in entries]) if since else None,
    )


def _row(book: Workbook, entry: Improvement) -> RegisterRow:
    latest, today = book.latest(entry.id), book.clock.today()
    return RegisterRow(
        ref=entry.ref,
        title=entry.title,
        owner=entry.owner,
        status=status_of(book, entry),
        step=step_of(current_step(entry, latest)).heading,
        score=entry.score,
        review_on=_review(book, entry),
        stale=is_stale(entry, latest, today),
        steering=steering(book, entry),
        next=next_of(book, entry),
    )


def _review(book: Workbook, entry: Improvement) -> str:
    """Return the review day of an improvement that has not begun or is on hold; empty for one in progress."""
    if entry.is_set_aside:
        return entry.look_again_on
    begun = state_of(book, entry) not in BEFORE_PROGRESS
    return "" if begun else entry.review_on


def _due(due: Due) -> LabelledText:
    late = f", {-due.days} days late" if due.days < 0 else ""
    return LabelledText(what=f"{due.due}{late}", text=f"{due.improvement} {due.kind}: {due.what}")


_NEW = {"raised", "started", "revisited"}
_ENDS = {WITHDRAWN, "archived"}


def since_of(book: Workbook, entry: Improvement, day: date) -> Since:
    """Return what happened to an improvement since a day, that day and today included."""
    first, today = day.isoformat(), book.clock.today().isoformat()
    events = [each for each in history_of(book, entry) if first <= each.on <= today]
    new = [_event_line(each) for each in events if each.kind in _NEW]
    closed = [_event_line(each) for each in events if each.kind in _ENDS]
    moved = [_event_line(each) for each in events if each.kind not in {*_NEW, *_ENDS}]
    return Since(
        day=first,
        new=tuple(new),
        moved=(*moved, *_reading_changes(book, entry, first, today)),
        slipped=tuple(sorted(_slipped_lines(book, entry, first, today))),
        closed=(*closed, *_closed_lines(book, entry, first)),
    )


def join_since(day: date, found: list[tuple[str, Since]]) -> Since:
    """Return the changes of several improvements, each line with its ref."""

    def lines(name: str) -> tuple[str, ...]:
        return tuple(f"{ref} {line}" for ref, each in found for line in getattr(each, name))

    return Since(
        day=day.isoformat(), new=lines("new"), moved=lines("moved"), slipped=lines("slipped"), closed=lines("closed")
    )


def _event_line(event: Event) -> str:
    return f"{event.on} {event.kind}: {event.words}" if event.words else f"{event.on} {event.kind}"


def _reading_changes(book: Workbook, entry: Improvement, first: str, today: str) -> Iterator[str]:
    """Yield for each metric that was read how it moved: from the last reading before to the latest."""
    for metric in book.latest(entry.id).baseline.metrics:
        days = sorted(entry.readings.get(metric.id, {}))
        before = [day for day in days if day < first]
        read = [day for day in days if first <= day <= today]
        if read:
            readings = entry.readings[metric.id]
            latest = readings[read[-1]]
            start = f"from {_reading_text(metric, readings[before[-1]])} " if before else ""
            unit = f" {metric.unit}" if metric.unit and not has_totals(metric) else ""
            end = f"{_reading_text(metric, latest)}{unit}"
            yield f"{read[-1]} measured: {metric.name} {start}to {end} ({count(len(read))})"


def _reading_text(metric: Metric, reading: Reading) -> str:
    """Return a reading as typed, one with a total as `90.0 % (45 of 50)`."""
    return reading_words(metric, reading) if has_totals(metric) else reading.value


def _slipped_lines(book: Workbook, entry: Improvement, first: str, today: str) -> Iterator[str]:
    """Yield what went past its day since, what was done late, and a gain that slipped."""
    for each in due_of(book, entry):
        if each.days < 0 and first <= each.due:
            yield f"{each.due} {each.kind} not done: {each.what}" if each.kind != "relapse" else f"{each.due} relapse"
    for iteration in book.iterations(entry.id):
        yield from _done_late(iteration, first, today)
        yield from _postponed(iteration, first, today)
    since = relapse_day_text(book, entry)
    if since and since < first:
        yield f"{since} relapse, not taken up yet"


def _done_late(iteration: Iteration, first: str, today: str) -> Iterator[str]:
    for action in iteration.plan.actions:
        progress = iteration.progress(action.id)
        due, done = as_day(action.due), as_day(progress.finished)
        if progress.status in ENDED and due and done and done > due and first <= done.isoformat() <= today:
            days = (done - due).days
            yield f"{done} done {count(days, 'day')} late: {action.what}"


def _postponed(iteration: Iteration, first: str, today: str) -> Iterator[str]:
    """Yield the targets whose agreed day was moved to a later one."""
    for each in iteration.target.amendments:
        before, after = str(each.before or ""), str(each.after or "")
        if each.path[-1] == "by" and as_day(before) and before < after and first <= each.on <= today:
            yield f"{each.on} target put off from {before} to {after}: {each.why}"


def _closed_lines(book: Workbook, entry: Improvement, first: str) -> Iterator[str]:
    latest = book.latest(entry.id)
    if entry.is_set_aside or state_of(book, entry) != CLOSED:
        return
    recorded = [row.recorded_on for row in latest.momentum.sustain_checks if row.recorded]
    on = max([latest.check.verified_on, latest.momentum.decided_on, *recorded])
    if on >= first:
        yield f"{on} closed: {latest.check.verdict.get('sentence') or 'it was stopped'!s}"
