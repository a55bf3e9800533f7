"""Disks that say yes and do something else."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.saving import StoreError
from tests.storage.conftest import QuickSystem, Shelf

if TYPE_CHECKING:
    from pathlib import Path

ONE = Improvement(id="one", ref="CI-0001", title="One", owner="Ann")


class Lying(QuickSystem):
    """Lies as long as it is told to."""

    lies = True


class BitFlips(Lying):
    def write(self, descriptor: int, data: memoryview) -> int:
        spoilt = bytes(data).replace(b"Ann", b"Bnn") if self.lies else data
        return os.write(descriptor, spoilt)


class LosesTheEnd(Lying):
    def write(self, descriptor: int, data: memoryview) -> int:
        os.write(descriptor, data[:-9] if self.lies else data)
        return len(data)


class WritesNothing(Lying):
    def write(self, descriptor: int, data: memoryview) -> int:
        return 0 if self.lies else os.write(descriptor, data)


class FailsOnClose(Lying):
    """As network file systems do, which tell a full disk late."""

    def __init__(self) -> None:
        self.new: set[int] = set()

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        descriptor = super().open(path, flags, mode)
        if flags & os.O_EXCL:
            self.new.add(descriptor)
        return descriptor

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        if self.lies and descriptor in self.new:
            raise OSError(errno.EIO, "input/output error")
        self.new.discard(descriptor)


@pytest.mark.parametrize("kind", [BitFlips, LosesTheEnd, WritesNothing, FailsOnClose])
def test_what_did_not_reach_the_disk_as_it_was_written_is_never_put_in_place(kind: type[Lying], shelf: Shelf) -> None:
    shelf.create()
    shelf.from_shell(Improvement(id="zero", ref="CI-0000"))
    system = kind()
    store = shelf.open(system=system)
    before = shelf.path.read_bytes()
    store.put([ONE])
    with pytest.raises(StoreError, match="the disk reports an error"):
        store.flush()
    assert shelf.path.read_bytes() == before
    assert not list(shelf.path.parent.glob(".*.tmp-*"))
    system.lies = False
    store.flush()
    assert shelf.load().documents().improvements["one"] == ONE


def test_file_system_that_cannot_sync_folders_saves_all_the_same(shelf: Shelf) -> None:
    class NoFolderSync(QuickSystem):
        def fsync(self, descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "invalid argument")

    shelf.create()
    store = shelf.open(system=NoFolderSync())
    store.put([ONE])
    store.flush()
    assert not store.state.saving


class Nobody(QuickSystem):
    """An ordinary user, who may give a file to a group at most."""

    def __init__(self) -> None:
        self.given: list[tuple[int, int]] = []

    def fchown(self, descriptor: int, owner: int, group: int) -> None:
        if owner >= 0:
            raise PermissionError(errno.EPERM, "operation not permitted")
        self.given.append((owner, group))
        super().fchown(descriptor, owner, group)


@pytest.mark.skipif(bool(os.geteuid()), reason="only root can make a file that belongs to somebody else")
def test_group_is_kept_also_where_the_owner_cannot_be(shelf: Shelf) -> None:
    shelf.create()
    os.chown(shelf.path, 12345, 12346)
    shelf.path.chmod(0o660)
    system = Nobody()
    store = shelf.open(system=system)
    store.put([ONE])
    store.flush()
    assert system.given == [(-1, 12346)]
    assert (shelf.path.stat().st_gid, stat.S_IMODE(shelf.path.stat().st_mode)) == (12346, 0o660)


def test_what_stands_in_a_file_is_never_taken_for_a_place_on_disk(shelf: Shelf, tmp_path: Path) -> None:
    wicked = "../../../" + str(tmp_path / "evil") + "\x00;$(touch evil)"
    shelf.create(wicked)
    one = replace(ONE, id=wicked, ref=wicked, title="<script>[@click=app.quit]\x1b]52;c;eA==\x07")
    shelf.from_shell(one)
    store = shelf.open()
    store.put([replace(one, owner=wicked)])
    shelf.kill(store)
    store = shelf.open()
    assert store.documents().improvements == {wicked: replace(one, owner=wicked)}
    store.close()
    assert not list(tmp_path.rglob("evil*"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["book", "state"]
