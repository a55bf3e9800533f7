"""A recipe that counts otherwise than the agreed baseline: it is reckoned anew from the export, or it stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cimodel_tui.model.agreement import counted_same_way
from cimodel_tui.sources.recipe import Recipe
from cimodel_tui.storage.open import create, load, open_store
from cimodel_tui.storage.paths import user_folders
from cimodel_tui.workbook import Workbook
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.workbook.stories import counted

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk


TICKETS = Path(__file__).parents[1] / "sources" / "files" / "tickets.csv"
EVERY_TICKET = Recipe(measure="count", every="week", zone="UTC")
URGENT = ("--where", "priority^=1", "--save", "--yes")
KEEP, ANEW = ("--baseline", "keep", "--why", "only the urgent"), ("--baseline", "anew", "--why", "only the urgent")


@pytest.fixture
def book(desk: Desk) -> Path:
    """A workbook whose baseline counts every ticket of the export."""
    path = desk.folder / "desk.json"
    create(path, "Desk", user_folders())
    store = open_store(path, user_folders(), editor=False)
    ids, clock = steady_ids(), WalkingClock(date(2026, 1, 5))
    pen = Pen(Workbook(store, clock, me="Ada", ids=lambda: next(ids)), clock)
    counted(pen, TICKETS.read_bytes(), EVERY_TICKET)
    store.close()
    return path


def take(desk: Desk, *options: str, export: Path = TICKETS) -> CommandResult:
    return desk.run("reading", "from", "desk.json", "CI-0001", "m1", export, *options)


def readings(desk: Desk) -> list[str]:
    document: Any = desk.run("show", "desk.json", "CI-0001", "--json").json
    return [each["value"] for each in document["metrics"][0]["readings"]]


def is_alike(path: Path) -> bool:
    documents = load(path, user_folders()).documents()
    (iteration,) = documents.iterations.values()
    return counted_same_way(iteration, iteration.baseline.metrics[0])


def coached(desk: Desk) -> bool:
    return "C5" in {each["id"] for each in desk.run("coach", "desk.json", "--json").json}


def test_what_becomes_of_the_baseline_is_asked(desk: Desk, book: Path) -> None:
    before = book.read_bytes()
    result = take(desk, *URGENT)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert "where priority^=1, was not given" in result.err
    assert "recalculate its 9 readings anew" in result.err
    assert "--baseline anew|keep" in result.err
    assert book.read_bytes() == before


def test_it_is_reckoned_anew_as_an_amendment(desk: Desk, book: Path) -> None:
    assert readings(desk)[:2] == ["12", "13"]
    assert take(desk, *URGENT, *ANEW).code == 0
    urgent = [line.split()[1] for line in take(desk, "--preview").out.splitlines() if line.startswith("  2026")]
    assert readings(desk) == urgent
    assert readings(desk)[:2] != ["12", "13"]
    assert is_alike(book)
    assert not coached(desk)
    assert desk.run("doctor", "desk.json").code == 0
    (iteration,) = desk.run("show", "desk.json", "CI-0001", "--json").json["iterations"]
    assert {each["why"] for each in iteration["amendments"]} == {"only the urgent"}


def test_it_stays_and_is_no_longer_counted_alike(desk: Desk, book: Path) -> None:
    before = readings(desk)
    assert take(desk, *URGENT, *KEEP).code == 0
    assert readings(desk) == before
    assert not is_alike(book)
    assert coached(desk)
    assert desk.run("doctor", "desk.json").code == 0


def test_it_can_be_reckoned_anew_by_a_later_export(desk: Desk, book: Path) -> None:
    before = readings(desk)
    assert take(desk, *URGENT, *KEEP).code == 0
    assert take(desk).code == 0
    assert readings(desk) == before
    assert take(desk, *ANEW).code == 0
    assert readings(desk) != before
    assert (is_alike(book), coached(desk)) == (True, False)


def test_reckoned_anew_and_then_counted_otherwise_is_asked_again(desk: Desk, book: Path) -> None:
    assert take(desk, *URGENT, *ANEW).code == 0
    assert take(desk, "--where", "priority^=2", "--save", "--yes").code == 2
    assert take(desk, "--where", "priority^=2", "--save", "--yes", *KEEP).code == 0
    assert not is_alike(book)


def test_an_export_without_all_of_the_baseline_cannot_reckon_it_anew(desk: Desk, book: Path) -> None:
    header, *rows = TICKETS.read_text("utf-8").splitlines(keepends=True)
    late = desk.folder / "late.csv"
    late.write_text(header + "".join(row for row in rows if row.split(",")[1] >= "2026-01-19"), "utf-8")
    before = book.read_bytes()
    result = take(desk, *URGENT, *ANEW, export=late)
    assert (result.code, "lacks 2 of its 9 readings, the first 2026-01-05" in result.err) == (2, True)
    assert book.read_bytes() == before


@pytest.mark.usefixtures("book")
def test_tickets_are_not_counted_past_the_recipe_of_the_metric(desk: Desk) -> None:
    result = take(desk, "--where", "priority^=1", "--yes")
    assert (result.code, "--save" in result.err) == (2, True)
    document = take(desk, "--where", "priority^=1", "--preview")
    assert (document.code, "--baseline anew|keep" in document.out) == (0, True)


@pytest.mark.usefixtures("book")
def test_how_a_file_is_read_is_no_other_way_of_counting(desk: Desk) -> None:
    assert take(desk, "--dates", "ymd", "--settle", "7", "--save", "--yes").code == 0
    assert take(desk, "--baseline", "often").code == 2


def fed(desk: Desk, book: Path, definition: str) -> None:
    """Let the metric name a feed of tickets which the configuration defines."""
    document = json.loads(book.read_text("utf-8"))
    (iteration,) = document["iterations"].values()
    iteration["baseline"]["metrics"][0]["feed"] = "tickets"
    book.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
    where = dict(line.split(maxsplit=1) for line in desk.run("where").out.splitlines())
    folder = Path(where["config"]).expanduser()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "config.toml").write_text(f'[feeds.tickets]\nkind = "tickets"\n{definition}\n', "utf-8")
    (folder / "config.toml").chmod(0o600)


def pull(desk: Desk) -> CommandResult:
    return desk.run("pull", "desk.json", "--allow", "tickets")


def test_sealed_differences_are_kept_by_a_file_with_0_and_by_a_feed_with_1(desk: Desk, book: Path) -> None:
    changed = desk.folder / "changed.csv"
    more = "INC1,2026-01-06 09:00:00,2026-01-06 10:00:00,1,true,Desk,0\n"
    changed.write_text(TICKETS.read_text("utf-8") + more, "utf-8")
    fed(desk, book, f'path = "{changed}"')
    before = readings(desk)
    result = take(desk, "--yes", export=changed)
    assert (result.code, "1 sealed reading differs by at most 1" in result.err) == (0, True)
    pulled = pull(desk)
    assert (pulled.code, "1 sealed reading differs by at most 1" in pulled.err) == (1, True)
    assert readings(desk) == before
    assert take(desk, "--yes", "--why", "one came late", export=changed).code == 0
    assert readings(desk)[0] == "13"


def test_a_feed_does_not_count_past_the_recipe_of_the_metric(desk: Desk, book: Path) -> None:
    fed(desk, book, f'path = "{TICKETS}"\nwhere = ["priority^=1"]')
    before = readings(desk)
    result = pull(desk)
    assert (result.code, "where priority^=1, was not given" in result.err, result.err.count("\n")) == (2, True, 1)
    assert readings(desk) == before


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("header", ["date,value\n", "", "Week;Tickets;Note\n"])
def test_a_table_of_readings_is_read_though_tickets_are_counted(desk: Desk, header: str) -> None:
    text = header + "2026-03-16,5\n2026-03-23,6\n".replace(",", ";" if ";" in header else ",")
    result = desk.run("reading", "add", "desk.json", "CI-0001", "m1", "-", stdin=text)
    assert (result.code, result.err) == (0, "")
    assert readings(desk)[-2:] == ["5", "6"]


@pytest.mark.usefixtures("book")
def test_tickets_without_their_moments_are_asked_for(desk: Desk) -> None:
    export = desk.folder / "odd.csv"
    export.write_text("number,begin,end,team,text\n1,2026-03-16 09:00,2026-03-16 10:00,A,x\n", "utf-8")
    result = take(desk, export=export)
    assert (result.code, "--resolved" in result.err) == (2, True)
