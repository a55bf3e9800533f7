"""Reads numbers in words: dates, values with a unit, and figures that are neither a date nor a name."""

import re
from functools import cache, lru_cache

from cimodel_tui.coach.words import listed

_KEPT = 512  # texts whose figures are remembered: while somebody types, all fields but one stay as they are
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
_BEFORE = r"\b(?:by|before|until|till|in|from|since|after|this|next|last|of|end of|mid|early|late|during|as of)"
_LINK = r"(?: the| end of| start of| beginning of| middle of| this| next| last| mid| early| late)*[ -]"
_DATES = (
    r"\b\d{4}-(?:\d\d(?:-\d\d)?|w\d\d?|q[1-4])\b",
    r"\bq[1-4]\b(?: \d{4})?",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?\.? (?:of )?{_MONTH}\.?(?:,? \d{{4}}\b)?",
    rf"\b{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}}\b)?(?!\s*[%\d.])",
    rf"\b{_MONTH} (?:19|20)\d\d\b",
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    rf"{_BEFORE}{_LINK}(?:{_MONTH}|{_SEASON})(?: \d{{4}}\b)?",
    rf"{_BEFORE}{_LINK}(?:year )?(?:19|20)\d\d\b(?!-\d| ?(?:to \d|%))",
    r"\b(?:by|before|until|within|this|next|end of)(?: the| this| next| end of)* (?:year|quarter|month|week|decade)\b",
    rf"\bwithin (?:the next )?(?:\d+|an?|one|{_COUNTED}) (?:month|quarter|year)s?\b",
)
_IDIOMS = (
    r"\b(?:24|twenty-four)\s*(?:/|x|hours?,?)\s*(?:7|seven)\b",
    r"\b(?:24|365|7|seven|twenty-four) (?:hours|days|h)(?: a | per | ?/ ?|, )(?:day|week|year)",
    r"\bday (?:one|1)\b",
    r"(?<!within )(?<!in )(?<!under )(?<!than )(?<!to )\bone day\b",
    r"\b(?:9|nine) to (?:5|five)\b",
    r"\b\d+(?:st|nd|rd|th)\b",
    r"\b\d[dgk]\b",
    r"\b(?!(?:eur|usd|chf|gbp)\d)[a-z]{1,8}-?\d[\w.:-]*",
    r"\b(?:\d+|seven) steps\b",
)
_SCORES = r"\b(?:score|rating|nps|csat|satisfaction|maturity)\b\W+(?:\w+\W+){0,2}?"
_TAIL = (
    r"[\s,]*(?:\b(?:with)?in|\bunder|\bbelow|\babove|\bover|\bless than|\bmore than|\bat least|\bat most|\bfrom|\bto)?"
    r"(?: (?:under|less than|at most|at least))?\s*$"
)


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _entries(*names: str) -> str:
    return "|".join(map(re.escape, sorted(listed(*names), key=len, reverse=True)))


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
        rf"\b(?:one|{_COUNTED}|half an?|(?<=within )an?|(?<=than )an?){of_what}(?:{spans})\b",
        rf"{_SCORES}{_NUMBER}",
    )


def without_dates(text: str) -> str:
    """Return a text with a blank wherever a date stood."""
    return _dates().sub(" ", text)


@lru_cache(maxsize=_KEPT)
def has_date(text: str) -> bool:
    """Tell whether a text names a day, month, quarter, season or year."""
    return _dates().search(text) is not None


@lru_cache(maxsize=_KEPT)
def has_value(text: str) -> bool:
    """Tell whether a text holds a number with a unit, such as `4 h`, `99.9 %` or `ten working days`."""
    return _values().search(_labels().sub(" ", text)) is not None


@lru_cache(maxsize=_KEPT)
def has_figure(text: str) -> bool:
    """Tell whether a text says how many or how much: a number or a share that is neither a date nor a name."""
    rest = _labels().sub(" ", without_dates(text))
    return _figures().search(rest) is not None or _values().search(rest) is not None


def without_ending(sentence: str) -> str:
    """Return a sentence without the date or the value at its end, empty where too little would be left."""
    rest = sentence.rstrip(" .!")
    for pattern in (_dates(), _values()):
        last = max(pattern.finditer(rest), key=lambda found: found.end(), default=None)
        if last and last.end() == len(rest):
            rest = re.sub(_TAIL, "", rest[: last.start()], flags=re.IGNORECASE).rstrip(" ,;:-")
    enough = len(rest.split()) > 2 and rest != sentence.rstrip(" .!")  # noqa: PLR2004 - two words are no sentence
    return f"{rest}." if enough and not has_date(rest) and not has_value(rest) else ""
