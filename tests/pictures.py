"""Draws the pictures that the README shows, from the running program over the sample on its own day.

    python tests/pictures.py

writes `home.svg`, `register.svg`, `step.svg` and `dashboard.svg` into `.pictures/`, and, where there is a Chromium to
print it with, `report.png`.
They need nothing from any other machine.

    python tests/pictures.py FOLDER [NAME ...]

draws every screen (or those named) at three sizes and in both themes into a folder outside the repository, to be looked
at: SVG, and PNG where there is a Chromium.
"""

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from cimodel_tui.cli import run  # noqa: E402 - the folder above is found first
from tests.look.conftest import MORNING, SITUATIONS, Situation  # noqa: E402 - as above
from tests.screens.conftest import Hands, Room  # noqa: E402 - as above

FOLDER = ROOT / ".pictures"

SIZE = (120, 40)

FOLLOWS = "hardware triage"
"""Something that is due in the sample: what a thread finds out beside the keys is in the pictures as well."""

PAGES = (
    Situation("register"),
    Situation("step", page="baseline", ref="CI-0002"),
    Situation("dashboard", page="dashboard"),
)

_OUTSIDE = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_NUMBERED = re.compile(r"terminal-\d+")


def without_links(svg: str) -> str:
    """Return a picture that loads no font from elsewhere and is the same each time."""
    return _NUMBERED.sub("terminal", _OUTSIDE.sub("", svg)).replace("Fira Code", "ui-monospace, DejaVu Sans Mono")


def keep(hands: Hands, name: str) -> None:
    svg = without_links(hands.app.export_screenshot())
    (FOLDER / f"{name}.svg").write_text(svg, encoding="utf-8")


async def draw(folder: Path) -> None:
    room = Room(folder)
    room.clock.moment = MORNING
    path = room.copy_of_sample()
    async with room.at(path, SIZE) as hands:
        for page in PAGES:
            await page.reach(hands)
            if page.name == "register":
                await hands.until(lambda: hands.shows(FOLLOWS))
            keep(hands, page.name)
    async with room.at(size=(80, 24)) as hands:  # too narrow for the path of the folder
        await hands.until(lambda: hands.shows(FOLLOWS))
        keep(hands, "home")


SIZES = ((80, 24), (120, 40), (200, 50))

THEMES = ("harbour-dark", "harbour-light")


async def draw_all(target: Path, names: list[str]) -> None:
    """Draw every situation at every size in every theme."""
    wanted = [each for each in SITUATIONS if not names or each.name in names]
    for size in SIZES:
        for theme in THEMES:
            with TemporaryDirectory() as folder:
                room = Room(Path(folder))
                room.clock.moment = MORNING
                async with room.at(room.copy_of_sample(), size) as hands:
                    hands.app.theme = theme
                    for situation in wanted:
                        await situation.reach(hands)
                        await hands.rest()
                        name = (
                            f"{situation.name.replace(' ', '-')}-{size[0]}x{size[1]}-{theme.removeprefix('harbour-')}"
                        )
                        (target / f"{name}.svg").write_text(without_links(hands.app.export_screenshot()), "utf-8")
                        await situation.leave(hands)
    print_pictures(target)


def chromium() -> str | None:
    """Return a browser that draws pictures, none where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := which(name))), None)


def print_pictures(target: Path) -> None:
    """Have a browser draw every picture as PNG."""
    browser = chromium()
    for svg in sorted(target.glob("*.svg")) if browser else ():
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1600,1000")
        picture = f"--screenshot={svg.with_suffix('.png')}"
        subprocess.run([str(browser), *options, picture, svg.as_uri()], check=True, capture_output=True)


def report(folder: Path) -> None:
    """Have the report of the first improvement drawn by a browser."""
    browser = chromium()
    if browser is None:
        sys.stderr.write("no Chromium here: .pictures/report.png stays as it is\n")
        return
    page = folder / "report.html"
    run(["--today=2026-11-23", "report", str(folder / "sample copy.json"), "CI-0001", f"-o={page}"])
    picture = f"--screenshot={FOLDER / 'report.png'}"
    options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=900,1240")
    subprocess.run(
        [browser, *options, f"--user-data-dir={folder / 'profile'}", picture, page.as_uri()],
        check=True,
        capture_output=True,
    )


def main() -> None:
    if len(sys.argv) > 1:
        target = Path(sys.argv[1])
        target.mkdir(parents=True, exist_ok=True)
        asyncio.run(draw_all(target, sys.argv[2:]))
        return
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        asyncio.run(draw(Path(folder)))
        report(Path(folder))


if __name__ == "__main__":
    main()
