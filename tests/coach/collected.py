"""Texts as people type them, collected from two authors, and what the coach answers to each.

`texts/shared.json` was written by somebody who had seen neither rules nor word lists. `texts/own.json` was written
before the rules were changed to meet `shared.json`; every third of its texts of one kind is marked `kept_back`. No rule
was mended for one of those, but their figures are printed at every change, so that they are watched and not unseen.
`texts/later.json` holds eight rounds that were written afterwards, the last of them marked `kept_back`, and
`texts/round_a.json` to `round_f.json` six more: `round_a` was written before its author had read a rule, the others
after the mending that the round before had called for. `round_g.json` holds evidence alone, by two who had read no
rule. The rules met every round as they stood; those figures are in the README. Since then every round, the ones marked
`kept_back` in `later.json` included, was used to mend the rules, so that what the table says of it today tells that
nothing was lost, and not how the coach reads a text it has never seen.

An entry holds the field, the text, the rules that should fire (`expect`, `V2|V4` is either),
rules that may (`optional`) and tags: `short`, `typo`, `nonnative`, and the language of a text that is not English,
or `foreign`.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from cimodel_tui.coach.finding import Situation
from cimodel_tui.coach.rules import findings
from cimodel_tui.model.action import Acting, Progress
from cimodel_tui.model.baseline import Baseline, Metric
from cimodel_tui.model.check import Check
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.momentum import Control, Momentum
from cimodel_tui.model.plan import Action, Plan
from cimodel_tui.model.step import REGISTER
from cimodel_tui.model.target import Target
from cimodel_tui.model.vision import Vision

METRICS = ("P2 time to restore", "First-contact resolution", "Change failure rate", "Abandoned calls")
"""The metrics that a collected hypothesis may name."""

FILES: dict[str, tuple[str, ...]] = {
    "shared": ("shared",),
    "own": ("own", "kept back"),
    "later": ("later", "last"),
    "round_a": ("round a",),
    "round_b": ("round b",),
    "round_c": ("round c",),
    "round_d": ("round d",),
    "round_e": ("round e",),
    "round_f": ("round f",),
    "round_g": ("round g",),
}
"""The files, with the part that their texts belong to, and that of those which are kept back."""

LANGUAGES = ("de", "fr", "es", "it", "nl", "foreign")

PLACES = {
    "title": (REGISTER, "title"),
    "owner": (REGISTER, "owner"),
    "vision": ("vision", "vision"),
    "value": ("vision", "value"),
    "current_state": ("baseline", "current_state"),
    "target": ("target", "sentence"),
    "hypothesis": ("plan", "hypothesis_then"),
    "action": ("plan", "actions"),
    "evidence": ("action", "progress"),
    "other_causes": ("check", "other_causes"),
    "lessons": ("check", "keep"),
    "control": ("momentum", "controls"),
    "story_message": ("momentum", "story_message"),
}
"""Step and field in which the coach answers to a text."""


@dataclass(frozen=True)
class Text:
    """One collected text and the rules that should and may fire on it."""

    field: str
    text: str
    expect: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    part: str = "shared"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What kind of text it is: short, typo, nonnative, foreign; plain where it is none of these."""
        kinds = tuple(tag for tag in self.tags if tag in ("short", "typo", "nonnative"))
        foreign = ("foreign",) if set(self.tags) & set(LANGUAGES) else ()
        return (kinds + foreign) or ("plain",)


def texts() -> Iterator[Text]:
    """Yield every collected text."""
    for name, parts in FILES.items():
        path = Path(__file__).parent / "texts" / f"{name}.json"
        for entry in json.loads(path.read_text(encoding="utf-8")):
            part = parts[entry.get("kept_back", False)]
            expect, optional, tags = (tuple(entry[name]) for name in ("expect", "optional", "tags"))
            yield Text(entry["field"], entry["text"], expect, optional, tags, part)


def situation_of(text: Text) -> Situation:
    """Return a situation in which nothing but this text is filled in."""
    return Situation(
        improvement=Improvement(id="improvement", ref="CI-0001", **_entry(text)),
        iteration=Iteration(id="iteration", improvement="improvement", **_parts(text)),
        today=date(2026, 11, 23),
    )


