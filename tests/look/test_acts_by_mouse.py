"""The acts of the seven steps by mouse: agree, verify, go back, sustain, next; and the ways between the pages."""

from textual.command import CommandInput, CommandList
from textual.widgets import Button, Input, OptionList

from cimodel_tui.forms.ask import Ask, Choose
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.screens.coach import CoachScreen, Findings
from cimodel_tui.screens.page import Heading
from cimodel_tui.screens.palette import PaletteScreen
from cimodel_tui.widgets.chart import ChartView
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.table import Table
from tests.look.conftest import Sample, Situation, place_of
from tests.look.test_mouse import click, figures_are_in, front, window
from tests.samples.pen import Pen
from tests.screens.conftest import Hands, Room
from tests.screens.prepared import passes, there, told, turn_to, until
from tests.workbook.stories import SHORT, acted, embedding, measured, verified

ALL_OF_IT = (100, 90)
"""A terminal that shows a whole step at once."""

BETTER = "5.1 4.7 5.2 4.4 4.8 4.3 4.9 4.5"


async def push(hands: Hands, words: str) -> None:
    """Click on a button."""
    found = await there(hands, lambda: [each for each in shown(hands) if str(each.label) == words])
    await hands.pilot.click(found[0])
    await hands.settle()


def shown(hands: Hands) -> list[Button]:
    return [each for each in hands.screen.query(Button) if each.display]


def buttons(hands: Hands) -> list[str]:
    return [str(each.label) for each in shown(hands)]


async def into(hands: Hands, name: str) -> None:
    """Click into a field."""
    box = next(each for each in hands.screen.query(FieldBox) if each.field.name == name)
    await hands.pilot.click(box.control)
    await hands.settle()
    assert hands.place[1] == name


async def fill(hands: Hands, **answers: str) -> None:
    """Click into each field and type."""
    for name, text in answers.items():
        await into(hands, name)
        await hands.type(text)


async def choose(hands: Hands, name: str, words: str) -> None:
    """Click on a list of choices, and on one of them."""
    box = next(each for each in hands.screen.query(FieldBox) if each.field.name == name)
    await hands.pilot.click(box.control)
    await hands.settle()
    control = hands.app.focused
    assert isinstance(control, DropDown)
    assert control.is_open
    await click(hands, words, control.query_one(OptionList))


def to_be_agreed(pen: Pen) -> None:
    measured(pen)
    pen.on("2026-03-30")


async def test_baseline_and_target_are_agreed_by_mouse(room: Room) -> None:
    async with room.at(told(room, to_be_agreed), ALL_OF_IT) as hands:
        await turn_to(hands, "baseline")
        await fill(hands, agreed_by="Grace", agreed_on="today")
        await push(hands, "Agree")
        await push(hands, "Agree and seal")
        hands.see("◆ agreed by Grace on 2026-03-30")
        assert "Agree" not in buttons(hands)
        await push(hands, "Next step")
        assert front(hands) == "target"
        table = hands.screen.query(Table).first()
        await hands.pilot.click(table, offset=(2, 1))
        await hands.settle()
        await fill(hands, value="5.0", by="2026-06-30")
        await click(hands, "Esc done", ".frame .keys")
        await fill(hands, agreed_by="Grace", agreed_on="today")
        await push(hands, "Agree")
        await push(hands, "Agree and seal")
        hands.see("◆ agreed by Grace on 2026-03-30")
        assert all((passes(hands)[0].baseline.seal, passes(hands)[0].target.seal))


