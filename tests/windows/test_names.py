"""Workbooks made from home have names that every system takes."""

import re
from datetime import date
from pathlib import Path

import pytest

from cimodel_tui.cli.config import Config
from cimodel_tui.cli.desk import FileDesk
from cimodel_tui.model.clock import SystemClock
from cimodel_tui.storage.paths import UserFolders


@pytest.fixture
def desk(tmp_path: Path) -> FileDesk:
    places = UserFolders(tmp_path / "data", tmp_path / "state", tmp_path / "config")
    return FileDesk(places, Config(), SystemClock(date(2026, 11, 23)))


@pytest.mark.parametrize(("title", "name"), [("Con", "con-workbook.json"), ("LPT1", "lpt1-workbook.json")])
def test_no_workbook_is_named_like_a_device(desk: FileDesk, title: str, name: str) -> None:
    book = desk.create(title)
    book.store.close()
    assert book.store.path.name == name


@pytest.mark.parametrize("title", ['a<b>c:d"e/f\\g|h?i*j', "ends with a dot. ", "...", "Service desk 24/7"])
def test_name_holds_nothing_that_windows_refuses(desk: FileDesk, title: str) -> None:
    book = desk.create(title)
    book.store.close()
    assert re.fullmatch(r"[a-z0-9-]*[a-z0-9]\.json", book.store.path.name)
