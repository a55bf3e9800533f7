"""Step 6: what else changed, an eye with nothing to gain, and goalposts that stay where they are."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

import pytest

from cimodel_tui.coach.check import a_year_ago
from cimodel_tui.coach.finding import Finding, Situation
from cimodel_tui.coach.remedy import RemedyKind
from cimodel_tui.model.answer import Json
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Collection, Plan
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.target import Target

MakeSituation: TypeAlias = Callable[..., Situation]
Found: TypeAlias = Callable[[Situation, str], tuple[Finding, ...]]
Weekly: TypeAlias = Callable[..., Mapping[str, Reading]]

WAIT = Metric(id="m1", name="Wait", collector="Lea")


@pytest.mark.parametrize(
    ("check", "fires"),
    [
        (Check(), False),
        (Check(keep="Swarm"), True),
        (Check(keep="Swarm", other_causes="none found"), False),
        (Check(keep="Swarm", other_causes="  "), True),
    ],
)
def test_something_else_may_have_changed(
    situation_with: MakeSituation, found: Found, check: Check, fires: bool
) -> None:
    assert bool(found(situation_with(check=check), "C1")) is fires


def test_other_causes_are_asked_for_once_a_later_reading_is_in(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    answers = {"baseline": Baseline(metrics=(WAIT,)), "plan": Plan(result_from="2026-05-01")}
    assert not found(situation_with(readings={"m1": weekly("7", "2026-04-30")}, **answers), "C1")
    (finding,) = found(situation_with(readings={"m1": weekly("7", "2026-05-01")}, **answers), "C1")
    assert finding.remedy
    assert (finding.remedy.kind, finding.remedy.place.field) == (RemedyKind.OPEN, "other_causes")


@pytest.mark.parametrize(
    ("by", "names", "fires"),
    [
        ("Anna", ("Anna", "Ben"), True),
        (" anna ", ("Anna", "Ben"), True),
        ("Lea", ("Lea", "Ben"), True),
        ("Tom", ("Tom", "Ben"), True),
        ("Ben", ("Anna", "Ben"), False),
        ("Anna", ("Anna",), False),
        ("Anna", ("Anna", "Lea", "Tom"), False),
        ("", ("Anna", "Ben"), False),
    ],
)
def test_owner_and_collectors_do_not_verify_where_others_are_named(
    situation_with: MakeSituation, found: Found, by: str, names: tuple[str, ...], fires: bool
) -> None:
    plan = Plan(measurement_plan=(Collection(id="p1", metric="m1", who="Tom"),))
    situation = situation_with(
        owner="Anna", names=names, baseline=Baseline(metrics=(WAIT,)), plan=plan, check=Check(verified_by=by)
    )
    assert bool(found(situation, "C2")) is fires


def _amended(on: str, *path: str) -> Amendment:
    return Amendment(id="w1", at=f"{on}T10:00:00Z", on=on, by="Anna", path=path, before="5", after="6", why="")


def _changed(situation_with: MakeSituation, weekly: Weekly, target: Target, **answers: object) -> Situation:
    return situation_with(
        readings={"m1": weekly("7 5", "2026-04-01", 30)},
        baseline=Baseline(metrics=(WAIT,)),
        plan=Plan(result_from="2026-05-01"),
        target=target,
        **answers,
    )


@pytest.mark.parametrize(("on", "moved"), [("2026-04-30", False), ("2026-05-01", False), ("2026-05-02", True)])
def test_goalposts_moved_where_the_target_changed_after_the_first_later_reading(
    situation_with: MakeSituation, weekly: Weekly, found: Found, on: str, moved: bool
) -> None:
    target = Target(amendments=(_amended(on, "targets", "m1", "value"),))
    assert bool(found(_changed(situation_with, weekly, target), "C3")) is moved


@pytest.mark.parametrize(
    ("path", "moved"),
    [
        (("metrics", "m1", "definition"), True),
        (("metrics", "m1", "unit"), True),
        (("metrics", "m1"), True),
        (("metrics", "m1", "collector"), False),
        (("metrics", "m1", "name"), False),
        (("readings", "m1", "2026-03-01"), False),
    ],
)
def test_goalposts_are_what_counts_and_not_who_collects(
    situation_with: MakeSituation, weekly: Weekly, found: Found, path: tuple[str, ...], moved: bool
) -> None:
    situation = _changed(situation_with, weekly, Target())
    amended = replace(situation.iteration.baseline, amendments=(_amended("2026-06-01", *path),))
    situation = replace(situation, iteration=replace(situation.iteration, baseline=amended))
    found_ = found(situation, "C3")
    assert bool(found_) is moved
    assert all(finding.place.step == "baseline" for finding in found_)


def test_why_of_a_target_may_change(situation_with: MakeSituation, weekly: Weekly, found: Found) -> None:
    target = Target(amendments=(_amended("2026-06-01", "targets", "m1", "why"),))
    assert not found(_changed(situation_with, weekly, target), "C3")


def test_goalposts_that_an_earlier_pass_moved_were_judged_there(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    target = Target(amendments=(_amended("2026-06-01", "targets", "m1", "value"),))
    before = Iteration(id="before", improvement="improvement", target=target)
    assert not found(_changed(situation_with, weekly, target, parent="before", number=2, earlier=(before,)), "C3")


def test_target_that_is_changed_through_a_revisit_moves_no_goalposts(
    situation_with: MakeSituation, weekly: Weekly, found: Found
) -> None:
    target = Target(amendments=(_amended("2026-06-02", "targets", "m1", "by"),))
    answers = {"parent": "before", "number": 2, "entered_at": "target"}
    assert not found(_changed(situation_with, weekly, target, opened_on="2026-06-01", **answers), "C3")
    assert found(_changed(situation_with, weekly, target, opened_on="2026-05-01", **answers), "C3")


def test_without_a_later_reading_nothing_moved(situation_with: MakeSituation, found: Found) -> None:
    target = Target(amendments=(_amended("2026-06-01", "targets", "m1", "value"),))
    assert not found(situation_with(baseline=Baseline(metrics=(WAIT,)), target=target), "C3")


@pytest.mark.parametrize(
    ("path", "before", "apart"),
    [
        (("metrics", "m1", "recipe"), {"measure": "median"}, True),
        (("metrics", "m1", "recipe", "where"), "priority=1", True),
        (("metrics", "m1", "zone"), "Europe/Berlin", True),
        (("metrics", "m1", "recipe"), None, False),
        (("metrics", "m1", "collector"), "Lea", False),
    ],
)
def test_before_and_after_are_counted_the_same_way(
    situation_with: MakeSituation, found: Found, path: tuple[str, ...], before: Json, apart: bool
) -> None:
    changed = replace(_amended("2026-06-01", *path), before=before)
    situation = situation_with(baseline=Baseline(metrics=(WAIT,), amendments=(changed,)))
    messages = [each.message for each in found(situation, "C5")]
    assert len(messages) == apart
    assert all("not counted the same way, since 2026-06-01" in message for message in messages)


def _two_years(situation_with: MakeSituation, last_year: str, this_year: str) -> Situation:
    """Return January to March as the baseline and April to June as the result, a year ago and now."""
    months = [f"{year}-{month:02d}-01" for year in (2025, 2026) for month in range(1, 7)]
    values = [*last_year.split(), *this_year.split()]
    readings = {day: Reading(value) for day, value in zip(months, values, strict=True)}
    part = Baseline(metrics=(replace(WAIT, unit="h"),), first_on="2026-01-01", last_on="2026-03-31")
    return situation_with(readings={"m1": readings}, baseline=part, plan=Plan(result_from="2026-04-01"))


@pytest.mark.parametrize(
    ("last_year", "season"),
    [("9 9 9 7 7 7", True), ("9 9 9 8 8 8", True), ("9 9 9 8.1 8.1 8.1", False), ("7 7 7 9 9 9", False)],
)
def test_same_months_a_year_ago_explain_half_of_the_change(
    situation_with: MakeSituation, found: Found, last_year: str, season: bool
) -> None:
    situation = _two_years(situation_with, last_year, "8 8 8 6 6 6")
    messages = [each.message for each in found(situation, "C4")]
    assert len(messages) == season
    assert all(message.startswith("Wait: last year these months went from 9 to ") for message in messages)
    assert len(tuple(a_year_ago(situation))) == 1


def test_year_that_is_not_known_says_nothing(situation_with: MakeSituation, weekly: Weekly) -> None:
    part = Baseline(metrics=(WAIT,), last_on="2026-03-31")
    situation = situation_with(
        readings={"m1": weekly("8 8 8 6 6 6", days=30)}, baseline=part, plan=Plan(result_from="2026-04-01")
    )
    assert not tuple(a_year_ago(situation))


@pytest.mark.parametrize("text", ["-", "?", "tbd", "TBD.", "todo", "n/a", "x", "..."])
def test_placeholder_names_no_other_cause(situation_with: MakeSituation, found: Found, text: str) -> None:
    assert found(situation_with(check=Check(keep="Swarm", other_causes=text)), "C1")


def test_who_could_verify_is_named_and_no_motive_imputed(situation_with: MakeSituation, found: Found) -> None:
    situation = situation_with(owner="Anna", names=("Anna", "Ben"), check=Check(verified_by="Anna"))
    (finding,) = found(situation, "C2")
    assert finding.message.startswith("Anna owns this improvement.")
    assert "could Ben verify it" in finding.message
    assert "gain" not in finding.message
