from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import RefusedFileError, StoreError
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.schema import MIGRATIONS, Migrations

if TYPE_CHECKING:
    from cimodel_tui.storage.schema import Tree
    from tests.storage.conftest import Shelf


def owner_from_lead(tree: Tree) -> Tree:
    """A step as a later version might have it: a field got another name."""
    register = tree.get("improvements", {})
    renamed = {
        doc_id: {("owner" if name == "lead" else name): each for name, each in document.items()}
        for doc_id, document in register.items()
    }
    return {**tree, "improvements": renamed}


def title_case(tree: Tree) -> Tree:
    return {
        **tree,
        "workbook": {key: {**each, "title": str(each["title"]).title()} for key, each in tree["workbook"].items()},
    }


LATER = Migrations(current=3, steps={1: owner_from_lead, 2: title_case})

OLD: Tree = {
    "workbook": {"w": {"format": 1, "title": "my book"}},
    "improvements": {"i": {"ref": "CI-0001", "title": "Old one", "lead": "Ann", "extra": {"deep": [1]}}},
    "notes": {"n": {"text": "carried"}},
}


def test_touching_an_older_file_before_it_is_written_anew_is_no_change(shelf: Shelf) -> None:
    shelf.path.write_bytes(b"".join(Encoder().pieces(OLD)))
    store = shelf.open(migrations=LATER)
    os.utime(shelf.path, (1, 1))
    assert store.check_outside() is None


def test_older_file_is_migrated_step_by_step_with_a_backup_first(shelf: Shelf) -> None:
    shelf.path.write_text(json.dumps(OLD))
    before = shelf.path.read_bytes()
    store = shelf.open(migrations=LATER)
    assert store.documents().improvements["i"].owner == "Ann"
    assert store.documents().title.title == "My Book"
    store.flush()
    assert shelf.path.read_bytes() == before
    store.put([replace(store.documents().title, title="My Book!")])
    store.flush()
    (backup,) = store.backups()
    assert Path(backup.path).read_bytes() == before
    tree = json.loads(shelf.path.read_bytes())
    assert tree["workbook"] == {"w": {"format": 3, "title": "My Book!"}}
    assert tree["improvements"]["i"] == {"ref": "CI-0001", "title": "Old one", "owner": "Ann", "extra": {"deep": [1]}}
    assert tree["notes"] == OLD["notes"]


def test_migration_without_a_backup_does_not_happen(shelf: Shelf) -> None:
    shelf.path.write_text(json.dumps(OLD))
    before = shelf.path.read_bytes()
    shelf.places.state.write_text("a file where the folder should be")
    store = shelf.open(migrations=LATER)
    store.put([shelf.improvement(1)])
    with pytest.raises(StoreError, match="backup before the new format"):
        store.flush()
    assert shelf.path.read_bytes() == before


def test_looking_at_an_older_file_leaves_it_as_it_is(shelf: Shelf) -> None:
    shelf.path.write_text(json.dumps(OLD))
    before = shelf.written
    shelf.context = replace(shelf.context, migrations=LATER)
    assert shelf.load().documents().improvements["i"].owner == "Ann"
    assert shelf.written == before


def test_draft_of_an_older_version_is_migrated_too(shelf: Shelf) -> None:
    shelf.context = replace(shelf.context, migrations=Migrations(current=1))
    shelf.create("my book")
    store, one = shelf.open(), shelf.improvement(1)
    store.put([one])
    shelf.kill(store)
    draft = shelf.site.draft.read_bytes()
    assert b'"format":1' in draft
    again = shelf.open(migrations=LATER)
    assert again.documents().improvements == {one.id: one}
    again.close()
    tree = json.loads(shelf.path.read_bytes())
    assert list(tree["improvements"]) == [one.id]
    assert next(iter(tree["workbook"].values()))["format"] == 3


def test_newer_format_opens_read_only_and_is_never_rewritten(shelf: Shelf) -> None:
    newer = {**OLD, "workbook": {"w": {"format": 7, "title": "From the future", "new": True}}}
    shelf.path.write_text(json.dumps(newer))
    before = shelf.written
    store = shelf.open()
    assert "newer version" in store.read_only
    assert store.documents().title.title == "From the future"
    with pytest.raises(StoreError, match="newer version"):
        store.put([shelf.improvement(1)])
    with pytest.raises(StoreError, match="newer version"):
        shelf.open(editor=False)
    store.close()
    assert shelf.written == before
    assert [each.name for each in shelf.path.parent.iterdir()] == [shelf.path.name]


def test_format_that_nobody_can_lift_any_more_is_refused(shelf: Shelf) -> None:
    shelf.path.write_text(json.dumps(OLD))
    with pytest.raises(RefusedFileError, match="format 1 is no longer known"):
        shelf.open(migrations=Migrations(current=3, steps={2: title_case}))


def test_chain_of_this_program_has_a_step_from_every_older_format() -> None:
    assert set(MIGRATIONS.steps) == set(range(1, MIGRATIONS.current))
