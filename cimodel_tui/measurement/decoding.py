"""JSON as it was typed: numbers by their text, and an object in which a key stands twice known as such."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence


class JudgeInputError(ValueError):
    """Input that cannot be judged; the message is one line and names the row, counted from 1."""


class TypedNumber(str):
    """A number of the JSON text, by its text, so that it never goes through a float."""

    __slots__ = ()


class Twice(dict[str, object]):
    """An object of the JSON text in which a key stands twice; it is refused where it is looked at."""

    __slots__ = ("key",)

    def __init__(self, found: Mapping[str, object], key: str) -> None:
        super().__init__(found)
        self.key = key
        """The first key that stands in it again."""


def decoded(raw: bytes) -> str:
    """Return the text that bytes hold in UTF-8; raises JudgeInputError."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise JudgeInputError(f"this is no UTF-8 text: byte {error.start + 1} cannot be read") from error


def loaded(text: str) -> object:
    """Return what a JSON text holds; raises JudgeInputError."""
    wanted = text.removeprefix("\ufeff")
    if not wanted.strip():
        raise JudgeInputError("there is no input: give one JSON object on standard input")
    try:
        payload: object = json.loads(
            wanted,
            object_pairs_hook=_pairs,
            parse_float=TypedNumber,
            parse_int=TypedNumber,
            parse_constant=TypedNumber,
        )
    except json.JSONDecodeError as error:
        raise JudgeInputError(f"this is no JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise JudgeInputError("this is no JSON that can be judged: it is nested too deep") from error
    return payload


def _pairs(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return an object of the JSON text, marked where a key stands in it twice."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counted = Counter(key for key, _ in pairs)
    return Twice(found, next(key for key, count in counted.items() if count > 1))
