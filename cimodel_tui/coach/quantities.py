"""Numbers in words: dates, values with a unit, shares, how far something moved, and words that leave no room.

A figure is a number that says how many or how much; a date, a name (`Windows 11`, `step 6`) and the size of a
population (`our 3 sites`) are none.
"""

import re
from functools import cache, lru_cache

from cimodel_tui.coach.words import CACHE_SIZE, correct_text, word_list, words_of

_TOO_FEW_WORDS = 2
"""So many words are no sentence."""
_NUMBER = r"(?<![\w.,])\d+(?:[.,]\d+|[  ]\d{3}(?!\d))*"
_COUNTED = (
    r"two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?|hundreds?|thousands?|millions?|dozens?"
)
_PARTS = (
    r"half(?!-)|halv(?:e|es|ed|ing)|twice|thrice|doubl(?:e|ed|es)|tripl(?:e|ed|es)|zero|tenths?|fifths?|thirds|quarters|"
    r"(?:a|one) (?:third|quarter|fifth|tenth)(?! party)|quarter of"
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_SEASON = r"(?:spring|summer|autumn|winter|christmas|easter|year[- ]end)\b"
_BEFORE = r"\b(?:by|before|untill?|till|in|from|since|after|this|next|last|of|end of|mid|early|late|during|as of)"
_LINK = r"(?: the| end of| start of| beginning of| middle of| this| next| last| mid| early| late)*[ -]"
_DATES = (
    r"\b\d{4}-(?:\d\d(?:-\d\d)?|w\d\d?|q[1-4])\b",
    r"\bq[1-4]\b(?: \d{4})?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}\.?(?:,? \d{{4}}\b)?",
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?(?!\s*[%\d.])",
    rf"\b{_MONTH} (?:19|20)\d\d\b",
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    r"\b\d{1,2}\.(?:0\d|1[0-2])\.(?!\d)",
    r"\bweek \d{1,2}\b",
    rf"{_BEFORE}{_LINK}(?:{_MONTH}|{_SEASON})(?: \d{{4}}\b)?",
    rf"{_BEFORE}{_LINK}(?:year )?(?:19|20)\d\d\b(?!-\d| ?(?:to \d|%))",
    r"\b(?:by|before|until|within|this|next|end of)(?: the| this| next| end of)* (?:year|quarter|month|week|decade)\b",
    rf"\b(?:within|in the next) (?:the next )?(?:\d+|an?|one|{_COUNTED}) (?:month|quarter|year)s?\b",
)
_IDIOMS = (
    r"\b(?:24|twenty-four)\s*(?:/|x|hours?,?)\s*(?:7|seven)\b",
    r"\b(?:24|365|7|seven|twenty-four) (?:hours|days|h)(?: a | per | ?/ ?|, )(?:day|week|year)",
    r"\bday (?:one|1)\b",
    r"(?<!within )(?<!in )(?<!under )(?<!than )(?<!to )\bone day\b",
    r"(?<!from )\b(?:9|nine) to (?:5|five)\b(?! ?(?:h|hours|d|days|min|minutes|%)\b)",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b\d[dgk]\b",
    r"\b(?!(?:eur|usd|chf|gbp)\d)[a-z]{1,8}-?\d[\w.:-]*",
    r"\b(?:\d+|seven) steps\b",
)
_SCORES = (
    r"\b(?:score|rating|nps|csat|satisfaction|maturity|availability|uptime|mttr|fcr|slas?|rate)\b"
    r"[^\w.!?;+]+(?:\w+\W+){0,2}?\+?"
)
_SHARE = rf"\b(?:\d+|one|{_COUNTED})(?: out)? (?:of|in)(?: every)? (?:\d+|{_COUNTED})\b"
_FRACTION = (
    r"\bhalf (?:of )?the\b|\bhalf as many\b|\bby (?:half|a (?:third|quarter|fifth|tenth)|two thirds)|"
    r"\b(?:down|up) (?:by )?a (?:third|quarter|fifth|tenth)\b"
)
_POPULATION = (
    r"\b(?:for|our|the|all|these|those|my|across|of|team of|crew of|group of)(?: our| the)? "
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|{_COUNTED})(?! ?[%\d.,]| ?(?:{{units}})\b) (?=[a-z])"
)
_MULTIPLE = (
    r"\b(?:half|halv(?:e|es|ed|ing)|twice|thrice|doubl(?:e|ed|es)|tripl(?:e|ed|es)|"
    r"(?:two|one|a) (?:thirds?|quarters?|fifth)(?! part))\b"
)
_CHANGES = (
    r"\b(?:fell|falls?|fallen|drop(?:s|ped)?|down|up|rose|risen|saved?|saves|cut|reduced|shrank|grew|increased|gone)\b",
    r"(?<![\w%.,])[-−+]\d[\d.,]* ?%",
    r"\b(?:fewer|less|more)\b(?! than \d)",
    r"\b(?:lower|higher|shorter|faster|quicker|sooner|cheaper|instead|minus|plus)\b",
)
_PERIOD = r"(?:a|an|per|each|every) (?:day|week|month|quarter|year)"
_TAIL = (
    r"[\s,]*(?:\b(?:with)?in|\bunder|\bbelow|\babove|\bover|\bless than|\bmore than|\bat least|\bat most|\bfrom|\bto)?"
    r"(?: (?:under|less than|at most|at least))?\s*$"
)
_LINKS = (
    r"->|→|>|\b(?:from|to|instead|before|then|now|was|were|used to|today|until|against|versus|vs|up|down|become|ago|"
    r"last|this|no longer|than|took|takes?|fell|dropped|rose|after)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?! ?[%\w])")
