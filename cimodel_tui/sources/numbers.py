"""How a column of numbers is read: the decimal mark, groups of three, per cent, currency, durations."""

import re
from fractions import Fraction

from cimodel_tui.model.number import UnreadableNumberError, quoted, read_number
from cimodel_tui.record import dataclass
from cimodel_tui.sources.durations import SECONDS, is_short_clock, numbers_of_words, read_duration, unit_of_time
from cimodel_tui.sources.recipe import Question, SourceError

# fmt: off
NOTHING = frozenset(
    (
        "", "-", "–", "—", "n/a", "na", "n.a.", "k.a.", "null", "nil", "none", "?",
        "#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#spill!",
        "#nv", "#wert!", "#bezug!", "#zahl!", "#n/d", "#valeur!", "#nom?", "#nombre!", "#n/b", "#waarde!", "#verw!",
        "#getal!", "#naam?", "#error!", "nan", "inf", "+inf", "-inf",
    )
)
# fmt: on
"""Cell texts that mean "no value", errors of formulas in English, German, French and Dutch among them."""

DECIMALS = 6
"""Durations and means are rounded half-even to this many decimals of their unit."""

_CURRENCIES = ("€", "$", "£", "¥", "eur", "usd", "gbp", "chf", "jpy", "kr")
_SYMBOLS = {"€": "eur", "$": "usd", "£": "gbp", "¥": "jpy"}
_GROUP_BLANKS = " \u00a0\u2009\u202f'’"
_PLAIN = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)
_GROUPED_BY_BLANKS = re.compile(rf"\d{{1,3}}(?:[{_GROUP_BLANKS}]\d{{3}})+(?:[.,]\d+)?", re.ASCII)
_MANTISSA = re.compile(r"(\d[\d.,]*|[.,]\d+)((?:[eE][+-]?\d{1,3})?)", re.ASCII)
_SHAPES = tuple(
    (mark, re.compile(pattern, re.ASCII))
    for mark, pattern in (
        ("whole", r"\d+"),
        ("either .", r"[1-9]\d{0,2}\.\d{3}"),
        ("either ,", r"[1-9]\d{0,2},\d{3}"),
        ("point", r"\d*\.\d+|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}"),
        ("comma", r"\d*,\d+|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}"),
    )
)
_AFFIX = re.compile(r"\A([^\d+\-.,]*)([+-]?[\d.,].*?)([^\d.,]*)\Z", re.DOTALL)
_ZERO = re.compile(r"[+-]?0+(?::00){0,2}", re.ASCII)
"""Nothing, which is the same in every unit: `0`, `0:00`."""
_PER_CENT = ("percent", "pct", "prozent", "percentage")
_CENT = 100


PLAIN = "plain"
"""As a decimal mark that of programs: a point, and never a mark between groups of three."""


class NumberText(str):
    """The text of a cell that holds a number in a sheet: it has a decimal point and no groups."""

    __slots__ = ()


def is_nothing(text: str) -> bool:
    """Return whether a cell means "no value"."""
    return text.strip().casefold() in NOTHING


def looks_like_number(text: str) -> bool:
    """Return whether a cell alone is a number, perhaps with a unit that is no word, or a duration on a clock."""
    bare = text.strip().rstrip("%").strip("".join(_CURRENCIES[:4]) + " ")
    return bool(_shape(bare)) or is_short_clock(bare) or (":" in bare and read_duration(bare) is not None)


def _shape(text: str) -> str:
    """Return the decimal mark that a number implies; empty where it is not a number."""
    text = text.removeprefix("+").removeprefix("-")
    if _GROUPED_BY_BLANKS.fullmatch(text):
        return "point" if "." in text else "comma" if "," in text else "whole"
    found = _MANTISSA.fullmatch(text)
    if not found:
        return ""
    return next((mark for mark, pattern in _SHAPES if pattern.fullmatch(found[1])), "")


def shape_beside_unit(text: str, unit: str) -> str:
    """Return what a number says of the decimal mark, perhaps with a unit, a currency or %; empty where it is none."""
    if shape := _shape(text):
        return shape
    affix, bare = split_affix(text)
    is_unit = affix in ("%", unit.casefold().strip(), *_CURRENCIES) or unit_of_time(affix)
    return _shape(bare) if is_unit else ""


