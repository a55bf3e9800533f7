"""The shape of an outcome: a change, a wish, a promise or a state of something that is measured.

`Reduce MTTR`, `Happier users`, `Tickets solved within 4 h` and `SLA compliance` follow from what is done, while
`Reduce the polling interval` and `Fewer fields on the form` can be done. What is changed decides, not the verb.
"""

import re
from functools import lru_cache

from cimodel_tui.coach.names import covers
from cimodel_tui.coach.quantities import absolute_word, has_value
from cimodel_tui.coach.words import CACHE_SIZE, contains, is_foreign, is_plural, opening, singular, word_list, words_of

Names = tuple[list[str], ...]
"""The words of the metrics' names."""

_ENSURE = re.compile(r"\s*(?:to )?(?:ensure|make sure|guarantee|see to it|assure)\b(?: that)?", re.IGNORECASE)
_TO = re.compile(r"\s*(?:we (?:will|want to|should|must) |to )", re.IGNORECASE)
_STATE = re.compile(
    r"^((?:[\w-]+ ){0,3}?[\w-]+?)(?: is| are| stays?| falls?| drops?| rises?)?(?: to| of| at)? ?"
    r"(?:below|above|under|over|at most|at least|less than|more than|up to|down to|to(?= \d)|[<>]=?|(?=\d[\d.,]* ?%))",
    re.IGNORECASE,
)
_SHARE_OF = re.compile(r"\s*\d[\d.,]* ?(?:%|per ?cent)(?: of\b)?", re.IGNORECASE)
_FIGURE_FIRST = re.compile(r"\d[\d.,]* ?(?:csat|nps|fcr|uptime|availability|sla)\b", re.IGNORECASE)
_PRIORITY = re.compile(r"p[1-5]s?$")
_DESCRIBED = re.compile(r"(?:ed|able|ible|ful|ly|ant|ive)$")
_ABSTRACT = re.compile(r"(?:tion|sion|ity|ness|ance|ence|ship|ency|ancy)$")
"""Nouns of what can be better and cannot be done: better collaboration, higher transparency."""
_STATE_NOUN = re.compile(r"\w{3}(?:ence|ance|ness|ency|ity|acy)$")
"""Nouns of a state that somebody is in or that something has: experience, resilience, readiness."""
_SETTING = frozenset(
    ["activity", "capacity", "density", "entity", "facility", "frequency", "identity", "maintenance", "opacity",
     "priority", "university", "utility"]
)  # fmt: skip
"""Nouns that end alike and are set, kept or used."""
_TECHNICAL = frozenset(["tick", "polling", "poll", "sampling", "sample", "refresh", "frame", "retry", "scan", "bit"])
"""Rates that one sets: the tick rate of a game server, the refresh rate of a screen."""
_CHANGING = frozenset(
    ["reduction", "increase", "improvement", "decrease", "shortening", "minimisation", "drop", "rise"]
)
_MOVED = frozenset(
    ["decreases", "decreased", "down", "drops", "falls", "halved", "halves", "improved", "improves", "increases",
     "increased", "lowered", "raised", "reduced", "rises", "up", "doubled", "doubles", "met", "sinks", "shrinks"]
)  # fmt: skip
"""What a measured thing does or has had done to it: `Ticket volume halved`, `CSAT up`."""
_MISHAPS = frozenset(
    ["failed", "missed", "overdue", "lost", "repeated", "repeat", "abandoned", "late", "rejected", "delayed",
     "reopened", "escalated", "misrouted", "losing", "missing"]
)  # fmt: skip
"""What is measured by how often it happens: failed changes, overdue tickets."""
_COUNTED = frozenset(["call", "change", "case", "contact", "incident", "outage", "request", "ticket"])
"""What is counted as it comes in: the number of password calls, not that of mandatory fields."""
_CONTENT = frozenset(["happy", "satisfied", "motivated", "content"])
_GOOD = frozenset(["high", "low", "quick", "fast", "short", "good", "stable", "reliable", "smooth", "timely"])
_STEADY = frozenset(["stable", "reliable", "smooth"])
_PLEASING = frozenset(["satisfy", "delight", "please"])
_SOON = frozenset(["faster", "quicker", "sooner"])
_PACE = frozenset(["cheaper", "shorter", "smoother"])
_BRINGING = frozenset(["get", "bring", "drive", "push", "keep", "hold"])
_REACHING = frozenset(["meet", "keep", "comply", "win", "gain", "earn"])
_BOUNDS = frozenset(["under", "below", "above", "over"])
_GOALS = frozenset(["sla", "slo", "ola", "target", "kpi", "goal", "objective"])
_SERVICES = frozenset(["service", "process", "network", "release", "system", "support", "desk", "it"])
_LEAST_WORDS = 2


