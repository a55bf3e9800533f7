"""Words of a text: its sentences and tokens, the word lists, spelling slips, and whether it is English at all.

The rules that read words skip German, French, Spanish and the like. Small words decide most; a short text often has
none, so the shape of the others counts as well: letters, groups of letters and endings that English words do not have.
`Monitoring einrichten` is German, whatever its first word is.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from cimodel_tui import content

_WORD = re.compile(r"\w+(?:[-'’/]\w+)*|%")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[^a-z])|\n")
_LONGEST_PHRASE = 4
_SHORTEST_STEM = 4
_SHORTEST_TYPO = 5
_LONG_WORD = re.compile(r"\b[A-Za-z]{5,}\b")
_SOUND_ALIKE = (frozenset("aeiouy"), frozenset("cks"), frozenset("sz"), frozenset("dt"))
"""Letters that are taken for one another: `decreese`, `reduse`, `standartise`."""
CACHE_SIZE = 512
"""Texts that are cached: during typing all fields but one stay unchanged."""


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, without those that say nothing."""
    return tuple(part.strip(" \t\r-*•") for part in _SENTENCE.split(text) if _WORD.search(part))


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case; a word with hyphens is one word, frequent slips are corrected."""
    return list(_tokens(text))


@lru_cache(maxsize=CACHE_SIZE)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(correct_spelling(word) for word in _WORD.findall(text.replace("’", "'").lower()))


@cache
def word_list(*names: str) -> frozenset[str]:
    """Return the entries of one or more word lists of `data/words`."""
    return frozenset(entry for name in names for entry in content.words(name))


@lru_cache(maxsize=4096)
def correct_spelling(word: str) -> str:
    """Return the word of the lists that a misspelt word stands for: `improove`, `redcue`, `verry`, `decrese`.

    One letter may be doubled, left out, swapped with its neighbour or taken for one that sounds alike, never the first
    or the last: that would take `installs` for a slip of `install`. Words that the lists hold are spelt as meant.
    """
    if len(word) < _SHORTEST_TYPO or not word.isalpha() or {word, singular(word)} & _correct_words():
        return word
    single = re.sub(r"(.)\1", r"\1", word, count=1)
    if single != word and single in vocabulary():
        return single
    return next((known for known in _words_with_ends(word[0] + word[-1]) if _is_one_slip(word, known)), word)


@lru_cache(maxsize=CACHE_SIZE)
def correct_text(text: str) -> str:
    """Return a text with frequent spelling slips corrected, for rules that read it as a whole: `2 minuts`."""
    return _LONG_WORD.sub(lambda found: _correct_word(found[0]), text)


def _correct_word(word: str) -> str:
    right = correct_spelling(word.lower())
    return word if right == word.lower() else right


@cache
def _correct_words() -> frozenset[str]:
    return vocabulary() | word_list("lookalike_words", "action_gerunds")


@cache
def _words_with_ends(ends: str) -> tuple[str, ...]:
    """Return the long words, and the plurals of long nouns, with this first and last letter."""
    nouns = ("action_nouns", "outcome_nouns", "time_words", "solution_words", "team_words")
    lists = (
        "action_gerunds",
        "action_verbs",
        "aiming_verbs",
        "vague_words",
        "absolute_words",
        "comparatives",
        "trouble_words",
    )
    words = word_list(*lists, *nouns) | {f"{noun}s" for noun in word_list(*nouns) if not noun.endswith(("s", "y"))}
    return tuple(
        word for word in sorted(words) if word.isalpha() and len(word) > _SHORTEST_TYPO and word[0] + word[-1] == ends
    )


def _is_one_slip(word: str, known: str) -> bool:
    """Tell whether two words differ by one letter in the middle, or by two neighbours that are swapped."""
    longer, shorter = sorted((word, known), key=len, reverse=True)
    if len(longer) == len(shorter) + 1:
        return any(longer[:at] + longer[at + 1 :] == shorter for at in range(1, len(longer) - 1))
    if len(longer) != len(shorter):
        return False
    differing = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    if len(differing) == 1:
        return any(set(differing[0]) <= alike for alike in _SOUND_ALIKE)
    one, other = "".join(one for one, _ in differing), "".join(other for _, other in differing)
    return len(differing) == len("ab") and one == other[::-1] and one in word and other in known


@cache
def vocabulary() -> frozenset[str]:
    """Return every English word of the lists; a text without any of them is not classified."""
    lists = (
        "absolute_words", "action_nouns", "action_verbs", "action_verbs_or_nouns", "aiming_verbs", "comparatives",
        "copulas", "direction_words", "english_words", "event_nouns", "finite_verbs", "innovation_words",
        "insider_words", "object_nouns", "outcome_nouns", "outsider_words", "role_words", "solution_words",
        "thing_words", "time_words", "trouble_words", "unit_words", "vague_after_is", "vague_words", "weak_verbs",
    )  # fmt: skip
    return frozenset(word for name in lists for entry in content.words(name) for word in entry.split())


def entries_in(text: str, entries: frozenset[str]) -> Iterator[str]:
    """Yield the words and phrases of a list that stand in a text as whole words."""
    tokens = words_of(text)
    for at in range(len(tokens)):
        for phrase in _phrases(tokens, at):
            if phrase in entries:
                yield phrase


def _phrases(tokens: list[str], at: int) -> Iterator[str]:
    """Yield the phrases that begin at a word, longest first."""
    for length in range(min(_LONGEST_PHRASE, len(tokens) - at), 0, -1):
        yield " ".join(tokens[at : at + length])


def contains(text: str, *names: str) -> bool:
    """Tell whether a text holds a word or phrase of these lists."""
    return next(entries_in(text, word_list(*names)), None) is not None


def opening(tokens: list[str], entries: frozenset[str]) -> int:
    """Return how many words the entry takes with which these words open, 0 where they open with none."""
    return next((phrase.count(" ") + 1 for phrase in _phrases(tokens, 0) if phrase in entries), 0)


def singular(word: str) -> str:
    """Return an English noun without the ending of its plural."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word if word.endswith("ss") else word.removesuffix("s")


