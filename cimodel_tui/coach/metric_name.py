"""Whether a text names a metric: by most words of its name, its initials, or a word that it alone has."""

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from cimodel_tui.coach.words import CACHE_SIZE, same_stem, singular, word_list, words_of

_MIN_SHARE = Fraction(2, 3)
_SHORTEST_INITIALS = 3
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


@lru_cache(maxsize=CACHE_SIZE)
def names_metric(then: str, rest: str, names: tuple[str, ...]) -> bool:
    """Tell whether a hypothesis names a metric: most words of its name, its initials (MTTR), or its own word.

    A word that only the name of that metric holds (`abandoned`) is enough in what is expected (`then`); where nothing
    else was filled in, all of it is used.
    """
    expected = _expand(words_of(then or rest))
    words = _expand(words_of(rest)) | expected
    split = [words_of(name.replace("-", " ")) for name in names]
    return any(_covers(words, name) or _has_own_word(expected, name, split) for name in split)


def covers(words: Iterable[str], name: list[str]) -> bool:
    """Tell whether these words name the metric whose name consists of those words."""
    return _covers(_expand(words), name)


def _covers(words: set[str], name: list[str]) -> bool:
    initials = "".join(word[0] for word in name)
    if len(initials) >= _SHORTEST_INITIALS and initials in words:
        return True
    significant = [word for word in name if word not in word_list("idle_words") and not any(map(str.isdigit, word))]
    found = sum(any(same_stem(word, other) for other in words) for word in significant)
    return bool(significant) and Fraction(found, len(significant)) >= _MIN_SHARE


def _expand(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in (word, *word.split("-"), *_ABBREVIATIONS.get(word, ()))}


def _has_own_word(words: set[str], name: list[str], names: list[list[str]]) -> bool:
    others = {word for other in names if other is not name for word in other}
    common = word_list("idle_words", "common_metric_words", "direction_words") | others
    own = [word for word in name if singular(word) not in common and word not in common and word.isalpha()]
    return any(same_stem(word, other) for word in own for other in words)