@lru_cache(maxsize=CACHE_SIZE)
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
        return _compares(ensured_what) or is_outcome(words_of(ensured_what), names)
    return (
        _wishes(tokens, names)
        or _serves(tokens, bare)
        or _reaches(tokens, bare, names)
        or _changes(tokens, names)
        or _brings_to(tokens, bare)
        or _promises(tokens, bare)
        or _states(tokens, bare, names)
    )


def _compares(text: str) -> bool:
    return (
        bool({"met", "kept", "fulfilled", "%"}.intersection(words_of(text)))
        or contains(text, "direction_words", "comparatives")
        or (bool(absolute_word(text)) and absolute_word(text).split()[0] not in ("all", "each", "every"))
        or (has_value(text) and bool({"is", "are", "be", "get", "gets"}.intersection(words_of(text))))
    )


def is_outcome(words: list[str], metrics: Names = ()) -> bool:
    """Tell whether what these words name is measured: a word for an outcome at their head, or a metric."""
    if any(covers(words, name) for name in metrics):
        return True
    if words[:1] in (["a"], ["an"]) and words[1:2] and words[1] in word_list("unit_words"):
        return False
    if words[-1:] == ["rate"] and _TECHNICAL.intersection(words):
        return False
    head, _, of_what = " ".join(words).partition(" of ")
    thing = head.split()
    bare = [word for word in thing if word not in word_list("determiners")]
    if _head(thing) in (word_list("quantity_words") | {"no"}) and of_what:
        if _CONTENT.intersection(of_what.split()):
            return True
        thing = of_what.split() if len(bare) == 1 else thing
        if _any_of(thing[-1:], _COUNTED):
            return True
    thing = thing[:-1] if len(thing) > 1 and thing[-1].endswith("ed") else thing
    ends = (" ".join((*thing[-length:-1], _head(thing))) for length in (1, 2, 3))
    known_nouns = {*thing[-1:], *ends} & word_list("outcome_nouns")
    counted = bool(thing) and _PRIORITY.match(thing[-1]) is not None
    return bool(known_nouns or counted or _MISHAPS.intersection(thing)) or " time to " in f" {head} "


def _head(words: list[str]) -> str:
    return singular(words[-1]) if words else ""


def _any_of(tokens: list[str], known: frozenset[str]) -> bool:
    """Tell whether one of these words, or its singular, is among the known ones."""
    return bool({*tokens, *map(singular, tokens)} & known)


def _object_end(tokens: list[str], start: int) -> int:
    """Return the position at which an object ends: at a preposition, or at the end."""
    if start >= len(tokens):
        return len(tokens)
    end = next((at for at in range(start, len(tokens)) if tokens[at] in word_list("object_ends")), len(tokens))
    after = "".join(tokens[end + 1 : end + 2])
    if tokens[end - 1] == "time" and tokens[end : end + 1] == ["to"] and not after[:1].isdigit():
        return _object_end(tokens, end + 2)
    return end


def _wishes(tokens: list[str], metrics: Names) -> bool:
    """Tell whether it wishes for a state: `Satisfied users`, `More satisfied users`, `Zero downtime`, `Be faster`."""
    first, rest = tokens[0], tokens[1:]
    served = _any_of(rest, word_list("outsider_words", "insider_words"))
    if (first in _CONTENT and is_plural("".join(rest[:1]))) or (first in _PLEASING and served):
        return True
    if first in ("zero", "no", "more"):
        described = first == "more" and _DESCRIBED.search("".join(rest[:1])) is not None
        older = first == "no" and "than" in rest
        return is_outcome(rest[: _object_end(rest, 1)], metrics) or described or older
    if first in ("be", "become") or (first == "get" and set(rest[1:2]) <= {"at", "in", "with"}):
        return bool((word_list("comparatives") | {"more"}).intersection(rest[:1])) or "%" in rest
    if first in ("make", "keep"):
        return _makes_better(tokens)
    return _is_good(tokens, metrics) or _compares_what(tokens, metrics)


def _makes_better(tokens: list[str]) -> bool:
    """`Make users happier` wishes, `Make the form shorter` is something to do."""
    served = word_list("outsider_words", "outcome_nouns") | _SERVICES
    better = (
        bool((word_list("comparatives") | _CONTENT).intersection(tokens[1:2] + tokens[-1:])) or "more" in tokens[2:]
    )
    things = word_list("object_nouns", "solution_words")
    sooner = tokens[-1] in _SOON and is_plural(tokens[-2]) and not _any_of(tokens[-2:-1], things)
    return sooner or (better and _any_of(tokens[1:], served))


