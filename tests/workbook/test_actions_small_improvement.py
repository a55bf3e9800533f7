"""A tiny improvement walks from idea to closed in about twenty answers, and nobody misses what size S leaves out."""

from collections.abc import Callable
from dataclasses import replace

from cimodel_tui.coach.rules import IN_SMALL
from cimodel_tui.model.action import Progress
from cimodel_tui.model.answer import Row
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.completeness import complete, missing, starred_fields
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.momentum import Control, Momentum
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.model.target import Promise
from cimodel_tui.views.status import state_of, status_of
from cimodel_tui.workbook.actions import add_improvement, agree, set_readings, verify
from cimodel_tui.workbook.advice import all_findings
from cimodel_tui.workbook.sustain import plan_sustain_checks, record_sustain_check
from tests.samples.pen import Pen
from tests.workbook.stories import verified


class Answers:
    """Counts the answers that a person gives, and the keys that do an act."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.given, self.keys = pen, 0, 0

    def field(self, step: str, /, **answers: str) -> None:
        self.given += len(answers)
        self.pen.write(step, **answers)

    def row(self, step: str, name: str, kind: type[Row], key: str, /, **columns: str) -> None:
        self.given += len(columns)
        self.pen.rows(step, name, kind, **{key: columns})

    def reading(self, day: str, value: str) -> None:
        self.given += 1
        place = Place(self.pen.improvement_id, self.pen.iteration.id, "baseline", "metrics", self.pen.names["wait"])
        set_readings(self.pen.book, place, {day: Reading(value)})

    def key(self, act: Callable[[], object]) -> None:
        self.keys += 1
        act()


def walk(pen: Pen) -> Answers:
    answers = Answers(pen)
    answers.given += 2  # title and size
    pen.add("Shorter wait for a badge", size="S")
    answers.field("vision", objective="People can work", vision="A badge is there when you are.", value="New staff")
    answers.row(
        "baseline", "metrics", Metric, "wait", name="wait", definition="hours to a badge", unit="h", better="lower"
    )
    answers.reading("2026-01-05", "30")
    answers.key(lambda: agree(pen.book, pen.iteration, "baseline"))
    answers.row("target", "targets", Promise, "wait", value="8", by="2026-02-28")
    answers.key(lambda: agree(pen.book, pen.iteration, "target"))
    answers.row("plan", "actions", Action, "desk", what="Print at the desk", due="2026-01-16")
    answers.row("action", "progress", Progress, "desk", status="done")
    pen.on("2026-02-02")
    answers.reading("2026-02-02", "6")
    answers.field("check", other_causes="none found", keep="print where people are", decision="go on to 7")
    answers.key(lambda: verify(pen.book, pen.iteration))
    answers.row("momentum", "controls", Control, "printer", what="The printer stays at the desk")
    answers.key(lambda: plan_sustain_checks(pen.book, pen.iteration))
    answers.field("momentum", next="none", next_reason="good enough")
    pen.on("2026-03-04")
    answers.reading("2026-03-02", "7")
    answers.key(lambda: record_sustain_check(pen.book, pen.iteration, pen.iteration.momentum.sustain_checks[0].id))
    return answers


def test_it_is_closed_after_about_twenty_answers(pen: Pen) -> None:
    answers = walk(pen)
    assert state_of(pen.book, pen.improvement) == "closed"
    assert (answers.given, answers.keys) == (23, 5)


def test_it_closes_as_achieved_with_thin_evidence(pen: Pen) -> None:
    walk(pen)
    assert pen.iteration.check.verdict["word"] == "met-thin"
    assert status_of(pen.book, pen.improvement) == "closed, achieved"
    assert "signal" not in str(pen.iteration.check.verdict["sentence"])


def test_every_step_is_complete_with_what_s_asks(pen: Pen) -> None:
    walk(pen)
    assert [key for key in STEP_KEYS if not complete(pen.improvement, pen.iteration, key)] == []


def test_names_and_days_default_to_me_and_today(pen: Pen) -> None:
    walk(pen)
    part = pen.iteration
    assert (pen.improvement.owner, part.baseline.agreed_by, part.target.agreed_by) == ("Ada", "Ada", "Ada")
    assert (part.check.verified_by, part.check.verified_on) == ("Ada", "2026-02-02")


def test_only_the_first_sustain_check_is_planned(pen: Pen) -> None:
    walk(pen)
    assert [row.due for row in pen.iteration.momentum.sustain_checks] == ["2026-03-04"]


def test_coach_keeps_to_what_matters_at_s(pen: Pen) -> None:
    walk(pen)
    still_open = replace(pen.iteration, momentum=Momentum())
    found = [each.rule for each in all_findings(pen.book, pen.improvement, still_open)]
    assert set(found) <= IN_SMALL
    assert found.count("S2") == 1
    assert all_findings(pen.book, pen.improvement, pen.iteration) == ()


def test_raising_the_size_only_adds_stars(pen: Pen) -> None:
    pen.add("Shorter wait for a badge", size="S")
    starred = {}
    for size in ("S", "M", "L", "XL"):
        pen.entry(size=size)
        found = [missing(pen.improvement, pen.iteration, key) for key in STEP_KEYS]
        starred[size] = {(each.place.step, each.place.field) for step in found for each in step}
    assert starred["S"] < starred["M"] <= starred["L"] <= starred["XL"]
    assert starred["S"] == {
        ("vision", "objective"),
        ("vision", "vision"),
        ("vision", "value"),
        ("baseline", "metrics"),
        ("baseline", "agreed_by"),
        ("baseline", "agreed_on"),
        ("target", "targets"),
        ("target", "agreed_by"),
        ("target", "agreed_on"),
        ("plan", "actions"),
        ("action", "progress"),
        ("check", "other_causes"),
        ("check", "keep"),
        ("check", "decision"),
        ("check", "verified_by"),
        ("check", "verified_on"),
        ("momentum", "controls"),
        ("momentum", "sustain_checks"),
        ("momentum", "next"),
    }


def test_at_m_step_4_asks_for_checkpoints_and_step_7_for_story_and_lessons(pen: Pen) -> None:
    pen.add("Shorter wait for a badge", size="M")
    plan = {each.place.field for each in missing(pen.improvement, pen.iteration, "plan")}
    assert {"approach", "options", "chosen", "why", "measurement_plan", "checkpoints", "hypothesis_metric"} <= plan
    momentum = {each.place.field for each in missing(pen.improvement, pen.iteration, "momentum")}
    assert {"daily_owner", "relapse_metric", "story_message", "story_channel", "lessons_shared"} <= momentum


def test_larger_improvement_takes_no_owner_for_granted(pen: Pen) -> None:
    found = add_improvement(pen.book, "Alarms that mean something", size="M")
    assert found.owner == ""
    assert pen.book.answer(Place(found.id, step=REGISTER, field="raised_by")) == "Ada"


def test_after_the_check_step_7_stars_what_holds_a_gain_or_what_is_missing_or_both(pen: Pen) -> None:
    verified(pen, size="M")
    starred = starred_fields(pen.improvement, pen.iteration, "momentum")
    assert {"controls", "sustain_checks", "relapse_limit", "lessons_shared", "next"} <= set(starred)
    assert not {"why_short", "told"} & set(starred)
    pen.book.undo()
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", pen.names["hours"])
    worse = dict.fromkeys(("2026-04-27", "2026-05-04", "2026-05-11", "2026-05-18"), Reading("7.0"))
    set_readings(pen.book, place, worse)
    pen.verify("Grace")
    assert {"why_short", "told", "controls"} <= set(starred_fields(pen.improvement, pen.iteration, "momentum"))


def test_where_nothing_was_gained_step_7_stars_no_control(pen: Pen) -> None:
    verified(pen, size="M", values="7.0 6.9 7.1 6.8 7.0 6.9 7.1 6.8")
    starred = starred_fields(pen.improvement, pen.iteration, "momentum")
    assert {"why_short", "told", "lessons_shared", "next"} <= set(starred)
    assert not {"controls", "sustain_checks", "relapse_limit", "story_message"} & set(starred)
