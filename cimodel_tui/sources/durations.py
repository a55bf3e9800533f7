"""Durations as tools write them: `1:23:45`, `2d 4h`, `3 Days 12 Hours`, `P1DT4H`, `90 s`; exact, in seconds."""

import re
from fractions import Fraction

SECONDS = {"ms": Fraction(1, 1000), "s": Fraction(1), "min": Fraction(60), "h": Fraction(3600), "d": Fraction(86400)}
"""Seconds of each unit of time."""

_WEEK = 7
_NAMES = {
    "ms": "ms msec millisecond milliseconds millis",
    "s": "s sec secs second seconds sek sekunde sekunden",
    "min": "m min mins minute minutes minuten",
    "h": "h hr hrs hour hours std stunde stunden",
    "d": "d day days tag tage tagen",
    "w": "w wk week weeks woche wochen",
}
_UNITS = {name: unit for unit, names in _NAMES.items() for name in names.split()}

_NUMBER = r"\d+(?:[.,]\d+)?"
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_PIECE = re.compile(rf"({_NUMBER})\s*([^\W\d_]+)\.?[\s,]*(?:and\s+|und\s+)?")
_WORDS = re.compile(rf"(?:{_PIECE.pattern})+")
_CLOCK = re.compile(r"(?:(\d+)\s*(?:d|days?|tage?),?\s+)?(\d+):([0-5]?\d):([0-5]\d(?:\.\d+)?)", re.IGNORECASE)
_SHORT_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_ISO = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?(?<![PT])", re.IGNORECASE)


def unit_of_time(text: str) -> str:
    """Return the unit of time that is meant: ms, s, min, h or d; empty where it is none."""
    unit = _UNITS.get(text.strip().strip(".").casefold(), "")
    return unit if unit in SECONDS else ""


def is_short_clock(text: str) -> bool:
    """Return whether a duration is written as `7:06`, which may be hours and minutes or minutes and seconds."""
    return bool(_SHORT_CLOCK.fullmatch(text.strip().removeprefix("-")))


def numbers_of_words(text: str) -> list[str]:
    """Return the numbers of a duration in words, as they are written: `1,234` and `5` of `1,234 h 5 min`."""
    text = text.strip().removeprefix("-")
    return [number for number, _ in _PIECE.findall(text)] if _WORDS.fullmatch(text) else []


def has_days(text: str) -> bool:
    """Return whether a duration counts days, which may be of 24 hours or working days."""
    found = _ISO.fullmatch(text.strip())
    if found:
        return bool(found[1] or found[2])
    return any(_UNITS.get(name.casefold()) in ("d", "w") for _, name in _PIECE.findall(text))


def read_duration(
    text: str, short_clock: str = "h:mm", day: Fraction = SECONDS["d"], decimal: str = ""
) -> Fraction | None:
    """Return the seconds of a duration, or None where it is none; `day` is how many seconds a day has.

    `decimal` is point or comma; the other mark stands between groups of three. Without it either is the decimal mark.
    """
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    bare = text.removeprefix("-")
    seconds = _clock(bare, short_clock) or _iso(bare, day) or _words(bare, day, decimal)
    return None if seconds is None else sign * seconds[0]


def _clock(text: str, short_clock: str) -> tuple[Fraction] | None:
    if found := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds = (Fraction(each or 0) for each in found.groups())
        return (days * SECONDS["d"] + hours * 3600 + minutes * 60 + seconds,)
    if found := _SHORT_CLOCK.fullmatch(text):
        large = Fraction(3600) if short_clock == "h:mm" else Fraction(60)
        return (int(found[1]) * large + int(found[2]) * large / 60,)
    return None


def _iso(text: str, day: Fraction) -> tuple[Fraction] | None:
    found = _ISO.fullmatch(text)
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (Fraction((each or "0").replace(",", ".")) for each in found.groups())
    return ((weeks * _WEEK + days) * day + hours * 3600 + minutes * 60 + seconds,)


def _words(text: str, day: Fraction, decimal: str) -> tuple[Fraction] | None:
    if not _WORDS.fullmatch(text):
        return None
    total = Fraction(0)
    for number, name in _PIECE.findall(text):
        unit, amount = _UNITS.get(name.casefold()), _amount(number, decimal)
        if unit is None or amount is None:
            return None
        size = day * _WEEK if unit == "w" else day if unit == "d" else SECONDS[unit]
        total += amount * size
    return (total,)


def _amount(number: str, decimal: str) -> Fraction | None:
    """Return a number beside a unit, or None where its mark is neither the decimal one nor before a group of three."""
    grouping = {"point": ",", "comma": "."}.get(decimal, "")
    if not grouping or grouping not in number:
        return Fraction(number.replace(",", "."))
    return Fraction(number.replace(grouping, "")) if _GROUPED.fullmatch(number) else None
