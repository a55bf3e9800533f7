"""Whoever writes the sample workbook by the screens: the acts of the pen, each of them keys of the running app."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.samples.pen import AnyRow, Pen, WalkingClock
from tests.samples.typist import Typist
from tests.screens.conftest import Room

Act = Callable[[Typist], Awaitable[None]]

PATIENCE = 120
"""Seconds that no act ever takes: where the app has fallen over, the walk does not wait for ever."""


class Keyboard:
    """One keyboard: the walk goes on in a thread of its own, and each of its acts waits here until it is done."""

    def __init__(self, room: Room, path: Path) -> None:
        self.room = room
        self._path = path
        self._loop = asyncio.get_running_loop()
        self._acts: asyncio.Queue[tuple[Act, Future[None]] | None] = asyncio.Queue()

    def do(self, act: Act) -> None:
        """Have an act done, and wait until it is; called by the walk."""
        done: Future[None] = Future()
        self._loop.call_soon_threadsafe(self._acts.put_nowait, (act, done))
        done.result(PATIENCE)

    async def walk(self, walk: Callable[["ScreenPen"], None]) -> None:
        """Do all acts of a walk; whenever somebody else has the keyboard, the workbook is left and opened anew."""
        walking = asyncio.create_task(asyncio.to_thread(walk, ScreenPen(self)))
        walking.add_done_callback(lambda _: self._acts.put_nowait(None))
        waiting = await self._acts.get()
        while waiting:
            me = self.room.me
            async with self.room.at(self._path) as hands:
                typist = Typist(hands.app, hands.pilot)
                while waiting and self.room.me == me:
                    await self._done(typist, *waiting)
                    waiting = await self._acts.get()
                await typist.press("ctrl+q")
        await walking

    async def _done(self, typist: Typist, act: Act, done: "Future[None]") -> None:
        try:
            with typist.app.batch_update():
                await act(typist)
            await typist.settle()
        except BaseException as problem:
            done.set_exception(problem)
            raise
        done.set_result(None)


class ScreenPen(Pen):
    """Writes one improvement by keyboard; `book` is only looked at."""

    def __init__(self, keyboard: Keyboard) -> None:
        self._keyboard = keyboard
        self._ids: dict[str, str] = {}
        self.clock = WalkingClock()
        self.improvement_id = ""
        self.names = {}

    def _do(self, act: Act) -> None:
        async def seen(typist: Typist) -> None:
            self.book = typist.book
            await act(typist)

        self._keyboard.do(seen)

    def _at(self, step: str, act: Act) -> None:
        """Do something on the page of a step of the latest iteration."""

        async def there(typist: Typist) -> None:
            await typist.turn_to(self.improvement_id, self.iteration.id, step)
            await act(typist)

        self._do(there)

    def named(self, key: str) -> str:
        """Return what stands for the id of the row with this short name: the app gives it one when it is added."""
        return self.names.setdefault(key, f"<{key}>")

    def _known(self, value: object) -> object:
        """Return a value with the ids that the app has given instead of what stands for them."""
        if isinstance(value, tuple):
            return tuple(self._known(each) for each in value)
        return self._ids.get(value, value) if isinstance(value, str) else value

    def _id(self, name: str) -> str:
        return str(self._known(self.names.get(name, name)))

    def on(self, day: str, me: str = "") -> None:
        """Let it be this day, and let somebody sit down at the keyboard."""
        self.clock.day = date.fromisoformat(day)
        room = self._keyboard.room
        room.clock.moment = datetime.combine(self.clock.day, time(9, 30), UTC)
        room.me = me or room.me

    def add(self, title: str, **answers: object) -> None:
        async def add(typist: Typist) -> None:
            await typist.to_row_of_register()
            await typist.press("a")
            await typist.paste(title)
            await typist.press("enter")
            (self.improvement_id,) = (each.id for each in self.book.improvements() if each.title == title)
            await typist.fill_in(answers.items())
            await typist.press("escape")

        self._do(add)

    def entry(self, **answers: object) -> None:
        async def change(typist: Typist) -> None:
            await typist.to_row_of_register(self.improvement_id)
            await typist.press("e")
            await typist.fill_in(answers.items())
            await typist.press("escape")

        self._do(change)

    def write(self, step: str, /, **answers: object) -> None:
        known = [(name, self._known(value)) for name, value in answers.items()]
        self._at(step, lambda typist: typist.fill_in(known))

    def rows(self, step: str, name: str, kind: type[AnyRow], /, **rows: Mapping[str, object]) -> None:
        for key, row in rows.items():
            stands = self._id(self.named(key))
            if stands.startswith("<"):
                self._ids[stands] = self._add_row(step, name, kind, row)
            else:
                self._fill_row(step, name, stands, row)

    def table(self, step: str, name: str, kind: type[AnyRow], rows: Sequence[Mapping[str, object]]) -> None:
        for row in rows:
            self._add_row(step, name, kind, row)

    def _add_row(self, step: str, name: str, kind: type[AnyRow], row: Mapping[str, object]) -> str:
        self._fill_row(step, name, "", row)
        added = getattr(self.iteration.part(step), name)[-1]
        assert isinstance(added, kind)
        return added.id

    def cells(self, step: str, name: str, row: str, /, *, because: str = "", **columns: object) -> None:
        self._fill_row(step, name, self._id(row), columns, because)

    def _fill_row(self, step: str, name: str, row: str, columns: Mapping[str, object], because: str = "") -> None:
        known = [(column, self._known(value)) for column, value in columns.items()]
        self._at(step, lambda typist: typist.fill_row(name, row, known, because=because))

    def carry(self, action: str, decision: str, reason: str) -> None:
        self._fill_row("momentum", "carried", self._id(action), {"decision": decision, "reason": reason})

    def read(self, metric: str, first: str, told: str, every: int = 7, **notes: str) -> None:
        start, values = date.fromisoformat(first), told.split()
        days = [(start + timedelta(days=every * at)).isoformat() for at in range(len(values))]
        beside = {name.removeprefix("on_").replace("_", "-"): note for name, note in notes.items()}
        parts = [value.partition("/") for value in values]
        cells = ((day, value, total, beside.get(day, "")) for day, (value, _, total) in zip(days, parts, strict=True))
        lines = ["\t".join((day, value, *([total] if total else []), note)) for day, value, total, note in cells]
        self._paste(metric, lines)

    def happened(self, metric: str, *days: str) -> None:
        self._paste(metric, [f"{day}\t1" for day in days])

    def _paste(self, metric: str, lines: Sequence[str]) -> None:
        self._at("baseline", lambda typist: typist.paste_readings(self._id(metric), "\n".join(lines)))

    def agree(self, step: str, by: str) -> None:
        self.write(step, agreed_by=by, agreed_on=self.clock.day.isoformat())
        self._push(step, "Agree", "Agree and seal")

    def verify(self, by: str) -> None:
        self.write("check", verified_by=by, verified_on=self.clock.day.isoformat())
        self._at("check", lambda typist: typist.verify())

    def _push(self, step: str, *buttons: str) -> None:
        async def push(typist: Typist) -> None:
            for button in buttons:
                await typist.push(button)

        self._at(step, push)

    def revisit(self) -> None:
        self._push("check", "Go back to the chosen step", "Yes: start from the result")

    def next(self) -> None:
        self._push("momentum", "Start the next iteration", f"Start iteration {self.iteration.number + 1} today")

    def plan_sustain_checks(self, *days: str) -> None:
        async def planned(typist: Typist) -> None:
            if not self.iteration.momentum.sustain_checks:  # step 7 fills them in where the check goes on
                await typist.push("Plan the sustain checks")

        self._at("momentum", planned)
        for row, day in zip(self.iteration.momentum.sustain_checks, days, strict=False):
            self.cells("momentum", "sustain_checks", row.id, due=day)

    def record_sustain_check(self) -> None:
        self._push("momentum", "Record the check that is due")

    def answer(self, rule: str, reason: str) -> None:
        async def answer(typist: Typist) -> None:
            await typist.to_finding(rule)
            await typist.press("a")
            await typist.paste(reason)
            await typist.press("enter")
            await typist.out_of_coach("escape")

        self._at(self.found(rule).place.step, answer)

    def remedy(self, rule: str) -> None:
        async def remedy(typist: Typist) -> None:
            await typist.to_finding(rule)
            await typist.out_of_coach("enter")

        self._at(self.found(rule).place.step, remedy)