_EVERYONE = ("everybody", "everyone", "everything")
_NOTHING = "nothing"
_WHOLE = re.compile(
    r"(?<!under )(?<!below )(?<!from )(?<!than )(?<!near )(?<!about )(?<![\w.,])100 ?(?:%|per ?cent\b|pct\b)"
    r"(?! (?:\w+ )?(?:load|capacity|utili[sz]ation|cpu|volume|demand|remote|paper))",
    re.IGNORECASE,
)
_FULL = re.compile(r"\bfull (?:\w+ )?(?:coverage|compliance|adherence)\b", re.IGNORECASE)
_NIL = re.compile(r"(?<!from )(?<![\w.,])0 ?(?:%|(?<=0 )[a-z]+)", re.IGNORECASE)
_SOFT = frozenset(["fully", "completely", "entirely", "perfectly", "full"])
"""Words that leave room after all where a share is named: `nine in ten fully equipped`."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _entries(*names: str) -> str:
    return "|".join(map(re.escape, sorted(word_list(*names), key=len, reverse=True)))


@cache
def _dates() -> re.Pattern[str]:
    return _any(*_DATES)


@cache
def _labels() -> re.Pattern[str]:
    return _any(*_IDIOMS, rf"\b(?:{_entries('label_words')})[ -]\d+(?:[.:]\d+)*(?! ?%)")


@cache
def _figures() -> re.Pattern[str]:
    return _any(_NUMBER, rf"\b(?:{_COUNTED}|{_PARTS})\b")


@cache
def _values() -> re.Pattern[str]:
    of_what = r"\s?-?(?:(?:working|business|calendar|full|more|fewer|less) )?"
    spans = _entries("time_words")
    return _any(
        rf"{_NUMBER}{of_what}(?:{_entries('unit_words', 'time_words')})(?!\w)",
        rf"[€$£] ?{_NUMBER}",
        rf"\b(?:one|{_COUNTED}|half an?|(?<=within )an?|(?<=than )an?|(?<=under )an?){of_what}(?:{spans})\b",
        rf"{_SCORES}{_NUMBER}",
        rf"{_NUMBER} (?:{_entries('outcome_nouns')})\b(?<! target)",
        rf"\b(?:\d+|{_COUNTED}) (?:[\w-]+ ){{1,3}}{_PERIOD}\b",
        r"\b(?:a quarter|half|three quarters) of an? (?:hour|day|year)\b",
        rf"\b(?:within|in under|under|below) (?:\d+|{_COUNTED}) (?:[a-z]+ )?[a-z]{{3,}}s\b",
        rf"\b(?:(?:less|fewer|more) than|at (?:least|most)) (?:\d+|{_COUNTED})\b",
        _SHARE,
        _FRACTION,
    )


def without_dates(text: str) -> str:
    """Return a text with a blank wherever a date stood."""
    return _dates().sub(" ", text)


@lru_cache(maxsize=CACHE_SIZE)
def has_date(text: str) -> bool:
    """Tell whether a text names a day, month, quarter, season or year."""
    return _dates().search(text) is not None


@lru_cache(maxsize=CACHE_SIZE)
def has_value(text: str) -> bool:
    """Tell whether a text holds a number with a unit, such as `4 h`, `99.9 %` or `ten working days`."""
    return _values().search(_labels().sub(" ", correct_text(text))) is not None


@cache
def _populations() -> re.Pattern[str]:
    times = "|".join(sorted(word_list("time_words"), key=len, reverse=True))
    return _any(
        _POPULATION.replace("{units}", _entries("unit_words", "time_words")),
        r"\b(?:team|crew|group) of \w+",
        rf"\b(?:\d+|{_COUNTED}) (?!(?:{times})\b)(?:{_entries('scope_words')})\b",
        r"\b(?:twice|thrice)\b(?! (?:a|an|as|the|per)\b)",
    )


@cache
def _links() -> re.Pattern[str]:
    return _any(_LINKS)


@cache
def _changes() -> re.Pattern[str]:
    return _any(*_CHANGES)


def _figures_in(text: str) -> str:
    """Return a text without what is a number and no figure: dates, names, sizes of populations."""
    return _populations().sub(" ", _labels().sub(" ", without_dates(text)))


@lru_cache(maxsize=CACHE_SIZE)
def has_figure(text: str) -> bool:
    """Tell whether a text says how many or how much."""
    rest = _figures_in(text)
    return _figures().search(rest) is not None or _values().search(rest) is not None


@lru_cache(maxsize=CACHE_SIZE)
def has_change(text: str) -> bool:
    """Tell whether a text says from where to where, or by how much: `from 9 to 5 h`, `cut by half`, `8 %, now 4 %`."""
    rest = _figures_in(_YEAR.sub(" ", text))
    if re.search(_MULTIPLE, rest, re.IGNORECASE):
        return True
    figures = len(_figures().findall(rest))
    compared = _links().search(text) or len(_dates().findall(text)) > 1 or len(set(_YEAR.findall(text))) > 1
    return bool(figures) and bool(_changes().search(text) or (figures > 1 and compared))


def has_share(text: str) -> bool:
    """Tell whether a text names a share below all of it: `80 %`, `nine in ten`."""
    return re.search(rf"{_SHARE}|(?<![\d.,])\d{{1,2}}(?:[.,]\d+)? ?(?:%|per ?cent)", text, re.IGNORECASE) is not None


def without_ending(sentence: str) -> str:
    """Return a sentence without the date or the value at its end, empty where too little would be left."""
    rest = sentence.rstrip(" .!")
    for pattern in (_dates(), _values()):
        last = max(pattern.finditer(rest), key=lambda found: found.end(), default=None)
        if last and last.end() == len(rest):
            rest = re.sub(_TAIL, "", rest[: last.start()], flags=re.IGNORECASE).rstrip(" ,;:-")
    enough = len(rest.split()) > _TOO_FEW_WORDS and rest != sentence.rstrip(" .!")
    return f"{rest}." if enough and not has_date(rest) and not has_value(rest) else ""


@cache
def _phrases(name: str) -> re.Pattern[str]:
    """Return a pattern for the entries of a list as whole words, the longest first."""
    longest_first = sorted(word_list(name), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)


def without_bounds(text: str) -> str:
    """Return a text without phrases such as `no later than` and `never more than`, in which a word sets a bound."""
    return _phrases("harmless_phrases").sub(" ", text)


@lru_cache(maxsize=CACHE_SIZE)
def absolute_word(text: str) -> str:
    """Return the first word of a text that leaves no room, such as `100 %` or `never`; empty where there is none."""
    rest = without_bounds(correct_text(text))
    for pattern in (_WHOLE, _NIL, _FULL, _phrases("absolute_words")):
        if (found := pattern.search(rest)) and not (found.group().lower() in _SOFT and has_share(text)):
            return found.group()
    return _without_exception(words_of(rest) or [""])


def _without_exception(tokens: list[str]) -> str:
    """`All tickets` and `every call` leave no room; `in all stores` and `every week` say where and when."""
    if tokens[:1] == [_NOTHING]:
        return _NOTHING
    if tokens[0].endswith("ly"):
        tokens = tokens[1:]
    for at, word in enumerate(tokens):
        before, following = tokens[at - 1] if at else "", tokens[at + 1 : at + 3]
        if following[:1] == ["the"] and before not in word_list("prepositions"):
            following = following[1:]
        if before in word_list("prepositions") or not (following or word in _EVERYONE):
            continue
        if word in _EVERYONE or (word in ("all", "every", "each") and following[0] not in word_list("scope_words")):
            return " ".join((word, *following[:1]))
        if word == "no" and _leaves_nothing(before, following):
            return " ".join((word, *following))
    return ""


def _leaves_nothing(before: str, following: list[str]) -> bool:
    """`No incidents` and `no more escalations` leave nothing; `no more than 4` and `no later than June` set a limit."""
    if before:
        return False
    if following[0] == "more":
        return following[1:] != ["than"] and len(following) > 1
    return following[0] not in word_list("no_limits")
