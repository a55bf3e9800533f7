"""Reads whether a text promises all or nothing."""

import re
from functools import cache

from cimodel_tui.coach.words import listed, words_of

_SCOPED = frozenset(("all", "every", "everyone", "everything", "no", "nobody"))
_PREPOSITIONS = frozenset(["in", "for", "across", "at", "of", "over", "from", "to", "with", "by", "on", "per", "through", "between", "among", "within", "and"])
_NONE_AT_ALL = frozenset(
    ["more", "later", "less", "fewer", "longer", "earlier", "sooner", "higher", "lower", "worse", "matter", "one", "doubt", "further"]
)
_WHOLE = re.compile(
    r"(?<!under )(?<!below )(?<!from )(?<!than )(?<!near )(?<!about )(?<![\w.,])100 ?(?:%|per ?cent\b|pct\b)"
    r"(?! (?:\w+ )?(?:load|capacity|utili[sz]ation|cpu|volume|demand|remote|paper))",
    re.IGNORECASE,
)
_NIL = re.compile(r"(?<!from )(?<![\w.,])0 ?(?:%|(?<=0 )[a-z]+)", re.IGNORECASE)


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the entries of a list that are words, without those that are judged by what follows."""
    entries = [entry for entry in listed(name) - _SCOPED if entry[0].isalpha()]
    return re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(entries, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE
    )


def absolute_word(text: str) -> str:
    """Return the first word of a text that leaves no room, such as `100 %` or `never`; empty where there is none."""
    rest = _phrases("coach_absolute_fine").sub(" ", text)
    for pattern in (_WHOLE, _NIL, _phrases("absolute_words")):
        if found := pattern.search(rest):
            return found.group()
    return _without_exception(words_of(rest))


def _without_exception(tokens: list[str]) -> str:
    """`All tickets` and `every call` leave no room; `in all stores` and `every week` say where and when."""
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1]
        free = at == 0 or tokens[at - 1] not in _PREPOSITIONS
        if token in ("all", "every") and free and following not in listed("coach_scope"):
            return f"{token} {following}"
        if token == "no" and at == 0 and following not in _NONE_AT_ALL:
            return f"{token} {following}"
    return ""
