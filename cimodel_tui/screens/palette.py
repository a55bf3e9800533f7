"""The palette: every step, page, improvement and key, found by typing; it runs the same actions as the keys.

In its window the entry that is marked is the one that Enter runs, however late others are found.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import ClassVar, Protocol, cast

from textual.app import App
from textual.binding import ActiveBinding, Binding, BindingType
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widgets import Button

from cimodel_tui.model.step import STEPS, Place
from cimodel_tui.record import dataclass
from cimodel_tui.textual_compat import NamedPalette
from cimodel_tui.workbook import Workbook

_LAST = 0.01
"""The score of the search over everything, which stands below every other find."""


class Front(Protocol):
    """The page in front, as far as the palette needs it."""

    book: Workbook
    """The open workbook."""
    place: Place
    """The place that the page shows."""


class NavigationActions(Protocol):
    """What the palette needs of the navigation."""

    def list_due(self) -> None:
        """List what is overdue and due soon."""

    def list_steps(self) -> None:
        """List the seven steps of the improvement in front."""

    def rename_workbook(self) -> None:
        """Ask for another title of the open workbook."""

    def edit_entry(self, improvement: str) -> None:
        """Open the register entry of an improvement."""


class Guide(Protocol):
    """What the palette needs of the app."""

    @property
    def front(self) -> Front | None:
        """The page in front, none while home is shown."""

    @property
    def navigation(self) -> NavigationActions:
        """The pages of the open workbook."""

    def go(self, page: str, place: Place, words: str = "") -> None:
        """Go to a page."""

    def action_copy(self) -> None:
        """Save everything to another file."""

    def action_conflicts(self) -> None:
        """Show what was changed on both sides."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the palette."""

    words: str
    """What it is found by."""
    run: Callable[[], object]
    """What it does."""
    help: str
    """What that is good for."""
    key: str = ""
    """The key that does the same, as it is shown; empty where there is none."""

    def shown(self, words: Content | str) -> Content:
        """Return the line of the entry, with its key."""
        return Content.assemble(words, (f"  {self.key}", "bold $text-primary")) if self.key else Content.assemble(words)


