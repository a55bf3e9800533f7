"""What every page shares: the heading above, the footer with the save state below, and the way on by messages."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Mount, Resize
from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from cimodel_tui.model.step import Place
from cimodel_tui.textual_compat import is_leaving, set_terminal_title
from cimodel_tui.widgets.containers import Columns, StableLayout
from cimodel_tui.widgets.keys import Keys, MainActScreen
from cimodel_tui.widgets.text import Words

if TYPE_CHECKING:
    from cimodel_tui.model.saving import Waiting
    from cimodel_tui.workbook import Change, Workbook

WIDTHS = {"-panes": 100, "-wide": 110, "-extra": 170}
"""Cells from which panes have borders, from which guidance or a preview stands beside, and with more room."""


_STUMP = 12
"""Cells of a title that are left at least: its ref and the beginning of its first word."""

_SAVED = len("saved 12:03")
"""Cells that `saving` takes as well: a save moves nothing on the page."""


class Go(Message, bubble=True):
    """Go to another page."""

    def __init__(self, page: str, place: Place | None = None, words: str = "") -> None:
        self.page = page
        self.place = place or Place()
        self.words = words
        super().__init__()


@runtime_checkable
class ShowsPlace(Protocol):
    """A page or a window that shows a place of the workbook."""

    @property
    def place(self) -> Place:
        """The place."""


class FollowsWorkbook(Screen[ScreenResultType]):
    """A page or a window that is told of every change of the workbook while it is there as a whole.

    Textual takes a page away part by part, and the page stays attached until the last one is gone: a change that is
    told meanwhile finds nothing to be shown in.
    """

    _stop_following: Callable[[], None] | None = None

    def follow_workbook(self, book: "Workbook", place: Place, listener: "Callable[[Change], None]") -> None:
        """Have a listener told of every change while the place is in the workbook and the page in the app."""

        def tell(change: "Change") -> None:
            if not is_leaving(self):
                listener(change)

        self._stop_following = book.subscribe(tell, place)

    def on_unmount(self) -> None:
        """Listen no longer."""
        if self._stop_following:
            self._stop_following()


class SaveLine(Words):
    """The end of the footer: `saved 12:03`, `saving`, or why not; `unfinished` while something on the screen waits.

    What waits (a change without its reason, a line half typed) is in the draft, but not in the workbook.
    """

    def __init__(self) -> None:
        super().__init__(classes="save-line")

    def show(self, book: "Workbook") -> None:
        """Show how saving stands."""
        state = book.store.state
        if book.store.read_only:
            words, style = f"read-only: {book.store.read_only}", "$text-warning"
        elif state.failed:
            words, style = f"✗ {_why(book)}", "$text-error"
        elif state.waiting:
            words, style = f"{'unfinished':<{_SAVED}}", "$text-warning"
        elif state.saving:
            words, style = f"{'saving':<{_SAVED}}", "$muted"
        else:
            when = state.saved_at.astimezone() if state.saved_at else None
            words, style = (f"saved {when:%H:%M}" if when else "saved"), "$muted"
        self.say(Content.styled(words, style))


def _why(book: "Workbook") -> str:
    """Return why the last save did not work; the path of the workbook would leave no room for the reason."""
    failed, path = book.store.state.failed, f"{book.store.path} "
    return failed.removeprefix(path) if failed.startswith(path) else f"not saved: {failed}"


class Heading(Words):
    """The line on top: where one is; a click on it opens the palette, which leads anywhere else."""

    def __init__(self) -> None:
        super().__init__(classes="heading")
        self.tooltip = "Find any step, improvement or command"
        self._parts: tuple[str, ...] = ()
        self._end = ""

    def show(self, *parts: str, end: str = "") -> None:
        """Show the parts as a path, and something at its end; the terminal's title names the last of them."""
        set_terminal_title(self.app, " · ".join(part for part in parts[1:3] if part) or parts[0])
        self._parts, self._end = tuple(part for part in parts if part), end
        self._draw()

    def on_resize(self) -> None:
        """Use the width there is."""
        self._draw()

    async def on_click(self) -> None:
        """Open the palette."""
        await self.run_action("app.command_palette")

    def _draw(self) -> None:
        """Draw the path; where it is too long, the workbook's name makes room for what stands behind it."""
        path = _path(self._parts, self._end)
        if path.cell_length > self.content_size.width and len(self._parts) > 1:
            path = _path(self._shortened(), self._end)
        self.say(path)

    def _shortened(self) -> tuple[str, ...]:
        """Return the parts without the first; the next one, a title, is cut where the others have no room else."""
        title, *others = self._parts[1:]
        if not others:
            return (title,)
        over = _path((title, *others), self._end).cell_length - self.content_size.width
        words = Text(title)
        words.truncate(max(words.cell_len - max(over, 0), _STUMP), overflow="ellipsis")
        return (words.plain.replace(" …", "…"), *others)


