"""Whether a text is English at all; the rules that read words say nothing of German, French, Spanish and the like.

Small words tell most. A short text often has none, so that the shape of the others counts as well: letters, groups of
letters and endings that English words do not have. `Monitoring einrichten` is German, whatever its first word is.
"""

import re
from functools import lru_cache

from cimodel_tui.coach.words import REMEMBERED, listed, singular, vocabulary

_WORD = re.compile(r"\w+(?:[-'’/]\w+)*|%")
_MEASURED = re.compile(r"\d+(?:h|min|s|ms|d|hrs?)")
_LETTER = re.compile(r"[äöüßàâçèêëîïôûùœæñ¿¡áíóú]|é[a-z]{2}", re.IGNORECASE)
_ENDING = re.compile(
    r"\w{3,}(?:ungen|ung|keit|heit|schaft|ktur|kturen|jekt|jekte|rieb|werk|dienst|gsam|gsame|lich|liche|isch|ische|"
    r"ción|ciones|ados|adas|zione|zioni|mente|ité|ités|aux|euse|ique|iques|eurs|lijk|lijke|heid|tie|en|ern)$"
)
"""Endings of nouns, adjectives and infinitives; English words that end alike are in a list."""
_ENDING_OF_COMMON_WORD = re.compile(r"[a-z]{4,}(?:[^aeiou]i|[^aeiou]o|[^aeiou]ar)$")
"""Endings that English has in names only: `errori`, `tecnico`, `mejorar`, not `Trello`."""


@lru_cache(maxsize=REMEMBERED)
def is_foreign(text: str) -> bool:
    """Tell whether a text has more words of other languages than small English ones, or none that the lists know."""
    words = _WORD.findall(text)
    foreign = sum(is_foreign_word(word) or _LETTER.search(word) is not None for word in words)
    english = sum(word.lower() in listed("english_words") and word != "IT" for word in words)
    return foreign > english or not any(is_english(word) for word in words)


def is_foreign_word(word: str) -> bool:
    """Tell whether a word is a small one of another language, or ends as no English word does."""
    lower = word.lower()
    if lower in listed("foreign_words"):
        return True
    if is_english(word) or lower in listed("english_endings"):
        return False
    return _ENDING.match(lower) is not None or _ENDING_OF_COMMON_WORD.match(word) is not None


def is_english(word: str) -> bool:
    """Tell whether the lists hold a word; most that they do not hold are English too."""
    known = vocabulary() | listed("team_words", "common_words")
    return bool({word.lower(), singular(word.lower())} & known) or _MEASURED.fullmatch(word) is not None
