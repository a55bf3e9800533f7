"""What may be on disk after the power was cut, given what had been synced by then.

The model promises no more than POSIX does. What was written into a file and not synced may be there, or not, or in
part, or as zeros. What was changed in a folder and not synced (a file made, renamed, removed) may have happened or not,
each change for itself; one rename is one change. What was synced stays.
"""

from __future__ import annotations

import itertools
import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Change: TypeAlias = "dict[Path, int | None]"
"""One change in a folder: the number of the file that then has this name, none where there is none."""


@dataclass
class Device:
    """Everything that is known of files and folders, on the device and in memory."""

    synced: dict[int, bytes] = field(default_factory=dict)
    """What of each file is on the device for sure."""
    written: dict[int, bytes] = field(default_factory=dict)
    """What programs see."""
    names: dict[Path, int | None] = field(default_factory=dict)
    """The names that are on the device for sure."""
    pending: list[tuple[Path, Change]] = field(default_factory=list)
    """Changes in folders that are not synced, with their folder."""

    def sync_folder(self, folder: Path) -> None:
        for _, change in (each for each in self.pending if each[0] == folder):
            self.names |= change
        self.pending = [each for each in self.pending if each[0] != folder]

    def may_hold(self, path: Path) -> set[bytes | None]:
        """Return everything that this name may lead to after the power is back, none for nothing at all."""
        mine = [change for _, change in self.pending if path in change]
        files = {self.names.get(path)}
        for number in range(1, len(mine) + 1):
            files |= {chosen[-1][path] for chosen in itertools.combinations(mine, number)}
        return set(itertools.chain.from_iterable(self._contents(each) for each in files))

    def _contents(self, file: int | None) -> Iterator[bytes | None]:
        if file is None:
            yield None
            return
        yield self.synced[file]
        now = self.written[file]
        if now != self.synced[file]:
            yield from (now, now[: len(now) // 2], b"\0" * len(now))


class RecordingSystem(System):
    """Does everything for real, keeps the device up to date, and calls back after each call that changes it."""

    def __init__(self) -> None:
        self.device = Device()
        self.moments: list[Device] = []
        """The device after each call."""
        self._file_of: dict[int, int] = {}
        self._folder_of: dict[int, Path] = {}
        self._now: dict[Path, int | None] = {}
        self._numbers = itertools.count(1)

    def known(self, path: Path) -> None:
        """Take note of a file that lies there from long ago."""
        number = next(self._numbers)
        self._now[path] = self.device.names[path] = number
        self.device.synced[number] = self.device.written[number] = path.read_bytes()

    def _moment(self) -> None:
        device = self.device
        self.moments.append(Device(dict(device.synced), dict(device.written), dict(device.names), [*device.pending]))

    def _change(self, folder: Path, change: Change) -> None:
        self._now |= change
        self.device.pending.append((folder, change))
        self._moment()

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        new = bool(flags & os.O_CREAT) and not os.path.lexists(path)
        descriptor = super().open(path, flags, mode)
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            self._folder_of[descriptor] = path
            return descriptor
        if new:
            number = next(self._numbers)
            self.device.synced[number] = self.device.written[number] = b""
            self._change(path.parent, {path: number})
        elif path not in self._now:
            self.known(path)
        file = self._now[path]
        assert file is not None
        self._file_of[descriptor] = file
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        written = super().write(descriptor, data)
        self.device.written[self._file_of[descriptor]] += bytes(data[:written])
        self._moment()
        return written

    def fsync(self, descriptor: int) -> None:
        if descriptor in self._folder_of:
            self.device.sync_folder(self._folder_of[descriptor])
        else:
            file = self._file_of[descriptor]
            self.device.synced[file] = self.device.written[file]
        self._moment()

    def close(self, descriptor: int) -> None:
        super().close(descriptor)
        self._file_of.pop(descriptor, None)
        self._folder_of.pop(descriptor, None)

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        self._change(target.parent, {target: self._now[source], source: None})

    def unlink(self, path: Path) -> None:
        super().unlink(path)
        self._change(path.parent, {path: None})


class WithoutFileSync(RecordingSystem):
    """Forgets to sync files."""

    def fsync(self, descriptor: int) -> None:
        if descriptor in self._folder_of:
            super().fsync(descriptor)


class WithoutFolderSync(RecordingSystem):
    """Forgets to sync folders."""

    def fsync(self, descriptor: int) -> None:
        if descriptor not in self._folder_of:
            super().fsync(descriptor)
