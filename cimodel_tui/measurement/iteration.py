"""The verdict of an iteration over its outcome metrics with a promise, and what it cost in other metrics."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TypeAlias

from cimodel_tui.measurement.figures import figure, stretch_words, unit_of, with_unit
from cimodel_tui.measurement.judge import judge
from cimodel_tui.measurement.readings import as_float
from cimodel_tui.measurement.sentences import LEADS
from cimodel_tui.measurement.target import Aim, Rule
from cimodel_tui.measurement.verdict import Judgement, Question, level_for_verdict
from cimodel_tui.model.baseline import EVENTS
from cimodel_tui.model.check import MET, closing
from cimodel_tui.record import dataclass

Record: TypeAlias = Mapping[str, object]
"""What `as_json` gave, as it was stored."""

WORDS = tuple(LEADS)
"""Every word that a verdict can be."""

KEPT, SLIPPING, BROKEN, NOT_MEASURED = "kept", "slipping", "broken", "not-measured"

_UNDECIDED = ("cannot-tell", "too-early")
_THIN = "met-thin"


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether a balancing metric, which must not get worse, kept its limit."""

    word: str
    """`kept`, `slipping` (worse for good, inside the limit), `broken` or `not-measured`."""
    mean: Fraction | None
    """The mean of the result readings, by which it is judged."""
    limit: Aim | None
    """What it must not pass; None where no limit was set."""
    sentence: str
    """All of it in one sentence."""
    n: int
    """How many result readings there are."""
    figures: str = ""
    """Mean and limit with the metric's name, for the words after "at a cost"."""

    def as_json(self) -> dict[str, object]:
        """Return the record of it, enough to show it later."""
        limit = {"low": as_float(self.limit.low), "high": as_float(self.limit.high)} if self.limit else None
        return {
            "word": self.word,
            "mean": as_float(self.mean),
            "limit": limit,
            "n": self.n,
            "figures": self.figures,
            "sentence": self.sentence,
        }


def balance(question: Question, judged: Judgement | None = None) -> Balance:
    """Return whether the mean of the result readings keeps the limit; a metric with no better side has a range.

    A judgement of the same question can be reused: promise and agreement change no figure.
    """
    better = question.better if question.better in ("higher", "lower") else "target"
    alike = judged is not None and judged.question.better == better and judged.question.rule == Rule()
    case = (
        judged
        if judged and alike
        else judge(replace(question, better=better, promise="hold", rule=Rule(), agreed=True))
    )
    word = _balance_word(case)
    figures = _figures(case)
    return Balance(
        word,
        case.achieved,
        case.question.aim,
        _balance_sentence(word, case, figures),
        len(case.question.after),
        figures,
    )


def _balance_word(case: Judgement) -> str:
    if case.achieved is None or case.question.aim is None:
        return NOT_MEASURED
    if not case.question.aim.holds(case.achieved):
        return BROKEN
    return SLIPPING if level_for_verdict(case) == "sustained-worse" else KEPT


def _figures(case: Judgement) -> str:
    question = case.question
    stands = with_unit(figure(case, case.achieved), unit_of(case)) if case.achieved is not None else "not measured"
    return f"{question.name.strip()} {stands}, {_limit(case)}".strip()


def _limit(case: Judgement) -> str:
    aim = case.question.aim
    return f"limit {aim.words()}" if aim else "no limit set"


