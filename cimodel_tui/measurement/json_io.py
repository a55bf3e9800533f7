"""The judge as JSON for the shell: JSON in, JSON out, and errors in one line that name the row."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from cimodel_tui.measurement.judge import judge
from cimodel_tui.measurement.readings import Point, ReadingsError
from cimodel_tui.measurement.sentences import remarks
from cimodel_tui.measurement.signals import FEWEST
from cimodel_tui.measurement.target import Aim, AimError, Rule, RuleError
from cimodel_tui.measurement.verdict import PER, Judgement, Question, QuestionError, reading_of, side_of_figures
from cimodel_tui.model.baseline import BETTER, EVENTS, KINDS
from cimodel_tui.model.day import as_day
from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number

_Read = TypeVar("_Read")

_KEYS = (
    *("better", "target", "baseline", "after", "rule", "promise", "kind", "per", "from", "to", "name", "unit"),
    "earlier",
)
_READING_KEYS = ("date", "value", "of", "note")
_RULE_KEYS = ("kind", "n")
_RANGE_KEYS = ("low", "high")


class JudgeInputError(ValueError):
    """Input that cannot be judged; the message is one line and names the row, counted from 1."""


class TypedNumber(str):
    """A number of the JSON text, by its text, so that it never goes through a float."""

    __slots__ = ()


class Twice(dict[str, object]):
    """A JSON object with a duplicate key; it is refused where it is used."""

    __slots__ = ("key",)

    def __init__(self, found: Mapping[str, object], key: str) -> None:
        super().__init__(found)
        self.key = key
        """The first duplicate key."""


def judge_bytes(raw: bytes) -> str:
    """Return one JSON object for the question that bytes hold in UTF-8; raises JudgeInputError."""
    try:
        return judge_text(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise JudgeInputError(f"this is not UTF-8 text: byte {error.start + 1} cannot be read") from error


def judge_text(text: str) -> str:
    """Return one JSON object for the JSON text of a question; raises JudgeInputError."""
    return json.dumps(judge_document(_load(text)), ensure_ascii=False, allow_nan=False)


def judge_document(payload: object) -> dict[str, object]:
    """Return the record of a judgement for a decoded question; raises JudgeInputError.

    Numbers are texts, whole numbers, or what `judge_text` makes of JSON numbers; floats are refused as inexact.
    """
    fields = _object(payload, "the input", _KEYS)
    try:
        case = judge(_question(fields))
    except (AimError, QuestionError, ReadingsError, RuleError) as error:
        raise JudgeInputError(str(error)) from error
    beside = {} if fields.get("earlier") is None else {"bad_time": _bad_time(case)}
    sentence = f"{case.sentence} {remarks(case, already=case.sentence)}".strip()
    return {**case.as_json(), **beside, "sentence": sentence}


def _bad_time(case: Judgement) -> bool | None:
    """Return whether the baseline was picked at a bad time; none below 6 earlier readings or without a better side."""
    can_tell = len(case.question.earlier) >= FEWEST and case.question.side in ("higher", "lower")
    return case.caveats.bad_time if can_tell else None


def _load(text: str) -> object:
    """Return what a JSON text holds, its numbers by their text; raises JudgeInputError."""
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
        raise JudgeInputError(f"this is not JSON: {error.msg} in line {error.lineno}, column {error.colno}") from error
    except RecursionError as error:
        raise JudgeInputError("this JSON cannot be judged: it is nested too deep") from error
    return payload


def _pairs(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    """Return a JSON object, marked where it has a duplicate key."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    counted = Counter(key for key, _ in pairs)
    return Twice(found, next(key for key, count in counted.items() if count > 1))


def _question(fields: Mapping[str, object]) -> Question:
    better = _one_of(fields, "better", BETTER)
    kind = _one_of(fields, "kind", KINDS) if fields.get("kind") is not None else "value"
    promise = fields.get("promise")
    if promise not in (None, "move", "hold"):
        raise JudgeInputError("promise must be move or hold")
    first, last = _result_days(fields, kind)
    per = _per(fields, kind)
    return Question(
        better=better,
        promise=str(promise or "move"),
        aim=_aim(side_of_figures(kind, better), fields.get("target")),
        rule=_rule(fields.get("rule")),
        baseline=_points(fields, "baseline", kind, per),
        after=_points(fields, "after", kind, per),
        earlier=_earlier(fields, kind, per),
        name=_words(fields, "name"),
        unit=_words(fields, "unit"),
        kind=kind,
        counts_from=first,
        counts_to=last,
    )


def _one_of(fields: Mapping[str, object], key: str, known: Collection[str]) -> str:
    word = fields.get(key)
    if not isinstance(word, str) or word not in known:
        raise JudgeInputError(f"{key} must be one of {', '.join(known)}")
    return word


