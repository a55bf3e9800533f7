"""Bytes to a table of text: encodings, separators, strict quotes, line ends, and the rows above the header.

Lines end with CR LF, LF or CR and nothing else. Rows are counted from 1 as a spreadsheet shows them. A table is
iterated over and not held in memory: 100,000 rows cost what their bytes cost.
"""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice

from cimodel_tui import sources
from cimodel_tui.model.number import quoted
from cimodel_tui.record import dataclass
from cimodel_tui.sources.date_columns import DateColumn
from cimodel_tui.sources.date_forms import date_words, looks_like_date
from cimodel_tui.sources.numbers import looks_like_number
from cimodel_tui.sources.recipe import OpenQuestionError, Question, Recipe, SourceError

_MARKS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_NAMES = {mark: name for name, mark in _MARKS.items()}
_BLANK = " "
_SAMPLE = 500
"""This many records decide about the separator."""
_TOP = 50
"""The header stands within this many rows."""
_FEW = 3
"""A line split at blanks has at most this many cells: date, value and note."""
_PAIR = 2
"""The fewest cells of a row in which a separator is at work."""

_SEPARATOR_LINE = re.compile(rb"\A[ \"]*sep=(.)\"?[ ]*(\r\n|\n|\r|\Z)", re.IGNORECASE | re.DOTALL)
_PLAIN_BLANKS = re.compile(r"[ \t]+")
_LINE_END = re.compile(r"\r\n|\n|\r")