def is_plural(word: str) -> bool:
    """Tell whether a word looks like the plural of a noun."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def same_stem(one: str, other: str) -> bool:
    """Tell whether two words have the same stem: `restore` and `restoring`, `failure` and `failed`."""
    if one[:_SHORTEST_STEM] != other[:_SHORTEST_STEM] or one == other:
        return one == other
    shared = max(_SHORTEST_STEM, min(len(one), len(other)) - 2)
    return min(len(one), len(other)) >= _SHORTEST_STEM and one[:shared] == other[:shared]


def shorten(text: str, length: int = 60) -> str:
    """Return a text on one line, cut at a word where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + " ..."


_MEASURED = re.compile(r"\d+(?:h|min|s|ms|d|hrs?)")
_LETTER = re.compile(r"[äöüßàâçèêëîïôûùœæñ¿¡áíóú]|é[a-z]{2}", re.IGNORECASE)
_ENDING = re.compile(
    r"\w{3,}(?:ungen|ung|keit|heit|schaft|ktur|kturen|jekt|jekte|rieb|werk|dienst|gsam|gsame|lich|liche|isch|ische|"
    r"ción|ciones|ados|adas|zione|zioni|mente|ité|ités|aux|euse|ique|iques|eurs|lijk|lijke|heid|tie|en|ern)$"
)
"""Endings of nouns, adjectives and infinitives; English words that end alike are in a list."""
_ENDING_OF_COMMON_WORD = re.compile(r"[a-z]{4,}(?:[^aeiou]i|[^aeiou]o|[^aeiou]ar)$")
"""Endings that English has in names only: `errori`, `tecnico`, `mejorar`, not `Trello`."""


@lru_cache(maxsize=CACHE_SIZE)
def is_foreign(text: str) -> bool:
    """Tell whether a text has more words of other languages than small English ones, or none that the lists know."""
    words = _WORD.findall(text)
    foreign = sum(is_foreign_word(word) or _LETTER.search(word) is not None for word in words)
    english = sum(word.lower() in word_list("english_words") and word != "IT" for word in words)
    return foreign > english or not any(is_english(word) for word in words)


def is_foreign_word(word: str) -> bool:
    """Tell whether a word is a small one of another language, or ends as no English word does."""
    lower = word.lower()
    if lower in word_list("foreign_words"):
        return True
    if is_english(word) or lower in word_list("english_endings"):
        return False
    return _ENDING.match(lower) is not None or _ENDING_OF_COMMON_WORD.match(word) is not None


def is_english(word: str) -> bool:
    """Tell whether the lists hold a word; most that they do not hold are English too."""
    known = vocabulary() | word_list("team_words", "common_words")
    return bool({word.lower(), singular(word.lower())} & known) or _MEASURED.fullmatch(word) is not None
