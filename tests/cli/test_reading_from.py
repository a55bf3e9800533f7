"""`reading from`: files of readings and ticket exports, shown first, stored when that is wanted, and coming back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.agreement import unamended_differences, with_seal
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.storage.open import load
from cimodel_tui.storage.paths import user_folders
from cimodel_tui.workbook import Workbook

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk

FILES = Path(__file__).parents[1] / "sources" / "files"
TICKETS = FILES / "tickets.csv"
WEEKS = {"2026-01-05": "12", "2026-01-12": "13", "2026-03-02": "18"}


@pytest.fixture
def book(desk: Desk) -> str:
    """A workbook with an improvement that has one metric, counted weekly."""
    desk.run("new", "desk.json")
    register = "Description,KPI\nFaster refunds,Tickets\nOther,First;Second\n"
    assert desk.run("import", "desk.json", "-", "--yes", stdin=register).code == 0
    return "desk.json"


def readings(desk: Desk, ref: str = "CI-0001", metric: int = 0) -> dict[str, str]:
    document: Any = desk.run("show", "desk.json", ref, "--json").json
    return {each["date"]: each["value"] for each in document["metrics"][metric]["readings"]}


def take(desk: Desk, export: Path, *options: str, ref: str = "CI-0001", metric: str = "m1") -> CommandResult:
    return desk.run("reading", "from", "desk.json", ref, metric, export, *options)


COUNT = ("--measure", "count", "--every", "week", "--zone", "UTC")


@pytest.mark.usefixtures("book")
def test_a_ticket_export_becomes_weekly_readings(desk: Desk) -> None:
    result = take(desk, TICKETS, *COUNT, "--yes")
    assert (result.code, result.err) == (0, "")
    found = readings(desk)
    assert len(found) == 9
    assert {day: found[day] for day in WEEKS} == WEEKS


@pytest.mark.usefixtures("book")
def test_without_consent_nothing_is_stored(desk: Desk) -> None:
    result = take(desk, TICKETS, *COUNT)
    assert (result.code, "--yes" in result.err) == (2, True)
    assert "9 new" in result.out
    assert readings(desk) == {}


@pytest.mark.usefixtures("book")
def test_a_preview_shows_and_stores_nothing(desk: Desk) -> None:
    result = take(desk, TICKETS, *COUNT, "--preview", "--yes")
    assert result.code == 0
    assert "  2026-01-05  12" in result.out.splitlines()
    assert "  ! 2026-03-09: left out, the export ends on 2026-03-15" in result.out.splitlines()
    assert "4 tickets are still open" in result.out
    assert readings(desk) == {}


@pytest.mark.usefixtures("book")
def test_the_preview_as_json_has_every_part(desk: Desk) -> None:
    document = take(desk, TICKETS, *COUNT, "--preview", "--json").json
    assert list(document) == ["readings", "new", "same", "restated", "left_out", "periods_left_out"]
    assert document["readings"][0] == {"date": "2026-01-05", "value": "12", "of": None, "n": 12}
    assert (document["new"], document["same"], document["restated"], document["left_out"]) == (9, 0, [], [])
    assert [each["date"] for each in document["periods_left_out"]] == ["2026-03-09"]


@pytest.mark.usefixtures("book")
def test_what_is_measured_is_asked_for(desk: Desk) -> None:
    result = take(desk, TICKETS, "--every", "week", "--yes")
    assert (result.code, "--measure count|" in result.err, result.err.count("\n")) == (2, True, 1)


@pytest.mark.usefixtures("book")
def test_a_saved_recipe_reads_the_next_export_alone(desk: Desk) -> None:
    assert take(desk, TICKETS, *COUNT, "--save", "--yes").code == 0
    more = desk.folder / "next.csv"
    rows = TICKETS.read_text("utf-8") + "INC1,2026-03-10 09:00:00,2026-03-10 10:00:00,1,true,Desk,0\n"
    rows += "INC2,2026-03-16 09:00:00,2026-03-16 10:00:00,1,true,Desk,0\n"
    more.write_text(rows, "utf-8")
    result = take(desk, more)
    assert (result.code, result.err) == (0, "")
    assert readings(desk)["2026-03-09"] == "13"
    assert len(readings(desk)) == 10
    (desk.folder / "theirs.json").write_bytes((desk.folder / "desk.json").read_bytes())
    stranger = desk.run("reading", "from", "theirs.json", "CI-0001", "m1", more)
    assert (stranger.code, "--yes" in stranger.err) == (2, True)


@pytest.mark.usefixtures("book")
def test_readings_that_another_recipe_counted_are_said_before_anything_is_agreed(desk: Desk) -> None:
    assert take(desk, TICKETS, *COUNT, "--save", "--yes").code == 0
    header, *rows = TICKETS.read_text("utf-8").splitlines(keepends=True)
    late = desk.folder / "late.csv"
    late.write_text(header + "".join(row for row in rows if row.split(",")[1] >= "2026-01-19"), "utf-8")
    result = take(desk, late, "--where", "priority^=1", "--save", "--yes")
    assert "2 readings stay that the recipe before counted in another way" in result.out
    assert "where priority^=1, was not given), the first 2026-01-05" in result.out
    assert "another way" not in take(desk, late, "--yes").out


@pytest.mark.usefixtures("book")
def test_a_restated_week_is_left_for_a_person(desk: Desk) -> None:
    assert take(desk, TICKETS, *COUNT, "--yes").code == 0
    changed = desk.folder / "changed.csv"
    changed.write_text(
        TICKETS.read_text("utf-8") + "INC1,2026-01-06 09:00:00,2026-01-06 10:00:00,1,true,Desk,0\n", "utf-8"
    )
    result = take(desk, changed, *COUNT, "--yes")
    assert (result.code, "2026-01-05 12 becomes 13" in result.err) == (1, True)
    assert readings(desk)["2026-01-05"] == "12"
    assert take(desk, changed, *COUNT, "--yes", "--restate").code == 0
    assert readings(desk)["2026-01-05"] == "13"


@pytest.mark.usefixtures("book")
def test_within_the_days_of_settling_nothing_is_asked(desk: Desk) -> None:
    assert take(desk, TICKETS, *COUNT, "--yes").code == 0
    changed = desk.folder / "changed.csv"
    changed.write_text(
        TICKETS.read_text("utf-8") + "INC1,2026-03-03 09:00:00,2026-03-03 10:00:00,1,true,Desk,0\n", "utf-8"
    )
    result = desk.run(
        "--today", "2026-03-20", "reading", "from", "desk.json", "CI-0001", "m1", changed, *COUNT, "--yes"
    )
    assert (result.code, result.err) == (0, "")
    assert readings(desk)["2026-03-02"] == "19"


@pytest.mark.usefixtures("book")
def test_several_metrics_come_from_one_file_at_once(desk: Desk) -> None:
    wide = desk.folder / "wide.csv"
    wide.write_text("Week,P90 (h),Tickets\n2026-W02,11.4,58\n2026-W03,10.9,61\n", "utf-8")
    result = take(
        desk, wide, "--metric", "P90 (h)=First", "--metric", "Tickets=Second", "--yes", ref="CI-0002", metric="-"
    )
    assert result.code == 0
    assert readings(desk, "CI-0002", 0) == {"2026-01-05": "11.4", "2026-01-12": "10.9"}
    assert readings(desk, "CI-0002", 1) == {"2026-01-05": "58", "2026-01-12": "61"}


PROSE = 'Date;Hours, mean;Note\n2026-01-05;7.1;calm, mostly\n2026-01-12;6.2;"two\nlines, ""quoted"""\n'


