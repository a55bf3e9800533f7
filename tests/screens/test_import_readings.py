"""Readings from a paste or a file: the metric is named, questions are lines, and nothing is replaced unasked."""

import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import Button, ProgressBar

from cimodel_tui.cli.config import Config
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.model.agreement import counted_same_way
from cimodel_tui.model.baseline import Metric
from cimodel_tui.model.step import Place
from cimodel_tui.screens.import_preview import Answer, ImportPreview
from cimodel_tui.screens.import_window import ImportScreen
from cimodel_tui.sources.recipe import ImportResult, MetricFacts, Recipe
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.workbook.incoming import ReadingOptions, interpret_import
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, there, told, turn_to, until
from tests.waiting import DEADLINE
from tests.workbook.stories import counted, measured

FILES = Path(__file__).parents[1] / "sources" / "files"
TICKETS = (FILES / "tickets.csv").read_text("utf-8")
MOST_KEYS = 10


class Counting(Hands):
    """Counts every key that is not the name of a file."""

    keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await super().press(*keys)


@asynccontextmanager
async def metrics_of(
    room: Room, story: Callable[[Pen], None] = measured, size: tuple[int, int] = (100, 40)
) -> AsyncIterator[Hands]:
    """Open a workbook at the metrics of step 2."""
    async with room.at(told(room, story), size) as hands:
        await turn_to(hands, "baseline", field="metrics")
        yield hands


async def choose_file(hands: Hands, path: Path) -> None:
    """Name a file in the import window."""
    await hands.press("i")
    await hands.paste(str(path))
    await hands.press("enter")


def first_metric(hands: Hands) -> Metric:
    return passes(hands)[0].baseline.metrics[0]


async def metric_with_name(hands: Hands, name: str, unit: str) -> str:
    await hands.add_row("metrics", name=name, unit=unit)
    return next(each.id for each in passes(hands)[0].baseline.metrics if each.name == name)


def readings(hands: Hands, metric: str) -> dict[str, str]:
    found = hands.book.improvements()[0].readings.get(metric, {})
    return {day: each.value for day, each in sorted(found.items())}


async def test_a_paste_into_the_second_metric_changes_the_second(room: Room) -> None:
    async with metrics_of(room) as hands:
        first = first_metric(hands).id
        before = readings(hands, first)
        second = await metric_with_name(hands, "Repeat calls", "calls")
        await hands.to("metrics")
        await hands.press("G")
        await hands.paste("2026-04-06\t5.1\n2026-04-13\t5.0")
        hands.see("Import readings of Repeat calls (calls)")
        hands.see("2 new. F9 imports.")
        await hands.press("f9", "escape")
        assert readings(hands, second) == {"2026-04-06": "5.1", "2026-04-13": "5.0"}
        assert readings(hands, first) == before


async def test_button_of_a_paste_says_what_it_does_and_is_idle_where_nothing_is_new(room: Room) -> None:
    async with metrics_of(room) as hands:
        before = readings(hands, first_metric(hands).id)
        day, value = next(iter(before.items()))
        await hands.to("metrics")
        await hands.paste(f"{day}\t{value}\nsoon\t5")
        button = hands.screen.query_one(Button)
        assert (str(button.label), button.disabled) == ("Nothing new to import", True)
        await hands.press("f9")
        assert "Nothing new to import." in hands.told()
        hands.see("Import readings of")
        await hands.press("escape")
        await hands.paste("2026-04-06\t5.1\n2026-04-13\t5.0")
        button = hands.screen.query_one(Button)
        assert (str(button.label), button.disabled) == ("Import 2 readings", False)
        await hands.press("escape")
        assert readings(hands, first_metric(hands).id) == before


def ticket(day: str) -> str:
    return f"INC{day},{day} 09:00:00,{day} 10:00:00,1,true,Desk,0\n"


