"""Reads whether a text names a metric, also in other words than its name."""

from collections.abc import Iterable
from fractions import Fraction

from cimodel_tui.coach.words import alike, listed, words_of

_ENOUGH = Fraction(2, 3)
_SHORTEST_INITIALS = 3


def names_metric(text: str, names: Iterable[str]) -> bool:
    """Tell whether a text holds two in three of the words of a metric's name, or its initials: MTTR, FCR."""
    told = words_of(text)
    return any(covers(told, words_of(name.replace("-", " "))) for name in names)


def covers(told: Iterable[str], name: list[str]) -> bool:
    """Tell whether these words name the metric whose name consists of those words."""
    told = {part for word in told for part in (word, *word.split("-"))}
    initials = "".join(word[0] for word in name)
    if len(initials) >= _SHORTEST_INITIALS and initials in told:
        return True
    wanted = [word for word in name if word not in listed("idle_words") and not any(map(str.isdigit, word))]
    found = sum(any(alike(word, other) for other in told) for word in wanted)
    return bool(wanted) and Fraction(found, len(wanted)) >= _ENOUGH
