"""Reads whether a text promises all or nothing."""

import re
from functools import cache

from cimodel_tui.coach.words import listed, words_of

_EVERYONE = ("everybody", "everyone", "everything")
_WHOLE = re.compile(
    r"(?<!under )(?<!below )(?<!from )(?<!than )(?<!near )(?<!about )(?<![\w.,])100 ?(?:%|per ?cent\b|pct\b)"
    r"(?! (?:\w+ )?(?:load|capacity|utili[sz]ation|cpu|volume|demand|remote|paper))",
    re.IGNORECASE,
)
_NIL = re.compile(r"(?<!from )(?<![\w.,])0 ?(?:%|(?<=0 )[a-z]+)", re.IGNORECASE)


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the entries of a list as whole words, the longest first."""
    longest_first = sorted(listed(name), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def absolute_word(text: str) -> str:
    """Return the first word of a text that leaves no room, such as `100 %` or `never`; empty where there is none."""
    rest = _phrases("harmless_phrases").sub(" ", text)
    for pattern in (_WHOLE, _NIL, _phrases("absolute_words")):
        if found := pattern.search(rest):
            return found.group()
    return _without_exception(words_of(rest))


def _without_exception(tokens: list[str]) -> str:
    """`All tickets` and `every call` leave no room; `in all stores` and `every week` say where and when."""
    for before, word, following in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        if before in listed("prepositions"):
            continue
        if word in _EVERYONE or (word in ("all", "every") and following and following not in listed("scope_words")):
            return f"{word} {following}".strip()
        if word == "no" and not before and following and following not in listed("no_limits"):
            return f"{word} {following}"
    return ""