async def test_a_ticket_export_becomes_twelve_weekly_readings_in_few_keys(room: Room) -> None:
    path = room.folder / "tickets.csv"
    weeks = "".join(map(ticket, ("2026-03-17", "2026-03-24", "2026-03-31")))
    path.write_text(TICKETS + weeks, "utf-8")
    more = room.folder / "next.csv"
    more.write_text(TICKETS + weeks + ticket("2026-04-06"), "utf-8")
    async with room.at(told(room, measured), (110, 40)) as plain:
        hands = Counting(plain.app, plain.pilot)
        await turn_to(hands, "baseline", field="metrics")
        metric = await metric_with_name(hands, "Tickets", "tickets")
        await hands.edit_row("metrics", 1, frequency="weekly")
        await hands.to("metrics")
        await hands.press("G")
        hands.keys = 0
        await hands.press("i")
        await hands.paste(str(path))
        await hands.press("enter", "c", "enter")
        hands.see("12 new")
        hands.see("2026-03-02 18")
        await hands.press("f9")
        assert hands.keys <= MOST_KEYS
        assert len(readings(hands, metric)) == 12
        assert passes(hands)[0].baseline.metrics[1].recipe is not None
        hands.keys = 0
        await hands.press("i")
        await hands.paste(str(more))
        await hands.press("enter")
        assert hands.keys == 2
        assert readings(hands, metric)["2026-03-30"] == "1"


async def test_days_and_values_of_tickets_are_shown_on_a_small_terminal(room: Room) -> None:
    path = room.folder / "tickets.csv"
    path.write_text(TICKETS, "utf-8")
    async with metrics_of(room, counting_all, size=(80, 24)) as hands:
        await choose_file(hands, path)
        await until(hands, "Only tickets where")
        for heading in ("Day", "Value", "Note"):
            hands.see(heading)
        hands.see("2026-01-05")


async def test_an_open_question_is_a_line_and_holds_the_import_up(room: Room) -> None:
    async with metrics_of(room) as hands:
        metric = first_metric(hands).id
        before = readings(hands, metric)
        await hands.press("r")
        await hands.paste("2026-04-06,7,1\n2026-04-13,6,2")
        hands.see("did the separator cut the number")
        assert hands.screen.query_one(Button).disabled
        await hands.press("f9")
        assert isinstance(hands.screen, ImportScreen)
        assert readings(hands, metric) == before
        await hands.press("c", "enter")
        hands.see("2 new")
        await hands.press("f9", "escape")
        assert readings(hands, metric)["2026-04-06"] == "7.1"


async def test_separators_and_line_ends_inside_of_pasted_cells_are_text(room: Room) -> None:
    prose = 'Date;Hours, mean;Note\n2026-04-06;5.1;calm, mostly\n2026-04-13;5.0;"two\nlines, ""quoted"""\n'
    async with metrics_of(room) as hands:
        metric = first_metric(hands).id
        await hands.press("r")
        await hands.paste(prose)
        hands.see("2 new")
        await hands.press("f9", "escape")
        found = hands.book.improvements()[0].readings[metric]
        assert (found["2026-04-06"].value, found["2026-04-06"].note) == ("5.1", "calm, mostly")
        assert (found["2026-04-13"].value, found["2026-04-13"].note) == ("5.0", 'two\nlines, "quoted"')


async def test_a_paste_that_would_replace_says_so_and_waits_for_a_tick(room: Room) -> None:
    async with metrics_of(room) as hands:
        metric = first_metric(hands).id
        day, value = list(readings(hands, metric).items())[-1]
        await hands.press("r")
        await hands.paste(f"{day}\t99\n2026-09-07\t5")
        hands.see(f"1 restated ({value} becomes 99)")
        assert hands.screen.query_one(".words").has_class("warning")
        await hands.press("f9")
        assert (readings(hands, metric)[day], readings(hands, metric)["2026-09-07"]) == (value, "5")
        await hands.paste(f"{day}\t99\n2026-09-07\t5")
        await hands.tab_until(lambda widget: widget.name == "restate", "the tick")
        await hands.press("space", "f9", "escape")
        reading = hands.book.improvements()[0].readings[metric][day]
        assert (reading.value, [old.value for old in reading.was]) == ("99", [value])


