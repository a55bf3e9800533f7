"""The palette: every step, page, improvement and key, found by typing; it runs the same actions as the keys."""

from collections.abc import Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider

from cimodel_tui.model.place import Place
from cimodel_tui.model.step import STEPS
from cimodel_tui.screens.page import Go, Page


class Pages(Provider):
    """Steps, pages and improvements of the open workbook."""

    async def discover(self) -> Hits:
        """Show what can be done before anything is typed."""
        for words, message, help_text in self._entries(improvements=False):
            yield DiscoveryHit(words, lambda go=message: self.screen.post_message(go), help=help_text)

    async def search(self, query: str) -> Hits:
        """Find what was typed; words that are found nowhere go on to the search over everything."""
        matcher = self.matcher(query)
        for words, message, help_text in self._entries(improvements=True):
            score = matcher.match(words)
            if score > 0:
                yield Hit(
                    score, matcher.highlight(words), lambda go=message: self.screen.post_message(go), help=help_text
                )

    def _entries(self, *, improvements: bool) -> Iterator[tuple[str, Go, str]]:
        page = self.screen
        if not isinstance(page, Page):
            return
        place = Place(page.place.improvement, page.place.iteration)
        if place.iteration:
            for step in STEPS:
                yield step.heading, Go(step.key, place), step.question
            yield "Dashboard", Go("dashboard", place), "Baseline against achieved"
            yield "History", Go("history", place), "What happened to this improvement, and when"
        yield "Register", Go("register"), "The improvements of the workbook"
        yield "Knowledge check, glossary and look-alikes", Go("knowledge"), "The model itself"
        yield "Home: the saved workbooks", Go("home"), "Close this workbook and show the saved ones"
        for each in page.book.improvements() if improvements else ():
            latest = page.book.latest(each.id)
            yield f"{each.ref} {each.title}", Go("vision", Place(each.id, latest.id)), "Open this improvement"
