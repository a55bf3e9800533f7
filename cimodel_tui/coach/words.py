"""Reads words: sentences, lists of words, and how a sentence opens."""

import re
from collections.abc import Iterator
from functools import cache

from cimodel_tui import content

_WORD = re.compile(r"\w+(?:[-'’]\w+)*|%")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])|\n")
_LONGEST = 4
_STEM = 4


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, without those that say nothing."""
    return tuple(part.strip(" \t\r-*•") for part in _SENTENCE.split(text) if _WORD.search(part))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; a word with hyphens is one word."""
    return _WORD.findall(text.replace("’", "'").lower())


@cache
def listed(*names: str) -> frozenset[str]:
    """Return the entries of one or more word lists of `data/words`."""
    return frozenset(entry for name in names for entry in content.words(name))


def held(text: str, entries: frozenset[str]) -> Iterator[str]:
    """Yield the words and phrases of a list that stand in a text as whole words."""
    tokens = words_of(text)
    for at in range(len(tokens)):
        for phrase in _phrases(tokens, at):
            if phrase in entries:
                yield phrase


def _phrases(tokens: list[str], at: int) -> Iterator[str]:
    """Yield the phrases that begin at a word, longest first."""
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        yield " ".join(tokens[at : at + length])


def holds(text: str, *names: str) -> bool:
    """Tell whether a text holds a word or phrase of these lists."""
    return next(held(text, listed(*names)), None) is not None


def opening(tokens: list[str], entries: frozenset[str]) -> int:
    """Return how many words the entry takes with which these words open, 0 where they open with none."""
    return next((phrase.count(" ") + 1 for phrase in _phrases(tokens, 0) if phrase in entries), 0)


def singular(word: str) -> str:
    """Return an English noun without the ending of its plural."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word if word.endswith("ss") else word.removesuffix("s")


def alike(one: str, other: str) -> bool:
    """Tell whether two words have the same stem: `restore` and `restoring`, `failure` and `failed`."""
    if one[:_STEM] != other[:_STEM] or one == other:
        return one == other
    shared = max(_STEM, min(len(one), len(other)) - 2)
    return min(len(one), len(other)) >= _STEM and one[:shared] == other[:shared]


def short(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at a word where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " ..."
