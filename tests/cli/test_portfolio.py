"""`portfolio` and `site`: one row an improvement over several workbooks, and the pages that belong to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk

HOSTILE = "=cmd|' /C calc'!A0 <script>x</script> [y](javascript:1) \x1b]0;t\x07"


@pytest.fixture
def desks(desk: Desk) -> Path:
    """A folder with the sample, a second workbook, one in a subfolder, and files that are no workbooks."""
    folder = desk.folder / "desks"
    (folder / "deep").mkdir(parents=True)
    (folder / "first.cimodel.json").write_bytes(desk.sample.read_bytes())
    desk.run("new", folder / "second.json", "--title", "Second")
    desk.run("add", folder / "second.json", HOSTILE)
    desk.run("new", folder / "deep" / "third.json", "--title", "Third")
    desk.run("add", folder / "deep" / "third.json", "Deep idea")
    (folder / "other.json").write_text('{"some": "json"}', encoding="utf-8")
    return folder


def refs(desk: Desk, *words: object) -> list[tuple[str, str]]:
    found = desk.run("portfolio", *words, "--format", "json").json
    return [(row["workbook"], row["ref"]) for group in found["groups"] for row in group["improvements"]]


def test_folder_gives_its_workbooks_and_leaves_out_other_files(desk: Desk, desks: Path) -> None:
    found = refs(desk, desks)
    assert {workbook for workbook, _ in found} == {"Three improvements and five ideas", "Second"}
    assert len(found) == 9


def test_subfolders_are_looked_into_where_that_is_asked_for(desk: Desk, desks: Path) -> None:
    assert ("Third", "CI-0001") in refs(desk, desks, "-r")


def test_rows_of_one_owner_are_picked_case_aside(desk: Desk, desks: Path) -> None:
    assert refs(desk, desks, "--owner", "Service Desk Lead") == [("Three improvements and five ideas", "CI-0002")]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("workbook", ["Second", "Three improvements and five ideas"]),
        ("status", ["assessing", "embedding", "idea", "in progress", "withdrawn"]),
    ],
)
def test_rows_are_grouped_by_what_is_asked_for(desk: Desk, desks: Path, by: str, names: list[str]) -> None:
    found = desk.run("portfolio", desks, "--by", by, "--format", "json").json
    assert [group["name"] for group in found["groups"]] == names


def test_grouping_that_there_is_not_is_one_line(desk: Desk) -> None:
    result = desk.run("portfolio", desk.sample, "--by", "mood")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_amounts_that_are_numbers_are_added_up_and_words_are_counted(desk: Desk) -> None:
    assert "spent 43,792" in desk.run("portfolio", desk.sample).out


def test_row_tells_from_where_to_where_and_the_verdict(desk: Desk) -> None:
    out = desk.run("portfolio", desk.sample).out
    assert "| from 6.9 to 4.7 h, target at most 5.0: met | achieved |" in out


@pytest.mark.parametrize("kind", ["md", "html", "csv", "json"])
def test_nothing_typed_is_live_in_any_format(desk: Desk, desks: Path, kind: str) -> None:
    out = desk.run("portfolio", desks, "--format", kind).out
    assert "\x1b" not in out
    if kind == "html":
        assert "<script" not in out
    if kind == "md":
        assert "\\[y\\]" in out
    if kind == "csv":
        assert not any(cell.startswith("=") for line in out.splitlines() for cell in re.split(r",\"?", line))


def test_csv_for_excel_begins_with_a_byte_order_mark_in_a_file_only(desk: Desk) -> None:
    desk.run("portfolio", desk.sample, "-o", "p.csv")
    desk.run("portfolio", desk.sample, "-o", "plain.csv", "--no-bom")
    assert (desk.folder / "p.csv").read_bytes().startswith(b"\xef\xbb\xbfWorkbook,")
    assert (desk.folder / "plain.csv").read_bytes().startswith(b"Workbook,")
    assert desk.run("portfolio", desk.sample, "--format", "csv").out.startswith("Workbook,")


def test_saved_workbooks_are_meant_where_none_is_given(desk: Desk) -> None:
    data = desk.folder / "data"
    data.mkdir()
    (data / "mine.json").write_bytes(desk.sample.read_bytes())
    assert len(refs(desk)) == 8


def pages(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.html"))}


def test_site_has_a_portfolio_a_page_a_workbook_and_a_report_an_improvement(desk: Desk, desks: Path) -> None:
    result = desk.run("site", desks, "-o", "public")
    assert result.out == "public: 12 pages, 12 written\n"
    names = set(pages(desk.folder / "public"))
    assert {"index.html", "first/index.html", "first/ci-0001.html", "second/index.html"} <= names


def test_every_link_of_a_site_leads_to_a_page_of_it(desk: Desk, desks: Path) -> None:
    desk.run("site", desks, "-o", "public")
    folder = desk.folder / "public"
    for name, page in pages(folder).items():
        for address in re.findall(rb'href="([^"]*)"', page):
            assert ((folder / name).parent / address.decode()).resolve().is_file(), (name, address)


def test_ref_that_no_file_can_be_named_after_has_a_page(desk: Desk, desks: Path) -> None:
    path = desks / "second.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"CI-0001"', f'"{"9" * 5000}"'), encoding="utf-8")
    assert desk.run("site", desks, "-o", "public").out == "public: 12 pages, 12 written\n"
    names = {Path(name).name for name in pages(desk.folder / "public") if name.startswith("second/")}
    assert len(names) == 2
    assert max(map(len, names)) < 100


def test_pages_that_did_not_change_are_not_written_again(desk: Desk, desks: Path) -> None:
    desk.run("site", desks, "-o", "public")
    before = pages(desk.folder / "public")
    assert desk.run("site", desks, "-o", "public").out == "public: 12 pages, 0 written\n"
    desk.run("add", desks / "second.json", "One more")
    assert desk.run("site", desks, "-o", "public").out == "public: 13 pages, 3 written\n"
    assert before["first/ci-0001.html"] == pages(desk.folder / "public")["first/ci-0001.html"]


def test_copies_of_a_workbook_have_pages_of_their_own(desk: Desk) -> None:
    for folder in ("a", "b"):
        (desk.folder / folder).mkdir()
        (desk.folder / folder / "same.json").write_bytes(desk.sample.read_bytes())
    desk.run("site", "a", "b", "-o", "public")
    names = pages(desk.folder / "public")
    assert {"same/index.html", "same-2/ci-0008.html"} <= set(names)
    assert b'href="same-2/ci-0001.html"' in names["index.html"]


def test_site_holds_no_script_and_no_address_outside(desk: Desk, desks: Path) -> None:
    desk.run("site", desks, "-o", "public")
    for page in pages(desk.folder / "public").values():
        assert b"<script" not in page
        assert not re.search(rb'(?:src|href)="(?:[a-z]+:|//)', page)


@pytest.fixture
def many(desk: Desk) -> Path:
    """So many workbooks that several processes make their pages."""
    folder = desk.folder / "many"
    folder.mkdir()
    desk.run("new", folder / "d00.json", "--title", "One of many")
    desk.run("add", folder / "d00.json", "An idea")
    for number in range(1, 20):
        (folder / f"d{number:02}.json").write_bytes((folder / "d00.json").read_bytes())
    return folder


def test_site_of_many_workbooks_holds_all_of_them(desk: Desk, many: Path) -> None:
    assert desk.run("site", many, "-o", "public").out == "public: 41 pages, 41 written\n"
    assert desk.run("site", many, "-o", "public").out == "public: 41 pages, 0 written\n"
    assert len(pages(desk.folder / "public")) == 41


def test_bad_file_among_many_is_one_line(desk: Desk, many: Path) -> None:
    (many / "bad.cimodel.json").write_text("{", encoding="utf-8")
    result = desk.run("site", many, "-o", "public")
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "bad.cimodel.json" in result.err