def _is_good(tokens: list[str], metrics: Names) -> bool:
    """`High availability`, `Quick response to users`, `Stable network`: a good state, and nothing that is done."""
    end = _object_end(tokens, 1)
    if tokens[0] not in _GOOD or end < _LEAST_WORDS:
        return False
    answers = _any_of(tokens[end - 1 : end], frozenset(["response", "answer", "reply", "help", "service"]))
    thing = " ".join(tokens)
    steady = tokens[0] in _STEADY and end == len(tokens) and not contains(thing, "solution_words", "limit_words")
    return is_outcome(tokens[1:end], metrics) or answers or steady


def _compares_what(tokens: list[str], metrics: Names) -> bool:
    """`Fewer complaints` and `Get better CSAT` wish, `Lower the desk` and `Better wording` are something to do."""
    wishes = word_list("comparatives")
    if tokens[0] in ("have", "get", "achieve", "reach") and wishes.intersection(tokens[1:2]):
        tokens = tokens[1:]
    if tokens[0] not in wishes or word_list("determiners").intersection(tokens[1:2]):
        return False
    end = _object_end(tokens, 1)
    thing = tokens[1:end]
    things = word_list("object_nouns", "solution_words")
    abstract = end == len(tokens) and _ABSTRACT.search(tokens[-1]) is not None and not _any_of(tokens[-1:], things)
    doing = word_list("event_nouns", "action_nouns", "serving_verbs")
    done = tokens[0] in _SOON | _PACE and (_any_of(thing[-1:], doing) or "".join(thing[-1:]).endswith("ing"))
    whom = tokens[tokens.index("for") + 1 :] if "for" in tokens else []
    served = _any_of(whom, word_list("outsider_words")) and not _any_of(thing, things)
    return tokens[0] == "happier" or abstract or done or served or is_outcome(thing, metrics)


def _serves(tokens: list[str], what: str) -> bool:
    """Tell whether it promises how soon or how many: `Restore P2 within 5 h`, `Solve more tickets`, `Be on time`."""
    if tokens[-1] in _SOON:
        return tokens[0] != "make"
    if tokens[0] in ("lose", "miss"):
        return bool(word_list("comparatives").intersection(tokens[1:2]))
    if tokens[0] == "stop":
        return bool(_MISHAPS.intersection(tokens[1:2]))
    serving = word_list("serving_verbs")
    if any(token.removesuffix("s") in serving and token.endswith("s") for token in tokens[1:4]) and has_value(what):
        return tokens[0] not in word_list("action_verbs", "action_verbs_or_nouns") | serving
    if tokens[0] not in serving:
        return False
    in_time = " ".join(tokens[-2:]) in ("on time", "in time", "at once")
    more = bool((word_list("comparatives") | {"more"}).intersection((*tokens[1:2], tokens[-1])))
    return in_time or more or (bool({"within", "in"} & set(tokens)) and has_value(what)) or "%" in tokens


def _reaches(tokens: list[str], what: str, metrics: Names) -> bool:
    """Tell whether it opens with reaching, meeting or winning something that is measured, or with saving so much."""
    if tokens[0] == "save":
        return bool(re.match(r"\W*\d", what[len("save") :]))
    verbs = frozenset(entry for entry in word_list("outcome_verbs") if " " not in entry)
    if tokens[0] not in verbs | _REACHING:
        return False
    end = next((at for at, token in enumerate(tokens) if at > 1 and token in {"with", "about", "by"}), len(tokens))
    names = {singular(token) for token in tokens[1:end]}
    if tokens[0] in ("keep", "comply"):
        return bool({"sla", "slo", "ola"} & names)
    better = tokens[0] != "meet" and bool((word_list("comparatives") | {"green"}).intersection(tokens[1:3]))
    return "%" in tokens or better or is_outcome(tokens[1:end], metrics) or bool(_GOALS & names)


def _changes(tokens: list[str], metrics: Names) -> bool:
    """Tell whether it changes something that is measured: `Reduce MTTR`, `Reduced downtime`, `Backlog reduction`."""
    if tokens[0] in _CHANGING and tokens[1:2] and tokens[1] in ("of", "in"):
        return is_outcome([word for word in tokens[2:] if word != "the"], metrics)
    if tokens[-1] in _CHANGING:
        return is_outcome(tokens[:-1], metrics)
    if _is_participle_of_change(tokens[0]):
        return is_outcome(tokens[1 : _object_end(tokens, 1)], metrics)
    openers = frozenset(entry.split()[0] for entry in word_list("outcome_verbs") if " " in entry) | word_list(
        "aiming_verbs"
    )
    length = opening(tokens, openers)
    if not length or not tokens[length:] or tokens[length] == "off":
        return False
    return _is_changed(tokens, length, metrics)


