"""Improvements as chance fills them in, from collected texts and plausible numbers; the same ones for the same seed."""

from datetime import date, timedelta
from random import Random

from cimodel_tui.coach.finding import Situation
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import BETTER, Baseline, Cause, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Control, Momentum
from cimodel_tui.model.plan import Action, Option, Plan
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Stakeholder, Vision
from tests.coach.collected import texts

TODAY = date(2026, 11, 23)
_UNITS = (("h", "value"), ("%", "value"), ("tickets", "value"), ("%", "share"), ("", "events"))
_FREQUENCIES = ("daily", "weekly", "monthly", "once")

_TEXTS: dict[str, list[str]] = {}
for _text in texts():
    _TEXTS.setdefault(_text.field, []).append(_text.text)


def plan_of(seed: int) -> Situation:
    """Return the situation of one seed."""
    chance = Random(seed)
    metrics = tuple(_metric(chance, at) for at in range(chance.randint(0, 3)))
    causes = tuple(
        Cause(id=f"c{at}", cause=f"Cause {at}", share=chance.choice(["", "20", "46 %"]))
        for at in range(chance.choice([0, 0, 2, 3]))
    )
    actions = tuple(_action(chance, at, causes) for at in range(chance.choice([0, 1, 2, 4, 9])))
    started = chance.random() < 0.4
    iteration = Iteration(
        id="iteration",
        improvement="improvement",
        number=chance.choice([1, 1, 1, 2]),
        opened_on="2026-06-01",
        vision=_vision(chance),
        baseline=Baseline(current_state=_typed(chance, "current_state"), metrics=metrics, causes=causes),
        target=_target(chance, metrics),
        plan=Plan(
            actions=actions,
            options=tuple(Option(id=f"o{at}", name=f"Way {at}") for at in range(chance.randint(0, 2))),
            hypothesis_then=_typed(chance, "hypothesis").partition("|")[2],
            result_from=chance.choice(["", "", "2026-09-01"]),
        ),
        action=Acting(progress=tuple(_progress(chance, row) for row in actions) if started else ()),
        check=_check(chance, metrics) if chance.random() < 0.5 else Check(),
        momentum=_momentum(chance) if chance.random() < 0.6 else Momentum(),
    )
    entry = Improvement(
        id="improvement",
        ref="CI-0001",
        title=_typed(chance, "title"),
        owner=_typed(chance, "owner"),
        size=chance.choice(["S", "M", "M", "L"]),
        review_on=chance.choice(["", "2026-01-01"]),
        readings={each.id: _readings(chance, each) for each in metrics},
    )
    return Situation(improvement=entry, iteration=iteration, look_up=lambda: ("Anna", "Ben"), today=TODAY)


def _typed(chance: Random, field: str) -> str:
    """Return up to two collected texts of a field, or nothing."""
    return ". ".join(
        chance.sample(_TEXTS[field], chance.choice([0, 1, 1, 1, 2] if field in ("vision", "target") else [0, 1]))
    )


def _metric(chance: Random, at: int) -> Metric:
    unit, kind = chance.choice(_UNITS)
    return Metric(
        id=f"m{at}",
        name=chance.choice(["Time to restore", "Reopened tickets", "Abandoned calls", "Number of outages"]),
        unit=unit,
        kind=kind,
        better=chance.choice(BETTER),
        role=chance.choice(["outcome", "outcome", "balancing"]),
        frequency=chance.choice(_FREQUENCIES),
        how_known=chance.choice(["measured", "measured", "estimated"]),
    )


def _readings(chance: Random, metric: Metric) -> dict[str, Reading]:
    centre = chance.choice([5, 50, 0.5])
    days = {"daily": 1, "weekly": 7, "monthly": 30}.get(metric.frequency, 7)
    found = {}
    for at in range(chance.choice([0, 1, 5, 8, 13, 30])):
        value = max(0.0, chance.gauss(centre, centre / chance.choice([5, 20])))
        day = (date(2026, 1, 5) + timedelta(days=days * at)).isoformat()
        if metric.kind == "events":
            found[day] = Reading("1")
        elif metric.kind == "share":
            found[day] = Reading(str(min(200, round(value))), of="200")
        else:
            found[day] = Reading(f"{value:.1f}")
    return found


def _target(chance: Random, metrics: tuple[Metric, ...]) -> Target:
    rows = tuple(
        Promise(
            id=each.id,
            promise=chance.choice(["move", "move", "hold"]),
            value=chance.choice(["", "0", "4", "4.8", "2", "45", "60", "100", "0.75", "-1", "120"]),
            by=chance.choice(["", "2026-10-01", "2026-12-31", "2027-06-30", "2028-01-01"]),
            rule=chance.choice(["mean", "mean-of-last"]),
            rule_n="6",
        )
        for each in metrics
        if each.role == "outcome" and chance.random() < 0.8
    )
    return Target(sentence=_typed(chance, "target"), targets=rows)


def _action(chance: Random, at: int, causes: tuple[Cause, ...]) -> Action:
    return Action(
        id=f"a{at}",
        what=_typed(chance, "action"),
        owner=chance.choice(["", "Anna"]),
        start=chance.choice(["", "2026-06-01"]),
        due=chance.choice(["", "2026-07-01", "2026-12-15"]),
        cause=chance.choice(["", *(cause.id for cause in causes)]),
    )


def _progress(chance: Random, row: Action) -> Progress:
    return Progress(
        id=row.id,
        status=chance.choice(["to do", "doing", "done", "dropped"]),
        started=chance.choice(["", "2026-06-02"]),
        finished=chance.choice(["", "2026-06-20"]),
        evidence=chance.choice(["", "done", "CHG-12"]),
    )


def _vision(chance: Random) -> Vision:
    people = tuple(Stakeholder(id="s0", name="Shops", kind="customer") for _ in range(chance.choice([0, 0, 1])))
    return Vision(vision=_typed(chance, "vision"), value=_typed(chance, "value"), stakeholders=people)


def _check(chance: Random, metrics: tuple[Metric, ...]) -> Check:
    return Check(
        other_causes=_typed(chance, "other_causes"),
        verified_by=chance.choice(["Anna", "Petra Lindqvist"]),
        measured={each.id: {"baseline": {"mean": 6.9}, "achieved": 4.7} for each in metrics},
    )


def _momentum(chance: Random) -> Momentum:
    controls = (Control(id="k0", what="Page", kind=chance.choice(["written", "checked"])),)
    return Momentum(controls=controls, story_message=_typed(chance, "story_message"))
