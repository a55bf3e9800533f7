"""Workbooks of any size, the same every time: made as objects of the model, written by the encoder of the storage."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement, Reading, Title
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Vision
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.documents import Thing, encode_document, key_of
from cimodel_tui.storage.schema import MIGRATIONS, WORKBOOK, Tree

FIRST = date(2020, 1, 1)
"""The day of the first reading."""

RARE = "xylophone"
"""A word in the title of every tenth improvement."""

ACTIONS = 4
"""How many actions an iteration with metrics has."""

NOW = "Today a store is closed for half a shift"
"""How the current state of every iteration begins."""

_STORY = "Restoring a store takes long, and at night the right people are hard to find. "


def metric_id(improvement: int, metric: int) -> str:
    """Return the id of a metric."""
    return f"m{improvement:06d}{metric:05d}"


def improvement_id(number: int) -> str:
    """Return the id of an improvement."""
    return f"i{number:011d}"


def iteration_id(improvement: int, number: int) -> str:
    """Return the id of an iteration."""
    return f"t{improvement:08d}{number:03d}"


def days(readings: int) -> dict[str, Reading]:
    """Return daily readings: a level that wanders within a week, and comes down after two thirds."""
    return {
        (FIRST + timedelta(days=at)).isoformat(): Reading(f"{(90 if at * 3 < readings * 2 else 70) + at * 7 % 13}.5")
        for at in range(readings)
    }


def _improvement(number: int, metrics: int, readings: int) -> Improvement:
    rare = f" {RARE}" if number % 10 == 0 else ""
    return Improvement(
        id=improvement_id(number),
        ref=f"CI-{number:04d}",
        title=f"Restore store {number} faster{rare}",
        summary=_STORY,
        raised_on="2019-12-02",
        owner=f"Anna {number % 40}",
        benefit="4",
        effort="2",
        urgency="3",
        risk="1",
        readings={metric_id(number, at): days(readings) for at in range(metrics)} if readings else {},
    )


def _baseline(improvement: int, metrics: int, readings: int) -> Baseline:
    last = (FIRST + timedelta(days=readings // 2)).isoformat() if readings else ""
    return Baseline(
        current_state=f"{NOW}. {_STORY * 2}",
        metrics=tuple(
            Metric(
                id=metric_id(improvement, at),
                name=f"Minutes to restore {at}",
                definition=_STORY,
                unit="min",
                better="lower",
                role="outcome",
                frequency="daily",
                how_known="measured",
            )
            for at in range(metrics)
        ),
        first_on=FIRST.isoformat() if readings else "",
        last_on=last,
    )


def _iteration(improvement: int, number: int, metrics: int, readings: int) -> Iteration:
    done = FIRST + timedelta(days=readings * 2 // 3)
    promises = tuple(
        Promise(id=metric_id(improvement, at), promise="move", value="75", by="2026-12-31", rule="mean")
        for at in range(metrics)
    )
    actions = tuple(
        Action(
            id=f"a{improvement:06d}{number:02d}{at:03d}", what=f"Write runbook {at}", owner="Anna", due=done.isoformat()
        )
        for at in range(ACTIONS if metrics else 0)
    )
    return Iteration(
        id=iteration_id(improvement, number),
        improvement=improvement_id(improvement),
        number=number,
        parent=iteration_id(improvement, number - 1) if number > 1 else "",
        opened_on=FIRST.isoformat(),
        vision=Vision(objective="Stores that are open", vision=_STORY * 2, value=_STORY),
        baseline=_baseline(improvement, metrics, readings),
        target=Target(targets=promises),
        plan=Plan(hypothesis_if=_STORY, hypothesis_then=_STORY, actions=actions),
        action=Acting(
            progress=tuple(Progress(id=each.id, status="done", finished=done.isoformat()) for each in actions)
        ),
    )


def _things(improvements: int, iterations: int, metrics: int, readings: int) -> Iterator[Thing]:
    yield Title(id="w00000000000", title=f"{improvements} improvements")
    for number in range(1, improvements + 1):
        yield _improvement(number, metrics, readings)
        for at in range(1, iterations + 1):
            yield _iteration(number, at, metrics, readings)


def tree(improvements: int, *, iterations: int = 1, metrics: int = 1, readings: int = 0) -> Tree:
    """Return a workbook; `readings` is the number of each metric."""
    found: Tree = {WORKBOOK: {}, "improvements": {}, "iterations": {}}
    for thing in _things(improvements, iterations, metrics, readings):
        table, doc_id = key_of(thing)
        found[table][doc_id] = encode_document(thing)
    for document in found[WORKBOOK].values():
        document["format"] = MIGRATIONS.current
    return found


def write(path: Path, workbook: Tree) -> Path:
    """Write a workbook and return where."""
    path.write_bytes(b"".join(Encoder().pieces(workbook)))
    return path
