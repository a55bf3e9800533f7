"""Saving a copy of the whole workbook to another file."""

from pathlib import Path

from textual.app import App

from cimodel_tui.forms.ask import Ask
from cimodel_tui.model.saving import StoreError
from cimodel_tui.workbook import Workbook


def save_copy(app: App[None], book: Workbook) -> None:
    """Ask for a path and write everything there; what goes wrong is said."""

    def given(text: str | None) -> None:
        if not text or not text.strip():
            return
        try:
            book.store.save_copy(Path(text.strip()).expanduser())
        except StoreError as problem:
            app.notify(str(problem), severity="error", markup=False)
        else:
            app.notify(f"A copy is at {text.strip()}.", markup=False)

    app.push_screen(Ask("Save a copy to", hint="path of the new file"), given)
