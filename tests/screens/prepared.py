"""A workbook on the disk in a state that a story of `tests.workbook.stories` tells, for the screens to begin with."""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from cimodel_tui.model.iteration import Iteration
from cimodel_tui.model.step import Place
from cimodel_tui.workbook import Workbook
from tests.samples.pen import Pen, WalkingClock, steady_ids
from tests.screens.conftest import Hands, Room

if TYPE_CHECKING:
    from collections.abc import Iterator

Story = Callable[[Pen], None]

T = TypeVar("T")


def told(room: Room, *stories: Story) -> Path:
    """Write a new workbook as the stories tell, one after the other; the room's clock stands on their last day."""
    path = room.new()
    with writing(room, path) as pen:
        for story in stories:
            story(pen)
        moment = room.clock.moment
        room.clock.moment = moment.replace(year=pen.clock.day.year, month=pen.clock.day.month, day=pen.clock.day.day)
    return path


@contextmanager
def writing(room: Room, path: Path) -> "Iterator[Pen]":
    """Open a workbook past any app, to write in it or to look at it."""
    ids, clock = steady_ids(), WalkingClock(date(2026, 1, 5))
    opened = room.desk().open(path)
    try:
        yield Pen(Workbook(opened.store, clock, me="Ada", ids=lambda: next(ids)), clock)
    finally:
        opened.store.close()


def passes(hands: Hands) -> tuple[Iteration, ...]:
    """Return the iterations of the only improvement as they stand behind the screen."""
    (improvement,) = hands.book.improvements(archived=True)
    return hands.book.iterations(improvement.id)


async def turn_to(hands: Hands, page: str, at: int = -1, **where: str) -> None:
    """Go to a page of one iteration of the only improvement, as a search or the palette would."""
    iteration = passes(hands)[at]
    hands.app.go(page, Place(iteration.improvement, iteration.id, **({"step": page, **where} if where else {})))
    await hands.settle()


async def until(hands: Hands, words: str) -> None:
    """Wait for what follows at the next pause in typing, or from elsewhere."""
    await there(hands, lambda: hands.shows(words))
    hands.see(words)


async def there(hands: Hands, look: Callable[[], T]) -> T:
    """Wait until there is what is looked for, and return what was found."""
    return await hands.until(look)


async def to_an_entry(hands: Hands) -> None:
    """Go from home to the entry of a new improvement in a new workbook, by the keys that a newcomer presses."""
    await hands.press("n")
    await hands.type("Desk")
    await hands.press("enter", "a")
    await hands.type("Fewer contacts need a second look")
    await hands.press("enter")
