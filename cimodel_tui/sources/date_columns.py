"""What the cells of one column of dates say of how they are meant, and what its name says of them.

`dates` decides of all columns of a file together.
"""

import re
from datetime import date

from cimodel_tui.sources.date_forms import (
    MONTH_NUMBER,
    NAMED_NUMBER,
    NUMERIC,
    PERIOD,
    QUARTER,
    SERIAL,
    DateForm,
    day_in_order,
    form_of,
)

ORDERS = ("dmy", "mdy")
"""The orders of day, month and year with the year at the end."""
SERIALS = range(20_000, 80_000)
"""Serial numbers of the years 1954 to 2119; a year or the number of a week is none."""
SERIAL_ZERO, SERIAL_ZERO_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""The days of the serial number 0 in the two date systems of Excel."""

_WEEKS = frozenset(("week", "weeks", "wk", "cw", "kw", "woche", "wochen", "kalenderwoche", "semaine"))
_QUARTERS = frozenset(("quarter", "quarters", "qtr", "quartal", "quartale", "trimestre", "kwartaal"))
_FISCAL = frozenset(("fiscal", "fy", "geschäftsjahr", "wirtschaftsjahr", "exercice", "boekjaar"))
_MONTHS = frozenset(("month", "months", "monat", "monate", "mois", "maand"))
"""Words in the name of a column that say which periods it holds."""
_MOST_MONTHS = "12"


class DateColumn:
    """Evidence from the cells of one column for its format, collected cell by cell so that none has to be stored."""

    def __init__(self, name: str = "", *, is_sheet: bool = False, counts_from_1904: bool = False) -> None:
        self.name, self.is_sheet = name, is_sheet
        self.serial_zero = SERIAL_ZERO_1904 if counts_from_1904 else SERIAL_ZERO
        """The day of the serial number 0."""
        self.refuted: dict[str, tuple[int, str]] = {}
        """For each order the first row that cannot be meant so."""
        self.open: tuple[int, str] | None = None
        """The first row that is another day in another order."""
        self.parts: tuple[set[int], set[int]] = (set(), set())
        """First and third numbers of days with two digits throughout."""
        self._seen: set[DateForm] = set()
        """The numeric days that were looked at."""
        self.has_periods = False
        self.named: list[tuple[int, int]] = []
        """Month and number of every `Mar 25`, in the order of the rows."""
        self.first_named: tuple[int, str] | None = None
        self.serial: tuple[int, str] | None = None
        self.fiscal: tuple[int, str] | None = None
        """The first quarter in a column that is named as one of a fiscal year."""
        self.date_of_sheet: tuple[int, str] | None = None
        """The first date that a sheet holds as such."""
        self.dotted: tuple[int, str] | None = None
        """The first day that is written with points, as Excel saves a date in German."""
        self.has_late_day = False
        """Whether one of them is after the twelfth of its month, so that day and month cannot be swapped."""
        self.other_period: tuple[int, str] | None = None
        """The first `2026-05` in a column that is named as one of weeks or quarters."""

    def add(self, row: int, text: str) -> None:
        """Take a cell into account; an ISO day leaves nothing open, and what is no day is refused when it is read."""
        if text[4:5] == "-" and text[7:8] == "-":
            if self.is_sheet:
                self._add_date_of_sheet(row, text)
            return
        form = form_of(text)
        if form is None or (form.kind == SERIAL and not self._may_be_serial(text)):
            return
        if form.kind == NUMERIC:
            self._numeric(row, text, form)
        elif form.kind == NAMED_NUMBER:
            self.named.append((form.numbers[0], form.numbers[1]))
            self.first_named = self.first_named or (row, text)
        elif form.kind == PERIOD:
            self.has_periods = True
            if form.mark == QUARTER and _words_of(self.name) & _FISCAL:
                self.fiscal = self.fiscal or (row, text)
            if form.mark == MONTH_NUMBER and self.period_in_name:
                self.other_period = self.other_period or (row, text)
        elif form.kind == SERIAL:
            self.serial = self.serial or (row, text)

    def _add_date_of_sheet(self, row: int, text: str) -> None:
        self.date_of_sheet = self.date_of_sheet or (row, text[:10])
        self.has_late_day = self.has_late_day or text[8:10] > _MOST_MONTHS

    @property
    def may_be_swapped(self) -> bool:
        """Whether Excel read what it could in one order and left the rest as text, whose order is the other one."""
        if self.open or self.has_late_day or len(self.refuted.keys() & set(ORDERS)) != 1:
            return False
        return self.date_of_sheet is not None or (self.dotted is not None and "dmy" in self.refuted)

    def _may_be_serial(self, text: str) -> bool:
        whole = text.strip().partition(".")[0]
        return whole.isdecimal() and int(whole) in SERIALS

    def _numeric(self, row: int, text: str, form: DateForm) -> None:
        if form in self._seen:
            return None
        self._seen.add(form)
        days = {order: day_in_order(form, order) for order in (*ORDERS, "ymd")}
        if form.mark.startswith(".") and days["dmy"]:
            self.dotted = self.dotted or (row, text)
            self.has_late_day = self.has_late_day or days["dmy"].day > int(_MOST_MONTHS)
            return self._count(form)
        for order, day in days.items():
            if day is None:
                self.refuted.setdefault(order, (row, text))
        if days["dmy"] and days["mdy"] and days["dmy"] != days["mdy"]:
            self.open = self.open or (row, text)
        return self._count(form)

    def _count(self, form: DateForm) -> None:
        self.parts[0].add(form.numbers[0])
        self.parts[1].add(form.numbers[2])

    @property
    def period_in_name(self) -> str:
        """Week or quarter where the name of the column says so, and not that it holds months."""
        words = _words_of(self.name)
        if words & _MONTHS:
            return ""
        return "week" if words & _WEEKS else "quarter" if words & _QUARTERS else ""

    @property
    def may_be_year_first(self) -> bool:
        """Whether `26/01/05` is likelier a year in front: the first number stays the same and the last does not."""
        first, third = self.parts
        return len(first) == 1 and len(third) > 1 and "ymd" not in self.refuted


def _words_of(name: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", name.casefold()))
