"""Every format of a report: the same bytes for the same input, nothing live in it, and no name of another format."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


HOSTILE = "=cmd|' /C calc'!A0 ＝1+1 <script>x</script> ]]> [y](javascript:1) \x1b]0;t\x07 \u202egnp"
REFS = ("CI-0001", "CI-0002", "CI-0003")
OF_ONE = ("md", "html", "csv", "json", "xlsx", "svg")
OF_ALL = ("md", "html", "csv", "csv-classic", "json", "xlsx")


def report(desk: Desk, name: str, *words: object) -> bytes:
    result = desk.run("report", *words, "-o", name)
    assert (result.code, result.err) == (0, "")
    return (desk.folder / name).read_bytes()


@pytest.mark.parametrize("kind", OF_ONE)
def test_report_of_an_improvement_has_the_same_bytes_twice(desk: Desk, kind: str) -> None:
    for ref in REFS:
        first = report(desk, f"one.{kind}", desk.sample, ref)
        assert first == report(desk, f"two.{kind}", desk.sample, ref)
        assert first


@pytest.mark.parametrize("kind", OF_ALL)
def test_report_of_the_register_has_the_same_bytes_twice(desk: Desk, kind: str) -> None:
    words = ("--format", kind)
    first = report(desk, f"one.{kind.partition('-')[0]}", desk.sample, *words)
    assert first == report(desk, f"two.{kind.partition('-')[0]}", desk.sample, *words)


def test_readings_of_an_improvement_are_its_csv(desk: Desk) -> None:
    lines = desk.run("report", desk.sample, "CI-0001", "--format", "csv").out.splitlines()
    assert lines[0] == "Ref,Metric,Unit,Date,Value,Total,Note,Set aside"
    assert lines[1] == "CI-0001,P2 time to restore,h,2026-01-05,7.1,,,"


def test_register_as_csv_tells_status_step_verdict_and_next(desk: Desk) -> None:
    head, first, *_ = desk.run("report", desk.sample, "--format", "csv").out.splitlines()
    assert {"Status", "Step", "Verdict", "Next"} <= set(head.split(","))
    assert "embedding" in first
    assert "achieved" in first


def test_svg_is_the_run_chart_alone(desk: Desk) -> None:
    drawn = desk.run("report", desk.sample, "CI-0001", "--format", "svg").out
    assert drawn.startswith("<svg")
    assert "P2 time to restore" in drawn
    assert desk.run("report", desk.sample, "CI-0005", "--format", "svg").code == 2


@pytest.mark.parametrize(
    ("name", "words"),
    [("x.html", ("--format", "md")), ("x.docx", ()), ("x.csv", ("--format", "xlsx")), ("x.svg", ())],
)
def test_name_of_another_format_is_refused_and_nothing_written(desk: Desk, name: str, words: tuple[str, ...]) -> None:
    result = desk.run("report", desk.sample, *words, "-o", name)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert not (desk.folder / name).exists()


@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_what_is_no_text_is_not_sent_to_a_terminal_unasked(desk: Desk, kind: str) -> None:
    result = desk.run("report", desk.sample, "--format", kind)
    assert (result.code, result.out) == (2, "")


def test_without_a_browser_pdf_says_how_to_print(desk: Desk) -> None:
    desk.patch.setenv("PATH", str(desk.folder))
    result = desk.run("report", desk.sample, "CI-0001", "-o", "x.pdf")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "print" in result.err


@pytest.fixture
def hostile(desk: Desk) -> str:
    """A workbook in which title, metric, unit and note are hostile."""
    desk.run("new", "bad.json", "--title", HOSTILE)
    desk.run("import", "bad.json", "-", "--yes", stdin=f'Description,KPI,Owner\n"{HOSTILE}","{HOSTILE}","{HOSTILE}"\n')
    desk.run("reading", "add", "bad.json", "CI-0001", "m1", "2026-01-05", "7.1", "--note", HOSTILE)
    desk.run("add", "bad.json", "＝1+1 in full width")
    return "bad.json"


@pytest.mark.parametrize("kind", ["md", "html", "csv", "json", "svg"])
def test_nothing_typed_is_live_in_a_text(desk: Desk, hostile: str, kind: str) -> None:
    text = desk.run("report", hostile, "CI-0001", "--format", kind).out
    assert "CI-0001" in text or kind == "svg"
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    if kind in ("html", "svg"):
        assert "<script" not in text
    if kind == "md":
        assert "[y](" not in text


def test_no_cell_begins_with_what_a_spreadsheet_would_reckon(desk: Desk, hostile: str) -> None:

    for kind in ("csv", "csv-classic"):
        rows = csv.reader(io.StringIO(desk.run("report", hostile, "--format", kind).out))
        assert not any(cell.startswith(("=", "+", "@", "＝", "＋", "＠")) for row in rows for cell in row)


def test_excel_holds_no_formula_and_no_link(desk: Desk, hostile: str) -> None:
    data = report(desk, "bad.xlsx", hostile)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert sheets
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_card_prints_before_and_after_of_the_latest_verified_check(desk: Desk) -> None:
    out = desk.run("card", desk.sample, "CI-0002").out
    assert "59.1  ━" in out
    assert "► 62.9 %" in out
    assert "PARTLY: BETTER, TARGET NOT MET" in out
    assert "iteration 1" in out


def test_card_goes_to_an_svg_by_its_name(desk: Desk) -> None:
    desk.run("card", desk.sample, "CI-0001", "-o", "card.svg")
    assert (desk.folder / "card.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_improvement_without_a_result_has_no_card(desk: Desk) -> None:
    result = desk.run("card", desk.sample, "CI-0005")
    assert result.code == 2
    assert "no metric with a target, a baseline and a result yet" in result.err


def test_card_needs_one_workbook_and_one_improvement(desk: Desk) -> None:
    assert desk.run("card", desk.sample).code == 2
