"""Numbers in words and pictures: enough decimals to tell them apart, and no more."""

from collections.abc import Iterable
from itertools import combinations

_MOST_DECIMALS = 6
_TOO_LONG = 1e12
_TOO_SMALL = 1e-6


def shown(value: float, decimals: int) -> str:
    """Return a number with so many decimals and commas between thousands; very long ones in powers of ten."""
    if _odd(value):
        return f"{value:.4g}"
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text


def stated(value: float) -> str:
    """Return a number that somebody set, such as a target, without zeros at its end."""
    text = shown(value, _MOST_DECIMALS)
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


_THREE_DIGITS = 100
"""From here on a number shows three digits without decimals."""


def decimals_for(measured: Iterable[float], set_by_people: Iterable[float] = ()) -> int:
    """Return the decimals at which different numbers look different, at least three digits for numbers below 100.

    What is not quite 0 or 100 does not look like it either: 99.96 % is not 100.0 %.
    """
    values = tuple(measured)
    targets = (*set_by_people, 0.0, 100.0)
    largest = max(map(abs, values), default=0)
    decimals = 0 if largest >= _THREE_DIGITS else 1 if largest >= 1 else 2
    while decimals < _MOST_DECIMALS and _confused(values, targets, decimals):
        decimals += 1
    return decimals


def _confused(values: tuple[float, ...], targets: tuple[float, ...], decimals: int) -> bool:
    pairs = [*combinations(values, 2), *((value, target) for value in values for target in targets)]
    return any(a != b and not _odd(a) and round(a, decimals) == round(b, decimals) for a, b in pairs)


def _odd(value: float) -> bool:
    return abs(value) >= _TOO_LONG or 0 < abs(value) < _TOO_SMALL


def goal(values: tuple[float, ...]) -> str:
    """Return one number, or a range of two, as text."""
    return " to ".join(stated(value) for value in values)


def finite(**named: Iterable[float | None]) -> None:
    """Refuse values that no scale can show: raise ValueError that names the field."""
    for name, values in named.items():
        if any(value is not None and not abs(value) < float("inf") for value in values):
            raise ValueError(f"{name} must be finite numbers")
