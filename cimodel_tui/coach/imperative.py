"""Reads whether a text names something to do: how it opens, and whether a title is a solution."""

import re

from cimodel_tui.coach.words import holds, listed, opening, singular, words_of

_PREFIX = re.compile(
    r"(?:in order )?to (?=\w)|(?:our|the|my) (?:vision|goal|aim|target|objective|plan|idea|intention|ambition|mission) "
    r"(?:is|was|will be)(?: to)? |(?:we|i|let us|let's|please|you)(?:(?: will| want| are| plan| need| intend| shall|"
    r" must|'ll| would like| should| have| aim| going| to| can)+)? ",
    re.IGNORECASE,
)
_SUBORDINATE = frozenset(["that", "which", "who", "so", "because", "where", "when"])
_MEASURED = ("time", "times", "rate", "rates")
_FROM_TO = re.compile(r"move\b.{0,120}?\bfrom [\d.,]+(?: \S+){0,3} to [\d.,]+", re.IGNORECASE)
_NOUN_LENGTH = 4


def opens_with_action(sentence: str) -> bool:
    """Tell whether a sentence opens with something to do: `Implement ...`, `We will buy ...`, `Rollout of ...`."""
    bare = _PREFIX.sub("", sentence.strip(), count=1) if _PREFIX.match(sentence.strip()) else sentence.strip()
    if _FROM_TO.match(bare):
        return False
    tokens = words_of(bare)
    return _commands(tokens) or _begins_doing(tokens) or _undertakes(tokens)


def _commands(tokens: list[str]) -> bool:
    length = opening(tokens, listed("action_verbs", "action_verbs_or_nouns"))
    after = tokens[length:]
    if not length or not after:
        return False
    return after[0] in listed("determiners") or not _is_noun(after)


def _is_noun(after: list[str]) -> bool:
    """`Train drivers get ...`: a verb soon after the opening shows that it was a noun."""
    for at, token in enumerate(after if after[0] in _MEASURED else after[:_NOUN_LENGTH]):
        if token in _SUBORDINATE:
            return after[at + 1 : at + 2] in (["nobody"], ["no-one"], ["people"], ["everybody"])
        if token in listed("finite_verbs") and at > 0:
            return token not in ("at", "within", "under") or after[at + 1 : at + 2] == ["most"]
    return after[0] in listed("finite_verbs") - {"at", "up", "down", "under", "within", "work"}


def _begins_doing(tokens: list[str]) -> bool:
    length = opening(tokens, listed("action_gerunds"))
    after = tokens[length:]
    if not length or not after or not (after[0] in listed("determiners") or after[0].isdigit()):
        return False
    main = next((at for at, token in enumerate(after) if token in _SUBORDINATE), len(after))
    return not listed("finite_verbs").intersection(after[1:main])


def _undertakes(tokens: list[str]) -> bool:
    start = 1 if tokens[:1] in (["the"], ["a"], ["an"]) else 0
    length = opening(tokens[start:], listed("action_nouns"))
    return bool(length) and tokens[start + length : start + length + 1] == ["of"]


def names_solution(title: str) -> bool:
    """Tell whether a title names a solution: something to do, a product, or a thing to bring in."""
    if opens_with_action(title):
        return True
    tokens = words_of(title)
    end = next((at for at, token in enumerate(tokens) if at and token in listed("head_ends")), len(tokens))
    head = tokens[:end]
    if listed("comparatives").intersection(tokens) or tokens[end : end + 1] in (["that"], ["nobody"], ["people"]):
        return False
    if "without" in tokens:
        return False
    return _is_solution(head)


def _is_solution(head: list[str]) -> bool:
    things = listed("solution_words", "action_nouns")
    if any(" ".join(head[-length:]) in things for length in (1, 2, 3)):
        return True
    products = " ".join(head)
    last = singular(head[-1]) if head else ""
    return holds(products, "product_names") and last not in listed("outcome_nouns", "finite_verbs")