def _entry(text: Text) -> dict[str, Any]:
    return {text.field: text.text} if text.field in ("title", "owner") else {}


def _parts(text: Text) -> dict[str, Any]:
    make = _MAKERS.get(text.field)
    return make(text) if make else {}


def _hypothesis(text: Text) -> dict[str, Any]:
    cause, effect, why = (part.strip() for part in text.text.split("|"))
    metrics = tuple(Metric(id=name, name=name) for name in METRICS)
    plan = Plan(hypothesis_if=cause, hypothesis_then=effect, hypothesis_because=why)
    return {"baseline": Baseline(metrics=metrics), "plan": plan}


def _evidence(text: Text) -> dict[str, Any]:
    action = Action(id="action", what="Add an alert before a certificate expires")
    progress = Progress(id="action", status="done", finished="2026-11-20", evidence=text.text)
    return {"plan": Plan(actions=(action,)), "action": Acting(progress=(progress,))}


def _control(text: Text) -> dict[str, Any]:
    kind = next((tag for tag in text.tags if tag in ("written", "checked", "trained", "built in")), "")
    return {"momentum": Momentum(controls=(Control(id="control", what=text.text, kind=kind),))}


_MAKERS: dict[str, Callable[[Text], dict[str, Any]]] = {
    "vision": lambda text: {"vision": Vision(vision=text.text)},
    "value": lambda text: {"vision": Vision(value=text.text)},
    "current_state": lambda text: {"baseline": Baseline(current_state=text.text)},
    "target": lambda text: {"target": Target(sentence=text.text)},
    "action": lambda text: {"plan": Plan(actions=(Action(id="action", what=text.text),))},
    "hypothesis": _hypothesis,
    "evidence": _evidence,
    "other_causes": lambda text: {"check": Check(other_causes=text.text, verified_by="Anna")},
    "lessons": lambda text: {"check": Check(other_causes="none found", keep=text.text)},
    "control": _control,
    "story_message": lambda text: {"momentum": Momentum(story_message=text.text)},
}


def fired(text: Text) -> list[str]:
    """Return the rules that fire where a text stands."""
    place = PLACES[text.field]
    return [each.rule for each in findings(situation_of(text)) if (each.place.step, each.place.field) == place]


@dataclass
class Tally:
    """Findings that are right, wrong and missing, of one rule or one kind of text."""

    right: int = 0
    wrong: int = 0
    missing: int = 0

    @property
    def due(self) -> int:
        """How many findings are due."""
        return self.right + self.missing

    @property
    def precision(self) -> float:
        """Right findings among all that fired, 1 where none fired."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Right findings among all that were due, 1 where none was."""
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0


@dataclass(frozen=True)
class Judged:
    """One text with the rules that fired rightly, wrongly, and not at all."""

    text: Text
    right: tuple[str, ...]
    wrong: tuple[str, ...]
    missing: tuple[str, ...]

    def outcomes(self) -> Iterator[tuple[str, str]]:
        """Yield each rule with `right`, `wrong` or `missing`."""
        for outcome in ("right", "wrong", "missing"):
            yield from ((rule, outcome) for rule in getattr(self, outcome))


def judge(text: Text) -> Judged:
    """Compare what fires on a text with what should."""
    rules = fired(text)
    right, wrong, missing = [], list(rules), []
    for due in text.expect:
        either = due.split("|")
        hit = next((rule for rule in rules if rule in either), None)
        if hit:
            right.append(either[0])
            wrong.remove(hit)
        elif not set(either) & set(text.optional):
            missing.append(either[0])
    wrong = [rule for rule in wrong if rule not in text.optional]
    return Judged(text, tuple(right), tuple(wrong), tuple(missing))


def tallies(judged: Iterable[Judged], by: str) -> dict[str, Tally]:
    """Count by rule (`rule`), by kind of text (`kind`), or all together (`all`)."""
    found: dict[str, Tally] = {}
    for each in judged:
        for name, outcome in each.outcomes():
            for key in {"rule": (name,), "kind": each.text.kinds, "all": ("all",)}[by]:
                tally = found.setdefault(key, Tally())
                setattr(tally, outcome, getattr(tally, outcome) + 1)
    return dict(sorted(found.items()))
