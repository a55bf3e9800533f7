"""A walk over the whole model in any order: whatever was done, the workbook stays whole and every view of it works."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cimodel_tui.model.action import STATUSES, Progress
from cimodel_tui.model.answer import SIZES, Json
from cimodel_tui.model.baseline import BETTER, HOW_KNOWN, KINDS, ROLES, Cause, Metric
from cimodel_tui.model.check import DECISIONS, GO_ON, KEEP_MEASURING, REVISITABLE, closes_as, final_verdict
from cimodel_tui.model.improvement import STANDINGS, Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import CARRY, NEXT, Carried, SustainCheck
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.model.target import PROMISES, RULES, Limit, Promise
from cimodel_tui.views.status import state_of
from cimodel_tui.workbook import actions
from cimodel_tui.workbook.advice import acknowledge, all_findings, remedy
from cimodel_tui.workbook.measure import measure
from cimodel_tui.workbook.sustain import plan_sustain_checks, record_sustain_check, relapse_day_text
from cimodel_tui.workbook.workbook import RefusedError, Workbook
from tests.samples.pen import WalkingClock, steady_ids
from tests.workbook.memory import MemoryStore
from tests.workbook.views import assert_whole, look_at_everything

DAYS = st.integers(-40, 200)
VALUES = st.sampled_from(["0", "0.1", "5", "5.0", "6.9", "7", "12", "1e3", "-2", "100"])
TOTALS = st.sampled_from([None, "10", "100", "0", "x"])
REASONS = st.sampled_from(["", "because", "  "])
PICK = st.integers(0, 30)

TYPED: tuple[tuple[str, str, st.SearchStrategy[object]], ...] = (
    (REGISTER, "size", st.sampled_from(SIZES)),
    (REGISTER, "owner", st.sampled_from(["", "Ada", "Ada and Grace"])),
    (REGISTER, "standing", st.sampled_from(["", *STANDINGS])),
    (REGISTER, "review_on", st.sampled_from(["", "2026-02-01", "soon"])),
    (REGISTER, "title", st.sampled_from(["", "Install a tool", "Restore stores faster"])),
    (REGISTER, "ref", st.just("CI-0001")),
    (REGISTER, "readings", st.just({})),
    ("vision", "vision", st.sampled_from(["", "A store is helped at once.", "Below 5 h by June 2026."])),
    ("vision", "still_true", st.sampled_from(["", "yes", "changed"])),
    ("baseline", "first_on", st.sampled_from(["", "2026-01-05", "2026-03-01", "x"])),
    ("baseline", "last_on", st.sampled_from(["", "2026-03-23", "2025-01-01", "9999-12-31"])),
    ("baseline", "agreed_by", st.sampled_from(["", "Grace"])),
    ("baseline", "seal", st.none()),
    ("baseline", "amendments", st.just(())),
    ("target", "sentence", st.sampled_from(["", "Improve it", "Publish 40 articles."])),
    ("target", "seal", st.none()),
    ("plan", "result_from", st.sampled_from(["", "2026-04-01", "2026-05-01", "9999-12-31", "0001-01-01"])),
    ("plan", "go_ahead_by", st.sampled_from(["", "Grace"])),
    ("check", "other_causes", st.sampled_from(["", "none found"])),
    ("check", "keep", st.sampled_from(["", "swarming"])),
    ("check", "decision", st.sampled_from(["", *DECISIONS])),
    ("check", "decision_reason", st.sampled_from(["", "wrong lever"])),
    ("check", "revisit_step", st.sampled_from(["", "check", *REVISITABLE])),
    ("check", "override", st.sampled_from(["", "achieved", "worse"])),
    ("check", "override_reason", REASONS),
    ("check", "verified_on", st.sampled_from(["", "2026-06-22"])),
    ("check", "verdict", st.just({"word": "achieved"})),
    ("check", "measured", st.just({})),
    ("check", "counts_to", st.sampled_from(["", "2026-12-31"])),
    ("momentum", "next", st.sampled_from(["", *NEXT])),
    ("momentum", "next_reason", REASONS),
    ("momentum", "relapse_side", st.sampled_from(["", "above", "below"])),
    ("momentum", "relapse_limit", st.sampled_from(["", "5.5", "0"])),
    ("momentum", "relapse_count", st.sampled_from(["", "1", "3", "0.5"])),
    ("momentum", "sustain_checks", st.just(())),
    ("momentum", "controls", st.just(())),
)


class AnyOrder(RuleBasedStateMachine):
    """Does anything that the facade can do, and keeps what was verified to compare it later."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, ids = WalkingClock(), steady_ids()
        self.clock.day = self.clock.day.replace(year=2026, month=1, day=5)
        self.book = Workbook(MemoryStore(), self.clock, me="Ada", ids=lambda: next(ids))
        self.on_record: dict[str, tuple[Mapping[str, Json], Mapping[str, Mapping[str, Json]], str]] = {}

    @initialize()
    def begin(self) -> None:
        """Begin with one improvement, so that every rule has something to do."""
        actions.add_improvement(self.book, "Restore stores faster", size="S")
        self.book.history.undo_steps.clear()

    def pick(self, at: int) -> tuple[Improvement, Iteration]:
        """Return an improvement, and mostly its latest iteration."""
        everything = self.book.improvements(archived=True)
        improvement = everything[at % len(everything)]
        iterations = self.book.iterations(improvement.id)
        return improvement, iterations[-1] if at % 3 else iterations[at % len(iterations)]

    def tried(self, act: Callable[[], object]) -> bool:
        """Do something that may be refused; a refusal changes nothing."""
        store = self.book.store
        assert isinstance(store, MemoryStore)
        before = dict(store.documents_by_id)
        try:
            act()
        except RefusedError:
            assert store.documents_by_id == before
            return False
        return True

    def put(self, iteration: Iteration, step: str, name: str, value: object, why: str = "") -> None:
        place = Place(iteration.improvement, "" if step == REGISTER else iteration.id, step, name)
        self.tried(lambda: self.book.change(place, value, why=why))

    def add_row(self, iteration: Iteration, step: str, name: str, row: object, why: str = "") -> None:
        rows = getattr(self.book.iteration(iteration.id).part(step), name)
        self.put(iteration, step, name, (*(each for each in rows if each.id != row.id), row), why)  # type: ignore[attr-defined]  # it is a row

    @rule(size=st.sampled_from(SIZES))
    def add(self, size: str) -> None:
        if len(self.book.improvements(archived=True)) < 3:
            actions.add_improvement(self.book, "Alarms that mean something", size=size)

    @rule(at=PICK, days=st.integers(0, 60))
    def time_passes(self, at: int, days: int) -> None:
        self.clock.day += timedelta(days=days)
        if at % 2:
            self.book.history.pause()

    @rule(at=PICK, data=st.data(), why=REASONS)
    def type_something(self, at: int, data: st.DataObject, why: str) -> None:
        step, name, values = data.draw(st.sampled_from(TYPED))
        self.put(self.pick(at)[1], step, name, data.draw(values), why)

    @rule(
        at=PICK,
        better=st.sampled_from(["", *BETTER]),
        role=st.sampled_from(["", *ROLES]),
        kind=st.sampled_from(["", *KINDS]),
        why=REASONS,
    )
    def add_metric(self, at: int, better: str, role: str, kind: str, why: str) -> None:
        _, iteration = self.pick(at)
        if len(iteration.baseline.metrics) < 3:
            metric = Metric(
                id=self.book.new_id(),
                name="hours",
                definition="mean",
                unit="h",
                better=better,
                role=role,
                how_known=HOW_KNOWN[at % len(HOW_KNOWN)],
                kind=kind,
                frequency="weekly",
            )
            self.add_row(iteration, "baseline", "metrics", metric, why)

    @rule(at=PICK, first=DAYS, values=st.lists(VALUES, min_size=1, max_size=14), of=TOTALS, why=REASONS)
    def paste_readings(self, at: int, first: int, values: list[str], of: str | None, why: str) -> None:
        improvement, iteration = self.pick(at)
        if not iteration.baseline.metrics:
            return
        metric = iteration.baseline.metrics[at % len(iteration.baseline.metrics)]
        start = self.clock.day.replace(month=1, day=5) + timedelta(days=first)
        days = ((start + timedelta(days=7 * each)).isoformat() for each in range(len(values)))
        pasted = {day: Reading(value, of=of) for day, value in zip(days, values, strict=True)}
        place = Place(improvement.id, iteration.id, "baseline", "metrics", metric.id)
        self.tried(lambda: actions.set_readings(self.book, place, pasted, why=why))

    @rule(at=PICK, aside=st.booleans(), why=REASONS)
    def change_a_reading(self, at: int, aside: bool, why: str) -> None:
        improvement, iteration = self.pick(at)
        for metric, days in improvement.readings.items():
            for day, reading in sorted(days.items())[at : at + 1]:
                new = Reading(reading.value, set_aside="broken meter") if aside else None
                place = Place(improvement.id, iteration.id, "baseline", "metrics", metric)
                self.tried(partial(actions.set_readings, self.book, place, {day: new}, why=why))

    @rule(at=PICK, value=VALUES, by=st.sampled_from(["", "2026-06-30", "9999-12-31"]), data=st.data(), why=REASONS)
    def promise(self, at: int, value: str, by: str, data: st.DataObject, why: str) -> None:
        _, iteration = self.pick(at)
        for metric in iteration.baseline.metrics[:2]:
            if metric.is_outcome:
                row = Promise(
                    id=metric.id,
                    value=value,
                    by=by,
                    promise=data.draw(st.sampled_from(["", *PROMISES])),
                    rule=data.draw(st.sampled_from(["", *RULES])),
                    rule_n=data.draw(st.sampled_from(["", "3", "6", "x"])),
                    end_of_way=data.draw(st.sampled_from(["", "1"])),
                )
                self.add_row(iteration, "target", "targets", row, why)
            else:
                self.add_row(iteration, "target", "limits", Limit(id=metric.id, value=value), why)

    @rule(at=PICK, due=DAYS, why=REASONS)
    def plan_an_action(self, at: int, due: int, why: str) -> None:
        _, iteration = self.pick(at)
        cause = Cause(id=self.book.new_id(), cause="waiting", share="60")
        self.add_row(iteration, "baseline", "causes", cause)
        known = tuple(row.id for row in iteration.plan.actions[:1])
        day = (self.clock.day + timedelta(days=due)).isoformat()
        there = {row.id for row in self.book.iteration(iteration.id).baseline.causes}
        action = Action(
            id=self.book.new_id(),
            what="Rota",
            start=day,
            due=day,
            cause=cause.id if cause.id in there else "",
            depends_on=known,
        )
        self.add_row(iteration, "plan", "actions", action, why)

    @rule(at=PICK, status=st.sampled_from(STATUSES), started=st.booleans())
    def act(self, at: int, status: str, started: bool) -> None:
        _, iteration = self.pick(at)
        for action in iteration.plan.actions[at % 2 :]:
            day = self.clock.day.isoformat()
            row = Progress(id=action.id, status=status, started=day if started else "", finished=day)
            self.add_row(iteration, "action", "progress", row, "moved")

    @rule(at=PICK, table=st.sampled_from(["metrics", "causes", "actions"]), why=REASONS)
    def remove_a_row(self, at: int, table: str, why: str) -> None:
        _, iteration = self.pick(at)
        step = "plan" if table == "actions" else "baseline"
        self.put(iteration, step, table, getattr(iteration.part(step), table)[1:], why)

    @rule(at=PICK, step=st.sampled_from(["baseline", "target"]))
    def agree(self, at: int, step: str) -> None:
        self.tried(lambda: actions.agree(self.book, self.pick(at)[1], step))

    @rule(at=PICK)
    def verify(self, at: int) -> None:
        _, iteration = self.pick(at)
        if self.tried(lambda: actions.verify(self.book, iteration)):
            check = self.book.iteration(iteration.id).check
            assert check.decision != KEEP_MEASURING
            self.on_record[iteration.id] = (check.verdict, check.measured, check.counts_to)

    @rule(at=PICK, trusted=st.booleans())
    def go_back(self, at: int, trusted: bool) -> None:
        self.tried(lambda: actions.go_back(self.book, self.pick(at)[1], trusted=trusted))

    @rule(at=PICK)
    def start_next(self, at: int) -> None:
        _, iteration = self.pick(at)
        if self.tried(lambda: actions.start_next(self.book, iteration)):
            assert iteration.check.decision == GO_ON

    @rule(at=PICK)
    def reopen(self, at: int) -> None:
        improvement, _ = self.pick(at)
        since = relapse_day_text(self.book, improvement)
        if self.tried(lambda: actions.reopen(self.book, improvement)):
            assert since
            assert relapse_day_text(self.book, improvement) == ""

    @rule(at=PICK)
    def watch(self, at: int) -> None:
        _, iteration = self.pick(at)
        self.tried(lambda: plan_sustain_checks(self.book, iteration))
        metrics = iteration.baseline.metrics
        self.put(iteration, "momentum", "relapse_metric", metrics[0].id if metrics else "")

    @rule(at=PICK, how=st.sampled_from(["record", "waive", "blank"]))
    def sustain(self, at: int, how: str) -> None:
        _, iteration = self.pick(at)
        for row in iteration.momentum.sustain_checks[at % 3 : at % 3 + 1]:
            if how == "record":
                self.tried(partial(record_sustain_check, self.book, iteration, row.id))
            else:
                place = Place(iteration.improvement, iteration.id, "momentum", "sustain_checks", row.id, "waived")
                waived = "moved away" if how == "waive" else "  "
                self.tried(partial(self.book.change, place, waived))

    @rule(at=PICK, decision=st.sampled_from(CARRY))
    def carry(self, at: int, decision: str) -> None:
        _, iteration = self.pick(at)
        for action in iteration.plan.actions:
            self.add_row(iteration, "momentum", "carried", Carried(id=action.id, decision=decision))

    @rule(at=PICK, take=st.booleans(), why=REASONS)
    def answer_the_coach(self, at: int, take: bool, why: str) -> None:
        improvement, iteration = self.pick(at)
        for finding in all_findings(self.book, improvement, iteration)[at % 4 : at % 4 + 1]:
            if take:
                self.tried(partial(remedy, self.book, iteration, finding, why))
            else:
                self.tried(partial(acknowledge, self.book, iteration, finding, why))

    @rule(at=PICK, back=st.booleans())
    def archive(self, at: int, back: bool) -> None:
        actions.archive(self.book, self.pick(at)[0], back=back)

    @rule(times=st.integers(1, 6))
    def undo(self, times: int) -> None:
        for _ in range(times):
            self.tried(self.book.undo)
        self._forget_what_was_undone()

    @rule(times=st.integers(1, 6))
    def redo(self, times: int) -> None:
        for _ in range(times):
            self.tried(self.book.redo)
        self._forget_what_was_undone()

    def _forget_what_was_undone(self) -> None:
        """Verifying can be taken back whole, and done again, by undo alone."""
        verified = {key: each.check for key, each in self.book.documents.iterations.items() if each.check.verified}
        self.on_record = {key: (each.verdict, each.measured, each.counts_to) for key, each in verified.items()}

    @invariant()
    def everything_can_be_looked_at(self) -> None:
        look_at_everything(self.book)

    @invariant()
    def nothing_is_torn(self) -> None:
        assert_whole(self.book)

    @invariant()
    def no_verified_verdict_moves(self) -> None:
        for key, recorded in self.on_record.items():
            check = self.book.iteration(key).check
            assert check.verified
            assert (check.verdict, check.measured, check.counts_to) == recorded

    @invariant()
    def no_verdict_without_an_agreed_baseline(self) -> None:
        for improvement in self.book.improvements(archived=True):
            for iteration in self.book.iterations(improvement.id):
                if iteration.baseline.seal is None:
                    assert measure(improvement, iteration).verdict["word"] == "cannot-tell"
                    assert final_verdict(iteration.check) in ("", "cannot-tell")

    @invariant()
    def nothing_is_achieved_unverified_and_nothing_closed_while_a_sustain_check_is_open(self) -> None:
        for improvement in self.book.improvements(archived=True):
            iterations = self.book.iterations(improvement.id)
            if not iterations[-1].check.verified:
                assert closes_as(iterations[-1].check) == "not verified"
            if state_of(self.book, improvement) == "closed":
                rows: list[SustainCheck] = [row for each in iterations for row in each.momentum.sustain_checks]
                assert all(row.result or row.waived.strip() or row.taken_over_by for row in rows)


class AtLength(AnyOrder):
    """The same, for as long as it takes to meet what is rare."""


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=15, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestAtLength = pytest.mark.long(AtLength.TestCase)
TestAtLength.settings = settings(
    max_examples=300, stateful_step_count=80, deadline=None, suppress_health_check=list(HealthCheck)
)
