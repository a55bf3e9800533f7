"""The operating system calls that saving depends on, behind one small object so that each can be made to fail."""

import os
from pathlib import Path
from typing import ClassVar

from cimodel_tui.storage.os_platform import Platform, this_platform
from cimodel_tui.storage.tree import LIMIT


class System:
    """The calls as the operating system gives them; every method raises OSError."""

    platform: ClassVar[Platform] = this_platform()
    """What differs between POSIX and Windows."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file and return its descriptor."""
        return self.platform.open(path, flags, mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write what fits and return how many bytes that were."""
        return os.write(descriptor, data)

    def read(self, descriptor: int, size: int = LIMIT + 1) -> bytes:
        """Read at most so many bytes; none at the end."""
        return os.read(descriptor, size)

    def fsync(self, descriptor: int) -> None:
        """Return once the device holds everything."""
        self.platform.sync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def stat(self, path: Path) -> os.stat_result:
        """Describe a file, links followed."""
        return os.stat(path)

    def fstat(self, descriptor: int) -> os.stat_result:
        """Describe an open file."""
        return os.fstat(descriptor)

    def fchmod(self, descriptor: int, mode: int) -> None:
        """Set the mode bits."""
        self.platform.set_mode(descriptor, mode)

    def fchown(self, descriptor: int, owner: int, group: int) -> None:
        """Set owner and group."""
        self.platform.set_owner(descriptor, owner, group)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one instant."""
        self.platform.replace(source, target)

    def truncate(self, path: Path, size: int) -> None:
        """Leave so many bytes of a file."""
        os.truncate(path, size)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        self.platform.unlink(path)

    def listdir(self, path: Path) -> list[str]:
        """Name what a folder holds."""
        return os.listdir(path)

    def makedirs(self, path: Path) -> None:
        """Make a folder for this user alone, and those above it."""
        os.makedirs(path, mode=0o700, exist_ok=True)

    def access(self, path: Path, mode: int) -> bool:
        """Tell whether this process may do that."""
        return os.access(path, mode)

    def lock(self, descriptor: int) -> None:
        """Take the lock of an open file without waiting."""
        self.platform.lock(descriptor)

    def unlock(self, descriptor: int) -> None:
        """Let the lock go, before the file is closed."""
        self.platform.unlock(descriptor)
