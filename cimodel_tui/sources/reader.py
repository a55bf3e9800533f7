"""From the bytes of a file, of standard input or of a paste to a table, whatever their format."""

from cimodel_tui import sources
from cimodel_tui.sources.question import SourceError
from cimodel_tui.sources.recipe import Recipe
from cimodel_tui.sources.table import Table, read_text_table

_ZIP, _OLD_OFFICE, _PDF, _GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"


def read_table(data: bytes, recipe: Recipe) -> Table:
    """Return the table that the bytes hold; raises SourceError in one line, or OpenQuestionError where it asks."""
    if not data.strip():
        raise SourceError("the file is empty")
    if data.startswith(_ZIP) and b"xl/" in data:
        return sources.sheet.read_sheet(data, recipe.sheet)
    if name := _no_table(data):
        raise SourceError(f"this is {name}: save it as .xlsx or .csv")
    return read_text_table(data, recipe)


def read_pasted(text: str, recipe: Recipe) -> Table:
    """Return the table of a text that was pasted or typed."""
    return read_table(text.encode("utf-8", "replace"), recipe)


def _no_table(data: bytes) -> str:
    """Name what the bytes are where they are neither a text table nor a workbook of Excel."""
    if data.startswith(_ZIP):
        return "an OpenDocument file" if b"opendocument" in data[:200] else "a zip archive"
    if data.startswith(_GZIP):
        return "a gzip archive"
    if data.startswith(_OLD_OFFICE):
        return "a workbook in the old Excel format (.xls)"
    if data.startswith(_PDF):
        return "a PDF"
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "an HTML page" if head.startswith((b"<!doctype html", b"<html", b"<table")) else ""
