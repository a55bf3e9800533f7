"""Where a form gets its answers and puts them: a part of an iteration, the register entry, or one row of a table."""

from dataclasses import replace
from datetime import date

from cimodel_tui.model.answer import Row, blank
from cimodel_tui.model.completeness import Missing, missing, missing_in_entry
from cimodel_tui.model.seal import Amendment
from cimodel_tui.model.step import REGISTER, Place
from cimodel_tui.record import with_values
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.workbook import known_values

REQUIRED = "required"
"""Said below a field of a row that was left empty."""

_CELL = 3
"""The length of the path to a cell of a table: table, row, column."""


class Answers:
    """The answers of one part; a place says which."""

    def __init__(self, book: Workbook, place: Place) -> None:
        self.book = book
        """The open workbook."""
        self.place = place
        """The step of an iteration, or the register entry."""

    @property
    def today(self) -> date:
        """The day from which `+30` counts."""
        return self.book.clock.today()

    def place_of(self, name: str) -> Place:
        """Return the place of one answer."""
        return replace(self.place, field=name)

    def get(self, name: str) -> object:
        """Return what stands there."""
        return self.book.answer(self.place_of(name))

    def put(self, name: str, value: object, *, why: str = "") -> None:
        """Put an answer in; raises ReasonNeededError and RefusedError as the workbook does."""
        self.book.change(self.place_of(name), value, why=why)

    def may_change(self, name: str) -> bool:
        """Tell whether this answer can be changed."""
        return self.book.may_change(self.place_of(name))

    def known(self, kind: str) -> tuple[str, ...]:
        """Return what the workbook already holds of this kind: owners, services, units."""
        return known_values(self.book, kind)

    def missing_by_name(self) -> dict[str, str]:
        """Return what is still missing, by field; a table's rows are summed up in their field."""
        found: dict[str, str] = {}
        for each in self._missing():
            if each.place.field not in found:
                found[each.place.field] = each.words
        return found

    def _missing(self) -> tuple[Missing, ...]:
        if self.place.step == REGISTER:
            return missing_in_entry(self.book.improvement(self.place.improvement))
        improvement, iteration = self.book.of(self.place)
        return missing(improvement, iteration, self.place.step)

    def amendments(self, name: str) -> tuple[Amendment, ...]:
        """Return what was changed of this answer after it was agreed, oldest first."""
        if self.place.step == REGISTER:
            return ()
        part = self.book.iteration(self.place.iteration).part(self.place.step)
        known: tuple[Amendment, ...] = getattr(part, "amendments", ())
        return tuple(each for each in known if self._is_of(each.path, name))

    def amended(self, name: str) -> dict[tuple[str, str], str]:
        """Return what stood in the cells of a table when they were agreed, by row id and column."""
        if self.place.step == REGISTER:
            return {}
        part = self.book.iteration(self.place.iteration).part(self.place.step)
        found: dict[tuple[str, str], str] = {}
        for each in getattr(part, "amendments", ()):
            if len(each.path) == _CELL and each.path[0] == name:
                found.setdefault((each.path[1], each.path[2]), str(each.before or ""))
        return found

    def _is_of(self, path: tuple[str, ...], name: str) -> bool:
        """Tell whether an amendment is about this answer, or about a cell of a row that is still in this table."""
        if path[:1] != (name,) or len(path) not in (1, _CELL):
            return False
        return len(path) == 1 or self.book.answer(replace(self.place, field=name, row=path[1])) is not None


class RowAnswers(Answers):
    """The answers of one row of a table; a new row is added with its first answer."""

    def __init__(self, book: Workbook, place: Place, row: Row) -> None:
        super().__init__(book, place)
        self.row = row
        """The row as it is, or a blank one that is not in the table yet."""

    def place_of(self, name: str) -> Place:
        """Return the place of one column of the row."""
        return replace(self.place, row=self.row.id, column=name)

    def _rows(self) -> tuple[Row, ...]:
        rows = self.book.answer(replace(self.place, row="", column=""))
        return rows if isinstance(rows, tuple) else ()

    @property
    def stored_row(self) -> Row | None:
        """The row as it stands in the table, none while it is not in it."""
        return next((row for row in self._rows() if row.id == self.row.id), None)

    def get(self, name: str) -> object:
        """Return what stands in this column."""
        return getattr(self.stored_row or self.row, name)

    def put(self, name: str, value: object, *, why: str = "") -> None:
        """Put an answer in; the row is added to its table where it is not in it yet."""
        if self.stored_row is None:
            row = with_values(self.row, {name: value})
            self.book.change(replace(self.place, row="", column=""), (*self._rows(), row), why=why)
        else:
            self.book.change(self.place_of(name), value, why=why)

    def missing_by_name(self) -> dict[str, str]:
        """Return what this row still misses, by column; an empty one is called required, for its name stands there."""
        found = (each for each in self._missing() if each.place.field == self.place.field)
        lacking = {each.place.column: each.words for each in found if each.place.row == self.row.id}
        row = self.stored_row or self.row
        return {name: REQUIRED if blank(getattr(row, name, None)) else words for name, words in lacking.items()}

    def _is_of(self, path: tuple[str, ...], name: str) -> bool:
        return path == (self.place.field, self.row.id, name)