def _path(parts: tuple[str, ...], end: str) -> Content:
    path = Content(" › ").join(Content.styled(part, "bold" if part is parts[-1] else "") for part in parts)
    return Content.assemble(path, (f"  {end}", "$muted")) if end else path


class Page(StableLayout, FollowsWorkbook[None], MainActScreen[None]):
    """A page over a workbook: heading, body, footer; told of every change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys and guidance of this page", id="page.help"),
        Binding("q", "quit_page", "back", show=False, tooltip="Back; from the register to home", id="page.quit"),
    ]

    async def action_quit_page(self) -> None:
        """Go back, as Esc does where nothing is typed."""
        await self.run_action("back")

    def action_back(self) -> None:
        """Go to the register."""
        self.post_message(Go("register"))

    page_name: ClassVar[str] = ""
    """The name under which the app finds it."""

    def __init__(self, book: "Workbook", place: Place) -> None:
        super().__init__()
        self.book = book
        self.place = place
        self.wanted = place
        self.comes_back = False

    def compose(self) -> ComposeResult:
        """Heading, what the page is about, footer; how much room there is, is known before any style is looked up."""
        self._fit()
        yield Heading()
        yield from self.body()
        with Columns(classes="foot"):
            yield Keys()
            yield SaveLine()

    def body(self) -> ComposeResult:
        """What the page is about."""
        yield Widget()

    @on(Mount)
    def _begin(self) -> None:
        """Listen to the workbook; all of it is shown when the page comes to the front, which follows."""
        self.follow_workbook(self.book, self.place, self._on_change)

    @property
    def is_wide(self) -> bool:
        """Whether guidance or a preview has room beside; also where the styles do not follow a new width yet."""
        return self.app.size.width >= WIDTHS["-wide"]

    @on(Resize)
    def _fit(self) -> None:
        """Use the width there is."""
        for name, width in WIDTHS.items():
            self.set_class(self.app.size.width >= width, name)

    async def on_screen_resume(self) -> None:
        """Show what changed while another page was in front; nothing that is being typed is touched."""
        self._fit()
        if self.book.has(self.place):
            self.show_all()
            await self.focus_wanted()

    @property
    def is_complete(self) -> bool:
        """Whether it is there as a whole, and so is what it shows: what comes after a pause may come too late."""
        return not is_leaving(self) and self.display and self.book.has(self.place)

    async def focus_wanted(self) -> None:
        """Go to the place that a search, a finding or an undo asks for; most pages are that place."""

    def resume(self, waiting: "Waiting") -> None:
        """Show what waited here when the program was ended, once the page is in front; most pages hold nothing."""

    def _on_change(self, change: "Change") -> None:
        if self.is_current or self.app.screen.is_modal:
            self.show_all(change)

    def show_all(self, change: "Change | None" = None) -> None:
        """Show the workbook as it is now."""
        del change
        self.show_heading()
        self.query_one(SaveLine).show(self.book)

    def look_for(self, words: str) -> None:
        """Take words along from the palette, none where nothing was typed; most pages have no use for them."""

    def show_heading(self) -> None:
        """Show where one is."""
        self.query_one(Heading).show(self.book.title)
