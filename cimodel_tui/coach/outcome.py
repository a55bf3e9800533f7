"""Rules of step 4 about outcomes: a hypothesis names one that is measured, an action names none."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from cimodel_tui.coach.finding import Finding, Rule, Situation
from cimodel_tui.coach.quantities import absolute_word, has_value
from cimodel_tui.coach.remedy import Remedy, RemedyKind
from cimodel_tui.coach.words import (
    REMEMBERED,
    contains,
    is_foreign,
    is_plural,
    listed,
    opening,
    same_stem,
    short,
    singular,
    words_of,
)

_ENOUGH = Fraction(2, 3)
_SHORTEST_INITIALS = 3
_ENSURE = re.compile(r"\s*(?:to )?(?:ensure|make sure|guarantee|see to it|assure)\b(?: that)?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:we (?:will|want to|should|must) |to )", re.IGNORECASE)
_STATE = re.compile(
    r"^((?:[\w-]+ ){0,3}?[\w-]+?)(?: is| are| stays?| falls?| drops?| rises?)?(?: to| of| at)? ?"
    r"(?:below|above|under|over|at most|at least|less than|more than|up to|down to|[<>]=?|(?=\d[\d.,]* ?%))",
    re.IGNORECASE,
)
_MISHAPS = frozenset(
    [
        "failed",
        "missed",
        "overdue",
        "lost",
        "repeated",
        "repeat",
        "abandoned",
        "late",
        "rejected",
        "delayed",
        "reopened",
        "escalated",
        "misrouted",
    ]
)
"""What is measured by how often it happens: failed changes, overdue tickets."""
_CHANGING = frozenset(["reduction", "increase", "improvement", "decrease", "shortening", "minimisation"])
_CONTENT = frozenset(["happy", "satisfied", "motivated", "content"])
_ABSTRACT = re.compile(r"(?:tion|sion|ity|ness|ance|ence|ship|ency|ancy)$")
"""Nouns of what can be better and cannot be done: better collaboration, higher transparency."""
_DESCRIBED = re.compile(r"(?:ed|able|ible|ful|ent|ant|ive)$")
_BRINGING = frozenset(["get", "bring", "drive", "push", "keep", "hold"])
_BOUNDS = frozenset(["under", "below", "above", "over"])
_SOONER = frozenset(["quicker", "faster", "sooner", "better", "more"])
_STATE_NOUN = re.compile(r"\w{3}(?:ence|ance|ness|ency|ility|ivity|acy)$")
"""Nouns of a state that somebody is in or that something has: experience, resilience, readiness."""
_SHARE_OF = re.compile(r"\s*\d[\d.,]* ?(?:%|per ?cent)(?: of\b)?", re.IGNORECASE)


_ABBREVIATIONS = {
    "mttr": ("time", "to", "restore", "resolve", "recover", "repair"),
    "mtrs": ("time", "to", "restore", "service"),
    "fcr": ("first", "contact", "resolution"),
    "csat": ("customer", "satisfaction"),
    "cfr": ("change", "failure", "rate"),
    "asa": ("speed", "answer"),
    "aht": ("handling", "time"),
    "nps": ("promoter", "score"),
}
"""What the usual abbreviations of the service desk stand for."""


@lru_cache(maxsize=REMEMBERED)
def names_metric(then: str, rest: str, names: tuple[str, ...]) -> bool:
    """Tell whether a hypothesis names a metric: most words of its name, its initials (MTTR), or its own word.

    A word that only the name of that metric holds (`abandoned`) is enough in what is expected (`then`); where nothing
    else was filled in, all of it is looked at.
    """
    expected = _with_parts(words_of(then or rest))
    told = _with_parts(words_of(rest)) | expected
    split = [words_of(name.replace("-", " ")) for name in names]
    return any(_covers(told, name) or _own_word(expected, name, split) for name in split)


def covers(told: Iterable[str], name: list[str]) -> bool:
    """Tell whether these words name the metric whose name consists of those words."""
    return _covers(_with_parts(told), name)


def _covers(told: set[str], name: list[str]) -> bool:
    initials = "".join(word[0] for word in name)
    if len(initials) >= _SHORTEST_INITIALS and initials in told:
        return True
    wanted = [word for word in name if word not in listed("idle_words") and not any(map(str.isdigit, word))]
    found = sum(any(same_stem(word, other) for other in told) for word in wanted)
    return bool(wanted) and Fraction(found, len(wanted)) >= _ENOUGH


def _with_parts(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in (word, *word.split("-"), *_ABBREVIATIONS.get(word, ()))}


def _own_word(told: set[str], name: list[str], names: list[list[str]]) -> bool:
    others = {word for other in names if other is not name for word in other}
    common = listed("idle_words", "common_metric_words", "direction_words") | others
    own = [word for word in name if singular(word) not in common and word not in common and word.isalpha()]
    return any(same_stem(word, other) for word in own for other in told)


@lru_cache(maxsize=REMEMBERED)
def reads_like_outcome(what: str, metrics: tuple[str, ...] = ()) -> bool:
    """Tell whether an action reads like an outcome: `Reduce MTTR to 4 h`, `Achieve the target`, `Fewer complaints`."""
    if is_foreign(what):
        return False
    bare = _TO.sub("", what, count=1) if _TO.match(what) else what
    tokens = words_of(bare)
    if not tokens:
        return False
    names = tuple(words_of(name.replace("-", " ")) for name in metrics)
    if ensured := _ENSURE.match(what):
        ensured_what = what[ensured.end() :]
        return _compares(ensured_what) or _is_outcome(words_of(ensured_what), names)
    return (
        _wishes(tokens, names)
        or _serves(tokens, bare)
        or _reaches(tokens, names)
        or _moves(tokens, names)
        or _brings_to(tokens, bare)
        or _betters(tokens)
        or _promises(tokens)
        or _states(bare)
    )


def _compares(text: str) -> bool:
    return (
        bool({"met", "kept", "fulfilled"}.intersection(words_of(text)))
        or contains(text, "direction_words", "comparatives")
        or bool(absolute_word(text))
        or (has_value(text) and bool({"is", "are", "be", "get", "gets"}.intersection(words_of(text))))
    )


def _wishes(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether it wishes for a state: `Satisfied users`, `More satisfied users`, `Zero downtime`, `Be faster`."""
    first, rest = tokens[0], tokens[1:]
    if first in _CONTENT:
        return True
    if first in ("zero", "no", "more"):
        return _is_outcome(rest, metrics) or (first == "more" and _DESCRIBED.search("".join(rest[:1])) is not None)
    if first in ("be", "become"):
        return bool(listed("comparatives").intersection(rest[:1]))
    return _makes_better(tokens) if first == "make" else _compares_what(tokens, metrics)


