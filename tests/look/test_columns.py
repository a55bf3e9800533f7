"""No cell is cut while there is room for it: in its column, in a column beside it, or on a line below."""

from rich.console import Console

from cimodel_tui.widgets.columns import GAP, Column, is_cut, needed, widths, wrapped
from cimodel_tui.widgets.table import Table
from tests.look.conftest import Sample, Situation

COLUMNS = (Column("Ref", 7), Column("Title", 20, share=4), Column("Status", 12, share=1, rank=1), Column("On", 10))
ROW = ("CI-0001", "Restore store systems faster", "idea", "2026-11-23")


def shared(width: int) -> dict[str, int]:
    wide = widths(COLUMNS, width, needed([[each.heading for each in COLUMNS], ROW]))
    return {each.heading: cells for each, cells in zip(COLUMNS, wide, strict=True)}


def test_column_gives_what_it_does_not_need_to_the_one_that_is_cut() -> None:
    assert shared(57) == {"Ref": 7, "Title": 28, "Status": 6, "On": 10}


def test_what_nobody_needs_goes_to_those_with_a_share() -> None:
    wide = shared(100)
    assert wide["Title"] > len(ROW[1])
    assert wide["On"] == len(ROW[3])
    assert sum(wide.values()) + 3 * GAP <= 100


def test_column_of_the_highest_rank_is_left_out_first() -> None:
    assert shared(46)["Status"] == 0


def test_heading_is_not_cut_for_the_sake_of_a_long_text() -> None:
    columns = (Column("Name", 14, share=4), Column("Target value", 10))
    assert widths(columns, 30, needed([["Name", "Target value"], ["first-contact resolution", "68"]]))[1] == 12


def test_long_cell_goes_on_below_and_says_where_it_is_cut() -> None:
    lines = [line.plain for line in wrapped("Restore store systems faster", 12, 2, Console())]
    assert lines == ["Restore     ", "store syste…"]


async def test_every_title_of_the_register_is_whole_beside_the_preview(sample: Sample) -> None:
    for size in ((120, 40), (200, 60)):
        async with sample.at(size) as hands:
            await Situation("register").reach(hands)
            table = hands.screen.query_one(Table)
            assert table.row_count == len(hands.book.improvements())
            for improvement in hands.book.improvements():
                assert improvement.title in hands.read(), size


async def test_narrow_register_shows_the_marked_title_whole(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("register").reach(hands)
        for improvement in hands.book.improvements():
            hands.see(improvement.title)
            await hands.press("j")


async def test_click_on_the_second_line_of_a_row_is_a_click_on_the_row(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("register").reach(hands)
        table = hands.screen.query_one(Table)
        line = 1 + next(y for y, text in enumerate(hands.lines()) if "fear" in text)
        await hands.pilot.click(offset=(table.region.x + 12, line))
        await hands.settle()
        assert hands.book.improvement(table.current_id).ref == "CI-0003"


async def test_every_title_of_the_grid_is_whole_where_the_terminal_is_roomy(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("grid", page="grid").reach(hands)
        assert "…" not in hands.read()


async def test_names_beside_the_result_are_whole_where_there_is_room_also_after_a_resize(sample: Sample) -> None:
    name = "whole store down for more than an hour"
    async with sample.at((200, 50)) as hands:
        await Situation("check", page="check").reach(hands)
        beside = [line for line in hands.lines() if "10.7 d" in line]
        assert beside
        assert name in beside[0]
        await hands.pilot.resize_terminal(80, 24)
        await hands.settle()
        lines = [line for line in hands.lines() if "10.7 d" in line]
        assert lines
        assert "…" in lines[0]


async def test_table_of_a_step_and_the_field_below_it_are_apart_where_there_is_room(sample: Sample) -> None:
    async with sample.at((120, 50)) as hands:
        await Situation("plan", page="plan", ref="CI-0002").reach(hands)
        lines = hands.lines()
        at = next(at for at, line in enumerate(lines) if line.lstrip().startswith("Chosen option"))
        assert not lines[at - 1][:70].strip()


async def test_text_beside_a_scrollbar_says_that_it_is_cut(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("history", page="history", ref="CI-0003").reach(hands)
        line = next(line for line in hands.lines() if "verified" in line)
        assert "…" in line.split("verified")[1][20:]


async def test_reading_after_the_result_stands_under_the_same_word_as_in_the_chart(sample: Sample) -> None:
    async with sample.at((120, 40)) as hands:
        await Situation("readings", page="dashboard", keys=("r",)).reach(hands)
        assert next(line for line in hands.lines() if "2026-11-16" in line).split("2026-11-16")[1].split()[1] == "after"


def test_column_is_cut_where_what_stands_in_it_is_longer_than_its_share() -> None:
    columns = [Column("Cause", 6, share=1), Column("Evidence", 6, share=1)]
    rows = [["a cause of many words", "evidence"]]
    assert is_cut(columns, 20, rows)
    assert not is_cut(columns, 21 + GAP + 8, rows)


def test_column_that_is_left_out_is_not_cut() -> None:
    columns = [Column("Cause", 6), Column("Evidence", 20, rank=1)]
    assert not is_cut(columns, 10, [["a cause", "evidence of many words"]])
