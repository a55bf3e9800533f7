"""Workbooks of Excel: days, times and numbers come as such, and the sheet is asked for."""

import io
from datetime import date, datetime, timedelta

import pytest
import xlsxwriter

from cimodel_tui.sources.readings import read_readings
from cimodel_tui.sources.recipe import MetricFacts, OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.register import RegisterRow, read_register
from cimodel_tui.sources.table import read_table
from tests.sources.conftest import TODAY, Read

Sheets = dict[str, list[list[object]]]


def workbook(sheets: Sheets, *, date_1904: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"date_1904": date_1904}) as book:
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


def questions(rows: list[list[object]], unit: str = "h", recipe: Recipe | None = None) -> list[str]:
    recipe = recipe or Recipe()
    data = workbook({"Data": [["Day", "Hours"], *rows]})
    found = read_readings(read_table(data, recipe), MetricFacts(name="Hours", unit=unit), recipe, TODAY)
    return [each.option for each in found.questions]


def test_a_negative_span_of_time_keeps_its_size() -> None:
    rows: list[list[object]] = [["Day", "Hours"], [date(2026, 1, 5), -0.0625], [date(2026, 1, 12), timedelta(hours=2)]]
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        span, day = book.add_format({"num_format": "[h]:mm"}), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, rows[0])
        for at, (when, took) in enumerate(rows[1:], 1):
            sheet.write(at, 0, when, day)
            sheet.write(at, 1, took, span)
    assert values(out.getvalue(), Recipe()) == {"2026-01-05": "-1.5", "2026-01-12": "2"}


@pytest.mark.parametrize("number", [1, 53, 2026])
def test_a_week_or_a_year_is_no_serial_number(number: int) -> None:
    data = workbook({"Data": [["Date", "Hours"], [number, 7.1]]})
    found = read_readings(read_table(data, Recipe()), MetricFacts(name="Hours", unit="h"), Recipe(), TODAY)
    assert (found.readings, found.problems) == ((), (f'row 2: "{number}" is not a date',))


def test_dates_that_excel_swapped_are_asked_for() -> None:
    swapped: list[list[object]] = [[date(2026, 5, 1), 7], ["13/01/2026", 8]]
    assert questions(swapped) == ["dates"]
    assert questions([[date(2026, 5, 1), 7], ["01/13/2026", 8]]) == ["dates"]
    assert questions(swapped, recipe=Recipe(dates="dmy")) == []
    assert questions([*swapped, [date(2026, 5, 14), 9]]) == []


def test_shares_above_1_are_asked_for_in_a_sheet() -> None:
    rows: list[list[object]] = [[date(2026, 1, 5), 1.05], [date(2026, 1, 12), 0.98]]
    assert questions(rows, "%") == ["unit"]
    assert questions(rows, "%", Recipe(unit="share")) == []


MAC: list[list[object]] = [["Week", "Hours"], [44565, 7.1], [44572, 6]]


def test_serial_numbers_count_from_1904_where_the_workbook_says_so() -> None:
    found = values(workbook({"Data": MAC}, date_1904=True), Recipe(date="Week", value="Hours"))
    assert found == {"2026-01-05": "7.1", "2026-01-12": "6"}
    assert next(iter(values(workbook({"Data": MAC}), Recipe(date="Week", value="Hours")))) == "2022-01-04"


def test_typed_dates_and_moments_of_the_1904_system_are_right() -> None:
    assert values(workbook({"Data": ROWS}, date_1904=True), Recipe()) == {"2026-01-05": "7.125", "2026-01-12": "1.234"}
    rows: list[list[object]] = [["Time", "Hours"], [datetime.fromisoformat("2026-01-05T09:30"), 7]]
    assert values(workbook({"Data": rows}, date_1904=True), Recipe()) == {"2026-01-05": "7"}


def test_tickets_and_registers_count_serials_from_1904_too(read_export: Read) -> None:
    rows: list[list[object]] = [["number", "opened", "resolved"], ["INC1", 44565, 44566]]
    recipe = Recipe(measure="count", every="day", incomplete="keep")
    found = read_export(workbook({"Data": rows}, date_1904=True), recipe)
    assert [each.day for each in found.readings if each.value == "1"] == ["2026-01-06"]
    table = read_table(workbook({"Data": [["Title", "Date raised"], ["Faster", 44565]]}, date_1904=True), Recipe())
    register = read_register(table, (), Recipe(), TODAY)
    (row,) = (each for each in register.rows() if isinstance(each, RegisterRow))
    assert register.day(row, "date raised") == (date(2026, 1, 5), "")


def test_moments_that_excel_may_have_swapped_are_asked_about_in_tickets(read_export: Read) -> None:
    first = [datetime.fromisoformat(f"2026-{month}-01T08:00") for month in ("05", "06")]
    rows: list[list[object]] = [
        ["number", "opened", "resolved"],
        ["INC1", *first],
        ["INC2", "1/13/2026 8:00", "1/14/2026 8:00"],
    ]
    recipe = Recipe(measure="count", every="week", incomplete="keep")
    assert [each.option for each in read_export(workbook({"Data": rows}), recipe).questions] == ["dates"]


def test_a_time_beyond_what_there_is_names_its_row() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, span = book.add_worksheet(), book.add_format({"num_format": "[h]:mm"})
        sheet.write_row(0, 0, ["Week", "Hours"])
        sheet.write_row(1, 0, ["2026-01-05", 7])
        sheet.write_number(2, 1, 1e10, span)
    with pytest.raises(SourceError, match="row 3: a date or a time"):
        read_table(out.getvalue(), Recipe())
