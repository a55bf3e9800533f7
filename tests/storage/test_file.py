from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import DamagedError, RefusedFileError
from cimodel_tui.storage.file import parse_file
from cimodel_tui.storage.open import newest_good_backup
from cimodel_tui.storage.schema import LIMIT

if TYPE_CHECKING:
    from tests.storage.conftest import Shelf

GOOD = '{"workbook": {"w": {"format": 1, "title": "T"}}, "improvements": {}, "iterations": {}}'
ENTRY = '{"workbook": {"w": {"format": 1, "title": "T"}}, "improvements": {"i": %s}}'
ITERATION = '{"workbook": {"w": {"format": 1, "title": "T"}}, "iterations": {"p": %s}}'

BAD = {
    "empty": ("", "it is empty"),
    "blank": (" \n", "it is empty"),
    "cut off": (GOOD[:40], "cut off or not JSON in line 1, column"),
    "no JSON": ("hello", "not JSON in line 1, column 1"),
    "trailing comma": ('{\n"a": 1,\n}', "not JSON in line "),
    "null": ("null", "outermost value is not an object"),
    "list": ("[]", "outermost value is not an object"),
    "text": ('"x"', "outermost value is not an object"),
    "no tables": ('{"a": 1}', "not of tables with documents"),
    "table of texts": ('{"workbook": {"w": "x"}}', "not of tables with documents"),
    "no workbook": ('{"improvements": {}}', "no table “workbook”"),
    "empty workbook": ('{"workbook": {}}', "holds 0 documents"),
    "two titles": ('{"workbook": {"a": {"format": 1}, "b": {"format": 1}}}', "holds 2 documents"),
    "no format": ('{"workbook": {"w": {"title": "T"}}}', "states no format"),
    "format as text": ('{"workbook": {"w": {"format": "1", "title": "T"}}}', "states no format"),
    "format true": ('{"workbook": {"w": {"format": true, "title": "T"}}}', "states no format"),
    "format zero": ('{"workbook": {"w": {"format": 0, "title": "T"}}}', "states no format"),
    "no title": ('{"workbook": {"w": {"format": 1}}}', "at workbook, w, title there has to be a value"),
    "title as number": ('{"workbook": {"w": {"format": 1, "title": 5}}}', "workbook, w, title there has to be text"),
    "key twice": ('{"workbook": {"w": {"format": 1, "title": "a", "title": "b"}}}', "key “title” appears twice"),
    "table twice": ('{"workbook": {"w": {"format": 1, "title": "a"}}, "workbook": {}}', "key “workbook” appears twice"),
    "NaN": (ENTRY % '{"ref": "a", "x": NaN}', "holds NaN"),
    "infinity": (ENTRY % '{"ref": "a", "x": -Infinity}', "holds -Infinity"),
    "1e999": (ENTRY % '{"ref": "a", "x": 1e999}', "too large a number"),
    "10,000 deep": (ENTRY % ('{"ref": "a", "x": ' + "[" * 10_000 + "]" * 10_000 + "}"), "250 levels"),
    "400 deep": (ENTRY % ('{"ref": "a", "x": ' + "[" * 400 + "]" * 400 + "}"), "250 levels"),
    "cut off deep": ("[" * 100_000, "250 levels"),
    "5,000 digits": (ENTRY % ('{"ref": "a", "x": ' + "1" * 5000 + "}"), "too long"),
    "byte order mark": ("\ufeff" + GOOD, "byte order mark"),
    "readings as list": (ENTRY % '{"ref": "a", "readings": []}', "improvements, i, readings there has to be an object"),
    "reading as text": (
        ENTRY % '{"ref": "a", "readings": {"m": {"d": "7"}}}',
        "readings, m, d there has to be an object",
    ),
    "value as number": (
        ENTRY % '{"ref": "a", "readings": {"m": {"d": {"value": 7}}}}',
        "m, d, value there has to be text",
    ),
    "tags of numbers": (ENTRY % '{"ref": "a", "was": [1]}', "was there has to be a list of texts"),
    "no improvement": (ITERATION % "{}", "iterations, p, improvement there has to be a value"),
    "part as list": (ITERATION % '{"improvement": "i", "vision": []}', "p, vision there has to be an object"),
    "rows as object": (
        ITERATION % '{"improvement": "i", "plan": {"actions": {}}}',
        "actions there has to be a list of rows",
    ),
    "row without id": (
        ITERATION % '{"improvement": "i", "plan": {"actions": [{}]}}',
        "actions, row 1, id there has to be a value",
    ),
    "number as true": (ITERATION % '{"improvement": "i", "number": true}', "number there has to be a whole number"),
    "seal as text": (ITERATION % '{"improvement": "i", "baseline": {"seal": "x"}}', "seal there has to be an object"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_with_the_place_and_left_alone(name: str, shelf: Shelf) -> None:
    text, words = BAD[name]
    shelf.path.write_text(text, encoding="utf-8")
    before = shelf.written
    with pytest.raises(RefusedFileError) as caught:
        shelf.open()
    assert words in str(caught.value)
    assert str(shelf.path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert shelf.path.read_text(encoding="utf-8") == text
    assert shelf.written == before
    assert os.listdir(shelf.path.parent) == [shelf.path.name]  # noqa: PTH208 - names


def test_byte_order_marks_of_other_encodings_and_wrong_bytes_are_named(shelf: Shelf) -> None:
    for data, words in (
        (GOOD.encode("utf-16"), "byte order mark"),
        (b'{"workbook":\n{"w": "\xff"}}', "not UTF-8 in line 2"),
    ):
        shelf.path.write_bytes(data)
        with pytest.raises(RefusedFileError, match=words):
            shelf.open()


def test_what_is_no_regular_file_is_refused_at_once(shelf: Shelf) -> None:
    with pytest.raises(RefusedFileError, match="no such file"):
        shelf.open()
    os.mkfifo(shelf.path)
    with pytest.raises(RefusedFileError, match="not a regular file"):
        shelf.open()
    shelf.path.unlink()
    shelf.path.mkdir()
    with pytest.raises(RefusedFileError, match="it is a folder"):
        shelf.open()


def test_device_and_socket_are_refused(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.path.symlink_to("/dev/zero")
    with pytest.raises(RefusedFileError, match="not a regular file"):
        shelf.open()
    shelf.path.unlink()
    with socket.socket(socket.AF_UNIX) as heard:
        monkeypatch.chdir(shelf.path.parent)
        heard.bind(shelf.path.name)
        with pytest.raises(RefusedFileError, match="not a regular file"):
            shelf.open()


def test_link_that_goes_in_circles_is_refused(shelf: Shelf) -> None:
    shelf.path.symlink_to(shelf.path.name)
    with pytest.raises(RefusedFileError, match="circle"):
        shelf.open()


def test_more_than_64_mb_is_refused_unread(shelf: Shelf) -> None:
    with shelf.path.open("wb") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(RefusedFileError, match="64 MB"):
        shelf.open()


def test_hand_written_file_in_any_layout_is_read(shelf: Shelf) -> None:
    assert parse_file(GOOD.encode()).canonical is False
    big = GOOD.replace('"T"}', '"T", "big": 123456789012345678901234567890, "one": 1.0}')
    assert parse_file(big.encode()).tree["workbook"]["w"]["big"] == 123456789012345678901234567890
    shelf.path.write_text(GOOD)
    assert shelf.load().documents().title.title == "T"


def test_newest_good_backup_is_offered_for_a_refused_file(shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(shelf.improvement(1))
    shelf.clock.move(hours=2)
    shelf.from_shell(shelf.improvement(2))
    shelf.path.write_bytes(b"")
    backup = newest_good_backup(shelf.path, shelf.places, shelf.context)
    assert backup is not None
    assert backup.number == 1
    assert b"CI-0001" in Path(backup.path).read_bytes()
    Path(backup.path).write_bytes(b"")
    older = newest_good_backup(shelf.path, shelf.places, shelf.context)
    assert older is not None
    assert older.number == 2


@pytest.mark.parametrize("text", ["", "[]", '{"a": {"b": {"c": NaN}}}'])
def test_damage_is_told_apart_from_the_file_that_has_it(text: str) -> None:
    with pytest.raises(DamagedError):
        parse_file(text.encode())
