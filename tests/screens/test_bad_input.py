"""What cannot be read stays where it was typed, with a word beside it, and reaches the file as nothing else."""

import pytest

from cimodel_tui.screens.readings import ReadingLine
from tests.screens.conftest import Room
from tests.screens.prepared import passes, told, turn_to, until
from tests.workbook.stories import measured

UNREADABLE = ("12,5", "1_000", "5%", "NaN", "inf", "1e999", "seven", "", "٣")
"""Values that a reading cannot have without being asked about."""


async def test_number_and_day_that_cannot_be_read_stay_as_typed_with_a_word_and_stay_over_a_reopening(
    room: Room,
) -> None:
    path = told(room, measured)
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "target", field="targets")
        await hands.press("enter")
        await hands.write(value="12,5", by="31 feb")
        hands.see("✗ ")
        assert (hands.value("value"), hands.value("by")) == ("12,5", "31 feb")
        await hands.press("escape", "ctrl+q")
    _, iteration = room.only_improvement(path)
    assert [(row.value, row.by) for row in iteration.target.targets] == [("12,5", "31 feb")]
    async with room.at(path, (100, 40)) as hands:
        await turn_to(hands, "target", field="targets")
        await hands.press("enter")
        assert (hands.value("value"), hands.value("by")) == ("12,5", "31 feb")
        hands.see("✗ ")


async def test_reading_that_cannot_be_read_is_said_beside_the_line_and_neither_kept_nor_lost(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        before = hands.book.improvements()[0].readings
        await hands.press("r")
        for value in UNREADABLE:
            await hands.type(f"2026-04-06 {value}")
            hands.see("✗ ")
            await hands.press("enter")
            assert hands.screen.query_one(ReadingLine).value == f"2026-04-06 {value}"
            assert hands.book.improvements()[0].readings == before, value
            await hands.press("end", "ctrl+u")


@pytest.mark.parametrize("bad", ["2026-02-30\t5", "soon\t5", "2026-04-20\tfive", "2026-04-06\t9"])
async def test_pasted_rows_that_cannot_be_read_are_marked_and_stay_to_be_mended(room: Room, bad: str) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="metrics")
        before = hands.book.improvements()[0].readings
        await hands.press("r")
        await hands.paste(f"2026-04-06\t5.1\n{bad}\n2026-04-13\t5.0")
        hands.see("2 readings understood, 1 row not: correct it here. F9 imports 2.")
        hands.see("✗ ")
        await hands.press("f9")
        hands.see("1 of 3 rows cannot be read. Import the 2 others?")
        await hands.press("escape")
        assert hands.book.improvements()[0].readings == before
        hands.see(bad.partition("\t")[0])
        await hands.press("escape", "escape")
        assert hands.book.improvements()[0].readings == before


async def test_day_is_shown_as_understood_at_once_and_names_complete_from_what_the_workbook_holds(room: Room) -> None:
    async with room.at(told(room, measured), (100, 40)) as hands:
        await turn_to(hands, "baseline", field="agreed_by")
        await hands.type("ad")
        await until(hands, "ada")
        await hands.press("right")
        assert hands.value("agreed_by") == "Ada"
        await hands.to("agreed_on")
        for typed, understood in (("+30", "in 30 days"), ("14 mar", "Sat 14 Mar 2026"), ("today", "today")):
            await hands.press("end", "ctrl+u")
            await hands.type(typed)
            assert hands.value("agreed_on") == typed
            hands.see(understood)
        await hands.press("tab")
        day = room.clock.today().isoformat()
        assert passes(hands)[0].baseline.agreed_on == day
