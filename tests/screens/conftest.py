"""A person at the keyboard, in front of the app over real files in a folder of their own; the day stands still."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast
from unittest.mock import patch

import pytest
from textual import events
from textual.notifications import SeverityLevel
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Button, Input

from cimodel_tui.app import CimodelApp
from cimodel_tui.cli.config import Config
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.forms.box import FieldBox
from cimodel_tui.forms.form import Form, More
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Iteration
from cimodel_tui.screens import register_rows, step
from cimodel_tui.screens.sealing import CardScreen, VerifyScreen
from cimodel_tui.storage.open import create, load
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.widgets.drop_down import DropDown
from cimodel_tui.workbook import Workbook
from tests.storage.conftest import StandingClock
from tests.textual_internals import end_pauses, rest, settle, strips_of, styles_parsed_once, unpainted
from tests.waiting import until

SAMPLE = Path(__file__).parents[2] / "data" / "samples" / "sample.json"

FAR = 150
"""More Tabs than any form has places to stop at."""

NEVER = 3600.0
"""Seconds that no test takes."""

PASTED = 12
"""A text that is longer is pasted."""

T = TypeVar("T")

KEYS = {" ": "space", "\n": "enter", "\t": "tab"}


class RecordingApp(CimodelApp):
    """The app, with every notification kept, for one is gone soon; it looks outside when it is told to."""

    LOOK_OUTSIDE = NEVER

    def __init__(self, desk: FileDesk, book: Workbook | None = None) -> None:
        super().__init__(desk, book)
        self.notified: list[str] = []

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a notification, and keep it."""
        self.notified.append(message)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)


@dataclass
class Hands:
    """Presses keys and reads the screen; it knows no other way in."""

    app: RecordingApp
    pilot: Pilot[None]

    @property
    def book(self) -> Workbook:
        assert self.app.book is not None
        return self.app.book

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    async def settle(self) -> None:
        """Wait until the app is idle: everything that was typed has had its effect, and is painted."""
        await settle(self.app)

    async def rest(self) -> None:
        """Let every pause be over, the coach's and that of the figures, and wait for what follows."""
        await rest(self.app)

    async def until(self, there: Callable[[], T]) -> T:
        """Wait until something is there, which may follow at the next pause; returns it."""

        def look() -> T | bool:
            return there() or (end_pauses(self.app) and False)

        found = await until(look, lambda: f"it does not come in\n{self.read()}")
        await self.settle()
        return cast("T", found)

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, each once the one before has had its effect."""
        for key in keys:
            self.send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, a key each character."""
        for character in text:
            self.send(KEYS.get(character, character), character)
        await self.settle()

    def send(self, key: str, character: str | None = None) -> None:
        """Press a key without waiting for what it does."""
        self.app.post_message(events.Key(key, character or (key if len(key) == 1 else None)))

    async def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def tab_until(self, there: Callable[[Widget], bool], what: str) -> None:
        """Press Tab until the focus is where it is wanted."""
        for _ in range(FAR):
            if self.app.focused is not None and there(self.app.focused):
                return
            await self.press("tab")
        raise AssertionError(f"Tab never reaches {what} in\n{self.read()}")

    async def to(self, name: str) -> None:
        """Go to a field by Tab."""
        await self.tab_until(lambda widget: field_of(widget) == name, name)

    async def write(self, **answers: str) -> None:
        """Go to each of these fields by Tab, and type or choose its answer; long texts are pasted."""
        for name, text in answers.items():
            await self.to(name)
            control = self.app.focused
            if isinstance(control, DropDown):
                await self._choose(control, text)
                continue
            if isinstance(control, Input):
                await self.press("home", "shift+end")
            await (self.paste(text) if len(text) > PASTED or "\n" in text else self.type(text))

    async def _choose(self, control: DropDown, words: str) -> None:
        await self.press("enter")
        for _ in range(FAR):
            if control.marked == words:
                await self.press("enter")
                return
            await self.press("down")
        raise AssertionError(f"{words} cannot be chosen in\n{self.read()}")

    async def add_row(self, table: str, **answers: str) -> None:
        """Add a row to a table in its editor, and close that."""
        await self.to(table)
        await self.press("a")
        await self.write(**answers)
        await self.press("escape")

    async def edit_row(self, table: str, at: int, **answers: str) -> None:
        """Edit a row of a table in its editor, and close that."""
        await self.to(table)
        await self.press("g", *["down"] * at, "enter")
        await self.write(**answers)
        await self.press("escape")

    async def open_more(self) -> None:
        """Open the fold of the form in front."""
        await self.tab_until(lambda widget: isinstance(widget, More), "More")
        await self.press("enter")

    async def push(self, words: str) -> None:
        """Go to a button by Tab, and press it."""
        await self.tab_until(lambda widget: isinstance(widget, Button) and str(widget.label) == words, words)
        await self.press("enter")

    async def seal(self) -> None:
        """Agree: the button of the step, then the one of the card."""
        await self.push("Agree")
        await self.press("enter")

    async def verify(self) -> None:
        """Verify: the button of the step, then through the statements, and close the card of the result."""
        await self.push("Verify")
        await self.through_the_check()

    async def through_the_check(self) -> None:
        """Go through the statements of a check, and close the card of the result."""
        while isinstance(self.screen, VerifyScreen):
            await self.press("enter")
        if isinstance(self.screen, CardScreen):
            await self.press("escape")

    def lines(self) -> list[str]:
        """Return the lines of the screen as they are drawn."""
        return [strip.text for strip in self.strips()]

    def strips(self) -> Sequence[Strip]:
        """Return what is drawn, with the windows below the one in front."""
        return strips_of(self.app)

    def told(self) -> str:
        """Return what notifications have said."""
        return "\n".join(self.app.notified)

    def read(self) -> str:
        """Return the screen as text."""
        return "\n".join(line.rstrip() for line in self.lines())

    def shows(self, words: str) -> bool:
        """Tell whether words stand on the screen, wherever lines break."""
        return _run_on(words) in _run_on(self.read())

    def see(self, words: str) -> None:
        """Find words on the screen, wherever lines break."""
        assert self.shows(words), f"{words!r} is not in\n{self.read()}"

    def value(self, name: str) -> str:
        """Return what stands in a line of the form in front."""
        control = next(box.control for box in self.screen.query_one(Form).boxes() if box.field.name == name)
        assert isinstance(control, Input)
        return control.value

    @property
    def place(self) -> tuple[str, str]:
        """The page in front and the field with the focus."""
        front = self.app.front
        return (front.page_name if front else "", field_of(self.app.focused) if self.app.focused else "")