Cells = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of text whose rows can be walked over more than once."""

    header: tuple[str, ...]
    """The names of the columns as they stand; empty where there are none."""
    walk: Callable[[], Iterator[tuple[int, Cells]]]
    """Begins a walk over all rows: number, counted from 1, and cells."""
    first: int
    """The number of the first row below the header."""
    width: int
    """How many cells most rows have."""
    above: tuple[tuple[int, str], ...] = ()
    """Rows above the header that are left out: number and text."""
    remarks: tuple[str, ...] = ()
    """Remarks about how it was read."""
    delimiter: str = ""
    """The separator between the cells."""
    is_sheet: bool = False
    """Whether it is a sheet of a workbook, where a number in a column of dates is a serial number of Excel."""
    counts_from_1904: bool = False
    """Whether these serial numbers count from 1904 instead of 1900."""

    def date_column(self, name: str) -> DateColumn:
        """Return what collects the evidence of one of its columns of dates."""
        return DateColumn(name, is_sheet=self.is_sheet, counts_from_1904=self.counts_from_1904)

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Walk over the rows below the header: number and cells."""
        return islice(self.walk(), self.first - 1, None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, their places from 1 where they have none."""
        places = range(max(self.width, len(self.header)))
        return tuple((self.header[at].strip() if at < len(self.header) else "") or str(at + 1) for at in places)


def read_text_table(data: bytes, recipe: Recipe) -> Table:
    """Read the bytes of a text file; raises SourceError where that cannot be done, naming the line."""
    text, remark = _to_utf8(data, recipe.encoding)
    declared, text = _separator_line(text)
    mark = _MARKS.get(recipe.delimiter, recipe.delimiter) or declared
    if recipe.delimiter == "blank":
        mark = _BLANK
    if len(mark) > 1 or mark in ('"', "\r", "\n"):
        raise SourceError(f"{quoted(mark)} is not a separator: give one character, or {', '.join(_MARKS)}")
    lines_above = 1 if declared else 0
    trial = _try_separator(text, mark, lines_above) if mark else _detect_separator(text, lines_above)
    if trial.problem and not trial.lines:
        raise SourceError(trial.problem)

    def walk() -> Iterator[tuple[int, Cells]]:
        return _records(text, trial.mark, lines_above)

    return table_of_rows(walk, width=trial.width, remarks=(remark,) if remark else (), delimiter=trial.mark)


def table_of_rows(
    walk: Callable[[], Iterator[tuple[int, Cells]]],
    *,
    width: int,
    remarks: tuple[str, ...] = (),
    delimiter: str = "",
    is_sheet: bool = False,
    counts_from_1904: bool = False,
) -> Table:
    """Return the table with its header found, and what stands above that left out."""
    top = list(islice(walk(), _TOP))
    at, header = _header(top, width)
    above = tuple(
        (number, " ".join(filter(None, map(str.strip, cells)))) for number, cells in top[:at] if _count_filled(cells)
    )
    first = top[at][0] if at < len(top) else 1
    return Table(
        header=header,
        walk=walk,
        first=first + 1 if header else first,
        width=width,
        above=above,
        remarks=remarks,
        delimiter=delimiter,
        is_sheet=is_sheet,
        counts_from_1904=counts_from_1904,
    )


def _to_utf8(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Return the text in UTF-8, and a word where its encoding was a guess."""
    if encoding:
        return _encode_without_nul(_decode(data, encoding)), ""
    if data.startswith(BOM_UTF8):
        return _encode_without_nul(_decode(data[len(BOM_UTF8) :], "utf-8")), ""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _encode_without_nul(_decode(data, "utf-16")), ""
    if silent := _utf16_without_mark(data[:4096]):
        return _encode_without_nul(_decode(data, silent)), ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        text = _decode(data, "cp1252")
        return _encode_without_nul(
            text
        ), "read as cp1252 (Windows, Western Europe), because it is not UTF-8; --encoding decides"
    if b"\0" in data:
        _refuse_nul(data)
    return data, ""


def _utf16_without_mark(head: bytes) -> str:
    """Return the byte order of UTF-16 where every other byte is mostly zero and the others never are."""
    low, high = head[0::2], head[1::2]
    few, many = 0.05, 0.4
    if not high:
        return ""
    zero_low, zero_high = low.count(0) / len(low), high.count(0) / len(high)
    if zero_high > many and zero_low < few:
        return "utf-16-le"
    return "utf-16-be" if zero_low > many and zero_high < few else ""


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as problem:
        line = len(_LINE_END.findall(data[: problem.start].decode("latin-1"))) + 1
        raise SourceError(f"line {line} is not text in {encoding}: give the encoding with --encoding") from None
    except LookupError:
        raise SourceError(f"there is no encoding named {quoted(encoding)}: --encoding utf-8, cp1252 ...") from None


def _encode_without_nul(text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if b"\0" in data:
        _refuse_nul(data)
    return data


def _refuse_nul(data: bytes) -> None:
    line = len(re.findall(rb"\r\n|\n|\r", data[: data.index(b"\0")])) + 1
    raise SourceError(f"line {line} holds a NUL byte: this is not text")


def _separator_line(text: bytes) -> tuple[str, bytes]:
    """Return the separator that a first line `sep=X` names, and the text below it."""
    found = _SEPARATOR_LINE.match(text)
    return (found[1].decode("latin-1"), text[found.end() :]) if found else ("", text)


@dataclass(frozen=True, slots=True)
class _Trial:
    """How well a separator fits."""

    mark: str
    lines: int
    """How many records have the usual number of cells, where that is two or more."""
    width: int
    sample: Sequence[Cells]
    """The records that were sampled."""
    problem: str

    @property
    def recognised_columns(self) -> int:
        """How many columns hold dates or numbers throughout: decides between separators that fit equally well."""
        usual = [cells for cells in self.sample if len(cells) >= min(self.width, _PAIR)]
        columns = ([cells[at] for cells in usual if at < len(cells)] for at in range(self.width))
        return sum(map(_is_recognised, columns))

    @property
    def sample_size(self) -> int:
        """How many records were sampled."""
        return len(self.sample)


def _detect_separator(text: bytes, lines_above: int) -> _Trial:
    """Return the separator under which most lines have the same number of cells; raises where two fit equally well."""
    marks = [mark for mark in _MARKS.values() if mark.encode() in text]
    trials = [_try_separator(text, mark, lines_above) for mark in marks]
    is_tabbed = any(each.mark == "\t" and each.lines == each.sample_size for each in trials)
    widest = max((each.width for each in trials if each.lines * 2 > each.sample_size), default=0)
    if widest <= _FEW and not is_tabbed:  # nobody types a tab in every line of prose
        trials.append(_try_separator(text, _BLANK, lines_above))
    most = max(each.lines for each in trials)
    equal = [each for each in trials if each.lines == most]
    if len(equal) > 1:
        clearest = max(each.recognised_columns for each in equal)
        equal = [each for each in equal if each.recognised_columns == clearest]
    best = next((each for each in equal if each.mark != _BLANK), equal[0])
    if best.lines * 2 < best.sample_size + (best.mark != _BLANK):  # a dated line is no accident, two cells may be one
        broken = next((each for each in trials if each.problem and each.lines == best.lines), None)
        return broken if broken and broken.lines else _whole_lines(text, lines_above, trials)
    equal = [each for each in equal if each.mark != _BLANK]
    if len(equal) > 1:
        choices = tuple((_NAMES[each.mark], f"{each.width} cells a row") for each in equal)
        raise OpenQuestionError(Question("delimiter", "Two separators fit equally well.", choices))
    return best


def _whole_lines(text: bytes, lines_above: int, trials: list[_Trial]) -> _Trial:
    """Return the trial that takes each line as one cell; raises SourceError where an open quote is the problem."""
    broken = [each for each in trials if each.problem]
    if broken:
        raise SourceError(broken[0].problem)
    absent = next(mark for mark in "\x1f\x1e\x1d\x1c" if mark.encode() not in text)
    return _try_separator(text, absent, lines_above)


def _try_separator(text: bytes, mark: str, lines_above: int) -> _Trial:
    rows: list[Cells] = []
    problem = ""
    try:
        rows.extend(cells for _, cells in islice(_records(text, mark, lines_above), _SAMPLE) if _count_filled(cells))
    except SourceError as refused:
        problem = str(refused)
    widths = Counter(len(cells) for cells in rows)
    width, lines = max(widths.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
    dated = sum(map(_is_dated, rows)) if width <= _FEW or lines * 2 <= len(rows) else 0
    if mark == _BLANK:
        width, lines = 3, dated
    elif width >= _PAIR or dated:
        lines = max(lines, dated)  # notes with the separator in them make rows of readings differ in length
    return _Trial(mark, lines if width >= _PAIR else 0, max(width, 1), rows, problem)


def _is_dated(cells: Cells) -> bool:
    return len(cells) >= _PAIR and looks_like_date(cells[0]) and looks_like_number(cells[1])


def _is_recognised(column: Iterable[str]) -> bool:
    """Return whether a column holds dates or numbers, a header and blanks aside."""
    cells = [cell for cell in column if cell.strip()]
    known = sum(looks_like_date(cell) or looks_like_number(cell) for cell in cells)
    return known > 0 and known >= len(cells) - 1


def _records(text: bytes, mark: str, lines_above: int) -> Iterator[tuple[int, Cells]]:
    if mark == _BLANK:
        lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
        return ((number, _by_words(line)) for number, line in zip(count(1), lines, strict=False))
    return _csv_records(text, mark, lines_above)


def _csv_records(text: bytes, mark: str, lines_above: int) -> Iterator[tuple[int, Cells]]:
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    reader = csv.reader(lines, delimiter=mark, strict=True, skipinitialspace=mark != _BLANK)
    done = 0
    try:
        for number, cells in zip(count(1), reader, strict=False):
            yield number, cells
            done = reader.line_num
    except csv.Error as problem:
        raise SourceError(_refusal(text, mark, done, lines_above, str(problem))) from None


def _refusal(text: bytes, mark: str, done: int, lines_above: int, problem: str) -> str:
    """Return a message that names the line of an unclosed quote, or where else the text is not a table."""
    lines = io.TextIOWrapper(io.BytesIO(text), encoding="utf-8", newline="")
    begin = done + lines_above + 1
    if "field larger" in problem:
        return f"line {begin}: a cell is longer than {csv.field_size_limit():,} characters"
    opened = _opening_line(islice(lines, done, None), mark)
    return f"line {begin + opened}: a quotation mark opens a cell there and is not closed properly"


def _opening_line(lines: Iterable[str], mark: str) -> int:
    """Return in which of these lines the quote opens that makes a record unreadable, counted from 0."""
    opened, inside = 0, False
    closing = re.compile(rf'(?:{re.escape(mark)}|^)\s*"|""|"')
    for at, line in enumerate(lines):
        for found in closing.finditer(line):
            if inside and found[0] == '""':
                continue
            if inside:
                inside = False
                if line[found.end() : found.end() + 1] not in ("", mark, "\r", "\n"):
                    return opened
            elif found[0] not in ('"', '""') or found.start() == 0:
                opened, inside = at, True
        if not inside:
            return opened
    return opened


def _by_words(line: str) -> Cells:
    """Split a line at its blanks into date, value and note; a time of day belongs to the date.

    A no-break blank separates nothing: it groups the digits of a number.
    """
    words = [word for word in _PLAIN_BLANKS.split(line.strip()) if word]
    length = date_words(words[:-1])
    if not length:
        return [line.strip()] if len(words) <= 1 else [words[0], words[1], " ".join(words[2:])]
    return [" ".join(words[:length]), *words[length : length + 1], " ".join(words[length + 1 :])]


def _count_filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def _header(top: Sequence[tuple[int, Cells]], width: int) -> tuple[int, tuple[str, ...]]:
    """Return the index of the header or of the first row of data, and the names of the columns."""
    width = min(width, max((_count_filled(cells) for _, cells in top), default=0))  # empty columns have no names
    enough = max(min(width, _PAIR), (width + 1) // 2)
    for at, (_, cells) in enumerate(top):
        if _count_filled(cells) >= enough:
            if _is_header(cells):
                return at, tuple(cells)
            break
    dated = (at for at, (_, cells) in enumerate(top) if any(map(_is_data, cells)))
    return next(dated, 0), ()


def _is_header(cells: Cells) -> bool:
    """Return whether a row names columns: words throughout. `P90 (h)` is a word, `Q1 2026` is not."""
    return not any(map(_is_data, cells)) and any(mark.isalpha() for cell in cells for mark in cell)


def _is_data(cell: str) -> bool:
    return bool(cell.strip()) and (looks_like_date(cell) or looks_like_number(cell))


_ZIP, _OLD_OFFICE, _PDF, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Names the stream of an Office file that a password encrypts; its container is that of the old formats."""


def read_table(data: bytes, recipe: Recipe) -> Table:
    """Return the table that the bytes hold; raises SourceError in one line, or OpenQuestionError where it asks."""
    if not data.strip():
        raise SourceError("the file is empty")
    if data.startswith(_ZIP) and b"xl/workbook.bin" in data:
        raise SourceError("this is a binary workbook of Excel (.xlsb): save it as .xlsx or .csv")
    if data.startswith(_ZIP) and b"xl/" in data:
        return sources.sheet.read_sheet(data, recipe.sheet)
    if data.startswith(_OLD_OFFICE) and _ENCRYPTED in data:
        raise SourceError("this is an Office file that is locked with a password: save it without one")
    if name := _name_other_format(data):
        raise SourceError(f"this is {name}: save it as .xlsx or .csv")
    return read_text_table(data, recipe)


def read_pasted(text: str, recipe: Recipe) -> Table:
    """Return the table of a text that was pasted or typed."""
    return read_table(text.encode("utf-8", "replace"), recipe)


def _name_other_format(data: bytes) -> str:
    """Name what the bytes are where they are neither a text table nor a workbook of Excel."""
    if data.startswith(_ZIP):
        return "an OpenDocument file" if b"opendocument" in data[:200] else "a zip archive"
    if data.startswith(_GZIP):
        return "a gzip archive"
    if data.startswith(_OLD_OFFICE):
        return "a workbook in the old Excel format (.xls)"
    if data.startswith(_PDF):
        return "a PDF"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "an HTML page" if head.startswith((b"<!doctype html", b"<html", b"<table")) else ""
