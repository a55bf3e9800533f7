"""Whoever fills in the sample at the keyboard, quickly: keys are typed ahead, and the screen is drawn after each act.

What is looked up in the app is where things stand (which row, how many Tabs away); whatever is done is done by keys.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from textual.widget import Widget
from textual.widgets import Input, SelectionList, TextArea

from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.form import Form
from cimodel_tui.forms.rows import RowsTable
from cimodel_tui.model.step import step_of
from cimodel_tui.screens.coach import CoachScreen
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.widgets.rail import StepRail
from cimodel_tui.widgets.table import Table
from tests.screens.conftest import Hands

Answers: TypeAlias = Iterable[tuple[str, object]]
"""Names of fields, and what is to stand in them."""

SHORT = 1
"""Texts up to this length are typed, longer ones pasted."""


@dataclass
class Typist(Hands):
    """Knows where things are, and goes there the shortest way."""

    async def press(self, *keys: str) -> None:
        """Press keys without waiting between them."""
        self._ahead(*keys)
        await self.settle()

    def _ahead(self, *keys: str) -> None:
        for key in keys:
            self.send(key)

    async def tab_until(self, there: Callable[[Widget], bool], what: str) -> None:
        """Press Tab or Shift+Tab, whichever is the shorter way."""
        chain, focused = self.screen.focus_chain, self.app.focused
        goal = next((at for at, widget in enumerate(chain) if there(widget)), None)
        if goal is not None and focused in chain:
            ahead = (goal - chain.index(focused)) % len(chain)
            back = len(chain) - ahead
            if ahead:
                await self.press(*(["tab"] * ahead if ahead <= back else ["shift+tab"] * back))
            if self.app.focused is chain[goal]:
                return
        await super().tab_until(there, what)

    async def turn_to(self, improvement: str, iteration: str, step: str) -> None:
        """Go to a step of the latest iteration of an improvement."""
        front = self.app.front
        if front is None or front.place.iteration != iteration:
            await self.to_row_of_register(improvement)
            await self.press("enter")
        assert self.app.front is not None
        assert self.app.front.place.iteration == iteration
        if self.place[0] != step:
            await self.press(*[] if isinstance(self.app.focused, StepRail) else ["escape"], str(step_of(step).number))
        assert self.place[0] == step, self.read()

    async def to_row_of_register(self, improvement: str = "") -> None:
        """Go to the register, and to the row of an improvement."""
        if self.place[0] != "register":
            await self.press("f5")
        table = self.screen.query_one(Table)
        if improvement:
            await self.press("g", *["down"] * table.ids.index(improvement))

    async def unfold(self, name: str) -> None:
        """Open the fold where a field stands behind it."""
        form = self.screen.query_one(Form)
        if not any(box.field.name == name for box in form.boxes()):
            await self.open_more()

    async def answer(self, name: str, value: object, *, because: str = "") -> None:
        """Go to a field and answer it; what was agreed is told why."""
        await self.unfold(name)
        await self.to(name)
        control = self.app.focused
        box = next(each for each in self.screen.query(FieldBox) if each.field.name == name)
        if isinstance(control, DropDown):
            await self._choose_kept(control, value)
        elif isinstance(control, SelectionList):
            assert isinstance(value, tuple)
            await self._tick(control, value)
        elif isinstance(control, Input | TextArea):
            await self._replace(control, str(value))
        if box.pending:
            await self.press("tab")
            await self.paste(because)
            await self.press("enter")
        assert not box.pending, f"{name} waits for a reason"

    async def _choose_kept(self, control: DropDown, value: object) -> None:
        """Choose by what is kept, which may be the id of a row."""
        kept = [each for each, _ in control.choices]
        await self.press("enter", "home", *["down"] * kept.index(str(value or "")), "enter")

    async def _tick(self, control: "SelectionList[str]", wanted: tuple[str, ...]) -> None:
        offered = [control.get_option_at_index(at).value for at in range(control.option_count)]
        keys = ["home"]
        for each in offered:
            keys += ["space"] if (each in control.selected) != (each in wanted) else []
            keys.append("down")
        await self.press(*keys[:-1])

    async def _replace(self, control: Input | TextArea, text: str) -> None:
        """Write a text in place of what stands there."""
        if control.value if isinstance(control, Input) else control.text:
            self._ahead(*["home", "shift+end"] if isinstance(control, Input) else ["f7"])
        await (self.paste(text) if len(text) > SHORT else self.type(text))

    async def fill_in(self, answers: Answers, *, because: str = "") -> None:
        """Answer fields of the form in front, from top to bottom."""
        order = [each.name for each in self.screen.query_one(Form).fields]
        for name, value in sorted(answers, key=lambda each: order.index(each[0])):
            await self.answer(name, value, because=because)

    async def to_row(self, table: str, row: str, *then: str) -> None:
        """Go to a row of a table, and press further keys there."""
        await self.to_table(table)
        control = self.app.focused
        assert isinstance(control, RowsTable)
        await self.press("g", *["down"] * control.ids.index(row), *then)

    async def to_table(self, table: str) -> None:
        """Go to a table."""
        await self.unfold(table)
        await self.to(table)

    async def fill_row(self, table: str, row: str, answers: Answers, *, because: str = "") -> None:
        """Fill in a row in its editor: the one with this id, or a new one."""
        if row:
            await self.to_row(table, row, "enter")
        else:
            await self.to_table(table)
            await self.press("a")
        await self.fill_in(answers, because=because)
        await self.press("escape")

    async def paste_readings(self, metric: str, lines: str) -> None:
        """Paste readings of a metric into its window."""
        await self.to_row("metrics", metric, "r", "f6")
        await self.paste(lines)
        await self.press("f9", "escape")

    async def to_finding(self, rule: str) -> None:
        """Open the coach's window, and go to what this rule finds."""
        await self.press("f6")
        await self.until(lambda: isinstance(self.screen, CoachScreen))
        coach = self.screen
        assert isinstance(coach, CoachScreen)
        rules = [each.rule for each in coach._advice.open]  # noqa: SLF001 - to know how often to press Down
        await self.press(*["down"] * rules.index(rule))

    async def out_of_coach(self, key: str) -> None:
        """Press the key that closes the coach's window, in front of the form once more."""
        await self.until(lambda: isinstance(self.screen, CoachScreen))
        await self.press(key)
        await self.until(lambda: not isinstance(self.screen, CoachScreen))