def _is_changed(tokens: list[str], length: int, metrics: Names) -> bool:
    """Tell whether what follows a verb of change is measured, or a state that nobody can set: `customer focus`."""
    end = _object_end(tokens, length + 1)
    loose = tokens[0] in ("get", "bring", "keep", "stay", "drop") and end == len(tokens)
    means = tokens[end : end + 1] == ["by"] and tokens[end + 1 : end + 2] and tokens[end + 1].endswith("ing")
    if loose or means:
        return False
    thing = tokens[length:end]
    if " ".join(tokens[:length]) == "speed up" and _any_of(thing[-1:], word_list("event_nouns", "action_nouns")):
        return True
    whole = end == len(tokens)
    state = whole and _STATE_NOUN.search(thing[-1]) is not None and thing[-1] not in _SETTING
    things = word_list("object_nouns", "solution_words", "limit_words", "role_words")
    share = tokens[-1] == "%" and is_plural(thing[-1]) and not _any_of(thing[-1:], things)
    steady = tokens[0].startswith("stabili") and not _any_of(thing[-1:], word_list("object_nouns"))
    vague = thing in (["processes"], ["services"]) or steady
    return state or vague or share or thing[0] == "use" or is_outcome(thing, metrics)


def _is_participle_of_change(word: str) -> bool:
    """Tell whether a word is the participle of a verb of change: `Improved response times`, `Reduced downtime`."""
    stem = word.removesuffix("d")
    return stem != word and bool({stem, stem.removesuffix("e")} & word_list("aiming_verbs"))


def _brings_to(tokens: list[str], what: str) -> bool:
    """`Get P1 restore under 2 h`, `Keep waiting below 5 min`: what is brought there is no thing that one sets."""
    if tokens[0] not in _BRINGING or not has_value(what):
        return False
    end = next((at for at, token in enumerate(tokens) if token in _BOUNDS), len(tokens))
    return end < len(tokens) and not _any_of(tokens[1:end], word_list("solution_words", "limit_words"))


def _promises(tokens: list[str], what: str) -> bool:
    """`Customers get an answer inside the hour`, `Tickets solved within 4 h`: what others will have, and how soon."""
    if tokens[0] in ("every", "each", "all") and len(tokens) > _LEAST_WORDS:
        return tokens[2].endswith("ed") and has_value(what)
    if not is_plural(tokens[0]) or not tokens[1:2]:
        return False
    served = singular(tokens[0]) in word_list("outsider_words")
    soon = word_list("time_words", "comparatives") | _CONTENT | {"longer", "once", "always", "never"}
    if served and tokens[1] in word_list("human_verbs", "copulas", "finite_verbs"):
        return bool(soon & set(tokens[2:]))
    handled = bool(word_list("unit_words") & {tokens[0], singular(tokens[0])}) and {"are", "get"} & set(tokens[1:2])
    return (bool(handled) or tokens[1].endswith("ed")) and (has_value(what) or bool(_SOON & set(tokens)))


def _states(tokens: list[str], what: str, metrics: Names) -> bool:
    """Tell whether it states what will be: `MTTR below 5 h`, `Availability 99.9 %`, `Waiting time decreases`."""
    if share := _SHARE_OF.match(what):
        rest = words_of(what[share.end() :])
        return share.group().endswith("of") or is_outcome(rest)
    if _FIGURE_FIRST.match(what.strip()):
        return True
    measured = word_list("outcome_nouns", "outsider_words") | {"it"}
    if all({token, singular(token)} & measured for token in tokens):
        return is_outcome(tokens, metrics)
    verbs = word_list("action_verbs", "action_verbs_or_nouns")
    moved = next((at for at, token in enumerate(tokens) if at and token in _MOVED | {"goes", "go"}), 0)
    if (
        moved
        and tokens[0] not in verbs
        and not opening(tokens, word_list("aiming_verbs"))
        and is_outcome(tokens[:moved], metrics)
    ):
        return True
    found = _STATE.match(what.strip())
    thing = words_of(found[1]) if found else []
    if not thing or thing[0] in verbs or opening(thing, word_list("aiming_verbs")):
        return False
    return _any_of(thing, word_list("outcome_nouns")) and not {"if", "when", "where"} & set(tokens)
