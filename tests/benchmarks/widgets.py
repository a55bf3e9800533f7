"""How many widgets a page of the program mounts, counted on the page itself."""

import asyncio
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from cimodel_tui.app import CimodelApp
from cimodel_tui.cli.config import Config
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.model.step import Place
from cimodel_tui.storage.open import load
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.workbook import Workbook


@dataclass(frozen=True)
class Counted:
    """What a page is made of."""

    widgets: int
    """How many widgets, those within others included."""


@cache
def counted(path: Path, place: Place, page: str) -> Counted:
    """Count the widgets of a page once it is mounted."""
    return asyncio.run(_count(path, place, page))


async def _count(path: Path, place: Place, page: str) -> Counted:
    with TemporaryDirectory() as folder:
        places = UserFolders(*(Path(folder) / each for each in ("data", "state", "config")))
        book = Workbook(load(path, places), SystemClock())
        app = CimodelApp(FileDesk(places, Config(), SystemClock()), book)
        async with app.run_test(size=(80, 24)) as pilot:
            app.navigation.show(page, place)
            await pilot.pause(0.5)
            return Counted(len(list(app.screen.walk_children())))
