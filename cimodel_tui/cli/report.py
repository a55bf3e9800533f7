"""`cimodel-tui report`: the register, or one improvement on one page, for people who will not open the tool."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui.cli.shell import Shell, Values, WrongUseError, day_of, improvement_of

if TYPE_CHECKING:
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.workbook import Workbook

FORMATS = ("md", "html", "csv", "json")
"""What a report can be written as."""


def run_report(shell: Shell, values: Values) -> int:
    """Write the report in every format that is asked for, to standard output or to files."""
    formats = _formats(values.format, values.out)
    if len(formats) > 1 and values.out in ("", "-"):
        raise WrongUseError("report: several formats need a name for their files: -o OUT")
    if values.ref and "csv" in formats:
        raise WrongUseError("report: csv is the register; leave REF out, or take md, html or json")
    book = shell.look(values.file)
    made = _Report(book, improvement_of(book, values.ref) if values.ref else None, values.since)
    for each in formats:
        text = made.text(each)
        if values.out in ("", "-"):
            sys.stdout.write(text)
        else:
            _write(_named(values.out, each, stem=len(formats) > 1), text)
    return 0


def _formats(given: str, out: str) -> list[str]:
    """Return the formats that are asked for, else the one that the name of the file stands for."""
    if not given:
        ending = Path(out).suffix.lstrip(".").lower()
        return ["md" if ending in ("", "markdown") else ending] if ending in ("", "markdown", *FORMATS) else ["md"]
    found = list(dict.fromkeys(each.strip().lower() for each in given.split(",") if each.strip()))
    for each in found:
        if each not in FORMATS:
            raise WrongUseError(f"report: there is no format {each}: md, html, csv and json can be had")
    return found or ["md"]


def _named(out: str, ending: str, *, stem: bool) -> Path:
    path = Path(out).expanduser()
    if not stem:
        return path
    bare = path.with_suffix("") if path.suffix.lstrip(".").lower() in FORMATS else path
    return bare.with_name(f"{bare.name}.{ending}")


class _Report:
    """One report, prepared once for all of its formats."""

    def __init__(self, book: "Workbook", entry: "Improvement | None", since: str) -> None:
        from cimodel_tui.reports import prepare  # noqa: PLC0415 - loaded with the command

        day = day_of("--since", since) if since else None
        self._book = book
        self._page = prepare.one_page(book, entry, day) if entry else None
        self._register = None if entry else prepare.register(book, day)

    def text(self, ending: str) -> str:
        """Return the report in one format."""
        from cimodel_tui.reports import html, json_format, markdown, register_csv  # noqa: PLC0415 - as above

        if ending == "csv":
            return register_csv.register_csv(self._book)
        if self._page:
            written = {"md": markdown.one_page, "html": html.one_page, "json": json_format.report_json}
            return written[ending](self._page)
        if self._register:
            listed = {"md": markdown.register, "html": html.register, "json": json_format.report_json}
            return listed[ending](self._register)
        return ""


def _write(path: Path, text: str) -> None:
    """Put a report in its place whole: written beside it first, then moved over what was there."""
    data = text.encode("utf-8", "replace")
    if path.is_dir():
        raise WrongUseError(f"report: {path} is a folder")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replaced(path.resolve(), data)
    except OSError as problem:
        raise WrongUseError(f"report: {path} cannot be written: {(problem.strerror or str(problem)).lower()}") from None


def _replaced(path: Path, data: bytes) -> None:
    """Replace a file by another, which gets the mode of the one before."""
    import os  # noqa: PLC0415 - as above

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
