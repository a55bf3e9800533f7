"""How long the coach takes over a full iteration, against one frame at 60 a second.

Run by hand: `python tests/benchmarks/coaching.py [how many times]`. The iteration has five metrics with a year of
weekly readings, long texts and eight actions under way; from look to look one field changes, as while somebody types.
Precision and recall are counted by `tests/coach/test_texts.py`.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement, Reading
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Momentum
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Vision

TODAY = date(2026, 11, 23)
FRAME_MS = 1000 / 60
TIMES = 200


def full_situation() -> Situation:
    """Return an iteration with five metrics, 52 readings each, and eight actions under way."""
    first = date(2026, 1, 5)
    metrics = tuple(
        Metric(
            id=f"m{at}", name=f"Time to restore {at}", unit="h", better="lower", frequency="weekly", how_known="assumed"
        )
        for at in range(5)
    )
    readings = {
        metric.id: {(first + timedelta(weeks=week)).isoformat(): Reading(f"{6 + week % 5 / 10}") for week in range(52)}
        for metric in metrics
    }
    long = "Restoring is slow and many stores wait for the right people, who are hard to find at night. " * 5
    iteration = Iteration(
        id="iteration",
        improvement="improvement",
        vision=Vision(objective=long, vision=long, value=long),
        baseline=Baseline(current_state=long, metrics=metrics, last_on="2026-03-30"),
        target=Target(
            sentence="Improve the time to restore.",
            targets=tuple(Promise(id=metric.id, value="5.0", by="2026-12-31") for metric in metrics),
        ),
        plan=Plan(
            hypothesis_if=long,
            hypothesis_then=long,
            actions=tuple(Action(id=f"a{at}", what=f"Write runbook {at}", due="2026-06-30") for at in range(8)),
        ),
        action=Acting(progress=tuple(Progress(id=f"a{at}", status="done") for at in range(8))),
        momentum=Momentum(story_message=long),
    )
    entry = Improvement(id="improvement", ref="CI-0001", title="Restore stores faster", owner="Desk", readings=readings)
    return Situation(improvement=entry, iteration=iteration, look_up=lambda: ("Desk", "Anna"), today=TODAY)


def milliseconds(situation: Situation, times: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Return how long each look takes; every look begins with nothing reckoned and one text that was never read."""
    taken = []
    for at in range(times):
        vision = replace(situation.iteration.vision, vision=f"{situation.iteration.vision.vision} {'a' * at}")
        unread = replace(situation, iteration=replace(situation.iteration, vision=vision))
        start = clock()
        findings(unread)
        taken.append((clock() - start) * 1000)
    return taken


def table(times: int) -> str:
    """Return the times in one line."""
    situation = full_situation()
    first, *later = milliseconds(situation, times + 1)
    processor = milliseconds(situation, times, time.process_time)
    return (
        f"{len(findings(situation))} findings in {median(later):.1f} ms, {sum(processor) / times:.1f} of CPU "
        f"(median of {times}; the first look took {first:.1f} ms); a frame at 60 a second is {FRAME_MS:.1f} ms"
    )


if __name__ == "__main__":
    print(table(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES))
