"""Home: a status board of the saved workbooks; open one, make one, rename one, or look at the sample."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.worker import get_current_worker

from cimodel_tui import forms, screens, views
from cimodel_tui.model.number import count
from cimodel_tui.model.saving import StoreError
from cimodel_tui.screens.page import Go
from cimodel_tui.textual_compat import call_from_worker, is_whole
from cimodel_tui.views.tone import Tone, ToneLine
from cimodel_tui.widgets.columns import GAP, Column
from cimodel_tui.widgets.containers import Columns, Stack
from cimodel_tui.widgets.keys import Act, Keys, MainActScreen
from cimodel_tui.widgets.rail import model_lines
from cimodel_tui.widgets.table import Table, justified
from cimodel_tui.widgets.text import Lines, Words

if TYPE_CHECKING:
    from cimodel_tui.model.saving import Backup
    from cimodel_tui.screens.portfolio import PortfolioChoice
    from cimodel_tui.views.glance import Glance
    from cimodel_tui.workbook import Workbook
    from cimodel_tui.workbook.desk import Desk, SavedWorkbook

_SAMPLE = "sample"

_BESIDE_THE_WELCOME = 5
"""Saved workbooks that fit below the welcome in a window of 80x24."""

_COLUMNS = (Column("Workbook", 22, share=2),)
"""There is one column: a row is painted as a whole, in two lines."""

_TWO_LINES = 2

_BETWEEN = " · "

_WELCOME = (
    "Something should get better, and you want to know that it did. Seven steps lead from the vision to lasting gains; "
    "two of them are measurements: the baseline before anything changes, and the check against it."
)

_BEGINNINGS = (
    ToneLine("Three ways to begin", Tone.ACCENT, strong=True),
    ToneLine("s  Look at the sample: improvements from the first idea to a verified result"),
    ToneLine("n  Start a workbook of your own: its title, then what should get better"),
    ToneLine("o  Open a workbook that somebody shared with you"),
)
"""What stands below the list before anything is saved, where there is room."""

_WIDE = {"-panes": 100, "-wide": 110}
"""Cells from which panes have borders, and from which what is due stands beside the workbooks."""

_EXTRA = 170
"""Cells from which the questions of the seven steps have room."""

A_FEW, BREATH = 20, 0.002
"""So many improvements are looked at before so many seconds are left to the keyboard."""


_OPEN = "Enter open · Esc cancel"


class HomeScreen(MainActScreen[None]):
    """The saved workbooks and what is due in them, reckoned today."""

    TITLE = "cimodel-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new workbook", tooltip="Create an empty workbook", id="home.new"),
        Binding("o", "path", "open a file", tooltip="Open a workbook by its path", id="home.path"),
        Binding("r", "rename", "rename", tooltip="Rename the workbook", id="home.rename"),
        Binding("p", "portfolio", "portfolio", tooltip="All improvements of all saved workbooks", id="home.portfolio"),
        Binding("s", "sample", "sample", tooltip="Open the sample workbook", id="home.sample"),
        Binding("q", "app.leave", "quit", tooltip="Save and quit", id="home.quit"),
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys and guidance of this page", id="home.help"),
    ]

    def __init__(self, desk: "Desk", open_book: "Callable[[Callable[[], Workbook]], str]") -> None:
        super().__init__()
        self._desk = desk
        self._open_book = open_book
        self._saved: tuple[SavedWorkbook, ...] = ()
        self._seen: dict[Path, Glance] = {}
        self._sample_size = 0

    def compose(self) -> ComposeResult:
        """The workbooks, and beside or below them what is due and the seven steps."""
        self._fit()
        yield Words("cimodel-tui · the continual improvement model, step by step", classes="heading")
        with Columns(classes="home"):
            with Stack(classes="pane home-list") as pane:
                pane.border_title = Content("Workbooks")
                yield Words(_WELCOME, classes="welcome")
                yield Table(_COLUMNS, classes="saved")
                yield Words("", classes="nothing")
                yield Words("", classes="problem")
                yield Lines(classes="home-board")
            with Stack(classes="home-side"):
                with Stack(classes="pane due-pane") as due:
                    due.border_title = Content("Due")
                    yield Lines(classes="home-due")
                with Stack(classes="pane model-pane") as model:
                    model.border_title = Content("The seven steps")
                    yield Lines(classes="home-model")
        yield Keys()

    def on_mount(self) -> None:
        """List what is saved."""
        self.list_saved()
        self.query_one(Table).focus()
        self.call_after_refresh(self._look)
        self.call_after_refresh(self._resume)

    def _resume(self) -> None:
        """Ask again for the title that was half typed when the program was ended."""
        path, title = self._desk.title_draft()
        if title and not path:
            self.action_new(title)
        elif title and (saved := next((each for each in self._saved if str(each.path) == path), None)):
            self._rename(saved, title)

    def on_resize(self) -> None:
        """Use the width there is."""
        self._fit()
        self._show_model()

    def _show_model(self) -> None:
        """Show the seven steps, with their questions where there is room: beside an empty list there is more."""
        least = _EXTRA if self._saved else _WIDE["-wide"]
        self.query_one(".home-model", Lines).show(model_lines(with_questions=self.app.size.width >= least))

    def _fit(self) -> None:
        for name, width in _WIDE.items():
            self.set_class(self.app.size.width >= width, name)

    def list_saved(self) -> None:
        """Show the saved workbooks, and the sample below them."""
        self._saved = tuple(self._desk.saved())
        self._show_rows()
        nothing = (
            "" if self._saved else "Nothing saved yet. Press n for a workbook of your own, s or Enter for the sample."
        )
        self.query_one(".nothing", Words).say(nothing)
        self.query_one(".nothing").display = not self._saved
        self.set_class(not self._saved, "-first")
        self._show_model()
        if not self._saved:
            self.query_one(".home-board", Lines).show(_BEGINNINGS)
        self.query_one(".welcome").display = len(self._saved) <= _BESIDE_THE_WELCOME

    def _show_rows(self) -> None:
        table = self.query_one(Table)
        table.stack(_TWO_LINES, self._paint)
        table.show_rows((*(str(index) for index in range(len(self._saved))), _SAMPLE), lambda _row: ())

    def _paint(self, row: str, width: int) -> Sequence[Text]:
        """Return the title with what is overdue; below it improvements by status, path, and when it was last opened."""
        table = self.query_one(Table)
        if row == _SAMPLE:
            size = f" · {self._sample_size} improvements" if self._sample_size else ""
            below = ToneLine(f"  a copy of your own to try things out{size}", Tone.QUIET)
            return table.toned(ToneLine("The sample workbook", strong=True)), table.toned(below)
        saved = self._saved[int(row)]
        seen = self._seen.get(saved.path)
        late = [ToneLine(f"! {seen.late} overdue", Tone.BAD)] if seen and seen.late else []
        title = ToneLine(seen.title if seen else saved.title, strong=True)
        count = f"  {_count(saved, seen)}"
        opened = _opened(saved, width - cell_len(count) - GAP)
        path = shortened(saved.path, width - len(opened) - GAP - cell_len(count) - len(_BETWEEN), Path.home())
        lines = [ToneLine(count), ToneLine(f"{_BETWEEN}{path}" if path else "", Tone.QUIET)]
        return (
            justified(table, [title], late, width),
            justified(table, lines, [ToneLine(opened, Tone.QUIET)], width),
        )

    @work(thread=True, group="glance", exclusive=True)
    def _look(self) -> None:
        """Look into every saved workbook beside the typing: what is overdue is reckoned anew, not remembered."""
        worker = get_current_worker()

        def between(at: int) -> None:
            if worker.is_cancelled:
                raise _CancelledError
            if at % A_FEW == 0:
                sleep(BREATH)

        with suppress(_CancelledError):
            call_from_worker(self, self._count_sample, self._desk.sample_size())
            for each in self._saved:
                with suppress(StoreError):
                    glance = views.glance.glance_at(self._desk.open_to_read(each.path), between)
                    call_from_worker(self, self._seen_one, each.path, glance)

    def _count_sample(self, size: int) -> None:
        self._sample_size = size
        self._show_rows()

    def _seen_one(self, path: Path, glance: "Glance") -> None:
        self._seen[path] = glance
        self._show_rows()

        seen = tuple(self._seen.values())
        self.query_one(".home-due", Lines).show(views.glance.due_lines(seen))
        self.query_one(".home-board", Lines).show(views.glance.status_lines(seen))
        self.add_class("-looked")

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        self._open_row(event.row_id)

    def _open_row(self, chosen: str) -> None:
        if chosen == _SAMPLE:
            self.action_sample()
        elif chosen:
            self._open(self._saved[int(chosen)].path)

    def _open(self, path: Path) -> None:
        """Open a workbook; where it is refused, its newest good backup is offered."""
        self._try(lambda: self._desk.open(path), path)

    def _try(self, opening: "Callable[[], Workbook]", path: Path | None = None) -> None:
        problem = self._open_book(opening)
        if not problem:
            return
        self._say(problem)
        backup = self._desk.newest_backup(path) if path else None
        if path and backup:
            self._offer(path, problem, backup)

    def _say(self, problem: str) -> None:
        self.query_one(".problem", Words).say(f"✗ {problem}" if problem else "")

    def _offer(self, path: Path, problem: str, backup: "Backup") -> None:
        taken = backup.taken_at.astimezone().strftime("%Y-%m-%d %H:%M")
        answers = (("yes", f"Restore the backup of {taken}"), ("no", "Cancel"))
        note = "The file as it is now is kept aside; nothing is deleted."

        def chosen(answer: str | None) -> None:
            if answer == "yes":
                self._try(lambda: self._desk.restore_backup(path, backup))

        self.app.push_screen(forms.ask.Choose(problem, answers, note=note), chosen)

    @property
    def _current(self) -> "SavedWorkbook | None":
        chosen = self.query_one(Table).current_id
        return self._saved[int(chosen)] if chosen not in ("", _SAMPLE) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to rename a saved workbook, and the portfolio where something is saved."""
        if is_whole(self) and action == "rename":
            return self._current is not None
        if is_whole(self) and action == "portfolio":
            return bool(self._saved)
        return super().check_action(action, parameters)

    @on(Table.Moved)
    def _moved(self) -> None:
        self.refresh_bindings()

    @property
    def main_act(self) -> Act:
        """Open the marked workbook, or the sample."""
        return Act("open", "open")

    def action_open(self) -> None:
        """Open the marked workbook, or the sample."""
        self._open_row(self.query_one(Table).current_id)

    def action_sample(self) -> None:
        """Open the copy of the sample."""
        self._try(self._desk.sample)

    def action_new(self, begun: str = "") -> None:
        """Ask for a title and make a workbook."""

        def given(title: str | None) -> None:
            self._desk.save_title_draft("", "")
            if title and title.strip():
                self._try(lambda: self._desk.create(title.strip()))

        hint, typed = "for example: Service desk 2026", partial(self._desk.save_title_draft, "")
        ask = forms.ask.Ask("Title of the new workbook", value=begun, hint=hint, typed=typed)
        self.app.push_screen(ask, given)

    def action_rename(self) -> None:
        """Ask for another title of the marked workbook; its file keeps its name."""
        if saved := self._current:
            seen = self._seen.get(saved.path)
            self._rename(saved, seen.title if seen else saved.title)

    def _rename(self, saved: "SavedWorkbook", begun: str) -> None:
        path = str(saved.path)

        def given(title: str | None) -> None:
            self._desk.save_title_draft(path, "")
            if not title or not title.strip():
                return
            try:
                self._desk.rename(saved.path, title.strip())
            except StoreError as problem:
                self._say(str(problem))
            else:
                self._seen.pop(saved.path, None)
                self.list_saved()
                self._look()

        note, typed = "The file keeps its name. Enter save · Esc cancel", partial(self._desk.save_title_draft, path)
        self.app.push_screen(forms.ask.Ask("Title of the workbook", value=begun, note=note, typed=typed), given)

    def action_portfolio(self) -> None:
        """Show the improvements of all saved workbooks."""

        def chosen(found: "PortfolioChoice | None") -> None:
            if found and not self._open_book(lambda: self._desk.open(found.path)):
                self.app.post_message(Go("dashboard", found.place))

        self.app.push_screen(
            screens.portfolio.PortfolioScreen(self._desk, tuple(each.path for each in self._saved)), chosen
        )

    def action_path(self) -> None:
        """Ask for a path and open what lies there, or make it."""

        def given(text: str | None) -> None:
            if text and text.strip():
                path = Path(text.strip()).expanduser()
                if path.exists():
                    self._open(path)
                else:
                    self._try(lambda: self._desk.create(path.stem, path))

        self.app.push_screen(forms.ask.Ask("Which file?", hint="a new path creates a workbook", note=_OPEN), given)