@pytest.mark.usefixtures("book")
def test_separators_and_line_ends_inside_of_cells_are_text(desk: Desk) -> None:
    prose = desk.folder / "prose.csv"
    prose.write_text(PROSE, "utf-8")
    assert take(desk, prose, "--yes").code == 0
    document: Any = desk.run("show", "desk.json", "CI-0001", "--json").json
    assert [(each["value"], each["note"]) for each in document["metrics"][0]["readings"]] == [
        ("7.1", "calm, mostly"),
        ("6.2", 'two\nlines, "quoted"'),
    ]


@pytest.mark.usefixtures("book")
def test_tickets_without_working_time_are_listed(desk: Desk) -> None:
    export = desk.folder / "night.csv"
    rows = ("2026-01-05 20:00:00,2026-01-05 23:00:00", "2026-01-05 09:00:00,2026-01-05 11:00:00")
    export.write_text("opened_at,resolved_at\n" + "\n".join((*rows, rows[0])) + "\n", "utf-8")
    options = ("--every", "week", "--zone", "UTC", "--incomplete", "keep", "--measure", "share")
    desk.run("import", "desk.json", "-", "--yes", stdin="Description,KPI\nNights,Share\n")
    document = json.loads((desk.folder / "desk.json").read_text("utf-8"))
    for each in document["iterations"].values():
        each["baseline"]["metrics"] = [{**row, "kind": "share", "unit": "%"} for row in each["baseline"]["metrics"]]
    (desk.folder / "desk.json").write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
    hours = ("--hours", "mon-fri 08:00-18:00", "--counts-as", "duration<=1h")
    result = take(desk, export, *options, *hours, "--preview")
    assert (result.code, "  2026-01-05  2 of 3" in result.out) == (0, True)
    assert "2 tickets were opened and resolved outside working hours and took no working time: rows 2, 4" in result.out


