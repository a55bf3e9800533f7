"""The commands that open a screen: home, a workbook, the sample."""

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui import cli, storage
from cimodel_tui.cli.config import Config, read_config
from cimodel_tui.cli.desk import SAMPLE_NAME, FileDesk, copy_sample
from cimodel_tui.cli.shell import Shell, Values, WrongUseError
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import StoreError

if TYPE_CHECKING:
    from cimodel_tui.app import CimodelApp
    from cimodel_tui.workbook import Workbook


def run_home(shell: Shell, values: Values) -> int:
    """Show the saved workbooks."""
    del values
    _require_terminal()
    return _run_app(shell, lambda _desk: None)


def run_open(shell: Shell, values: Values) -> int:
    """Open a workbook where it was left; a path that does not exist is created with `--new`."""
    path = Path(values.file).expanduser()
    if not path.exists() and not values.new:
        _require_terminal(f"{path} does not exist: add --new to make it")
        return _run_app(shell, lambda _desk: None, new_path=path)
    _require_terminal()
    if values.new and not path.exists():
        return _run_app(shell, lambda desk: desk.create(path.stem, path))
    return _run_app(shell, lambda desk: desk.open(path))


def run_demo(shell: Shell, values: Values) -> int:
    """Open the sample workbook on its own day, from a copy; or only write that copy."""
    path = Path(values.keep).expanduser() if values.keep else shell.places.data / SAMPLE_NAME
    if not values.no_open:
        _require_terminal()
    if values.keep:
        copy_sample(path, shell.places)
    elif values.new or not path.exists():
        _start_over(shell, path)
    if values.no_open:
        shell.print(str(path))
        return 0
    return _run_app(shell, lambda desk: desk.open(path))


def _start_over(shell: Shell, path: Path) -> None:
    """Put a fresh copy of the sample in place of the old one, which is moved aside."""
    if path.exists():
        storage.move_workbook_aside(path, shell.places)
    copy_sample(path, shell.places)


def _require_terminal(otherwise: str = "") -> None:
    """Raise WrongUseError where there is no terminal to draw on, instead of hanging."""
    if "TEXTUAL_DRIVER" in os.environ:
        return  # served to a browser, which is the terminal then
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUseError(otherwise or "this needs a terminal; `cimodel-tui --help` lists what works without one")


def _run_app(shell: Shell, opening: "Callable[[FileDesk], Workbook | None]", *, new_path: Path | None = None) -> int:
    """Run the app; a workbook that cannot be opened is refused before any screen."""
    gc.disable()  # a workbook and its first page are many objects that stay: nothing among them is worth looking for
    config = read_config(shell.places.config)
    if config.keys:
        cli.keymap.check(config)
    desk = FileDesk(shell.places, config, shell.clock)
    book = opening(desk)
    from cimodel_tui.app import CimodelApp  # noqa: PLC0415 - textual is loaded once a screen is sure to open

    app = CimodelApp(desk, book, new_path=new_path)
    app.painted = _resume_garbage_collection
    try:
        _check_theme(config, app)
        app.run()
    finally:
        gc.enable()
        _close_store(app.book)
    return app.return_code or 0


def _resume_garbage_collection() -> None:
    """Resume garbage collection, for objects that are made from now on."""
    gc.freeze()
    gc.enable()


def _check_theme(config: Config, app: "CimodelApp") -> None:
    """Raise StoreError, which names the line, where there is no such theme."""
    if config.theme and config.theme not in app.available_themes:
        names = ", ".join(sorted(app.available_themes))
        config.wrong("theme", because=f"there is no theme {quoted(config.theme)}; there are {names}")


def _close_store(book: "Workbook | None") -> None:
    """Save and close the store that the app has left open."""
    if book is None:
        return
    try:
        book.store.close()
    except StoreError as problem:
        lost = book.store.state.draft_failed
        draft = (
            f"The draft could not be kept: {lost}."
            if lost
            else "What was typed is restored when the workbook is next opened."
        )
        sys.stderr.write(f"cimodel-tui: {problem} {draft}\n")