def _balance_sentence(word: str, case: Judgement, figures: str) -> str:
    after, before = case.question.after, case.limits.mean
    if not after and case.question.kind != EVENTS:
        return f"Not measured: {case.question.name.strip()}, {_limit(case)}."
    if word == NOT_MEASURED:
        return f"Not measured: {figures}."
    start = f", before {figure(case, before)}" if before is not None else ""
    worse = "; worse than the baseline by more than the usual variation" if word == SLIPPING else ""
    return f"{word.capitalize()}: {figures}{start}{worse}, over {stretch_words(after)}."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check of an iteration comes to."""

    word: str
    """One of WORDS."""
    at_a_cost: tuple[str, ...]
    """Balancing metrics that are broken, and not accepted."""
    closes_as: str
    """`achieved`, `partly`, `not achieved` or `not verified`."""
    sentence: str
    """All of it in one sentence."""
    suggested: str = ""
    """The computed word where a person put another in its place."""
    reason: str = ""
    """Why that was done."""
    not_known: tuple[str, ...] = ()
    """Balancing metrics that are not measured, so that side effects are not known; and not accepted."""
    thin_counts: bool = True
    """Whether `met-thin` closes as achieved: at size S, or where first readings are better."""

    def as_json(self) -> dict[str, object]:
        """Return the record of it."""
        return {
            "word": self.word,
            "suggested": self.suggested or self.word,
            "reason": self.reason,
            "at_a_cost": list(self.at_a_cost),
            "not_known": list(self.not_known),
            "thin_counts": self.thin_counts,
            "closes_as": self.closes_as,
            "sentence": self.sentence,
        }


def verdict_of_iteration(
    outcomes: Sequence[tuple[str, Judgement | Record]],
    balancing: Sequence[tuple[str, Balance | Record]] = (),
    accepted: Collection[str] = (),
    *,
    small: bool = False,
) -> Verdict | None:
    """Return the verdict over metrics by name, or None where no outcome metric has a promise that can be judged.

    `accepted` names the balancing metrics whose cost the sponsor accepted, with a reason; `small` is size S.
    """
    judged = [(name, record) for name, each in outcomes if (record := _record(each)).get("verdict")]
    if not judged:
        return None
    words = [(name, str(record["verdict"])) for name, record in judged]
    word = _overall([each for _, each in words])
    single = str(judged[0][1].get("sentence") or "")
    sentence = single if len(judged) == 1 else _several_words(word, words, _got_worse(judged))
    broken, unknown = (_unkept(balancing, each) for each in (BROKEN, NOT_MEASURED))
    unknown = {} if word in _UNDECIDED else unknown
    costs, not_known = (tuple(name for name in each if name not in accepted) for each in (broken, unknown))
    thin = small or _is_early(judged)
    return Verdict(
        word,
        costs,
        closing(word, (*costs, *not_known), thin_counts=thin),
        _with_side_effects(sentence, broken, unknown, accepted),
        not_known=not_known,
        thin_counts=thin,
    )


def override(found: Verdict, word: str, reason: str, *, agreed: bool, verified: bool) -> Verdict:
    """Return a person's verdict with its reason; raises OverrideError where a person may not override it."""
    if not agreed or found.word == "cannot-tell":
        raise OverrideError("without an agreed baseline the only verdict is: cannot tell")
    if not verified:
        raise OverrideError("verify the check first, then a verdict of your own can stand beside the computed one")
    if word not in WORDS:
        raise OverrideError(f"a verdict is one of {', '.join(WORDS)}")
    if not reason.strip():
        raise OverrideError("a verdict of your own needs a reason")
    closes = closing(word, (*found.at_a_cost, *found.not_known), thin_counts=found.thin_counts)
    return replace(found, word=word, suggested=found.suggested or found.word, reason=reason, closes_as=closes)


class OverrideError(ValueError):
    """A verdict that must not replace the computed one; the message gives the reason."""


def _record(each: Judgement | Record) -> Record:
    return each.as_json() if isinstance(each, Judgement) else each


def _is_early(judged: Sequence[tuple[str, Record]]) -> bool:
    """Return whether every metric that met its target with too few readings had first ones on the better side."""
    thin = [str(record.get("level")) for _, record in judged if record.get("verdict") == _THIN]
    return bool(thin) and all(level.startswith("early") for level in thin)


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


def _unkept(balancing: Sequence[tuple[str, Balance | Record]], word: str) -> dict[str, str]:
    """Return the figures of balancing metrics with a word, by name."""
    records = ((name, each.as_json() if isinstance(each, Balance) else each) for name, each in balancing)
    return {name: str(each.get("figures") or name) for name, each in records if each.get("word") == word}


def _several_words(word: str, words: Sequence[tuple[str, str]], worse: Sequence[str]) -> str:
    """Return the verdict of several metrics, naming what each came to, the ones that got worse last."""
    others = sorted(((name, each) for name, each in words if name not in worse), key=lambda pair: pair[1] not in MET)
    parts = [f"{name} {LEADS[each].lower()}" for name, each in others]
    if worse:
        parts.append(f"worse: {', '.join(worse)}")
    return f"{LEADS[word]}: {'; '.join(parts)}."


def _with_side_effects(
    sentence: str, broken: Mapping[str, str], unknown: Mapping[str, str], accepted: Collection[str]
) -> str:
    """Return a sentence with the balancing metrics that paid for it, and those of which nothing is known."""
    sentences = [sentence]
    for lead, found in (("At a cost", broken), ("Side effects not known", unknown)):
        still_open = [figures for name, figures in found.items() if name not in accepted]
        borne = [figures for name, figures in found.items() if name in accepted]
        sentences += [f"{lead}: {'; '.join(still_open)}."] * bool(still_open)
        sentences += [f"{lead}{_ACCEPTED[lead]}: {'; '.join(borne)}."] * bool(borne)
    return " ".join(sentences)


_ACCEPTED = {"At a cost": " that was accepted", "Side effects not known": ", which was accepted"}