class NumberColumn:
    """Evidence from the cells of one column for its format; collected cell by cell."""

    def __init__(self, name: str, unit: str) -> None:
        self.name, self.unit = name, unit
        self.time_unit = unit_of_time(unit)
        self.marks: dict[str, tuple[int, str]] = {}
        """For each shape of number the first row that has it."""
        self.affixes: dict[str, tuple[int, str]] = {}
        """For each unit or currency the first row that carries it; empty for none."""
        self.clock: tuple[int, str] | None = None
        """The first `7:06`."""
        self.duration: tuple[int, str] | None = None
        """The first other duration."""
        self.duration_marks: dict[str, tuple[int, str]] = {}
        """For each shape of a number within a duration the first row that has it."""
        self.count = 0

    def add(self, row: int, text: str) -> None:
        """Take a cell into account; what is no number is refused when it is read."""
        self.count += 1
        if isinstance(text, NumberText) and _ZERO.fullmatch(text):
            return
        if isinstance(text, NumberText):
            self.marks.setdefault("sheet", (row, text))
            self.affixes.setdefault("", (row, text))
            return
        text = text.strip()
        if _ZERO.fullmatch(text):
            return
        shape = _shape(text)
        affix = ""
        if not shape:
            affix, bare = split_affix(text)
            shape = _shape(bare)
        if shape and (not affix or self._is_affix(affix)):
            self.marks.setdefault(shape, (row, text))
            self.affixes.setdefault(affix, (row, text))
        elif is_short_clock(text):
            self.clock = self.clock or (row, text)
        elif read_duration(text) is not None:
            self.duration = self.duration or (row, text)
            for number in numbers_of_words(text):
                self.duration_marks.setdefault(_shape(number), (row, text))

    @property
    def is_plain(self) -> bool:
        """Whether there are numbers, and none of them carries a unit or is written as a duration."""
        return bool(self.marks) and not any(self.affixes) and not self.clock and not self.duration

    def _is_affix(self, affix: str) -> bool:
        if affix == self.unit.casefold().strip():
            return True
        return affix == "%" or affix in _CURRENCIES


def split_affix(text: str) -> tuple[str, str]:
    """Split a cell into its unit or currency and the number."""
    found = _AFFIX.match(text.strip())
    if not found:
        return "", text
    front, number, behind = (each.strip() for each in found.groups())
    return f"{front}{behind}".casefold(), number


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How a column of numbers is read, and the questions that are still open."""

    decimal: str = "point"
    """point, comma or PLAIN."""
    factor: Fraction = Fraction(1)
    """What plain numbers are multiplied with to be in the metric's unit."""
    time_unit: str = ""
    """The metric's unit of time, empty where it has none."""
    short_clock: str = "h:mm"
    """What `7:06` is: h:mm or m:ss."""
    unit: str = ""
    """The metric's unit, which a cell may repeat."""
    day: Fraction = SECONDS["d"]
    """Seconds of a day of duration."""
    questions: tuple[Question, ...] = ()
    """What is open."""

    def read(self, text: str) -> str:
        """Return the number of a cell as it is stored; raises UnreadableNumberError."""
        if isinstance(text, NumberText) or (self.decimal != "comma" and _PLAIN.fullmatch(text)):
            return self._to_stored(text, self.factor)
        number = self.plain(text)
        if number is not None:
            return self._to_stored(number, Fraction(1) if self._has_own_unit(text) else self.factor)
        seconds = read_duration(text, self.short_clock, self.day, self.decimal)
        if seconds is None:
            raise UnreadableNumberError(f"{quoted(text.strip())} is not a number")
        if not self.time_unit:
            raise UnreadableNumberError(f"{quoted(text.strip())} is a duration, and the metric is in no unit of time")
        return format_stored(seconds / SECONDS[self.time_unit])

    def plain(self, text: str) -> str | None:
        """Return a number with its decimal point and without groups and unit, or None where it is no such number."""
        bare = text.strip()
        if not _shape(bare):
            affix, bare = split_affix(bare)
            if affix not in ("%", self.unit.casefold().strip(), *_CURRENCIES):
                return None
        shape = _shape(bare)
        if not shape or {shape, self.decimal} == {"point", "comma"}:
            return None
        if self.decimal == PLAIN and any(mark in bare for mark in f",{_GROUP_BLANKS}"):
            return None
        bare = bare.translate({ord(each): None for each in _GROUP_BLANKS})
        if self.decimal == "comma":
            return bare.replace(".", "").replace(",", ".")
        return bare.replace(",", "")

    def _has_own_unit(self, text: str) -> bool:
        """Return whether a cell names the metric's unit of time, so that no answer about plain numbers is for it."""
        return bool(self.time_unit) and split_affix(text)[0] == self.unit.casefold().strip()

    def _to_stored(self, number: str, factor: Fraction) -> str:
        number = _as_written(number)
        value = read_number(number)
        return number if factor == 1 else format_stored(value * factor)


