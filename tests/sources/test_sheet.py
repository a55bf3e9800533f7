"""Workbooks of Excel: days, times and numbers come as such, and the sheet is asked for."""

import io
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import MetricFacts, Recipe
from cimodel_tui.sources.result import OpenQuestionError, SourceError
from cimodel_tui.sources.table import read_table
from tests.sources.conftest import TODAY

Sheets = dict[str, list[list[object]]]


def workbook(sheets: Sheets) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        day, moment, span = (
            book.add_format({"num_format": each}) for each in ("yyyy-mm-dd", "d/m/yy h:mm", "[h]:mm:ss")
        )
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(at, column, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    elif isinstance(cell, timedelta):
                        sheet.write_datetime(at, column, cell, span)
                    else:
                        sheet.write(at, column, cell)
    return out.getvalue()


ROWS: list[list[object]] = [["Week", "Hours"], [date(2026, 1, 5), 7.125], [date(2026, 1, 12), 1.234]]


def values(data: bytes, recipe: Recipe, unit: str = "h") -> dict[str, str]:
    found = read_readings(read_table(data, recipe), MetricFacts(name="Hours", unit=unit), recipe, TODAY)
    assert found.questions == ()
    return {each.day: each.value for each in found.readings}


def test_days_and_numbers_come_as_such() -> None:
    assert values(workbook({"Data": ROWS}), Recipe()) == {"2026-01-05": "7.125", "2026-01-12": "1.234"}


def test_a_serial_number_is_a_day_in_a_sheet() -> None:
    rows: list[list[object]] = [["Week", "Hours"], [46027, 7.1], [46034, 6]]
    assert values(workbook({"Data": rows}), Recipe(date="Week", value="Hours")) == {
        "2026-01-05": "7.1",
        "2026-01-12": "6",
    }


def test_spans_of_time_become_the_unit_of_the_metric() -> None:
    rows: list[list[object]] = [["Week", "Hours"], [date(2026, 1, 5), timedelta(hours=30, minutes=30)]]
    assert values(workbook({"Data": rows}), Recipe()) == {"2026-01-05": "30.5"}


def test_moments_become_days() -> None:
    rows: list[list[object]] = [["Time", "Hours"], [datetime.fromisoformat("2026-01-05T09:30"), 7]]
    assert values(workbook({"Data": rows}), Recipe()) == {"2026-01-05": "7"}


def test_the_sheet_is_asked_for_where_two_hold_something() -> None:
    data = workbook({"Old": ROWS, "Empty": [], "New": ROWS[:2]})
    with pytest.raises(OpenQuestionError) as raised:
        read_table(data, Recipe())
    assert [choice for choice, _ in raised.value.question.choices] == ["Old", "New"]
    assert len(values(data, Recipe(sheet="New"))) == 1
    with pytest.raises(SourceError, match="no such sheet"):
        read_table(data, Recipe(sheet="Other"))


def test_empty_sheets_are_not_asked_about() -> None:
    assert values(workbook({"Empty": [], "Data": ROWS}), Recipe())
    with pytest.raises(SourceError, match="empty"):
        read_table(workbook({"Empty": []}), Recipe())


def test_rows_are_counted_as_the_sheet_shows_them() -> None:
    rows: list[list[object]] = [[], ["Report"], [], ["Week", "Hours"], [date(2026, 1, 5), "many"]]
    found = read_readings(
        read_table(workbook({"Data": rows}), Recipe(value="Hours")), MetricFacts(), Recipe(value="Hours"), TODAY
    )
    assert found.problems == ('row 5: "many" is not a number',)


def test_a_table_may_begin_anywhere_on_the_sheet() -> None:
    rows: list[list[object]] = [[], [None, None, "Week", "Hours"], [None, None, date(2026, 1, 5), 7.1]]
    assert values(workbook({"Data": rows}), Recipe()) == {"2026-01-05": "7.1"}
