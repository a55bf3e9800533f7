"""Prints a report as PDF through a browser that is installed; none comes with this program."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cimodel_tui.cli.shell import WrongUseError
from cimodel_tui.storage.system import System

_NAMES = (
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
_WINDOWS_PROGRAMS = (
    ("Google", "Chrome", "Application", "chrome.exe"),
    ("Microsoft", "Edge", "Application", "msedge.exe"),
)
_SECONDS = 60
_NO_BROWSER = (
    "report: pdf needs Chromium, Chrome or Edge, and none is found; "
    "write html, open it in any browser and print it as PDF"
)


def printed(page: str) -> bytes:
    """Return an HTML page as PDF; raises WrongUseError where no browser is found or it does not print."""
    browser = next(_browsers(), None)
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
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 - a browser that was found on the path
            return target.read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise WrongUseError(f"report: {browser} could not print the page; write html and print that") from None


def _browsers() -> Iterator[str]:
    """Yield the browsers that are found, by name on the path, then where Windows and macOS install them."""
    yield from (found for name in _NAMES if (found := shutil.which(name)))
    folders = [found for name in _WINDOWS_FOLDERS if (found := os.environ.get(name))]
    places = [Path(folder, *parts) for folder in folders for parts in _WINDOWS_PROGRAMS]
    if sys.platform == "darwin":
        places += [
            Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
            Path("/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"),
            Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
        ]
    yield from (str(each) for each in places if each.is_file())
