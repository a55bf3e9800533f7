"""Excel reports read back cell by cell: numbers are numbers, dates are dates, and text is text."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from cimodel_tui.reports.xlsx import MAX_CELL_LENGTH, report_xlsx
from cimodel_tui.views.improvement_row import improvement_row
from cimodel_tui.views.measurements import readings_of
from tests.reports.conftest import HOSTILE, filled

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.workbook import Workbook as Sheets

    from cimodel_tui.workbook import Workbook

DAY = date(2026, 11, 23)


def written(book: Workbook) -> bytes:
    entries = book.improvements()
    readings = [found for each in entries for found in readings_of(book, each)]
    return report_xlsx(book.title, DAY, [improvement_row(book, each) for each in entries], readings)


def read_back(book: Workbook) -> Sheets:
    return load_workbook(io.BytesIO(written(book)))


def rows(sheets: Sheets, name: str) -> list[dict[str, object]]:
    head, *body = sheets[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in body if any(each is not None for each in row)]


def test_register_has_a_row_an_improvement(stories: Workbook) -> None:
    found = rows(read_back(stories), "Register")
    assert [each["Ref"] for each in found] == [f"CI-000{number}" for number in range(1, 9)]
    first = found[0]
    assert (first["Verdict"], first["Outcome"], first["Spent"]) == ("achieved", "achieved", 15792)
    assert (first["Baseline"], first["Now"]) == ("6.9 h", "4.7 h")


def test_readings_are_numbers_and_days_are_dates(stories: Workbook) -> None:
    first = rows(read_back(stories), "Readings")[0]
    assert (first["Date"], first["Value"], first["Metric"]) == (datetime(2026, 1, 5), 7.1, "P2 time to restore")  # noqa: DTZ001 - a day of a spreadsheet has no zone


def test_metric_has_a_native_chart_with_a_line_for_each_limit(stories: Workbook) -> None:
    with zipfile.ZipFile(io.BytesIO(written(stories))) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    restore = next(each for each in charts if "P2 time to restore" in each)
    assert restore.count("<c:ser>") == 5


def test_metric_has_a_sheet_with_its_lines(stories: Workbook) -> None:
    sheets = read_back(stories)
    name = "CI-0001 P2 time to restore"
    first = rows(sheets, name)[0]
    assert first["Value"] == 7.1
    assert first["Mean"] == pytest.approx(6.9, abs=0.01)
    assert (round(float(str(first["Lower limit"])), 2), round(float(str(first["Upper limit"])), 2)) == (4.19, 9.61)
    assert first["Target"] == 5


def test_same_day_gives_the_same_bytes(stories: Workbook) -> None:
    assert written(stories) == written(stories)


def test_nothing_typed_is_a_formula_or_a_link(small: Workbook) -> None:
    filled(small, HOSTILE.replace("<", "=1+1 <"))
    filled(small, "=HYPERLINK(1)")
    sheets = read_back(small)
    for sheet in sheets.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" and cell.hyperlink is None for cell in row)


def test_long_text_is_cut_to_what_a_cell_holds(small: Workbook) -> None:
    filled(small, "y" * (MAX_CELL_LENGTH + 100))
    title = rows(read_back(small), "Register")[0]["Improvement"]
    assert len(str(title)) == MAX_CELL_LENGTH


def test_metrics_with_the_same_long_name_have_sheets_of_their_own(small: Workbook) -> None:
    for _ in range(3):
        filled(small, "a name that is much longer than a sheet of Excel can be called [x]*?")
    names = read_back(small).sheetnames
    assert len(set(names)) == len(names) == 5
    assert all(len(name) <= 31 for name in names)


@pytest.mark.browser
def test_calc_opens_the_register_and_its_charts(stories: Workbook, tmp_path: Path) -> None:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "register.xlsx").write_bytes(written(stories))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), "register.xlsx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=300)
    shown = (tmp_path / "register.csv").read_text(encoding="utf-8")
    assert "CI-0001,Restore store systems faster" in shown
    assert shown.count("\n") >= 9