def _makes_better(tokens: list[str]) -> bool:
    """`Make users happier` wishes, `Make the form shorter` is something to do."""
    served = listed("outsider_words", "outcome_nouns")
    better = (listed("comparatives") | _CONTENT).intersection(tokens[1:2] + tokens[-1:])
    return bool(better) and bool({*tokens[1:], *map(singular, tokens[1:])} & served)


def _compares_what(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """`Fewer complaints` and `Get better CSAT` wish, `Lower the desk` and `Better wording` are something to do."""
    wishes = listed("comparatives")
    if tokens[0] in ("have", "get", "achieve", "reach") and wishes.intersection(tokens[1:2]):
        tokens = tokens[1:]
    if tokens[0] not in wishes or listed("determiners").intersection(tokens[1:2]):
        return False
    end = _object_end(tokens, 1)
    abstract = end == len(tokens) and _ABSTRACT.search(tokens[-1]) is not None
    return tokens[0] == "happier" or abstract or _is_outcome(tokens[1:end], metrics)


def _object_end(tokens: list[str], start: int) -> int:
    """Return the position at which an object ends: at a preposition, or at the end."""
    return next((at for at in range(start, len(tokens)) if tokens[at] in listed("object_ends")), len(tokens))


def _serves(tokens: list[str], what: str) -> bool:
    """Tell whether it promises how soon or how many: `Restore P2 within 5 h`, `Resolve incidents faster`."""
    if tokens[-1] in ("faster", "quicker", "sooner"):
        return tokens[0] != "make"
    if tokens[0] not in listed("serving_verbs"):
        return False
    return ("within" in tokens and has_value(what)) or "%" in tokens or tokens[-1] in listed("comparatives")


def _reaches(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether it opens with reaching or meeting something that is measured."""
    verbs = frozenset(entry for entry in listed("outcome_verbs") if " " not in entry) | {"meet", "keep"}
    if tokens[0] not in verbs:
        return False
    end = next((at for at, token in enumerate(tokens) if at > 1 and token in {"with", "about", "by"}), len(tokens))
    goals = {"sla", "slo", "target", "kpi", "goal", "objective"}
    names = {singular(token) for token in tokens[1:end]}
    if tokens[0] == "keep":
        return bool({"sla", "slo"} & names)
    return "%" in tokens or _is_outcome(tokens[1:end], metrics) or bool(goals & names)


def _moves(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether it opens with moving something that is measured."""
    if tokens[0] in _CHANGING and tokens[1:2] and tokens[1] in ("of", "in"):
        return _is_outcome([word for word in tokens[2:] if word != "the"], metrics)
    openers = frozenset(entry.split()[0] for entry in listed("outcome_verbs") if " " in entry) | listed("aiming_verbs")
    length = opening(tokens, openers)
    if not length or tokens[length : length + 1] == ["off"]:
        return False
    end = _object_end(tokens, length + 1)
    if (
        tokens[end - 1] == "time"
        and tokens[end : end + 1] == ["to"]
        and not "".join(tokens[end + 1 : end + 2])[:1].isdigit()
    ):
        end = _object_end(tokens, end + 2)
    loose = tokens[0] in ("get", "bring", "keep", "stay", "drive", "push", "drop") and end == len(tokens)
    means = tokens[end : end + 1] == ["by"] and tokens[end + 1 : end + 2] and tokens[end + 1].endswith("ing")
    return not loose and not means and _is_outcome(tokens[length:end], metrics)


def _brings_to(tokens: list[str], what: str) -> bool:
    """`Get P1 restore under 2 h`, `Keep waiting below 5 min`: what is brought there is no thing that one sets."""
    if tokens[0] not in _BRINGING or not has_value(what):
        return False
    end = next((at for at, token in enumerate(tokens) if token in _BOUNDS), len(tokens))
    things = listed("solution_words", "limit_words")
    return end < len(tokens) and not {*tokens[1:end], *map(singular, tokens[1:end])} & things


def _betters(tokens: list[str]) -> bool:
    """`Improve user experience`, `Quicker answers for the shops`: nobody can do it, or it is done for somebody."""
    if tokens[0] in listed("aiming_verbs"):
        return _STATE_NOUN.search(tokens[-1]) is not None and tokens[-1] != "maintenance"
    whom = tokens[tokens.index("for") + 1 :] if "for" in tokens else []
    named = {*tokens[1:], *map(singular, tokens[1:])}
    served = {*whom, *map(singular, whom)} & listed("outsider_words")
    return tokens[0] in _SOONER and bool(served) and not named & listed("object_nouns", "solution_words")


def _promises(tokens: list[str]) -> bool:
    """`Customers get an answer inside the hour` says what those who are served will have, and how soon or how well."""
    verbs = listed("human_verbs", "copulas", "finite_verbs")
    if not (is_plural(tokens[0]) and singular(tokens[0]) in listed("outsider_words") and tokens[1:2]):
        return False
    soon = listed("time_words", "comparatives") | {"no-one", "longer", "once", "always", "never"}
    return tokens[1] in verbs and bool(soon & set(tokens[2:]))


def _is_outcome(words: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether what these words name is measured: a word for an outcome at their head, or a metric."""
    if any(covers(words, name) for name in metrics):
        return True
    if words[:1] in (["a"], ["an"]) and words[1:2] and words[1] in listed("unit_words"):
        return False
    head, _, of_what = " ".join(words).partition(" of ")
    thing = head.split()
    if _head(thing) in listed("quantity_words") and _CONTENT.intersection(of_what.split()):
        return True
    bare = [word for word in thing if word not in listed("determiners")]
    if of_what and _head(thing) in listed("quantity_words") and len(bare) == 1:
        thing = of_what.split()
    thing = thing[:-1] if len(thing) > 1 and thing[-1].endswith("ed") else thing
    pair = " ".join((*thing[-2:-1], _head(thing)))
    named = {*thing[-1:], _head(thing), pair} & listed("outcome_nouns")
    return bool(named or _MISHAPS.intersection(thing)) or " time to " in f" {head} "


def _head(words: list[str]) -> str:
    return singular(words[-1]) if words else ""


def _states(what: str) -> bool:
    """Tell whether it only states what will be: `MTTR below 5 h`, `Availability 99.9 %`, `100 % of tickets`."""
    if share := _SHARE_OF.match(what):
        rest = words_of(what[share.end() :])
        return share.group().endswith("of") or _is_outcome(rest, ())
    if re.match(r"\d[\d.,]* ?(?:csat|nps|fcr|uptime|availability|sla)\b", what.strip(), re.IGNORECASE):
        return True
    found = _STATE.match(what.strip())
    verbs = listed("action_verbs", "action_verbs_or_nouns")
    if not found or (words_of(found[1])[:1] and words_of(found[1])[0] in verbs):
        return False
    named = {*words_of(found[1]), *map(singular, words_of(found[1]))}
    return bool(named & listed("outcome_nouns")) and not {"if", "when", "where"} & set(words_of(what))


def hypothesis_without_metric(situation: Situation) -> Iterator[Finding]:
    """P2: a hypothesis says which number moves, and why."""
    part, metrics = situation.iteration.plan, situation.iteration.baseline.metrics
    told = f"{part.hypothesis_if}\n{part.hypothesis_then}\n{part.hypothesis_because}"
    bound = any(metric.id == part.hypothesis_metric for metric in metrics)
    if not told.strip() or bound or is_foreign(told):
        return
    if not names_metric(part.hypothesis_then, told, tuple(metric.name for metric in metrics)):
        yield Finding(
            "P2",
            situation.place("plan", "hypothesis_then"),
            "Which number moves, and why? A hypothesis that names none of the metrics can be neither confirmed nor "
            "refuted.",
            told,
            Remedy("Choose the metric", RemedyKind.OPEN, situation.place("plan", "hypothesis_metric")),
        )


def outcome_as_action(situation: Situation) -> Iterator[Finding]:
    """P6: an action is done, an outcome follows from it."""
    names = tuple(metric.name for metric in situation.iteration.baseline.metrics)
    for row in situation.iteration.plan.actions:
        if reads_like_outcome(row.what, names):
            place = situation.place("plan", "actions", row.id, "what")
            yield Finding(
                "P6",
                place,
                f'"{short(row.what)}" is the target again. What is done on Monday, and by whom, so that it comes '
                "about?",
                row.what,
                Remedy("Open the action", RemedyKind.OPEN, place),
            )


RULES: tuple[Rule, ...] = (hypothesis_without_metric, outcome_as_action)
"""The rules of step 4 about outcomes."""
