"""Numbers as people type them: read strictly and exactly, and shown with enough decimals to tell them apart."""

import re
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import isfinite
from sys import float_info

MOST_CHARACTERS = 40
"""A number is no longer than this; longer ones are slips of a paste."""

MOST_DECIMALS = 12
"""No number in words has more decimals."""

_CACHE_SIZE = 1 << 14
"""This many numbers are not read a second time: every page and every rule asks for the same readings."""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = r"([+-]?[0-9]+),([0-9]+)"
_GROUPED = r"[+-]?[0-9]{1,3}(?:[,_' ][0-9]{3})+(?:\.[0-9]+)?"
_LONG_EXPONENT = r"[+-]?[0-9.]+[eE][+-]?[0-9]+"
_NO_VALUES = ("nan", "inf", "infinity")
_LONG, _SHORT = Fraction(10**15), Fraction(1, 10**9)
_MOST = Fraction(float_info.max)


class UnreadableNumberError(ValueError):
    """A text that is not a number; the message is a sentence for the user."""


@lru_cache(maxsize=_CACHE_SIZE)
def read_number(text: str) -> Fraction:
    """Return the exact value of a decimal text; raises UnreadableNumberError with the reason.

    ASCII digits, a decimal point, an exponent of at most three digits; blanks around it are ignored.
    """
    wanted = text.strip()
    if len(wanted) > MOST_CHARACTERS:
        raise UnreadableNumberError(f"{quoted(wanted)} is too long: a number has at most {MOST_CHARACTERS} characters")
    if not _NUMBER.fullmatch(wanted):
        raise UnreadableNumberError(_advice(wanted))
    if not isfinite(float(wanted)):
        raise UnreadableNumberError(f"{quoted(wanted)} is too large to calculate with")
    return Fraction(wanted)


def is_number(text: str) -> bool:
    """Return whether a text can be read as a number."""
    try:
        read_number(text)
    except UnreadableNumberError:
        return False
    return True


def _advice(text: str) -> str:
    if not text:
        return "there is no number: write one such as 12.5"
    if text.strip("+-").lower() in _NO_VALUES:
        return f"{quoted(text)} is not a measurable number: leave the reading out"
    if re.fullmatch(_LONG_EXPONENT, text):
        return f"{quoted(text)} is not a number here: an exponent has at most three digits"
    return f"{quoted(text)} is not a number here: write {_instead(text)}"


def _instead(text: str) -> str:
    """Return what may have been meant."""
    if found := re.fullmatch(_COMMA, text):
        plain = f"{found[1]}.{found[2]}"
        return f"{found[1]}{found[2]} or {plain}" if re.fullmatch(_GROUPED, text) else plain
    bare = re.sub(r"[,_' ]", "", text) if re.fullmatch(_GROUPED, text) else text.rstrip("% ")
    if bare != text and _NUMBER.fullmatch(bare):
        return f"{bare}, the unit stands with the metric" if text.endswith("%") else bare
    return "digits with a decimal point, such as 12.5"


def quoted(text: str) -> str:
    """Return a text in quotation marks on one line, cut where it is long, without what no terminal should be sent."""
    stripped = "".join(each if each.isprintable() else "?" for each in text[:MOST_CHARACTERS])
    return f'"{stripped}…"' if len(text) > MOST_CHARACTERS else f'"{stripped}"'


def count(number: int, noun: str = "reading", several: str = "", *, grouped: bool = False) -> str:
    """Return a number and what is counted, as in `1 reading` and `2 readings`; `several` is a plural without an s.

    `grouped` sets commas between thousands.
    """
    return f"{number:{',' if grouped else ''}} {noun if number == 1 else several or f'{noun}s'}"


def decimals_in(text: str) -> int:
    """Return how many decimals a number was typed with."""
    mantissa, _, exponent = text.strip().lower().partition("e")
    typed = len(mantissa.partition(".")[2]) - int(exponent or 0)
    return min(max(typed, 0), MOST_DECIMALS)


def decimals_of(value: Fraction) -> int:
    """Return how many decimals it takes to write a value exactly, MOST_DECIMALS where they do not suffice."""
    exact = (each for each in range(MOST_DECIMALS) if 10**each % value.denominator == 0)
    return next(exact, MOST_DECIMALS)


def show_number(value: Fraction, like: int | Iterable[str] = ()) -> str:
    """Return a number in words: with this many decimals, or like the sample texts, and told apart from each of them.

    Very large and very small ones are written with an exponent.
    """
    if isinstance(like, int):
        return _with_decimals(value, like)
    samples = tuple(like)
    most = max(map(decimals_in, samples), default=0)
    return _with_decimals(value, decimals_to_tell((value, *map(read_number, samples)), most))


def decimals_to_tell(values: Iterable[Fraction], at_least: int = 0) -> int:
    """Return the fewest decimals, from `at_least` on, at which different values look different."""
    different = set(values)
    decimals = min(at_least, MOST_DECIMALS)
    while decimals < MOST_DECIMALS and len({_with_decimals(each, decimals) for each in different}) < len(different):
        decimals += 1
    return decimals


def _with_decimals(value: Fraction, decimals: int) -> str:
    if abs(value) >= _LONG or 0 < abs(value) < _SHORT:
        return f"{float(max(-_MOST, min(value, _MOST))):.6g}"
    whole = round(value * 10**decimals)
    digits = f"{abs(whole):0{decimals + 1}d}"
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}" if decimals else f"{sign}{digits}"