@pytest.mark.parametrize("name", ["nowhere.csv", "~nobody/x.csv", ""])
async def test_a_file_that_cannot_be_read_is_said_in_the_window(room: Room, name: str) -> None:
    async with metrics_of(room) as hands:
        await hands.press("i")
        await hands.type(name)
        await hands.press("enter")
        hands.see("cannot be read")
        await hands.press("escape")


async def test_a_file_that_is_not_there_leaves_nothing_of_the_one_before(room: Room) -> None:
    path = room.folder / "hours.csv"
    path.write_text("date,value\n2026-04-06,5.1\n", "utf-8")
    async with metrics_of(room) as hands:
        metric = first_metric(hands).id
        before = readings(hands, metric)
        await choose_file(hands, path)
        hands.see("1 new")
        await hands.press("x", "enter")
        hands.see("cannot be read")
        await hands.press("f9")
        assert isinstance(hands.screen, ImportScreen)
        await hands.press("escape")
        assert readings(hands, metric) == before


async def test_a_large_file_is_read_beside_the_typing_and_can_be_left(room: Room) -> None:
    path = room.folder / "large.csv"
    rows = "".join(
        f"{at},2026-01-{5 + at % 20:02d} 09:00:00,2026-01-{5 + at % 20:02d} 10:00:00\n" for at in range(4000)
    )
    path.write_text(f"number,opened_at,resolved_at\n{rows}", "utf-8")
    async with metrics_of(room) as hands:
        await choose_file(hands, path)
        await until(hands, "What is measured?")
        await hands.press("c", "enter", "tab", "w", "enter")
        await until(hands, " new")
        await hands.press("escape")
        assert not isinstance(hands.screen, ImportScreen)


def counting_all(pen: Pen) -> None:
    counted(pen, TICKETS.encode(), Recipe(measure="count", every="week", zone="UTC"))


@pytest.mark.parametrize(("answer", "is_anew"), [("a", True), ("k", False)])
async def test_another_recipe_asks_what_becomes_of_the_agreed_baseline(room: Room, answer: str, is_anew: bool) -> None:
    path = room.folder / "tickets.csv"
    path.write_text(TICKETS, "utf-8")
    async with metrics_of(room, counting_all, size=(110, 40)) as hands:
        metric = first_metric(hands).id
        before = readings(hands, metric)
        await choose_file(hands, path)
        await until(hands, "Only tickets where")
        await hands.tab_until(lambda widget: asks_for(widget, "where"), "the condition")
        await hands.type("priority^=1")
        await hands.press("enter")
        await until(hands, "recalculate its 9 readings anew from this file")
        assert hands.screen.query_one(Button).disabled
        await hands.tab_until(lambda widget: asks_for(widget, "baseline"), "what becomes of the baseline")
        await hands.press(answer, "enter", "f9")
        hands.see("Why change it?")
        await hands.type("only the urgent")
        await hands.press("enter")
        assert (readings(hands, metric) != before) is is_anew
        (iteration,) = passes(hands)
        assert counted_same_way(iteration, iteration.baseline.metrics[0]) is is_anew


def asks_for(widget: Widget, option: str) -> bool:
    return any(isinstance(each, Answer) and each.question.option == option for each in widget.ancestors)


