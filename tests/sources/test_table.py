"""Bytes to a table of text."""

from pathlib import Path

import pytest

from cimodel_tui.sources.recipe import OpenQuestionError, Recipe, SourceError
from cimodel_tui.sources.table import Table, read_pasted, read_table

NONE = Recipe()


def cells(table: Table) -> list[list[str]]:
    return [list(row) for _, row in table.rows()]


@pytest.mark.parametrize(("name", "odd"), [("ls.csv", "\u2028"), ("vt.csv", "\u000b")])
def test_what_is_no_line_end_stays_inside_the_cell(files: Path, name: str, odd: str) -> None:
    table = read_table((files / name).read_bytes(), NONE)
    assert cells(table) == [["1", f"Faster{odd}logons", "Ann"], ["2", "Cheaper", "Bob"]]


@pytest.mark.parametrize(
    ("name", "header", "row"),
    [
        ("cp1252.csv", "Number Description Owner", ["1", "Müller – faster “logons”…", "Ann"]),
        ("cr.csv", "Number Description Owner", ["1", "Faster logons", "Ann"]),
        ("multiline.csv", "Number Description Owner", ["1", 'Faster logons\r\nfor "all", really', "Ann"]),
        ("pipe.csv", "Number Description Owner", ["1", "Faster", "Ann"]),
        ("sepline.csv", "Number Description Owner", ["1", "Faster logons", "Ann"]),
        ("utf16tab.txt", "Number Description Owner", ["1", "Müller: faster logons", "Ann"]),
        ("reg.xlsx", "Number Date_raised Description Owner Priority", ["R0", "2026-01-05", "Faster", "Ann", "High"]),
    ],
)
def test_every_dialect_is_read_whole(files: Path, name: str, header: str, row: list[str]) -> None:
    table = read_table((files / name).read_bytes(), NONE)
    assert [each.replace(" ", "_") for each in table.header] == header.split()
    assert cells(table)[0] == row


def test_commas_in_prose_do_not_win_over_the_semicolon(files: Path) -> None:
    table = read_table((files / "prose_comma.csv").read_bytes(), NONE)
    assert table.header == ("Number", "Title, or what", "Description, in full, please", "Owner")


def test_rows_above_the_header_are_left_out_and_known(files: Path) -> None:
    table = read_table((files / "title_rows.csv").read_bytes(), NONE)
    assert table.above == ((1, "CSI Register - Contoso"), (2, "Last updated: 14/03/2026"))
    assert next(table.rows())[0] == 5


def test_an_encoding_that_was_a_guess_is_said(files: Path) -> None:
    assert "cp1252" in read_table((files / "cp1252.csv").read_bytes(), NONE).remarks[0]
    assert not read_table((files / "cp1252.csv").read_bytes(), Recipe(encoding="cp1252")).remarks


def test_utf_16_without_a_mark_is_recognised() -> None:
    for encoding in ("utf-16-le", "utf-16-be"):
        assert read_table("a,b\nMüller,2\n".encode(encoding), NONE).header == ("a", "b")


def test_two_separators_that_fit_equally_well_are_a_question() -> None:
    with pytest.raises(OpenQuestionError) as raised:
        read_table(b"a;b,c\nd;e,f\n", NONE)
    assert raised.value.question.option == "delimiter"
    assert read_table(b"a;b,c\nd;e,f\n", Recipe(delimiter="semicolon")).header == ("a", "b,c")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"a,b\n1,\0\n", "NUL"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><table>", "HTML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"\.xls"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "OpenDocument"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + b"\0" * 26 + b"xl/workbook.bin", r"\.xlsb"),
        (b"PK\x03\x04 no sheet inside", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"PK\x03\x04 xl/ but broken", "Excel"),
    ],
)
def test_what_is_no_table_is_named_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(SourceError, match=words) as refused:
        read_table(data, NONE)
    assert "\n" not in str(refused.value)


def test_an_unknown_encoding_and_a_wrong_one_are_refused() -> None:
    with pytest.raises(SourceError, match="no encoding named"):
        read_table(b"a,b\n", Recipe(encoding="utf-99"))
    with pytest.raises(SourceError, match="line 2"):
        read_table(b"a,b\n\xff,1\n", Recipe(encoding="utf-8"))


def test_a_quote_that_closes_too_early_names_its_line() -> None:
    with pytest.raises(SourceError, match="line 3"):
        read_table(b'a,b\n1,2\n"x"y,3\n4,5\n', NONE)


def test_the_line_of_a_quote_counts_the_separator_line_too() -> None:
    with pytest.raises(SourceError, match="line 3"):
        read_table(b'sep=;\na;b\n1;"x\n2;y\n', NONE)


def test_a_quote_on_a_later_line_of_its_row_is_named() -> None:
    with pytest.raises(SourceError, match="line 3"):
        read_table(b'a,b,c\n1,"two\nlines","open\n2,3,4\n', NONE)


def test_names_of_columns_may_repeat_and_hold_digits() -> None:
    assert read_table(b"Sprint,Sprint,P90 (h)\na,b,1\n", NONE).header == ("Sprint", "Sprint", "P90 (h)")


def test_a_paste_is_read_by_the_same_reader() -> None:
    assert cells(read_pasted("2026-01-05\t7,1\tafter the move\n", NONE)) == [["2026-01-05", "7,1", "after the move"]]
    assert cells(read_pasted("5 jan 7.1 after the move", NONE)) == [["5 jan", "7.1", "after the move"]]
