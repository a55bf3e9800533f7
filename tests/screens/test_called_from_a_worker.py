"""What a thread reports to a page that is being taken away meanwhile."""

import asyncio
from threading import Event

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker

from cimodel_tui.textual_compat import call_from_worker
from tests.waiting import DEADLINE, until


class Part(Static):
    """A part of the page; its end is held up until the thread has reported."""

    def __init__(self) -> None:
        super().__init__("empty")
        self.begun = Event()
        self.going = Event()
        self.reported = Event()

    async def on_unmount(self) -> None:
        """Let the thread report now, while the page is without its part."""
        self.going.set()
        assert await asyncio.to_thread(self.reported.wait, DEADLINE)


class Page(Screen[None]):
    """A page that shows what a thread finds."""

    def compose(self) -> ComposeResult:
        """Put the one part in its place."""
        yield Part()

    def found(self, words: str) -> None:
        """Show what was found."""
        self.query_one(Part).update(words)


def report(page: Page, part: Part, *, wait: bool) -> Worker[None]:
    """Report in a thread, as a worker does: at once, or when the part is told that it goes."""

    def run() -> None:
        part.begun.set()
        if wait:
            assert part.going.wait(DEADLINE)
        call_from_worker(page, page.found, "found")
        part.reported.set()

    return page.run_worker(run, thread=True)


async def test_page_shows_what_a_thread_reports() -> None:
    app, page = App[None](), Page()
    async with app.run_test():
        await app.push_screen(page)
        part = page.query_one(Part)
        await report(page, part, wait=False).wait()
        assert part.content == "found"


async def test_what_was_found_before_the_worker_was_cancelled_is_dropped() -> None:
    app, page = App[None](), Page()
    async with app.run_test():
        await app.push_screen(page)
        part = page.query_one(Part)
        worker = report(page, part, wait=True)
        await until(part.begun.is_set, "the worker never begins")
        part.going.set()
        worker.cancel()  # in the same turn of the loop: whatever the thread reports by now waits to be called
        assert await asyncio.to_thread(part.reported.wait, DEADLINE)
        assert part.content == "empty"


async def test_page_that_is_taken_away_hears_no_report() -> None:
    app, page = App[None](), Page()
    async with app.run_test():
        await app.push_screen(page)
        part = page.query_one(Part)
        report(page, part, wait=True)
        await app.pop_screen()
        assert part.reported.is_set()
        assert part.content == "empty"


async def test_report_after_the_end_of_the_app_is_dropped() -> None:
    app, page = App[None](), Page()
    async with app.run_test():
        await app.push_screen(page)
        part = page.query_one(Part)
        report(page, part, wait=True)
    assert part.reported.is_set()
    assert part.content == "empty"