def _opened(saved: "SavedWorkbook", room: int) -> str:
    """Return when a workbook was opened last, as exactly as there is room for."""
    if saved.last_opened is None:
        return ""
    known = (f"opened {saved.last_opened.astimezone():{form}}" for form in ("%Y-%m-%d %H:%M", "%Y-%m-%d"))
    return next((each for each in known if len(each) <= room), "")


def shortened(path: Path, room: int, home: Path) -> str:
    """Return a path in so many cells: `~` for home, folders in its middle left out; empty where its name is too long.

    The name is what tells one file from another, so it stays whole.
    """
    whole = f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
    if cell_len(whole) <= room:
        return whole
    root = "~/" if whole.startswith("~/") else path.anchor
    folders = path.parent.parts
    shortened = [f"{root}…/{'/'.join((*folders[at:], path.name))}" for at in range(len(folders))]
    short = (*shortened, f"{root}…/{path.name}", f"…/{path.name}", path.name)
    return next((each for each in short if cell_len(each) <= room and len(each) < len(whole)), "")


class _CancelledError(Exception):
    """The page was left while the workbooks were looked at."""


def _count(saved: "SavedWorkbook", seen: "Glance | None") -> str:
    """Return the improvements by status, before the workbook was looked into how many there were last time."""
    if seen:
        return seen.words or "no improvement yet"
    return count(saved.improvements, "improvement") if saved.improvements else ""
