"""Names in a text: whether it names a metric, who outside the team is named, and whether an owner is one person.

A metric is named by most words of its name, by its initials, or by a word that it alone has.
"""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from cimodel_tui.coach.words import (
    CACHE_SIZE,
    contains,
    entries_in,
    is_english,
    is_foreign,
    is_foreign_word,
    is_plural,
    same_stem,
    singular,
    word_list,
    words_of,
)

_PEOPLE_ENDING = re.compile(r"(?:er|or|ist|ian|ee|ant|man|woman|lot|wife|eer)s$|men$|women$|wives$|folk$")
_NAMES_OF_ONE = 2
"""Parts between commas that may be one person: the name and the first name."""
_AND = re.compile(r"\s+(?:and|or)\s+|\s*[&+/;]\s*|\s+with\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|<[^<>]*>")
_WITH_OTHERS = re.compile(r"\((?:with|and|&|\+) ([A-Z][^()]*)\)")
_HEAD_OF = re.compile(
    r"^\W*(?:\w+[ -])?(?:head|lead|leader|director|owner|chief|manager|vp|chair|president|officer|member|"
    r"leiter|leiterin|leitung|teamleiter|teamleiterin|teamleitung)\b",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(?:chief \w+(?: \w+)? officer|(?:vice[- ])?president|c[a-z]o|vp)\b", re.IGNORECASE)
_PERSONAL = frozenset(
    ["asks", "buys", "chooses", "decides", "finds", "forgets", "hears", "knows", "learns", "leaves", "orders",
     "pays", "reads", "receives", "sees", "sells", "serves", "settles", "signs", "sleeps", "tells", "trusts",
     "understands", "waits", "wants"]
)  # fmt: skip
"""What only people do."""
_FOREIGN_LENGTH = 8
_THING_ENDING = re.compile(r"(?:ions|ments|ings|ties|ances|ences|ages|ures|als|ets|osts|ords|ims|rors|sks|ses|eues)$")


@lru_cache(maxsize=CACHE_SIZE)
def names_outsider(text: str) -> bool:
    """Tell whether a text names somebody outside the team; a text that is not English is taken to do so."""
    if is_foreign(text):
        return True
    tokens = _without_insiders(words_of(text))
    if contains(" ".join(tokens), "outsider_words") or any(_is_people(word) for word in tokens):
        return True
    return _who_acts(tokens) or _somebody_acts(words_of(text))


def _without_insiders(tokens: list[str]) -> list[str]:
    insiders = word_list("insider_words")
    left: list[str] = []
    at = 0
    while at < len(tokens):
        length = next(
            (n for n in (3, 2, 1) if {phrase := " ".join(tokens[at : at + n]), singular(phrase)} & insiders), 0
        )
        left += [] if length else [tokens[at]]
        at += length or 1
    return left


def _is_people(word: str) -> bool:
    """Most words for people end alike, in the plural: drivers, pilots, librarians, trainees."""
    known = word_list("thing_words") | word_list("insider_words")
    return bool(_PEOPLE_ENDING.search(word)) and len(word) > len("users") and singular(word) not in known


def _who_acts(tokens: list[str]) -> bool:
    """Tell whether somebody acts: `Judges get the file`, `Those who call us`, `A mother leaves with the paper`.

    A plural noun that is followed by a verb which only people do stands for people.
    """
    if "who" in tokens or "whoever" in tokens:
        return True
    for noun, verb in pairwise(tokens):
        known = word_list(
            "thing_words", "insider_words", "outcome_nouns", "object_nouns", "solution_words", "event_nouns"
        )
        if (
            verb in word_list("human_verbs", "action_verbs", "serving_verbs")
            and is_plural(noun)
            and singular(noun) not in known
        ):
            return not _THING_ENDING.search(noun)
    return False


def _somebody_acts(tokens: list[str]) -> bool:
    """`The mayor can answer the press`, `A mother at the counter leaves with the certificate`."""
    subject, rest = tokens[1:2], tokens[2:]
    lists = (
        "thing_words",
        "insider_words",
        "outcome_nouns",
        "object_nouns",
        "solution_words",
        "event_nouns",
        "team_words",
    )
    if tokens[:1] not in (["the"], ["a"], ["an"], ["every"], ["each"], ["no"]) or not subject:
        return False
    if {*subject, singular(subject[0])} & word_list(*lists):
        return False
    able = rest[:1] == ["can"] and bool(word_list("human_verbs").intersection(rest[1:2]))
    return able or bool(_PERSONAL.intersection(rest[:4]))


@lru_cache(maxsize=CACHE_SIZE)
def owners_in(owner: str) -> tuple[str, ...]:
    """Return the parts of an owner who is more than one person; a team is one part, one person none."""
    text = " ".join(_ASIDE.sub(" ", _WITH_OTHERS.sub(r" with \1", owner)).split())
    parts = tuple(part.strip() for part in _AND.split(text) if part.strip())
    if len(parts) == 1:
        parts = _by_comma(text)
    elif "," in parts[0] and not _roles(text):
        parts = tuple(each.strip() for part in parts for each in part.split(",") if each.strip())
    if len(parts) > 1 and _are_people(parts, either=" or " in text):
        return parts
    return (text,) if _is_group(text) else ()


def _by_comma(text: str) -> tuple[str, ...]:
    """`Meyer, Anna` is one person, and so is `Anna Meyer, desk lead`."""
    parts = tuple(part.strip() for part in text.split(",") if part.strip())
    full = all(len(part.split()) > 1 and part[:1].isupper() for part in parts)
    return parts if len(parts) > _NAMES_OF_ONE or full else (text,)


def _are_people(parts: tuple[str, ...], *, either: bool = False) -> bool:
    """`Change manager and release manager` are two people, an officer of two ranks and `Head of R and D` are one."""
    if all(_TITLED.search(part) for part in parts):
        return False
    with_role = [bool(_roles(part)) for part in parts]
    if any(with_role):
        return all(with_role)
    if either:
        return True
    return all(len(part.split()) <= len(("First", "Middle", "Last")) for part in parts)


def _roles(text: str) -> frozenset[str]:
    return word_list("role_words").intersection(words_of(text))


def _has_foreign_order(tokens: list[str]) -> bool:
    """`Team Netzwerk` is German: after `Team` English has a short name, or a word that it knows."""
    return tokens[0] == "team" and any(len(word) >= _FOREIGN_LENGTH and not is_english(word) for word in tokens[1:2])


def _is_group(text: str) -> bool:
    text = re.split(r" from | for | \d+$", text)[0]
    tokens = words_of(text.split(",", maxsplit=1)[0])
    if not tokens or _HEAD_OF.match(text) or "@" in text:
        return False
    if _has_foreign_order(tokens) or any(map(is_foreign_word, text.split())):
        return False
    if tokens[0] == "the" and not _roles(text) and tokens[-1] != "boss":
        return True
    last, groups = tokens[-1], word_list("team_words")
    if re.fullmatch(r"[A-Z]{2,}s", text):
        return True
    several_roles = is_plural(last) and singular(last) in word_list("role_words")
    whole = (
        len(tokens) == 1
        or text.rsplit(maxsplit=1)[-1].islower()
        or text.rsplit(maxsplit=1)[-1].isupper()
        or " ".join(tokens[-2:]) in groups
        or all(word == "it" or (is_english(word) and word not in word_list("english_words")) for word in tokens)
    )
    opens = tokens[0] in ("team", "all", "everyone", "everybody") and not _roles(text)
    group = next(entries_in(text, groups), "")
    if not _roles(text) and ((len(tokens) > len(("First", "Last")) and last in groups) or "team" in tokens[1:-1]):
        return True
    return several_roles or opens or (bool(group) and whole and bool({last, " ".join(tokens[-2:])} & groups))


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