class Palette(Provider):
    """The pages and actions that can be reached from the current page."""

    async def discover(self) -> Hits:
        """Show what can be done before anything is typed."""
        for entry in chain(self._pages(), self._acts(), self._keys(), self._rare()):
            yield DiscoveryHit(entry.shown(entry.words), entry.run, text=entry.words, help=entry.help)

    async def search(self, query: str) -> Hits:
        """Find what was typed; the words can always be handed on to the search over everything."""
        matcher = self.matcher(query)
        here = chain(self._pages(), self._acts(), self._keys(), self._rare())
        for entry in chain(here, self._themes(), self._improvements()):
            score = matcher.match(entry.words)
            if score > 0:
                words = entry.shown(matcher.highlight(entry.words))
                yield Hit(score, words, entry.run, text=entry.words, help=entry.help)
        if self._guide.front:
            found = Content(f"Search the workbook for: {query}")  # what is typed is text, never markup
            yield Hit(_LAST, found, self._go("search", Place(), query), help="Everything that was typed, anywhere")

    def _go(self, page: str, place: Place, words: str = "") -> Callable[[], object]:
        return lambda: self._guide.go(page, place, words)

    @property
    def _guide(self) -> Guide:
        return cast("Guide", self.app)

    def _pages(self) -> Iterator[Entry]:
        page = self._guide.front
        if page is None:
            return
        place = Place(page.place.improvement, page.place.iteration)
        if place.iteration:
            for step in STEPS:
                yield Entry(step.heading, self._go(step.key, place), step.question)
            yield Entry(
                "The seven steps on one page", self._guide.navigation.list_steps, "A line each; Enter goes there"
            )
            yield Entry("Dashboard", self._go("dashboard", place), "Baseline against achieved")
            yield Entry("History", self._go("history", place), "What happened to this improvement, and when")
            yield Entry("Rename, owner, score: register entry", self._entry(place), "Edit the register entry")
        yield Entry("Register", self._go("register", Place()), "The improvements of the workbook")
        yield Entry("Portfolio", self._go("portfolio", Place()), "All improvements of all saved workbooks")
        yield Entry("Overdue and due soon", self._guide.navigation.list_due, "Enter goes to the place to deal with it")
        yield Entry("Effort and benefit", self._go("grid", Place()), "Which improvement gives most for the least")
        yield Entry("Lessons", self._go("lessons", Place()), "What all improvements have taught")
        yield Entry("Search", self._go("search", Place()), "Everything that was typed in the workbook")
        yield Entry("Knowledge check, glossary, look-alikes", self._go("knowledge", Place()), "The model itself")
        yield Entry("Backups", self._go("backups", Place()), "Restore the workbook as it was")

    def _acts(self) -> Iterator[Entry]:
        """Yield what the buttons do that are there just now."""
        for button in self.screen.query(Button):
            if button.display and not button.disabled:
                yield Entry(str(button.label), button.press, "A button on this page")

    def _keys(self) -> Iterator[Entry]:
        """Yield what the keys that work just now do: those of the last line first, and of these the focused field's."""
        app: App[object] = self.app
        seen = set()
        for active in sorted(self.screen.active_bindings.values(), key=lambda each: not each.binding.show):
            name, words = active.binding.description, active.binding.tooltip or active.binding.description
            if active.enabled and words and active.binding.id and words not in seen:
                seen.add(words)
                key = app.get_key_display(active.binding)
                both = words if name.casefold() in words.casefold() else f"{name.capitalize()}: {words}"
                yield Entry(both, self._action(active), self._where(active), key)

    def _where(self, active: ActiveBinding) -> str:
        """Return where a key works."""
        if active.node is self.app:
            return "Everywhere"
        return "On this page" if active.node is self.screen else "Here, where the focus is"

    def _entry(self, place: Place) -> Callable[[], object]:
        return lambda: self._guide.navigation.edit_entry(place.improvement)

    def _rare(self) -> Iterator[Entry]:
        """Yield what is done too rarely for a key of its own."""
        yield Entry(
            "Change the theme", self.app.action_change_theme, "Light, dark, and others; the choice is remembered"
        )
        if self._guide.front:
            yield Entry(
                "Rename the workbook", self._guide.navigation.rename_workbook, "Its title; the file keeps its name"
            )
            yield Entry("Save a copy to another file", self._guide.action_copy, "The whole workbook as it is here now")
            yield Entry("Conflicts", self._guide.action_conflicts, "Answers changed on both sides and not resolved yet")

    def _themes(self) -> Iterator[Entry]:
        """Yield the themes, by their names."""
        for name, theme in sorted(self.app.available_themes.items()):
            yield Entry(
                f"Theme {name}", self._choose(name), f"{'Dark' if theme.dark else 'Light'}; the choice is remembered"
            )

    def _choose(self, theme: str) -> Callable[[], object]:
        return lambda: setattr(self.app, "theme", theme)

    def _action(self, active: ActiveBinding) -> Callable[[], object]:
        return lambda: self.app.call_later(self.app.run_action, active.binding.action, active.node)

    def _improvements(self) -> Iterator[Entry]:
        page = self._guide.front
        if page is None:
            return
        for each in page.book.improvements():
            latest = page.book.latest(each.id)
            place = Place(each.id, latest.id)
            yield Entry(
                f"{each.ref} {each.title}", self._go("dashboard", place), "Open the dashboard of this improvement"
            )


def _key(keys: str, what: str, words: str, name: str) -> Binding:
    return Binding(keys, f"mark('{what}')", words, show=False, tooltip=words, id=f"palette.{name}", priority=True)


class PaletteScreen(NamedPalette):
    """Find any step, improvement or command."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("down", "cursor_down", "The next entry", "down"),
        _key("up", "cursor_up", "The previous entry", "up"),
        _key("pagedown", "page_down", "A page down", "page_down"),
        _key("pageup", "page_up", "A page up", "page_up"),
        _key("end,ctrl+end,shift+end", "last", "The last entry", "last"),
        _key("ctrl+home,shift+home", "first", "The first entry", "first"),
    ]

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def action_mark(self, what: str) -> None:
        """Mark another entry; all are found by then, for no key is handed out before a search has ended."""
        self.move(what)
