"""The same judge from a shell: JSON in, JSON out, and one line that names the row where something cannot be read."""

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from cimodel_tui.measurement.aim import Aim, AimError
from cimodel_tui.measurement.decoding import JudgeInputError, Twice, TypedNumber, decoded, loaded
from cimodel_tui.measurement.judgement import Question, QuestionError
from cimodel_tui.measurement.judging import judge
from cimodel_tui.measurement.point import Point, ReadingsError
from cimodel_tui.measurement.rule import Rule, RuleError
from cimodel_tui.model.baseline import BETTER
from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number

_Read = TypeVar("_Read")


def judge_bytes(raw: bytes) -> str:
    """Return one JSON object for the question that bytes hold in UTF-8; raises JudgeInputError."""
    return judge_text(decoded(raw))


def judge_text(text: str) -> str:
    """Return one JSON object for the JSON text of a question; raises JudgeInputError."""
    return json.dumps(judge_document(loaded(text)), ensure_ascii=False, allow_nan=False)


def judge_document(payload: object) -> dict[str, object]:
    """Return the record of a judgement for a decoded question; raises JudgeInputError.

    Numbers are texts, whole numbers, or what `judge_text` makes of JSON numbers; floats are refused as inexact.
    """
    asked = _object(payload, "the input")
    try:
        return judge(_question(asked)).as_json()
    except (AimError, QuestionError, ReadingsError, RuleError) as error:
        raise JudgeInputError(str(error)) from error


def _question(asked: Mapping[str, object]) -> Question:
    better = asked.get("better")
    if better not in BETTER or not isinstance(better, str):
        raise JudgeInputError(f"better must be one of {', '.join(BETTER)}")
    promise = asked.get("promise")
    if promise not in (None, "move", "hold"):
        raise JudgeInputError("promise must be move or hold")
    return Question(
        better=better,
        promise=str(promise or "move"),
        aim=_aim(better, asked.get("target")),
        rule=_rule(asked.get("rule")),
        baseline=_points(asked, "baseline"),
        after=_points(asked, "after"),
        name=_words(asked, "name"),
        unit=_words(asked, "unit"),
    )


def _words(asked: Mapping[str, object], key: str) -> str:
    """Return a name or unit for the sentence, on one line and printable."""
    text = asked.get(key)
    if not isinstance(text, str) or isinstance(text, TypedNumber):
        return ""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _aim(better: str, target: object) -> Aim | None:
    if target is None:
        return None
    if not isinstance(target, Mapping):
        return Aim.of(better, _number(target, "target"), _typed(target))
    if better != "target":
        raise JudgeInputError("target: a range goes with better = target, the others take one number")
    low, high = target.get("low"), target.get("high")
    return Aim(_number(low, "target low"), _number(high, "target high"), _typed(low), _typed(high))


def _rule(rule: object) -> Rule:
    if rule is None:
        return Rule()
    asked = _object(rule, "rule")
    kind, n = asked.get("kind", "mean"), asked.get("n")
    if not isinstance(kind, str) or isinstance(kind, TypedNumber):
        raise JudgeInputError("rule kind must be a word")
    return Rule(kind, None if n is None else _count(n))


def _count(n: object) -> int:
    number = _number(n, "rule n")
    if number.denominator != 1 or number < 1:
        raise JudgeInputError("rule n must be a whole number of at least 1")
    return int(number)


def _points(asked: Mapping[str, object], name: str) -> tuple[Point, ...]:
    rows = asked.get(name, [])
    if not isinstance(rows, list):
        raise JudgeInputError(f"{name} must be a list of readings")
    return tuple(_point(row, f"{name} row {number}") for number, row in enumerate(rows, start=1))


def _point(row: object, where: str) -> Point:
    reading = _object(row, where)
    text = reading.get("date")
    day = as_day(text) if isinstance(text, str) else None
    if day is None:
        shown = quoted(text) if isinstance(text, str) else "nothing readable"
        raise JudgeInputError(f"{where}: {shown} is no date: write it as 2026-01-05")
    return Point(day, _number(reading.get("value"), where))


def _typed(value: object) -> str:
    return str(value).strip()


def _number(value: object, where: str) -> Fraction:
    """Return the number that a JSON string or number is; booleans and everything else are refused."""
    if value is None:
        raise JudgeInputError(f"{where}: there is no number")
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise JudgeInputError(f"{where}: a number is wanted, not {_kind(value)}")
    return _refusing(lambda: read_number(str(value)), where)


def _refusing(read: Callable[[], _Read], where: str) -> _Read:
    try:
        return read()
    except UnreadableNumberError as error:
        raise JudgeInputError(f"{where}: {error}") from error


def _kind(value: object) -> str:
    names = {bool: "true or false", dict: "an object", list: "a list", float: "an inexact number"}
    return names.get(type(value), "something else")


def _object(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise JudgeInputError(f"{where} must be an object")
    if isinstance(value, Twice):
        raise JudgeInputError(f"{where}: {quoted(value.key)} stands in it twice")
    return value
