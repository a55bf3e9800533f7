from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.open import merge_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.conftest import Shelf

ONE = Improvement(id="one", ref="CI-0001", title="One", owner="Ann")


@pytest.fixture
def three(shelf: Shelf) -> tuple[Path, Path, Path]:
    """One workbook, as it was and as two people have it."""
    shelf.create()
    shelf.from_shell(ONE)
    paths = shelf.folder / "base", shelf.folder / "ours", shelf.folder / "theirs"
    for path in paths:
        path.write_bytes(shelf.path.read_bytes())
    return paths


def edited(shelf: Shelf, path: Path, *documents: Improvement) -> None:
    shelf.path = path
    shelf.from_shell(*documents)


def test_two_edits_of_one_field_are_named_once_and_not_again_by_the_next_merge(
    shelf: Shelf, three: tuple[Path, Path, Path]
) -> None:
    base, ours, theirs = three
    edited(shelf, ours, replace(ONE, owner="Bob"))
    edited(shelf, theirs, replace(ONE, owner="Cid"))
    (conflict,) = merge_files(base, ours, theirs, shelf.context).conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("Ann", "Bob", "Cid")
    assert merge_files(theirs, ours, theirs, shelf.context).conflicts == ()


def test_only_ours_is_written_and_with_the_same_bytes_from_either_side(
    shelf: Shelf, three: tuple[Path, Path, Path]
) -> None:
    base, ours, theirs = three
    edited(shelf, ours, replace(ONE, owner="Bob"))
    edited(shelf, theirs, replace(ONE, sponsor="Cid"))
    before = base.read_bytes(), theirs.read_bytes()
    mine = ours.read_bytes()
    merge_files(base, ours, theirs, shelf.context)
    assert (base.read_bytes(), theirs.read_bytes()) == before
    merged = ours.read_bytes()
    ours.write_bytes(mine)
    merge_files(base, theirs, ours, shelf.context)
    assert theirs.read_bytes() == merged


@pytest.mark.parametrize("number", [0, 1, 2])
@pytest.mark.parametrize("damage", [b"{", b'{"workbook": {"w": {"format": 99, "title": "T"}}}', None])
def test_file_that_is_no_workbook_of_this_version_is_refused_and_ours_stays(
    damage: bytes | None, number: int, shelf: Shelf, three: tuple[Path, Path, Path]
) -> None:
    if damage is None:
        three[number].unlink()
        three[number].mkdir()
    else:
        three[number].write_bytes(damage)
    before = three[1].read_bytes() if three[1].is_file() else b""
    with pytest.raises(StoreError):
        merge_files(*three, shelf.context)
    assert (three[1].read_bytes() if three[1].is_file() else b"") == before
