"""The verdict of an iteration, over its outcome metrics with a promise, and what it cost elsewhere."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from cimodel_tui.measurement.balance import BROKEN, NOT_MEASURED, Balance
from cimodel_tui.measurement.iteration_words import cost_words, several_words
from cimodel_tui.measurement.judgement import Judgement
from cimodel_tui.measurement.leads import LEADS
from cimodel_tui.model.outcome import MET, closing
from cimodel_tui.record import dataclass

Record: TypeAlias = Mapping[str, object]
"""What `as_json` gave, as it was stored."""

WORDS = tuple(LEADS)
"""Every word that a verdict can be."""

_UNDECIDED = ("cannot-tell", "too-early")


class OverrideError(ValueError):
    """A verdict that a person may not put in place of the computed one; the message says why."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of an iteration comes to."""

    word: str
    """One of WORDS."""
    at_a_cost: tuple[str, ...]
    """Balancing metrics that are broken or not measured, and not accepted."""
    closes_as: str
    """`achieved`, `partly`, `not achieved` or `not verified`."""
    sentence: str
    """All of it in one sentence."""
    suggested: str = ""
    """The computed word where a person put another in its place."""
    reason: str = ""
    """Why that was done."""

    def as_json(self) -> dict[str, object]:
        """Return the record of it."""
        return {
            "word": self.word,
            "suggested": self.suggested or self.word,
            "reason": self.reason,
            "at_a_cost": list(self.at_a_cost),
            "closes_as": self.closes_as,
            "sentence": self.sentence,
        }


def verdict_of_iteration(
    outcomes: Sequence[tuple[str, Judgement | Record]],
    balancing: Sequence[tuple[str, Balance | Record]] = (),
    accepted: Collection[str] = (),
) -> Verdict | None:
    """Return the verdict over metrics by name, none where no outcome metric has a promise that can be judged.

    `accepted` names the balancing metrics whose cost the sponsor accepted, with a reason.
    """
    told = [(name, record) for name, each in outcomes if (record := _record(each)).get("verdict")]
    if not told:
        return None
    words = [(name, str(record["verdict"])) for name, record in told]
    word = _overall([each for _, each in words])
    single = str(told[0][1].get("sentence") or "")
    sentence = single if len(told) == 1 else several_words(word, words, _got_worse(told))
    costs = _costs(word, balancing)
    open_costs = tuple(name for name in costs if name not in accepted)
    return Verdict(word, open_costs, closing(word, open_costs), cost_words(sentence, costs, accepted))


def override(found: Verdict, word: str, reason: str, *, agreed: bool, verified: bool) -> Verdict:
    """Return a person's verdict with its reason beside it; raises OverrideError where that is not theirs to say."""
    if not agreed or found.word == "cannot-tell":
        raise OverrideError("without an agreed baseline the only verdict is: cannot tell")
    if not verified:
        raise OverrideError("verify the check first, then a verdict of your own can stand beside the computed one")
    if word not in WORDS:
        raise OverrideError(f"a verdict is one of {', '.join(WORDS)}")
    if not reason.strip():
        raise OverrideError("a verdict of your own needs a reason")
    computed = found.suggested or found.word
    return replace(found, word=word, suggested=computed, reason=reason, closes_as=closing(word, found.at_a_cost))


def _record(each: Judgement | Record) -> Record:
    return each.as_json() if isinstance(each, Judgement) else each


def _overall(words: list[str]) -> str:
    """Return the first that holds, in the order of the method."""
    if len(words) == 1:
        return words[0]
    undecided = [word for word in _UNDECIDED if word in words]
    if undecided:
        return undecided[0]
    if all(word in MET for word in words):
        return max(words, key=MET.index)
    if any(word in MET or word == "better-not-there" for word in words):
        return "partly"
    return _none_better(words)


def _none_better(words: list[str]) -> str:
    if "worse" in words or "lost" in words:
        return "worse"
    stand_out = [word for word in ("unsettled", "overshot") if word in words]
    if stand_out:
        return stand_out[0]
    return "not-shown" if set(words) == {"not-shown"} else "not-there"


def _got_worse(records: Sequence[tuple[str, Record]]) -> list[str]:
    fell = ("worse", "lost", "held-slipping")
    return [name for name, each in records if each.get("verdict") in fell or each.get("level") == "sustained-worse"]


def _costs(word: str, balancing: Sequence[tuple[str, Balance | Record]]) -> dict[str, str]:
    """Return the figures of what was broken or not measured, by name; before there is a verdict, of what was broken."""
    paid = (BROKEN,) if word in _UNDECIDED else (BROKEN, NOT_MEASURED)
    records = ((name, each.as_json() if isinstance(each, Balance) else each) for name, each in balancing)
    return {name: str(each.get("figures") or name) for name, each in records if each.get("word") in paid}