def understand_numbers(
    column: NumberColumn,
    *,
    decimal: str = "",
    unit: str = "",
    day: Fraction | None = None,
) -> Numbers:
    """Return how this column is read; `decimal` and `unit` hold the answers.

    Raises SourceError where no decimal mark fits all of it.
    """
    mark, questions = _decimal(column, decimal)
    if unit and unit not in ("plain", "share", "percent", "h:mm", "m:ss", *SECONDS):
        raise SourceError(f"--unit {quoted(unit)}: give plain, share, percent, {', '.join(SECONDS)}, h:mm or m:ss")
    if not unit:
        questions += _ask_unit(column)
    if column.clock and unit not in ("h:mm", "m:ss"):
        questions.append(_ask_clock(column.clock, column.time_unit))
    return Numbers(
        decimal=mark,
        factor=_factor(unit, column.time_unit),
        time_unit=column.time_unit,
        short_clock=unit if unit in ("h:mm", "m:ss") else "h:mm",
        unit=column.unit,
        day=day or SECONDS["d"],
        questions=tuple(questions),
    )


def _factor(unit: str, time_unit: str) -> Fraction:
    if unit == "share":
        return Fraction(_CENT)
    if unit == "percent":
        return Fraction(1, _CENT)
    return SECONDS[unit] / SECONDS[time_unit] if unit in SECONDS and time_unit else Fraction(1)


def _decimal(column: NumberColumn, answer: str) -> tuple[str, list[Question]]:
    if answer:
        if answer not in ("point", "comma", PLAIN):
            raise SourceError(f"--decimal {quoted(answer)}: give point or comma")
        return answer, []
    marks = {**column.duration_marks, **column.marks}
    point, comma = marks.get("point"), marks.get("comma")
    if point and comma:
        (row, text), (later, other) = sorted((point, comma))
        raise SourceError(
            f"row {row} {quoted(text)} and row {later} {quoted(other)} cannot both be meant: "
            "one has a decimal point, the other a decimal comma"
        )
    if point or comma:
        return ("point" if point else "comma"), []
    either = marks.get("either ,") or marks.get("either .")
    if not either:
        return "point", []
    row, text = either
    bare = split_affix(text)[1] if not _shape(text) else text
    choices = tuple((each, Numbers(decimal=each).plain(bare) or "") for each in ("comma", "point"))
    return "point", [Question("decimal", f"Row {row}: which number is {quoted(text)}?", choices)]