async def test_a_large_table_of_readings_shows_how_far_it_is_and_can_be_cancelled(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{day},7\n" for day in (date(1990, 1, 1) + timedelta(days=at) for at in range(12_000)))
    path = room.folder / "large.csv"
    path.write_text(f"date,value\n{rows}", "utf-8")
    go_on = threading.Event()

    def slowly(
        data: bytes, metric: Metric, facts: MetricFacts, recipe: Recipe, today: date, how: ReadingOptions
    ) -> ImportResult:
        def told_slowly(row: int) -> None:
            assert how.progress is not None
            how.progress(row)
            assert go_on.wait(DEADLINE)

        return interpret_import(data, metric, facts, recipe, today, replace(how, progress=told_slowly))

    monkeypatch.setattr("cimodel_tui.screens.import_window.interpret_import", slowly)
    async with metrics_of(room) as hands:
        metric = first_metric(hands).id
        before = readings(hands, metric)
        await choose_file(hands, path)
        bar = hands.screen.query_one(ProgressBar)
        await there(hands, lambda: bar.progress > 0)
        assert (bar.display, bar.total) == (True, 12_001)
        hands.see("reading ... (Esc cancels)")
        await hands.press("escape")
        go_on.set()
        await until(hands, "cancelled")
        await hands.rest()
        assert not bar.display
        assert hands.screen.query_one(Button).disabled
        await hands.press("escape")
        assert readings(hands, metric) == before


@dataclass
class FeedRoom(Room):
    """A room whose machine defines a feed."""

    def desk(self) -> FileDesk:
        feeds = {"fcr": {"kind": "csv", "path": str(self.folder / "fcr.csv")}}
        return FileDesk(self.places, Config(name=self.me, keys=self.keys, feeds=feeds), self.clock)


async def test_a_feed_that_is_waited_for_can_be_cancelled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room, go_on = FeedRoom(tmp_path), threading.Event()
    monkeypatch.setattr(FileDesk, "fetch", lambda *_: go_on.wait(DEADLINE) and b"date,value\n2026-04-06,5.1\n")
    async with metrics_of(room) as hands:
        metric = first_metric(hands)
        hands.book.change(replace(passes_place(hands), row=metric.id, column="feed"), "fcr")
        await hands.settle()
        await hands.press("p")
        await hands.push("Allow it for this workbook")
        await until(hands, "fetching ... (Esc cancels)")
        await hands.press("escape")
        go_on.set()
        await until(hands, "cancelled")
        await hands.rest()
        await hands.press("escape")
        assert "2026-04-06" not in readings(hands, metric.id)


async def test_a_feed_is_pulled_by_a_key_once_it_is_allowed(tmp_path: Path) -> None:
    room = FeedRoom(tmp_path)
    (tmp_path / "fcr.csv").write_text("date,value\n2026-04-06,5.1\n2026-04-13,5.0\n2026-04-20,NaN\n", "utf-8")
    async with metrics_of(room) as hands:
        await hands.press("p")
        assert "names no feed" in hands.told()
        metric = first_metric(hands)
        place = replace(passes_place(hands), row=metric.id, column="feed")
        hands.book.change(place, "fcr")
        await hands.settle()
        await hands.press("p")
        hands.see("Feed fcr reads")
        await hands.push("Allow it for this workbook")
        await there(hands, lambda: "2026-04-13" in readings(hands, metric.id))
        assert readings(hands, metric.id)["2026-04-06"] == "5.1"
        assert 'row 4 is left out: no value: "NaN"' in hands.told()
        (tmp_path / "fcr.csv").unlink()
        await hands.press("p")
        await until(hands, "cannot be read")
        await hands.press("escape")


def passes_place(hands: Hands) -> Place:
    iteration = passes(hands)[0]
    return Place(iteration.improvement, iteration.id, "baseline", "metrics")


async def test_import_window_shows_the_formats_until_a_file_is_read(room: Room) -> None:
    path = room.folder / "fcr.csv"
    path.write_text("date,value\n2026-04-06,5.1\n", "utf-8")
    async with metrics_of(room, size=(80, 24)) as hands:
        await hands.press("i")
        for words in ("date,value,note", "Ticket export", "nothing is imported before you confirm it"):
            hands.see(words)
        assert not hands.shows("Row  Day")
        await hands.paste(str(path))
        await hands.press("enter")
        hands.see("1 new")
        assert not hands.shows("Ticket export")


async def test_chart_of_an_import_goes_on_from_the_readings_that_are_there(room: Room) -> None:
    path = room.folder / "fcr.csv"
    path.write_text("date,value\n2026-04-06,5.1\n", "utf-8")
    async with metrics_of(room) as hands:
        await choose_file(hands, path)
        chart = hands.screen.query_one(ImportPreview).query_one(ChartView)
        hands.see("baseline")
        hands.see("5 Jan 2026")
        assert chart.display