@pytest.mark.usefixtures("book")
def test_a_share_needs_a_metric_that_has_totals(desk: Desk) -> None:
    result = take(desk, TICKETS, "--measure", "share", "--counts-as", "made_sla=true", "--every", "week", "--yes")
    assert (result.code, "kind share" in result.err) == (2, True)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--measure", "often"), "--measure"),
        (("--measure", "count", "--every", "year"), "--every"),
        (("--measure", "count", "--every", "week", "--zone", "Mars/Base"), "no time zone"),
        (("--measure", "count", "--every", "week", "--where", "nothing=1"), "no such column"),
        (("--measure", "count", "--every", "week", "--settle", "soon"), "--settle"),
        (("--measure", "count", "--every", "week", "--hours", "always"), "working hours"),
    ],
)
def test_wrong_options_are_named_in_one_line(desk: Desk, options: tuple[str, ...], word: str) -> None:
    result = take(desk, TICKETS, *options, "--yes")
    assert (result.code, word in result.err, result.err.count("\n")) == (2, True, 1)


@pytest.mark.usefixtures("book")
def test_a_file_that_is_not_there_is_one_line(desk: Desk) -> None:
    result = take(desk, Path("nowhere.csv"), "--yes")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_a_recipe_first_saved_after_agreeing_is_no_amendment(desk: Desk) -> None:
    (desk.folder / "more.csv").write_text("date,value,note\n2026-11-19,4.4,\n", "utf-8")
    before = [each["amendments"] for each in desk.run("show", desk.sample, "CI-0001", "--json").json["iterations"]]
    options = ("--yes", "--save", "--zone", "Europe/Berlin")
    result = desk.run("reading", "from", desk.sample, "CI-0001", "m1", "more.csv", *options)
    assert (result.code, result.err) == (0, "")
    document = desk.run("show", desk.sample, "CI-0001", "--json").json
    assert document["metrics"][0]["readings"][-1]["date"] == "2026-11-19"
    assert [each["amendments"] for each in document["iterations"]] == before
    assert desk.run("doctor", desk.sample).code == 0


def test_another_condition_in_a_sealed_recipe_needs_a_reason(desk: Desk, book: str) -> None:
    assert take(desk, TICKETS, *COUNT, "--save", "--yes").code == 0
    document = json.loads((desk.folder / book).read_text("utf-8"))
    (iteration,) = (
        each for each in document["iterations"].values() if each["baseline"]["metrics"][0]["recipe"] is not None
    )
    store = load(desk.folder / book, user_folders())
    workbook = Workbook(store, SystemClock(date(2026, 11, 23)), me="Ada")
    agreed = workbook.iteration(store.documents().lineage[iteration["improvement"]][0])
    improvement = workbook.improvement(agreed.improvement)
    sealed_one = with_seal(improvement, agreed, "baseline", by="Ada", on="2026-11-23", at="2026-11-23T09:00:00Z")
    metric = sealed_one.baseline.metrics[0]
    for recipe, count in (({**(metric.recipe or {}), "settle": 7}, 0), ({**(metric.recipe or {}), "by": "opened"}, 1)):
        changed = replace(sealed_one, baseline=replace(sealed_one.baseline, metrics=(replace(metric, recipe=recipe),)))
        assert len(unamended_differences(improvement, changed, "baseline")) == count


@pytest.mark.parametrize("options", [("--from", "2026-01-10"), ("--where", "Value=7")])
@pytest.mark.usefixtures("book")
def test_a_table_of_readings_ignores_no_option_of_tickets(desk: Desk, options: tuple[str, str]) -> None:
    table = desk.folder / "table.csv"
    table.write_text("Date,Value\n2026-01-05,7\n2026-01-12,8\n", "utf-8")
    result = take(desk, table, "--zone", "UTC", "--yes", *options)
    assert (result.code, "for tickets" in result.err, readings(desk)) == (2, True, {})


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("option", [("--every", "month"), ("--by", "opened"), ("--key", "Date")])
def test_an_option_for_tickets_is_refused_for_readings(desk: Desk, option: tuple[str, str]) -> None:
    (desk.folder / "weeks.csv").write_text("Date,Value\n2026-01-05,7\n", "utf-8")
    result = take(desk, desk.folder / "weeks.csv", *option, "--yes")
    assert (result.code, f"{option[0]} is for tickets" in result.err, readings(desk)) == (2, True, {})


@pytest.mark.usefixtures("book")
def test_one_metric_takes_one_column(desk: Desk) -> None:
    (desk.folder / "weeks.csv").write_text("Date,X,Y\n2026-01-05,7,8\n", "utf-8")
    result = take(desk, desk.folder / "weeks.csv", "--metric", "X=m1", "--metric", "Y=m1", "--yes", metric="-")
    assert (result.code, "one metric takes one column" in result.err, readings(desk)) == (2, True, {})
