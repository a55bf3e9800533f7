"""A register from a spreadsheet: which column is which, what is refused, and back again."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk


HEAD = "Number,Date raised,Size,Timescale,Description,Priority,KPI,Justification,Raised by,Owner,Date required"


@pytest.fixture
def book(desk: Desk) -> str:
    desk.run("new", "desk.json")
    return "desk.json"


def bring(desk: Desk, text: str | bytes, *options: str) -> CommandResult:
    return desk.run("import", "desk.json", "-", "--yes", *options, stdin=text)


def entry(desk: Desk, ref: str = "CI-0001") -> dict[str, Any]:
    found: dict[str, Any] = desk.run("show", "desk.json", ref, "--json").json
    return found


@pytest.mark.usefixtures("book")
def test_every_classic_column_has_its_place(desk: Desk) -> None:
    row = "7,2026-03-02,large,short term,Refunds in a day,High,Days to refund; Calls about refunds,"
    row += "One call in nine,Jo,Ann,2026-12-24"
    assert bring(desk, f"{HEAD}\n{row}\n").code == 0
    found = entry(desk)
    assert (found["title"], found["raised_on"], found["size"]) == ("Refunds in a day", "2026-03-02", "L")
    assert (found["raised_by"], found["owner"], found["urgency"]) == ("Jo", "Ann", "5")
    assert found["tags"] == "number: 7, timescale: short term, priority: High, required: 2026-12-24"
    assert [each["name"] for each in found["metrics"]] == ["Days to refund", "Calls about refunds"]
    assert found["iterations"][0]["vision"]["value"] == "One call in nine"


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    "text", ["No.;Opportunity;Assigned to\n1;Faster refunds;Ann\n", "id\tIDEA\tresponsible\n1\tFaster refunds\tAnn\n"]
)
def test_headers_and_separators_are_read_tolerantly(desk: Desk, text: str) -> None:
    assert bring(desk, text).code == 0
    assert (entry(desk)["title"], entry(desk)["owner"]) == ("Faster refunds", "Ann")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_is_read(desk: Desk, encoding: str) -> None:
    assert bring(desk, "Description,Owner\nKürzere Wege,Zoë\n".encode(encoding)).code == 0
    assert entry(desk)["title"] == "Kürzere Wege"


@pytest.mark.usefixtures("book")
def test_a_mapping_that_is_given_goes_before_the_usual_one(desk: Desk) -> None:
    text = "Description,What we want,Owner,Team lead\nOld words,Faster refunds,Ann,Bo\n"
    maps = ("--map", "What we want=description", "--map", "team LEAD=owner", "--map", "Owner=raised by")
    assert bring(desk, text, *maps).code == 0
    assert [entry(desk)[name] for name in ("title", "owner", "raised_by")] == ["Faster refunds", "Bo", "Ann"]


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("text", "maps", "word"),
    [
        ("Foo,Bar\n1,2\n", (), "Header=description"),
        ("", (), "empty"),
        ("Description\nx\n", ("--map", "Nothing=owner"), "no column"),
        ("Description\nx\n", ("--map", "Description=shoe size"), "number, date raised"),
        ("Description\nx\n", ("--map", "Description"), "Header=field"),
    ],
)
def test_what_cannot_be_matched_is_said(desk: Desk, text: str, maps: tuple[str, ...], word: str) -> None:
    result = bring(desk, text, *maps)
    assert (result.code, word in result.err, result.err.count("\n")) == (2, True, 1)


@pytest.mark.usefixtures("book")
def test_one_refused_row_keeps_all_out_and_is_named(desk: Desk) -> None:
    rows = "1,2026-03-02,M,Good\n3,,huge,No size\n4,,M,\n1,,M,Twice\n"
    for options in ((), ("--yes",)):
        result = desk.run("import", "desk.json", "-", *options, stdin=f"Number,Date raised,Size,Description\n{rows}")
        assert result.code == 2
        assert all(f"row {number}: " in result.err for number in (3, 4, 5))
        assert "row 2: " not in result.err
    assert desk.run("show", "desk.json", "--json").json["improvements"] == []


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("days", "read"),
    [
        (["13/01/2026", "03/04/2026"], ["2026-01-13", "2026-04-03"]),
        (["01/13/2026", "03/04/2026"], ["2026-01-13", "2026-03-04"]),
        (["03.04.2026", "5 may 2026"], ["2026-04-03", "2026-05-05"]),
        (["04/04/2026", "2026-05-05"], ["2026-04-04", "2026-05-05"]),
    ],
)
def test_days_are_read_by_what_the_whole_file_shows(desk: Desk, days: list[str], read: list[str]) -> None:
    assert bring(desk, "Description,Date raised\n" + "".join(f"Idea,{day}\n" for day in days)).code == 0
    assert [entry(desk, f"CI-000{number}")["raised_on"] for number in (1, 2)] == read


@pytest.mark.usefixtures("book")
def test_a_day_that_may_be_two_is_not_guessed(desk: Desk) -> None:
    result = bring(desk, "Description,Date raised\nIdea,03/04/2026\n")
    assert (result.code, "--dates dmy|mdy" in result.err) == (2, True)


@pytest.mark.usefixtures("book")
def test_the_same_file_is_brought_in_once(desk: Desk) -> None:
    text = "Number,Description\n12,First\nCI-0001,Second\n"
    assert "2 improvements imported" in bring(desk, text).out
    again = bring(desk, text)
    assert again.out.splitlines() == [
        "row 2: there already, as CI-0002",
        "row 3: there already, as CI-0001",
        "0 improvements imported",
    ]


@pytest.mark.usefixtures("book")
def test_a_long_description_becomes_title_and_summary(desk: Desk) -> None:
    words = "word " * 40
    assert bring(desk, f'Description\n{words}\n"Short title\nand more"\n').code == 0
    assert len(entry(desk)["title"]) <= 80
    assert entry(desk)["summary"] == words.strip()
    assert (entry(desk, "CI-0002")["title"], entry(desk, "CI-0002")["summary"]) == ("Short title", "and more")


def test_the_register_goes_out_and_comes_back_the_same(desk: Desk, book: str) -> None:
    out = desk.run("report", desk.sample, "--format", "csv-classic").out
    assert bring(desk, out).code == 0
    again = desk.run("report", book, "--format", "csv-classic").out
    first, second = (list(csv.DictReader(io.StringIO(text))) for text in (out, again))
    assert len(first) == 8
    assert [list(row.values()) for row in second] == [list(row.values()) for row in first]


def test_what_a_spreadsheet_would_reckon_with_survives_the_way_there_and_back(desk: Desk, book: str) -> None:
    for title in ("=cmd|'/c calc'!A0", "+1 for shorter queues", "-2 steps", "@sum", "-5"):
        desk.run("add", book, "--", title)
    out = desk.run("report", book, "--format", "csv-classic").out
    cells = [row["Description"] for row in csv.DictReader(io.StringIO(out))]
    assert cells == ["'=cmd|'/c calc'!A0", "'+1 for shorter queues", "'-2 steps", "'@sum", "-5"]
    desk.run("new", "other.json")
    assert desk.run("import", "other.json", "-", "--yes", stdin=out).code == 0
    titles = [each["title"] for each in desk.run("show", "other.json", "--json").json["improvements"]]
    assert titles == ["=cmd|'/c calc'!A0", "+1 for shorter queues", "-2 steps", "@sum", "-5"]


FILES = Path(__file__).parents[1] / "sources" / "files"


def from_file(desk: Desk, name: str, *options: str) -> CommandResult:
    return desk.run("import", "desk.json", FILES / name, *options)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("ls.csv", ["Faster\u2028logons", "Cheaper"]),
        ("vt.csv", ["Faster\u000blogons", "Cheaper"]),
        ("cp1252.csv", ["Müller – faster “logons”…"]),
        ("cr.csv", ["Faster logons", "Cheaper"]),
        ("pipe.csv", ["Faster"]),
        ("sepline.csv", ["Faster logons"]),
        ("utf16tab.txt", ["Müller: faster logons"]),
        ("reg.xlsx", ["Faster", "Faster", "Faster"]),
        ("title_rows.csv", ["Faster logons"]),
        ("totals.csv", ["Faster"]),
    ],
)
def test_registers_as_people_have_them_are_read_whole(desk: Desk, name: str, titles: list[str]) -> None:
    result = from_file(desk, name, "--yes")
    assert (result.code, result.err) == (0, "")
    found = desk.run("show", "desk.json", "--json").json["improvements"]
    assert [each["title"] for each in found] == titles


@pytest.mark.usefixtures("book")
def test_separators_and_line_ends_inside_of_cells_are_text(desk: Desk) -> None:
    requests = from_file(desk, "prose_comma.csv", "--yes")
    assert (requests.code, '"Description, in full, please"' in requests.err) == (2, True)
    maps = ("--map", "Description, in full, please=description", "--map", "Title, or what=comments")
    assert from_file(desk, "prose_comma.csv", *maps, "--yes").code == 0
    assert "1 improvement imported" in from_file(desk, "multiline.csv", "--map", "Number=", "--yes").out
    found = [entry(desk, ref) for ref in ("CI-0001", "CI-0002")]
    assert [(each["title"], each["summary"], each["owner"]) for each in found] == [
        ("Faster", "x", "Ann"),
        ("Faster logons", 'for "all", really', "Ann"),
    ]


@pytest.mark.usefixtures("book")
def test_rows_that_are_none_are_listed(desk: Desk) -> None:
    result = from_file(desk, "totals.csv")
    assert "row 3: left out, blank" in result.out
    assert "row 4: left out, a row of totals" in result.out
    assert "row 1 above the header is left out" in from_file(desk, "title_rows.csv").out


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("name", "maps", "raised"),
    [
        ("isots.csv", (), "2026-01-05"),
        ("jiradate.csv", (), "2026-02-25"),
        ("gform.csv", ("--map", "What should get better?=description"), "2026-01-05"),
        ("usdates.csv", (), "2026-01-05"),
    ],
)
def test_days_of_every_tool_are_understood(desk: Desk, name: str, maps: tuple[str, ...], raised: str) -> None:
    assert from_file(desk, name, "--yes", *maps).code == 0
    assert entry(desk)["raised_on"] == raised


@pytest.mark.usefixtures("book")
def test_one_column_settles_the_order_of_the_other(desk: Desk) -> None:
    assert from_file(desk, "usdates.csv", "--yes").code == 0
    assert "required: 2026-03-31" in entry(desk)["tags"]
    assert entry(desk, "CI-0002")["raised_on"] == "2026-01-12"


@pytest.mark.usefixtures("book")
def test_days_in_two_orders_are_refused_with_both_rows(desk: Desk) -> None:
    assert from_file(desk, "ambig.csv", "--yes").code == 2
    result = from_file(desk, "mixdates.csv", "--yes")
    assert (result.code, "row 2" in result.err, "row 3" in result.err) == (2, True, True)
    assert from_file(desk, "unclosed.csv", "--yes").err.count("line 2") == 1


@pytest.mark.usefixtures("book")
def test_a_word_in_place_of_a_day_is_listed_and_left_empty(desk: Desk) -> None:
    assert "--dates excel" in from_file(desk, "mmmyy.csv", "--yes").err
    result = from_file(desk, "mmmyy.csv", "--yes", "--dates", "excel")
    assert result.code == 0
    assert 'row 4: date required "TBC" is not a date and is left empty' in result.out
    tags = [entry(desk, f"CI-000{number}")["tags"].rpartition("required: ")[2] for number in (1, 2, 5, 6)]
    assert tags == ["2026-01-01", "2026-07-01", "2026-03-01", "2026-01-05"]
    assert "required" not in entry(desk, "CI-0003")["tags"]


@pytest.mark.usefixtures("book")
def test_status_benefit_effort_and_comments_come_along(desk: Desk) -> None:
    assert from_file(desk, "status.csv", "--yes").code == 0
    first, second = entry(desk), entry(desk, "CI-0002")
    assert [first[name] for name in ("status", "benefit", "effort", "summary")] == [
        "in progress",
        "4",
        "2",
        "see mail",
    ]
    assert second["status"] == "closed"
    document = desk.run("show", "desk.json").out
    assert "in progress (imported)" in document
    assert "closed, not verified" in document
    assert (second["benefit"], second["summary"]) == ("5", "done in May")


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("word", "status"),
    [("Cancelled", "withdrawn"), ("On Hold", "on hold"), ("To Do", "idea"), ("Resolved", "closed")],
)
def test_words_for_the_status_are_known(desk: Desk, word: str, status: str) -> None:
    assert bring(desk, f"Description,Status\nIdea,{word}\n").code == 0
    assert entry(desk)["status"] == status


@pytest.mark.usefixtures("book")
def test_a_word_for_the_status_that_is_not_known_is_a_tag(desk: Desk) -> None:
    result = bring(desk, "Description,Status\nIdea,Quantum\n")
    assert "Quantum" in result.out
    assert "status: Quantum" in entry(desk)["tags"]


@pytest.mark.usefixtures("book")
def test_benefit_in_words_is_the_justification(desk: Desk) -> None:
    assert bring(desk, "Description,Benefit,Effort\nIdea,One call in nine,large\n").code == 0
    found = entry(desk)
    assert (found["iterations"][0]["vision"]["value"], found["benefit"]) == ("One call in nine", None)
    assert found["size"] == "L"


@pytest.mark.usefixtures("book")
def test_what_came_along_leaves_the_imported_status_as_it_is(desk: Desk) -> None:
    assert bring(desk, "Description,Status,KPI,Justification\nIdea,Closed,Calls,Because\n").code == 0
    assert entry(desk)["status"] == "closed"


@pytest.mark.usefixtures("book")
def test_two_columns_of_one_name_that_differ_are_refused_by_place(desk: Desk) -> None:
    result = bring(desk, "Description,Owner,Owner\nFaster refunds,Ann,Bob\n")
    assert (result.code, "columns 2 and 3 are both named" in result.err) == (2, True)
    assert bring(desk, "Description,Owner,Owner\nFaster refunds,Ann,Ann \n").code == 0
    assert entry(desk)["owner"] == "Ann"


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("blank", [" ", "\u00a0"])
def test_a_ref_with_a_blank_behind_it_is_the_same_ref(desk: Desk, blank: str) -> None:
    assert bring(desk, "Ref,Description\nCI-0007,Faster refunds\n").code == 0
    again = bring(desk, f"Ref,Description\nCI-0007{blank},Faster refunds\n")
    assert (again.code, "there already, as CI-0007" in again.out) == (0, True)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("cells", "scores"),
    [
        (("1 - High", "3 - Low"), (None, None)),
        (("2 - Medium", "2 - Medium"), (None, None)),
        (("1 - Low", "5 - High"), (1, 5)),
        (("4 (large)", "3: moderate"), (4, 3)),
    ],
)
def test_a_scale_that_runs_the_other_way_gives_no_scores(
    desk: Desk, cells: tuple[str, str], scores: tuple[int | None, int | None]
) -> None:
    rows = "".join(f"Idea {at},{cell}\n" for at, cell in enumerate(cells, 1))
    assert bring(desk, f"Title,Impact\n{rows}").code == 0
    found = [entry(desk, ref)["benefit"] for ref in ("CI-0001", "CI-0002")]
    assert [each and int(each) for each in found] == list(scores)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("row", ["Total: 2,,", "Summe 2,,", "Grand Total,2,", ",Total,3"])
def test_a_row_of_totals_is_no_idea(desk: Desk, row: str) -> None:
    result = bring(desk, f"Nr,Title,Benefit\n1,Faster refunds,3\n{row}\n")
    assert (result.code, "row 3: left out, a row of totals" in result.out) == (0, True)
    assert "1 improvement imported" in result.out


@pytest.mark.usefixtures("book")
def test_a_ref_in_small_letters_is_the_same_ref(desk: Desk) -> None:
    assert bring(desk, "Ref,Description\nci-0007,Faster refunds\n").code == 0
    assert entry(desk, "CI-0007")["title"] == "Faster refunds"
    assert "there already, as CI-0007" in bring(desk, "Ref,Description\nCI-0007,Faster refunds\n").out


@pytest.mark.usefixtures("book")
def test_german_headers_are_known_and_columns_without_a_place_are_named(desk: Desk) -> None:
    head = "Nr;Titel;Beschreibung;Verantwortlich;Angelegt am;Fällig am;Nutzen;Aufwand;Kostenstelle"
    result = bring(desk, f"{head}\n1;Schneller;Text;Ann;05.01.2026;31.03.2026;4;2;470\n".encode("cp1252"))
    assert result.code == 0
    found = entry(desk)
    assert (found["title"], found["summary"], found["owner"]) == ("Schneller", "Text", "Ann")
    assert (found["raised_on"], int(found["benefit"]), int(found["effort"])) == ("2026-01-05", 4, 2)
    assert '! not read: column "Kostenstelle"' in result.out
    assert "! read as cp1252" in result.out
