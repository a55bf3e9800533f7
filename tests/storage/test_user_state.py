from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.storage.locks import Lock
from cimodel_tui.storage.system import System
from cimodel_tui.storage.user_state import Recent, forget, recent_of, recent_workbooks, remember, saved_workbooks

if TYPE_CHECKING:
    from tests.storage.conftest import Shelf


def opened(shelf: Shelf, name: str, day: int) -> Recent:
    return Recent(
        path=shelf.folder / name,
        title=name.title(),
        page="plan",
        place={"improvement": "one", "field": "owner"},
        last_opened=datetime(2026, 3, day, tzinfo=UTC),
        figures={"improvements": 3},
    )


def test_nothing_is_remembered_at_first_and_asking_makes_no_folder(shelf: Shelf) -> None:
    assert list(recent_workbooks(shelf.places)) == []
    assert list(saved_workbooks(shelf.places)) == []
    assert not shelf.places.state.exists()


def test_what_was_opened_last_is_on_top_with_the_place_where_one_left_off(shelf: Shelf) -> None:
    for name, day in (("a", 1), ("b", 3), ("c", 2)):
        remember(shelf.places, opened(shelf, name, day))
    assert list(recent_workbooks(shelf.places)) == [
        opened(shelf, name, day) for name, day in (("b", 3), ("c", 2), ("a", 1))
    ]
    assert recent_of(shelf.places, shelf.folder / "c") == opened(shelf, "c", 2)


def test_one_workbook_stands_in_the_list_once_whatever_link_it_was_opened_by(shelf: Shelf) -> None:
    real, link = shelf.folder / "real.json", shelf.folder / "link.json"
    real.touch()
    link.symlink_to(real)
    remember(shelf.places, opened(shelf, "real.json", 1))
    remember(shelf.places, opened(shelf, "link.json", 2))
    (one,) = recent_workbooks(shelf.places)
    assert one.path == real
    assert recent_of(shelf.places, link) == one


def test_workbooks_that_are_gone_are_left_out_and_those_of_the_data_folder_are_in(shelf: Shelf) -> None:
    shelf.places.data.mkdir()
    here, found = shelf.folder / "here.json", shelf.places.data / "found.json"
    here.touch()
    found.touch()
    remember(shelf.places, opened(shelf, "here.json", 1))
    remember(shelf.places, opened(shelf, "gone.json", 2))
    assert [each.path for each in saved_workbooks(shelf.places)] == [here, found]


def test_forgetting_takes_it_off_the_list_and_leaves_the_file(shelf: Shelf) -> None:
    path = shelf.folder / "a"
    path.touch()
    remember(shelf.places, opened(shelf, "a", 1))
    forget(shelf.places, path)
    assert list(recent_workbooks(shelf.places)) == []
    assert path.exists()


def test_list_is_private_and_leaves_nothing_beside_it(shelf: Shelf) -> None:
    remember(shelf.places, opened(shelf, "a", 1))
    remember(shelf.places, opened(shelf, "b", 1))
    assert sorted(each.name for each in shelf.places.state.iterdir()) == [".recent.lock", "recent.json"]
    assert shelf.places.recent.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "rubbish",
    [
        b"",
        b"{",
        b"null",
        b"5",
        b"[" * 100_000,
        b"\xff",
        b'[1, null, {}, {"path": 5}, {"path": ""}, {"path": "a\\u0000"}]',
    ],
)
def test_list_that_makes_no_sense_is_an_empty_one_and_is_replaced(shelf: Shelf, rubbish: bytes) -> None:
    shelf.places.state.mkdir()
    shelf.places.recent.write_bytes(rubbish)
    assert list(recent_workbooks(shelf.places)) == []
    remember(shelf.places, opened(shelf, "a", 1))
    assert [each.title for each in recent_workbooks(shelf.places)] == ["A"]


def test_entry_with_wrong_parts_keeps_the_right_ones(shelf: Shelf) -> None:
    shelf.places.state.mkdir()
    entry: dict[str, object] = {
        "path": "/x",
        "title": None,
        "page": 5,
        "place": {"a": 1, "b": "c"},
        "last_opened": "never",
        "figures": [],
    }
    shelf.places.recent.write_text(json.dumps([entry]))
    (one,) = recent_workbooks(shelf.places)
    assert (one.title, one.place, one.last_opened, one.figures) == ("", {"b": "c"}, None, {})


def test_list_that_another_program_keeps_locked_is_left_as_it_is(shelf: Shelf) -> None:
    remember(shelf.places, opened(shelf, "a", 1))
    lock = Lock(System(), shelf.places.state / ".recent.lock")
    lock.take()
    remember(shelf.places, opened(shelf, "b", 2))
    forget(shelf.places, shelf.folder / "a")
    lock.release()
    assert list(recent_workbooks(shelf.places)) == [opened(shelf, "a", 1)]


def test_state_folder_that_cannot_be_written_is_no_trouble(shelf: Shelf) -> None:
    shelf.places.state.write_text("a file where the folder should be")
    remember(shelf.places, opened(shelf, "a", 1))
    forget(shelf.places, shelf.folder / "a")
    assert list(recent_workbooks(shelf.places)) == []