def _per(fields: Mapping[str, object], kind: str) -> Fraction:
    """Return how many a rate is counted per."""
    if fields.get("per") is None:
        return PER
    if kind != "rate":
        raise JudgeInputError("per goes with kind = rate")
    per = _number(fields.get("per"), "per")
    if per <= 0:
        raise JudgeInputError("per: a rate is per a number above 0")
    return per


def _result_days(fields: Mapping[str, object], kind: str) -> tuple[date | None, date | None]:
    """Return the first and the last day of the result of rare events."""
    given = [key for key in ("from", "to") if fields.get(key) is not None]
    if not given:
        return None, None
    if kind != EVENTS:
        raise JudgeInputError(f"{given[0]} goes with kind = events")
    if len(given) == 1:
        raise JudgeInputError("from and to go together")
    first, last = _day(fields.get("from"), "from"), _day(fields.get("to"), "to")
    if last < first:
        raise JudgeInputError(f"to: {last} lies before {first}")
    return first, last


def _words(fields: Mapping[str, object], key: str) -> str:
    """Return a name or unit for the sentence, on one line and printable."""
    text = fields.get(key)
    if not isinstance(text, str) or isinstance(text, TypedNumber):
        return ""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def _aim(better: str, target: object) -> Aim | None:
    if target is None:
        return None
    if not isinstance(target, Mapping):
        return Aim.of(better, _number(target, "target"), _typed(target))
    ends = _object(target, "target", _RANGE_KEYS)
    if better != "target":
        raise JudgeInputError("target: a range goes with better = target, the others take one number")
    low, high = ends.get("low"), ends.get("high")
    return Aim(_number(low, "target low"), _number(high, "target high"), _typed(low), _typed(high))


def _rule(rule: object) -> Rule:
    if rule is None:
        return Rule()
    fields = _object(rule, "rule", _RULE_KEYS)
    kind, n = fields.get("kind", "mean"), fields.get("n")
    if not isinstance(kind, str) or isinstance(kind, TypedNumber):
        raise JudgeInputError("rule kind must be a word")
    found = Rule(kind, None if n is None else _count(n))
    if n is not None and not found.takes_number:
        raise JudgeInputError(f"rule n goes with kind = mean-of-last or each-of-last; {kind} takes no number")
    return found


def _count(n: object) -> int:
    number = _number(n, "rule n")
    if number.denominator != 1 or number < 1:
        raise JudgeInputError("rule n must be a whole number of at least 1")
    return int(number)


def _points(fields: Mapping[str, object], name: str, kind: str, per: Fraction) -> tuple[Point, ...]:
    rows = fields.get(name, [])
    if not isinstance(rows, list):
        raise JudgeInputError(f"{name} must be a list of readings")
    return tuple(_point(row, f"{name} row {number}", kind, per) for number, row in enumerate(rows, start=1))


def _earlier(fields: Mapping[str, object], kind: str, per: Fraction) -> tuple[Point, ...]:
    """Return the readings before the baseline, which say whether that was picked at a bad time."""
    if fields.get("earlier") is None:
        return ()
    if kind == EVENTS:
        raise JudgeInputError("earlier does not go with kind = events")
    found, baseline = _points(fields, "earlier", kind, per), _points(fields, "baseline", kind, per)
    first = min((point.day for point in baseline), default=None)
    for number, point in enumerate(found, start=1):
        if first is not None and point.day >= first:
            raise JudgeInputError(f"earlier row {number}: {point.day} is not before the baseline, which begins {first}")
    return found


def _point(row: object, where: str, kind: str, per: Fraction) -> Point:
    reading = _object(row, where, _READING_KEYS)
    day = _day(reading.get("date"), where)
    missing = kind == EVENTS and reading.get("value") is None
    value = Fraction(1) if missing else _number(reading.get("value"), where)
    total = None if reading.get("of") is None else _number(reading.get("of"), f"{where}: of")
    try:
        return reading_of(kind, day, value, total, per)
    except ReadingsError as error:
        raise JudgeInputError(f"{where}: {error}") from error


def _day(text: object, where: str) -> date:
    day = as_day(text) if isinstance(text, str) else None
    if day is None:
        shown = quoted(text) if isinstance(text, str) else "nothing readable"
        raise JudgeInputError(f"{where}: {shown} is not a date: write it as 2026-01-05")
    return day


def _typed(value: object) -> str:
    return str(value).strip()


def _number(value: object, where: str) -> Fraction:
    """Return the number that a JSON string or number is; booleans and everything else are refused."""
    if value is None:
        raise JudgeInputError(f"{where}: there is not a number")
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


def _object(value: object, where: str, known: Collection[str]) -> Mapping[str, object]:
    """Return an object that has known keys only, each of them once."""
    if not isinstance(value, Mapping):
        raise JudgeInputError(f"{where} must be an object")
    if isinstance(value, Twice):
        raise JudgeInputError(f"{where}: {quoted(value.key)} stands in it twice")
    for key in value:
        if key not in known:
            raise JudgeInputError(f"{where}: {quoted(str(key))} is not a known key: {', '.join(known)}")
    return value
