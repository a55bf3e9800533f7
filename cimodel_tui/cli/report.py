"""`cimodel-tui report` and `card`: for people who will not open the tool.

A report is the register, or one improvement on one page; a card shows one improvement before and after. PDF is printed
through an installed browser, because none comes with this program.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui import reports
from cimodel_tui.charts import svg
from cimodel_tui.charts.card import card_svg, card_text
from cimodel_tui.cli import output
from cimodel_tui.cli.arguments import files_and_ref
from cimodel_tui.cli.output import each_of
from cimodel_tui.cli.shell import Shell, Values, WrongUseError, day_of, improvement_of
from cimodel_tui.reports import csv_format, html, markdown, portfolio, prepare, summary
from cimodel_tui.reports.summary import OnePage
from cimodel_tui.storage.system import System
from cimodel_tui.views.improvement_row import improvement_row
from cimodel_tui.views.measurements import lead_readings, readings_of
from cimodel_tui.views.overview import overview
from cimodel_tui.views.sealing import card_of

if TYPE_CHECKING:
    from datetime import date

    from cimodel_tui.charts.card import Card
    from cimodel_tui.model.improvement import Improvement
    from cimodel_tui.workbook import Workbook


OF_THE_REGISTER = ("md", "html", "csv", "csv-classic", "json", "xlsx", "pdf")
"""What the register can be written as."""

OF_AN_IMPROVEMENT = ("md", "html", "csv", "json", "xlsx", "svg", "pdf")
"""What one improvement can be written as: its csv holds its readings, its svg the run chart."""


_CHART = (880, 360)


def run_report(shell: Shell, values: Values) -> int:
    """Write the report in every requested format, to standard output, to files, or to a folder."""
    files, ref = files_and_ref(values, "report")
    known = OF_AN_IMPROVEMENT if ref else OF_THE_REGISTER
    formats = output.formats_of("report", values.format, "" if len(files) > 1 else values.out, known)
    if len(files) > 1:
        return _into_folder(shell, values, files, formats)
    if len(formats) > 1 and values.out in output.STDOUT:
        raise WrongUseError("report: several formats need a name for their files: -o OUT")
    book = shell.open_to_read(files[0])
    report = _Report(book, improvement_of(book, ref) if ref else None, values)
    for each in formats:
        output.write_format("report", values.out, each, report.data(each), stem=len(formats) > 1)
    return 0


def _into_folder(shell: Shell, values: Values, files: list[Path], formats: list[str]) -> int:
    """Write the registers of several workbooks into a folder, each under the name of its file."""
    if values.out in output.STDOUT:
        raise WrongUseError("report: several workbooks need a folder for their reports: -o FOLDER")
    folder = Path(values.out).expanduser()
    folder.mkdir(parents=True, exist_ok=True)
    stems: set[str] = set()
    for path in each_of(files, "workbooks"):
        report = _Report(shell.open_to_read(path), None, values)
        stem = path.name.removesuffix(".json").removesuffix(".cimodel")
        name = stem if stem not in stems else f"{stem}-{len(stems) + 1}"
        stems.add(stem)
        for each in formats:
            output.write_format("report", str(folder / name), each, report.data(each), stem=True)
    return 0


class _Report:
    """One report, prepared when its first format is asked for."""

    def __init__(self, book: "Workbook", entry: "Improvement | None", values: Values) -> None:
        self._book = book
        self._entry = entry
        self._since: date | None = day_of("--since", values.since) if values.since else None
        self._bom = "" if values.no_bom or values.out in output.STDOUT else output.BOM

    def data(self, chosen: str) -> bytes:
        """Return the report in one format."""
        if chosen == "xlsx":
            return self._xlsx()
        if chosen == "pdf":
            return print_to_pdf(self._text("html"))
        return self._text(chosen).encode("utf-8", "replace")

    def _text(self, chosen: str) -> str:
        if chosen in ("csv", "csv-classic"):
            return self._bom + self._csv(chosen)
        if chosen == "svg":
            return self._svg()
        return self._page(chosen)

    def _page(self, chosen: str) -> str:
        found = (
            prepare.one_page(self._book, self._entry, self._since)
            if self._entry
            else prepare.register(self._book, self._since)
        )
        if chosen == "json":
            return summary.report_json(found)
        if isinstance(found, OnePage):
            return markdown.one_page(found) if chosen == "md" else html.one_page(found)
        return markdown.register(found) if chosen == "md" else html.register(found)

    def _csv(self, chosen: str) -> str:
        if self._entry:
            return csv_format.readings_csv(readings_of(self._book, self._entry))
        if chosen == "csv-classic":
            return csv_format.register_csv(self._book)
        return portfolio.table_csv(overview([self._book]))

    def _svg(self) -> str:
        found = lead_readings(self._book, self._entry) if self._entry else None
        if found is None:
            raise WrongUseError("report: there are no readings to draw yet")
        return svg(found.chart, *_CHART)

    def _xlsx(self) -> bytes:
        entries = [self._entry] if self._entry else list(self._book.improvements())
        rows = [improvement_row(self._book, each) for each in each_of(entries, "improvements")]
        readings = [found for each in each_of(entries, "improvements") for found in readings_of(self._book, each)]
        return reports.xlsx.report_xlsx(self._book.title, self._book.clock.today(), rows, readings)


_CARD_FORMATS = ("md", "svg")
"""What a card can be written as; md is plain text."""


def run_card(shell: Shell, values: Values) -> int:
    """Print the card of the latest verified check, else of the result as it is now."""
    (chosen,) = output.formats_of("card", values.format, values.out, _CARD_FORMATS)
    book = shell.open_to_read(Path(values.file))
    card = latest_card(book, improvement_of(book, values.ref))
    if card is None:
        raise WrongUseError(f"card: {values.ref} has no metric with a target, a baseline and a result yet")
    text = card_svg(card) if chosen == "svg" else card_text(card)
    output.write_format("card", values.out, chosen, f"{text}\n".encode("utf-8", "replace"))
    return 0


def latest_card(book: "Workbook", improvement: "Improvement") -> "Card | None":
    """Return the card of the latest iteration that was verified, else of the latest one; None without a result."""
    iterations = book.iterations(improvement.id)
    verified = [each for each in iterations if each.check.verified]
    return card_of(book, improvement, (verified or iterations)[-1])


_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
_WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
_WINDOWS_BROWSERS = (
    ("Google", "Chrome", "Application", "chrome.exe"),
    ("Microsoft", "Edge", "Application", "msedge.exe"),
)
_PRINT_TIMEOUT = 60
_NO_BROWSER = (
    "report: pdf needs Chromium, Chrome or Edge, and none is found; "
    "write html, open it in any browser and print it as PDF"
)


def print_to_pdf(page: str) -> bytes:
    """Return an HTML page as PDF; raises WrongUseError if no browser is found or it fails."""
    browser = next(_find_browsers(), None)
    if browser is None:
        raise WrongUseError(_NO_BROWSER)
    with tempfile.TemporaryDirectory(prefix="cimodel-tui-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-sync",
            "--disable-component-update",
            "--no-pdf-header-footer",
            f"--user-data-dir={Path(folder, 'profile')}",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        if System.platform.is_root():
            command.insert(1, "--no-sandbox")  # Chromium refuses to run as root with its sandbox
        try:
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PRINT_TIMEOUT, check=True)  # noqa: S603 - a browser that was found on the path
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise WrongUseError(f"report: {browser} could not print the page; write html and print that") from None


def _find_browsers() -> Iterator[str]:
    """Yield the installed browsers, by name on the path, then where Windows and macOS install them."""
    yield from (found for name in _BROWSERS if (found := shutil.which(name)))
    folders = [found for name in _WINDOWS_FOLDERS if (found := os.environ.get(name))]
    paths = [Path(folder, *parts) for folder in folders for parts in _WINDOWS_BROWSERS]
    if sys.platform == "darwin":
        paths += [
            Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
            Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        ]
    yield from (str(each) for each in paths if each.is_file())
