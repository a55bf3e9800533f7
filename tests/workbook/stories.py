"""Short ways to a state of an improvement, for tests that begin there."""

from cimodel_tui.model.action import Progress
from cimodel_tui.model.baseline import Cause, Metric
from cimodel_tui.model.momentum import Control
from cimodel_tui.model.plan import Action
from cimodel_tui.model.step import Place
from cimodel_tui.model.target import Limit, Promise
from cimodel_tui.sources.recipe import Recipe
from cimodel_tui.workbook.incoming import (
    ImportDecisions,
    ReadingOptions,
    commit_readings,
    compare_with,
    facts_of,
    interpret_import,
)
from tests.samples.pen import Pen

BEFORE = "7.1 6.2 7.9 6.6 5.9 7.4 6.9 8.1 6.3 6.7 7.2 6.5"
BETTER = "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5"
SHORT = "6.0 5.8 6.1 5.7 5.9 5.8 6.0 5.9"


def measured(pen: Pen, *, size: str = "S", values: str = BEFORE) -> None:
    """An improvement with one metric and its readings, not agreed yet."""
    pen.add("Restore stores faster", size=size)
    pen.write("vision", objective="Stores sell", vision="A store is helped at once.", value="Shoppers pay.")
    pen.rows(
        "baseline", "metrics", Metric, hours={"name": "hours", "definition": "mean", "unit": "h", "better": "lower"}
    )
    pen.rows("baseline", "causes", Cause, waiting={"cause": "waiting", "share": "60"})
    pen.read("hours", "2026-01-05", values)


def agreed(pen: Pen, *, size: str = "S", target: str = "5.0") -> None:
    """The same with baseline and target agreed on 2026-03-30."""
    measured(pen, size=size)
    pen.on("2026-03-30")
    pen.agree("baseline", "Grace")
    pen.rows("target", "targets", Promise, hours={"value": target, "by": "2026-06-21"})
    pen.agree("target", "Grace")


def unsealed(pen: Pen) -> None:
    """Everything is there and the target is met; only the baseline was never agreed."""
    measured(pen)
    pen.rows("target", "targets", Promise, hours={"value": "5.0", "by": "2026-06-21"})
    pen.agree("target", "Grace")
    pen.rows("plan", "actions", Action, rota={"what": "Rota", "start": "2026-03-30", "due": "2026-04-26"})
    pen.rows("action", "progress", Progress, rota={"status": "done"})
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")


def with_limit(pen: Pen, value: str) -> None:
    """A balancing metric with its limit, before anything is agreed."""
    pen.rows(
        "baseline",
        "metrics",
        Metric,
        again={"name": "reopened", "definition": "share", "unit": "%", "better": "lower", "role": "balancing"},
    )
    pen.rows("target", "limits", Limit, again={"value": value})


def acted(pen: Pen, *, size: str = "S", target: str = "5.0") -> None:
    """The same with one action done and one still open; the result counts from 2026-04-27."""
    agreed(pen, size=size, target=target)
    pen.rows(
        "plan",
        "actions",
        Action,
        rota={
            "what": "Rota",
            "owner": "Ada",
            "start": "2026-03-30",
            "due": "2026-04-02",
            "cause": pen.named("waiting"),
        },
        pages={"what": "Pages", "owner": "Ada", "due": "2026-04-26", "depends_on": (pen.named("rota"),)},
    )
    pen.rows("action", "progress", Progress, rota={"status": "done", "finished": "2026-04-02", "evidence": "rota"})


def verified(
    pen: Pen, *, size: str = "S", values: str = BETTER, decision: str = "go on to 7", target: str = "5.0"
) -> None:
    """The same, checked and verified on 2026-06-22."""
    acted(pen, size=size, target=target)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", values)
    pen.write("check", other_causes="none found", keep="swarming", decision=decision, decision_reason="so it is")
    pen.verify("Grace")


def embedding(pen: Pen, *, size: str = "S") -> None:
    """A gain with a control and its sustain checks planned, each open action dropped, no next iteration."""
    verified(pen, size=size)
    pen.table("momentum", "controls", Control, [{"what": "rule", "kind": "built in"}])
    pen.plan_sustain_checks()
    pen.carry("pages", "drop", "not needed")
    pen.write("momentum", next="none", next_reason="it is good enough")


def back_to(pen: Pen, step: str, *, values: str = SHORT) -> None:
    """A no that leads back to a step: the second iteration has begun on 2026-06-29."""
    verified(pen, values=values, decision="revisit", target="5.0")
    pen.write("check", revisit_step=step, decision_reason="wrong lever")
    pen.on("2026-06-29")
    pen.revisit()


def counted(pen: Pen, export: bytes, recipe: Recipe) -> None:
    """One weekly metric whose readings come from tickets; it is agreed on 2026-03-16 as the recipe counts them."""
    pen.add("Fewer tickets", size="M")
    pen.write("vision", objective="Calls", vision="Nobody has to call.", value="Time.")
    columns = {"name": "tickets", "definition": "all of them", "unit": "tickets", "better": "lower"}
    pen.rows("baseline", "metrics", Metric, tickets={**columns, "frequency": "weekly"})
    pen.on("2026-03-16")
    (metric,) = pen.iteration.baseline.metrics
    facts, today = facts_of(pen.improvement, metric), pen.clock.today()
    found = interpret_import(export, metric, facts, recipe, today, ReadingOptions()).readings
    place = Place(pen.improvement_id, pen.iteration.id, "baseline", "metrics", metric.id)
    seen = compare_with(pen.book, pen.improvement, metric, found, 0)
    commit_readings(pen.book, place, seen, ImportDecisions(recipe=recipe, source="tickets.csv"))
    pen.agree("baseline", "Grace")