def _ask_unit(column: NumberColumn) -> list[Question]:
    """Ask where the cells carry per cent and the metric does not, or only some of them carry a unit."""
    affixes = {affix: place for affix, place in column.affixes.items() if affix}
    if "%" in affixes and column.unit.strip() != "%":
        row, text = affixes["%"]
        choices = (("plain", "the number as it stands"), ("percent", "a hundredth of it"))
        named = column.unit.strip() or "no unit"
        return [Question("unit", f"Row {row}: {quoted(text)} is in per cent, the metric in {named}.", choices)]
    foreign = next(((each, place) for each, place in affixes.items() if _is_foreign(each, column.unit)), None)
    if foreign:
        row, text = foreign[1]
        one = (("plain", "the numbers as they stand"),)
        return [Question("unit", f"Row {row}: {quoted(text)} is in another unit than the metric.", one)]
    if affixes and "" in column.affixes:
        row, text = column.affixes[""]
        one = (("plain", "all are in the metric's unit"),)
        return [Question("unit", f"Row {row}: {quoted(text)} has no unit, others have one.", one)]
    if len(affixes) > 1:
        row, text = max(affixes.values())
        return [
            Question("unit", f"Row {row}: {quoted(text)} has another unit than the rest.", (("plain", "the same"),))
        ]
    if (column.duration or column.clock) and "" in column.affixes and column.time_unit:
        row, text = column.affixes[""]
        units = tuple((each, f"{text} {each}") for each in SECONDS)
        return [Question("unit", f"Row {row}: what is {quoted(text)} among durations?", units)]
    return _ask_header(column)


def _is_foreign(affix: str, unit: str) -> bool:
    """Return whether cells carry another currency than the one that the metric is in."""
    wanted = unit.casefold().strip()
    both = affix in _CURRENCIES and wanted in _CURRENCIES
    return both and _SYMBOLS.get(affix, affix) != _SYMBOLS.get(wanted, wanted)


def _ask_header(column: NumberColumn) -> list[Question]:
    """Ask where the header names another unit of time than the metric's, or per cent, and no cell carries a unit."""
    if not column.marks:
        return []
    unit = unit_in_header(column.name)
    if unit == "%" and column.unit.strip() != "%" and not any(column.affixes):
        choices = (("plain", "the numbers as they stand"), ("percent", "a hundredth of them"))
        named = column.unit.strip() or "no unit"
        return [Question("unit", f"The column {quoted(column.name)} is in per cent, the metric in {named}.", choices)]
    if unit in ("", "%", column.time_unit) or not column.time_unit:
        return []
    choices = ((unit, f"{unit}, taken to {column.time_unit}"), (column.time_unit, column.time_unit))
    return [Question("unit", f"The column {quoted(column.name)} and the metric name different units of time.", choices)]


def unit_in_header(name: str) -> str:
    """Return the unit of time, or %, that a header names: `P90 (h)`, `duration_seconds`, `MTTR in minutes`, `timeMs`.

    One letter is a unit in brackets or at the end; what comes after `per` is none.
    """
    bracketed = re.search(r"[(\[]\s*(?:in\s+)?([^\W\d_]+|%)\s*[)\]]", name)
    if bracketed and (unit := "%" if bracketed[1] == "%" else unit_of_time(bracketed[1])):
        return unit
    words = re.findall(r"[^\W\d_]+|[%/]", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))
    for at, word in reversed(tuple(enumerate(words))):
        if word == "%" or word.casefold() in _PER_CENT:
            return "%"
        before = words[at - 1].casefold() if at else ""
        is_long = len(word) > 1 or (at == len(words) - 1 and at > 0)
        if is_long and before not in ("per", "/", "pro") and (unit := unit_of_time(word)):
            return unit
    return ""


def _ask_clock(place: tuple[int, str], time_unit: str) -> Question:
    row, text = place
    unit = time_unit or "h"
    meant = ((each, read_duration(text, each) or Fraction(0)) for each in ("h:mm", "m:ss"))
    choices = tuple((each, f"{format_stored(seconds / SECONDS[unit])} {unit}") for each, seconds in meant)
    return Question("unit", f"Row {row}: what is {quoted(text)}?", choices)


def _as_written(number: str) -> str:
    """Return a number with a digit before its point and without a plus."""
    number = number.strip().removeprefix("+")
    return f"0{number}" if number.startswith(".") else number


def format_stored(value: Fraction) -> str:
    """Return a number as it is stored: exact where that takes few decimals, else rounded half-even to DECIMALS."""
    scaled = round(value * 10**DECIMALS)
    digits = f"{abs(scaled):0{DECIMALS + 1}d}"
    text = f"{digits[:-DECIMALS]}.{digits[-DECIMALS:]}".rstrip("0").rstrip(".")
    return f"-{text}" if scaled < 0 else text
