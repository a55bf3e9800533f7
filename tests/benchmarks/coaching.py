"""Prints how often the rules that read words are right, and how long the coach takes over a full iteration.

Run it with `python tests/benchmarks/coaching.py`. The texts stand in `tests/coach/texts`, a file a rule. A third of
them was written before the rules and held back: nobody looked at them while the rules were tuned.
"""

import sys
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Momentum
from cimodel_tui.model.place import REGISTER
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.reading import Reading
from cimodel_tui.model.target import Promise, Target
from cimodel_tui.model.vision import Stakeholder, Vision

TEXTS = Path(__file__).parents[1] / "coach" / "texts"
TODAY = date(2026, 11, 23)
FRAME_MS = 1000 / 60

Entry: TypeAlias = str | Mapping[str, object]
"""One text for the field of its file, or fields by name."""

FIELDS = {
    "vision": lambda text: {"vision": Vision(vision=text)},
    "value": lambda text: {"vision": Vision(value=text)},
    "current_state": lambda text: {"baseline": Baseline(current_state=text)},
    "target": lambda text: {"target": Target(sentence=text)},
    "action": lambda text: {"plan": Plan(actions=(Action(id="action", what=text),))},
    "story_message": lambda text: {"momentum": Momentum(story_message=text)},
}
PLACES = {"title": REGISTER, "vision": "vision", "target": "target"}


@dataclass(frozen=True, slots=True)
class Score:
    """How a rule fared over some texts."""

    hits: int = 0
    """Texts that must fire it and did."""
    missed: tuple[str, ...] = ()
    """Texts that must fire it and did not."""
    wrong: tuple[str, ...] = ()
    """Near misses that fired it."""
    quiet: int = 0
    """Near misses that did not."""

    @property
    def precision(self) -> float:
        """The share of what fired that had to."""
        return self.hits / ((self.hits + len(self.wrong)) or 1)

    @property
    def recall(self) -> float:
        """The share of what had to fire that did."""
        return self.hits / ((self.hits + len(self.missed)) or 1)

    def __add__(self, other: "Score") -> "Score":
        """Return the score over the texts of both."""
        return Score(
            self.hits + other.hits, self.missed + other.missed, self.wrong + other.wrong, self.quiet + other.quiet
        )


def situation_of(entry: Entry, field: str, names: list[str]) -> Situation:
    """Return a situation in which nothing but this text is filled in."""
    told = {field: entry} if isinstance(entry, str) else dict(entry)
    title, owner = str(told.pop("title", "")), str(told.pop("owner", ""))
    improvement = Improvement(id="improvement", ref="CI-0001", title=title, owner=owner)
    metrics = tuple(Metric(id=str(at), name=str(name)) for at, name in enumerate(_list(told.pop("metrics", names))))
    parts: dict[str, object] = {"baseline": Baseline(metrics=metrics)} if metrics else {}
    stakeholders = _list(told.pop("stakeholders", []))
    if stakeholders:
        rows = [_list(row) for row in stakeholders]
        people = tuple(Stakeholder(id=str(row[0]), name=str(row[0]), kind=str(row[1])) for row in rows)
        parts["vision"] = Vision(value=str(told.pop("value", "")), stakeholders=people)
    hypothesis = {f"hypothesis_{name}": str(told.pop(name)) for name in ("if", "then", "because") if name in told}
    if hypothesis:
        parts["plan"] = Plan(**hypothesis)
    for name, text in told.items():
        parts |= FIELDS[name](str(text))
    iteration = Iteration(id="iteration", improvement="improvement", **parts)  # type: ignore[arg-type]  # parts by key
    return Situation(improvement=improvement, iteration=iteration, today=TODAY)


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


def fires(rule: str, entry: Entry, field: str, names: list[str]) -> bool:
    """Tell whether a rule fires on a text, in the field in which the text stands."""
    found = findings(situation_of(entry, field, names))
    step = PLACES.get(field if isinstance(entry, str) else next(iter(entry))) if rule == "V2" else None
    return any(each.rule == rule and step in (None, each.place.step) for each in found)


def score(path: Path, part: str) -> Score:
    """Return how a rule fares over the `tuned` or the `held_back` texts of its file."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    rule, field, names = path.stem.upper(), told.get("field", ""), told.get("metrics", [])
    must, must_not = told[part]["fires"], told[part]["silent"]
    missed = tuple(str(text) for text in must if not fires(rule, text, field, names))
    wrong = tuple(str(text) for text in must_not if fires(rule, text, field, names))
    return Score(len(must) - len(missed), missed, wrong, len(must_not) - len(wrong))


def scores(part: str) -> dict[str, Score]:
    """Return the score of every rule that reads words."""
    return {path.stem.upper(): score(path, part) for path in sorted(TEXTS.glob("*.toml"))}


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
    return Situation(improvement=entry, iteration=iteration, names=frozenset(("Desk", "Anna")), today=TODAY)


def milliseconds(work: Callable[[], object], times: int = 50) -> tuple[float, float]:
    """Return how long the first call took, and the median of the later ones."""
    taken = []
    for _ in range(times + 1):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return taken[0], sorted(taken[1:])[times // 2]


def main(*, verbose: bool) -> None:
    """Print the table and the times."""
    situation = full_situation()
    first, later = milliseconds(lambda: findings(situation))
    tuned, held_back = scores("tuned"), scores("held_back")
    tuned["all"], held_back["all"] = (sum(each.values(), Score()) for each in (tuned, held_back))
    print("rule   tuned: texts  precision  recall   held back: texts  precision  recall")
    for rule, one in tuned.items():
        other = held_back[rule]
        print(
            f"{rule:4} {_size(one):>15} {one.precision:10.2f} {one.recall:7.2f}"
            f" {_size(other):>18} {other.precision:10.2f} {other.recall:7.2f}"
        )
        if verbose:
            print(
                *(f"     missed: {text}" for text in one.missed),
                *(f"     wrong: {text}" for text in one.wrong),
                sep="\n",
            )
    print(
        f"A full iteration: {later:.1f} ms, the first time {first:.1f} ms; a frame at 60 a second is {FRAME_MS:.1f} ms."
    )


def _size(one: Score) -> int:
    return one.hits + len(one.missed) + len(one.wrong) + one.quiet


if __name__ == "__main__":
    main(verbose="--verbose" in sys.argv)
