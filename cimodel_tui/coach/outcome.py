"""Reads whether an action names an outcome, which is the target again, instead of something to do."""

import re

from cimodel_tui.coach.figures import has_figure, has_value
from cimodel_tui.coach.metrics import covers
from cimodel_tui.coach.words import holds, listed, opening, singular, words_of

_REACHING = frozenset(["achieve", "attain", "accomplish"])
_ENSURE = re.compile(r"\s*(?:ensure|make sure|guarantee|see to it|assure)\b(?: that)?", re.IGNORECASE)
_STATE = re.compile(
    r"^((?:[\w-]+ ){0,3}[\w-]+?)(?: is| are| stays?| falls?| drops?| rises?)?(?: to)? "
    r"(?:below|above|under|over|at most|at least|less than|more than|up to|down to)\b",
    re.IGNORECASE,
)


def reads_like_outcome(what: str, metrics: tuple[str, ...] = ()) -> bool:
    """Tell whether an action reads like an outcome: `Reduce MTTR to 4 h`, `Achieve the target`, `Fewer complaints`."""
    tokens = words_of(what)
    if not tokens:
        return False
    names = tuple(words_of(name.replace("-", " ")) for name in metrics)
    ensured = _ENSURE.match(what)
    if ensured:
        return _compares(what[ensured.end() :])
    return _wishes(tokens) or _serves(tokens, what) or _reaches(tokens, names) or _moves(tokens, names) or _states(what)


def _compares(text: str) -> bool:
    return holds(text, "direction_words", "comparatives") or (
        has_figure(text) and holds(text, "time_words", "unit_words")
    )


def _wishes(tokens: list[str]) -> bool:
    """`Fewer complaints` is a wish; `Lower the desk` is something to do."""
    return tokens[0] in listed("comparatives") and not listed("determiners").intersection(tokens[1:2])


def _serves(tokens: list[str], what: str) -> bool:
    """Tell whether it promises how soon: `Restore P2 incidents within 5 h`."""
    return tokens[0] in listed("serving_verbs") and "within" in tokens and has_value(what)


def _reaches(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether it opens with reaching or meeting something that is measured."""
    verbs = frozenset(entry for entry in listed("outcome_verbs") if " " not in entry) | {"meet"}
    if tokens[0] not in verbs:
        return False
    rest = " ".join(tokens[1:])
    return (
        tokens[0] in _REACHING
        or "%" in tokens
        or _is_outcome(tokens[1:], metrics)
        or bool(listed("outcome_nouns") & set(rest.split()[-3:]) & {"sla", "slo", "target", "kpi"})
    )


def _moves(tokens: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether it opens with moving something that is measured."""
    openers = frozenset(entry.split()[0] for entry in listed("outcome_verbs") if " " in entry) | listed("aiming_verbs")
    length = opening(tokens, openers)
    end = next((at for at, token in enumerate(tokens) if at > length and token in listed("object_ends")), len(tokens))
    if end + 2 < len(tokens) and tokens[end] == "to" and tokens[end - 1] == "time":
        end = next((at for at in range(end + 2, len(tokens)) if tokens[at] in listed("object_ends")), len(tokens))
    loose = tokens[0] in ("get", "bring", "keep", "stay") and end == len(tokens)
    means = tokens[end : end + 1] == ["by"] and tokens[end + 1 : end + 2] and tokens[end + 1].endswith("ing")
    return bool(length) and not loose and not means and _is_outcome(tokens[length:end], metrics)


def _is_outcome(words: list[str], metrics: tuple[list[str], ...]) -> bool:
    """Tell whether what these words name is measured: a word for an outcome at their head, or a metric."""
    if any(covers(words, name) for name in metrics):
        return True
    head, _, of_what = " ".join(words).partition(" of ")
    last = _head(head.split())
    if of_what and last in listed("quantity_words"):
        last = _head(of_what.split())
    return last in listed("outcome_nouns") or " ".join(head.split()[:2]) == "time to"


def _head(words: list[str]) -> str:
    return singular(words[-1]) if words else ""


def _states(what: str) -> bool:
    """Tell whether it only states what will be: `MTTR below 5 h`."""
    found = _STATE.match(what.strip())
    verbs = listed("action_verbs", "action_verbs_or_nouns")
    if not found or (words_of(found[1])[:1] and words_of(found[1])[0] in verbs):
        return False
    return _head(words_of(found[1])) in listed("outcome_nouns") and not {"if", "when", "where"} & set(words_of(what))
