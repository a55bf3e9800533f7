"""Files and folders that this user may not write."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.open import create
from tests.faults.recovery import ONE, TWO, assert_fails_and_recovers
from tests.storage.conftest import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def as_nobody() -> Iterator[None]:
    """Give up the rights of root, who may write everywhere, for a while."""
    if os.geteuid():
        yield
        return
    os.setresgid(65534, 65534, 0)
    os.setresuid(65534, 65534, 0)
    try:
        yield
    finally:
        os.setresuid(0, 0, 0)
        os.setresgid(0, 0, 0)


@pytest.fixture
def plain_shelf() -> Iterator[Shelf]:
    """A workbook that belongs to an ordinary user, in a folder that such a user can reach."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        with as_nobody():
            shelf = Shelf(Path(name))
            shelf.create()
            shelf.from_shell(ONE)
        yield shelf
        with as_nobody():
            for each in (shelf.path.parent, shelf.path):
                each.chmod(0o700)


@pytest.mark.parametrize("part", ["folder", "file"])
def test_what_this_user_may_not_write_opens_read_only_and_stays_as_it_is(plain_shelf: Shelf, part: str) -> None:
    shelf = plain_shelf
    with as_nobody():
        before = shelf.path.read_bytes()
        (shelf.path.parent if part == "folder" else shelf.path).chmod(0o500)
        store = shelf.open()
        assert part in store.read_only
        assert "read-only" in store.read_only
        with pytest.raises(StoreError, match="read-only"):
            store.put([TWO])
        with pytest.raises(StoreError, match="read-only"):
            shelf.from_shell(TWO)
        store.close()
        assert shelf.path.read_bytes() == before


def test_folder_that_this_user_may_no_longer_write_under_way(plain_shelf: Shelf) -> None:
    shelf = plain_shelf
    with as_nobody():
        store = shelf.open()
        shelf.path.parent.chmod(0o500)
        assert_fails_and_recovers(shelf, store, "permission is denied", lambda: shelf.path.parent.chmod(0o700))


def test_file_that_this_user_may_not_read_is_refused_with_the_reason(plain_shelf: Shelf) -> None:
    with as_nobody():
        plain_shelf.path.chmod(0)
        with pytest.raises(StoreError, match="permission is denied"):
            plain_shelf.open()


def test_place_where_nothing_may_be_made_is_told(plain_shelf: Shelf) -> None:
    with as_nobody():
        plain_shelf.path.parent.chmod(0o500)
        with pytest.raises(StoreError, match="permission is denied"):
            create(plain_shelf.path.with_name("new.json"), "New", plain_shelf.places, plain_shelf.context)