def to_be_checked(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", other_causes="none found", keep="swarming")


async def test_result_is_verified_and_the_next_step_follows_by_mouse(room: Room) -> None:
    async with room.at(told(room, to_be_checked), ALL_OF_IT) as hands:
        await turn_to(hands, "check")
        await choose(hands, "decision", "go on to 7")
        await fill(hands, verified_by="Grace", verified_on="today")
        await push(hands, "Verify")
        await hands.through_the_check()
        await until(hands, "Verdict: Achieved (verified)")
        assert passes(hands)[0].check.verified
        await push(hands, "Next step")
        assert front(hands) == "momentum"
        assert passes(hands)[0].momentum.sustain_checks  # they are planned on the way here
        assert "Plan the sustain checks" not in buttons(hands)


async def test_verifying_without_a_name_asks_for_it(room: Room) -> None:
    room.me = ""
    async with room.at(told(room, to_be_checked), ALL_OF_IT) as hands:
        await turn_to(hands, "check")
        await choose(hands, "decision", "go on to 7")
        await push(hands, "Verify")
        assert window(hands) is Ask
        await hands.type("Grace")
        await hands.press("enter")
        await hands.through_the_check()
        await until(hands, "verified by Grace on 2026-06-22")


def fell_short(pen: Pen) -> None:
    verified(pen, values=SHORT, decision="revisit")
    pen.write("check", decision_reason="")


async def test_step_to_go_back_to_is_chosen_by_mouse(room: Room) -> None:
    async with room.at(told(room, fell_short), ALL_OF_IT) as hands:
        await turn_to(hands, "check")
        await choose(hands, "revisit_step", "4 How do we get there?")
        await fill(hands, decision_reason="the rota was not it")
        await push(hands, "Go back to the chosen step")
        assert front(hands) == "plan"
        assert len(passes(hands)) == 2


async def test_going_back_to_the_measurement_asks_whether_the_number_can_be_trusted(room: Room) -> None:
    async with room.at(told(room, fell_short), ALL_OF_IT) as hands:
        await turn_to(hands, "check")
        await choose(hands, "revisit_step", "2 Where are we now?")
        await fill(hands, decision_reason="it was measured badly")
        await push(hands, "Go back to the chosen step")
        assert window(hands) is Choose
        await push(hands, "No: measure again")
        assert front(hands) == "baseline"
        assert passes(hands)[1].entered_at == "baseline"


def to_be_recorded(pen: Pen) -> None:
    embedding(pen)
    pen.write("momentum", next="")
    pen.on("2026-07-24")
    pen.read("hours", "2026-07-20", "4.6")


async def test_sustain_check_is_recorded_and_the_next_iteration_begun_by_mouse(room: Room) -> None:
    async with room.at(told(room, to_be_recorded), ALL_OF_IT) as hands:
        await turn_to(hands, "momentum")
        await push(hands, "Record the check that is due")
        (row,) = passes(hands)[0].momentum.sustain_checks
        assert (row.result, row.open) == ("4.6", False)
        await choose(hands, "next", "now")
        await push(hands, "Start the next iteration")
        await push(hands, "Start iteration 2 today")
        assert len(passes(hands)) == 2
        hands.see("iteration 2")
        assert front(hands) == passes(hands)[1].entered_at


async def test_metric_on_the_dashboard_is_chosen_by_its_row(sample: Sample) -> None:
    for size in ((80, 24), (120, 40)):
        async with sample.at(size) as hands:
            await Situation("dashboard", page="dashboard", ref="CI-0002").reach(hands)
            rows = hands.screen.query_one(".dumbbells", ChartView)
            metrics = hands.book.latest(place_of(hands, "CI-0002").improvement).baseline.metrics
            chart = hands.screen.query_one(".run-chart", ChartView)
            seen = set()
            for at in (1, 0):
                await hands.pilot.click(rows, offset=(5, at * rows.size.height // len(metrics)))
                await hands.settle()
                await hands.pilot.hover(chart)
                seen.add(str(chart.tooltip))
                assert str(chart.tooltip).startswith(f"Run chart of {metrics[at].name},")
            assert len(seen) == 2


async def test_palette_is_opened_by_a_click_on_the_heading_and_runs_what_is_clicked(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("plan", page="plan", ref="CI-0002").reach(hands)
        await hands.pilot.click(hands.screen.query_one(Heading))
        await hands.settle()
        assert window(hands) is PaletteScreen
        hands.screen.query_one(CommandInput)
        await hands.type("Effort and")
        await until(hands, "Which improvement gives most for the least")
        await click(hands, "Effort and benefit", CommandList)
        await hands.settle()
        assert front(hands) == "grid"


def careless(pen: Pen) -> None:
    pen.add("Payments that are there at once")
    pen.write(
        "vision",
        vision="Nobody waits. Payments are back in 4 h. Implement a paging tool.",
        value="My team can go home",
    )


async def test_finding_of_the_coach_is_chosen_by_one_click_and_gone_to_by_the_next(room: Room) -> None:
    async with room.at(told(room, careless), (100, 40)) as hands:
        await turn_to(hands, "vision")
        await click(hands, "F6 coach", ".foot .keys")
        assert window(hands) is CoachScreen
        await click(hands, "◇ V3", Findings)
        assert window(hands) is CoachScreen
        await click(hands, "a answer", ".frame .keys")
        hands.see("V3: why does it not apply here?")
        await hands.press("escape")
        await click(hands, "o to the field", ".frame .keys")
        assert not hands.screen.is_modal
        assert hands.place == ("vision", "value")
        await click(hands, "F6 coach", ".foot .keys")
        await click(hands, "◇ V1", Findings)
        await click(hands, "◇ V2", Findings)
        await click(hands, "⏎ do it", ".frame .keys")
        assert passes(hands)[0].plan.actions[0].what == "Implement a paging tool"


async def test_what_search_finds_is_gone_to_by_mouse(sample: Sample) -> None:
    async with sample.at((100, 40)) as hands:
        await Situation("search", page="search").reach(hands)
        await hands.pilot.click(hands.screen.query_one(Input))
        await hands.type("swarm")
        table = hands.screen.query_one(Table)
        assert table.row_count > 1
        await hands.pilot.click(table, offset=(2, 3))
        await hands.settle()
        assert front(hands) == "search"
        await hands.pilot.click(table, offset=(2, 3))
        await hands.settle()
        assert front(hands) != "search"
        assert hands.place[1]


async def test_rows_of_the_register_stay_under_the_mouse_while_its_figures_are_worked_out(
    sample: Sample,
) -> None:
    async with sample.at() as hands:
        before = next(y for y, line in enumerate(hands.lines()) if "CI-0003" in line)
        assert "improvements ·" not in hands.read()
        await figures_are_in(hands)
        assert "CI-0003" in hands.lines()[before]


async def test_row_opens_by_one_click_whichever_way_one_came_back_to_the_register(sample: Sample) -> None:
    async with sample.at((80, 12)) as hands:
        await Situation("register").reach(hands)
        await hands.press("G", "up")
        for back in (("f5",), ("escape", "escape"), ("f4", "f5")):
            await click(hands, "CI-0007", Table)
            assert front(hands) == "vision"
            await hands.press("enter", *back)
            assert front(hands) == "register"
        await hands.press("slash")
        await click(hands, "CI-0007", Table)
        assert front(hands) == "vision"


async def test_cursor_stays_in_view_where_the_terminal_gets_smaller(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("register").reach(hands)
        await hands.press("G", "up")
        await hands.pilot.resize_terminal(80, 11)
        await hands.settle()
        assert any(line.strip("▌ ").startswith("CI-0007  ") for line in hands.lines())


async def test_readings_open_on_the_latest_one(sample: Sample) -> None:
    async with sample.at() as hands:
        await Situation("readings", page="dashboard", keys=("r",)).reach(hands)
        latest = hands.screen.query_one(Table).current_id
        assert any(f"│  {latest}" in line.replace("▌", " ") for line in hands.lines())