def _run_on(text: str) -> str:
    return re.sub(r"[\s│▎▏▕▊▋▌]+", "", text)


def field_of(widget: Widget) -> str:
    """Return the name of the field in which a widget stands, empty where it stands in none."""
    box = next((each for each in widget.ancestors_with_self if isinstance(each, FieldBox)), None)
    return box.field.name if box else ""


@contextmanager
def pauses_by_hand() -> Iterator[None]:
    """Have no pause end before a test ends it."""
    coach = patch.object(step, "COACH_PAUSE", NEVER)
    with coach, patch.object(register_rows, "FIGURES_PAUSE", NEVER):
        yield


@dataclass
class Room:
    """A folder in which somebody keeps workbooks, with a clock that stands still until it is moved."""

    folder: Path
    clock: StandingClock = field(default_factory=StandingClock)
    me: str = "Ada Byron"
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of one's own, as the config file names them."""

    def __post_init__(self) -> None:
        self.places = UserFolders(self.folder / "data", self.folder / "state", self.folder / "config")

    def desk(self) -> FileDesk:
        return FileDesk(self.places, Config(name=self.me, keys=self.keys), self.clock)

    def new(self, title: str = "Service desk 2026") -> Path:
        path = self.folder / "desk.json"
        create(path, title, self.places)
        return path

    def copy_of_sample(self) -> Path:
        path = self.folder / "sample copy.json"
        path.write_bytes(SAMPLE.read_bytes())
        return path

    def only_improvement(self, path: Path) -> tuple[Improvement, Iteration]:
        """Read a workbook with one improvement from its file, past any app."""
        store = load(path, self.places)
        (improvement,) = store.documents().improvements.values()
        return improvement, store.documents().iterations[store.documents().lineage[improvement.id][-1]]

    @asynccontextmanager
    async def at(
        self, path: Path | None = None, size: tuple[int, int] = (80, 24), *, painted: bool = False
    ) -> AsyncIterator[Hands]:
        """Start the app with a workbook, or on home; what is still open at the end is closed.

        No pause is over before `rest` or `until` ends it, and no picture is painted that nobody reads, unless told so.
        """
        desk = self.desk()
        app = RecordingApp(desk, desk.open(path) if path else None)
        app.animation_level = "none"  # what scrolls is there at once
        try:
            with pauses_by_hand(), styles_parsed_once(), nullcontext() if painted else unpainted():
                async with app.run_test(size=size, notifications=True) as pilot:
                    hands = Hands(app, pilot)
                    await hands.settle()
                    yield hands
        finally:
            if app.book:
                await asyncio.to_thread(app.book.store.close)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)
