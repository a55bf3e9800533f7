"""Home: the saved workbooks; open one, make one, or look at the sample."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.widgets import Static

from cimodel_tui.widgets.columns import Column
from cimodel_tui.widgets.keys import Keys
from cimodel_tui.widgets.table import Table

if TYPE_CHECKING:
    from cimodel_tui.model.saving import Backup
    from cimodel_tui.workbook import Workbook
    from cimodel_tui.workbook.desk import Desk, Saved

_SAMPLE = "sample"

_COLUMNS = (
    Column("Workbook", 22, share=2),
    Column("Improvements", 12, rank=3),
    Column("Overdue", 7, rank=1),
    Column("Last opened", 16, rank=2),
    Column("Where", 20, share=3, rank=4),
)

_WELCOME = """Something should get better, and you want to know that it did.

Seven steps: 1 What is the vision? · 2 Where are we now? · 3 Where do we want to be? · 4 How do we get there? · \
5 Take action · 6 Did we get there? · 7 How do we keep the momentum going?

The two that carry the weight are measurements: the baseline before anything changes, and the check against it."""


class HomeScreen(Screen[None]):
    """The saved workbooks."""

    TITLE = "cimodel-tui"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "new", "new workbook", tooltip="Make an empty workbook", id="home.new"),
        Binding("o", "path", "open a file", tooltip="Open a workbook by its path", id="home.path"),
        Binding("s", "sample", "sample", tooltip="Open the sample workbook", id="home.sample"),
        Binding("f1,question_mark", "app.help", "help", tooltip="Keys of this page", id="home.help"),
    ]

    def __init__(self, desk: "Desk", open_book: "Callable[[Callable[[], Workbook]], str]") -> None:
        super().__init__()
        self._desk = desk
        self._open_book = open_book
        self._saved: tuple[Saved, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, the saved workbooks, and what one can do."""
        yield Static("cimodel-tui · the continual improvement model, step by step", classes="heading", markup=False)
        with Vertical(classes="home"):
            yield Static(_WELCOME, classes="welcome", markup=False)
            yield Table(_COLUMNS, classes="saved")
            yield Static("", classes="nothing", markup=False)
            yield Static("", classes="problem", markup=False)
        yield Keys()

    def on_mount(self) -> None:
        """List what is saved."""
        self.list_saved()
        self.query_one(Table).focus()

    def list_saved(self) -> None:
        """Show the saved workbooks, and the sample below them."""
        self._saved = tuple(self._desk.saved())
        rows = [(str(index), _cells(each)) for index, each in enumerate(self._saved)]
        sample = (_SAMPLE, ("The sample workbook", "8", "", "", "a copy of your own to play with"))
        self.query_one(Table).fill([*rows, sample])
        nothing = (
            "" if self._saved else "Nothing saved yet. Press n for a workbook of your own, s or Enter for the sample."
        )
        self.query_one(".nothing", Static).update(nothing)
        self.query_one(".welcome").display = len(self._saved) < 6  # noqa: PLR2004 - more than fit beside it at 80x24

    @on(Table.Selected)
    def _selected(self, event: Table.Selected) -> None:
        event.stop()
        chosen = event.row_id
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
        self.query_one(".problem", Static).update(f"✗ {problem}")
        backup = self._desk.newest_backup(path) if path else None
        if path and backup:
            self._offer(path, problem, backup)

    def _offer(self, path: Path, problem: str, backup: "Backup") -> None:
        taken = backup.taken_at.astimezone().strftime("%Y-%m-%d %H:%M")
        answers = (("yes", f"Bring back the backup of {taken}"), ("no", "Leave the file as it is"))
        note = "What stands in the file now is kept aside; nothing is deleted."

        def chosen(answer: str | None) -> None:
            if answer == "yes":
                self._try(lambda: self._desk.bring_back(path, backup))

        from cimodel_tui.forms.ask import Choose  # noqa: PLC0415 - loaded with the first question

        self.app.push_screen(Choose(problem, answers, note=note), chosen)

    def action_sample(self) -> None:
        """Open the copy of the sample."""
        self._try(self._desk.sample)

    def action_new(self) -> None:
        """Ask for a title and make a workbook."""
        from cimodel_tui.forms.ask import Ask  # noqa: PLC0415 - loaded with the first question

        def given(title: str | None) -> None:
            if title and title.strip():
                self._try(lambda: self._desk.create(title.strip()))

        self.app.push_screen(Ask("What is the new workbook called?", hint="for example: Service desk 2026"), given)

    def action_path(self) -> None:
        """Ask for a path and open what lies there, or make it."""
        from cimodel_tui.forms.ask import Ask  # noqa: PLC0415 - loaded with the first question

        def given(text: str | None) -> None:
            if text and text.strip():
                path = Path(text.strip()).expanduser()
                if path.exists():
                    self._open(path)
                else:
                    self._try(lambda: self._desk.create(path.stem, path))

        self.app.push_screen(Ask("Which file?", hint="a new path makes a new workbook"), given)


def _cells(saved: "Saved") -> tuple[str, ...]:
    opened = saved.last_opened.astimezone().strftime("%Y-%m-%d %H:%M") if saved.last_opened else ""
    overdue = f"! {saved.overdue}" if saved.overdue else ""
    return (saved.title, str(saved.improvements), overdue, opened, str(saved.path))
