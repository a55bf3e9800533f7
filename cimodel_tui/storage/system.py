"""The operating system calls that saving depends on, behind one small object so that each can be made to fail."""

import fcntl
import os
import sys
from pathlib import Path

from cimodel_tui.storage.tree import LIMIT


class System:
    """The calls as the operating system gives them; every method raises OSError."""

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open a file and return its descriptor."""
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write what fits and return how many bytes that were."""
        return os.write(descriptor, data)

    def read(self, descriptor: int, size: int = LIMIT + 1) -> bytes:
        """Read at most so many bytes; none at the end."""
        return os.read(descriptor, size)

    def fsync(self, descriptor: int) -> None:
        """Return once the device holds everything."""
        if sys.platform == "darwin":
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        else:
            os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def stat(self, path: Path) -> os.stat_result:
        """Describe a file, links followed."""
        return os.stat(path)  # noqa: PTH116 - one object for all calls, on paths and descriptors alike

    def fstat(self, descriptor: int) -> os.stat_result:
        """Describe an open file."""
        return os.fstat(descriptor)

    def fchmod(self, descriptor: int, mode: int) -> None:
        """Set the mode bits."""
        os.fchmod(descriptor, mode)

    def fchown(self, descriptor: int, owner: int, group: int) -> None:
        """Set owner and group."""
        os.fchown(descriptor, owner, group)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one instant."""
        os.replace(source, target)  # noqa: PTH105 - as above

    def truncate(self, path: Path, size: int) -> None:
        """Leave so many bytes of a file."""
        os.truncate(path, size)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        os.unlink(path)  # noqa: PTH108 - as above

    def listdir(self, path: Path) -> list[str]:
        """Name what a folder holds."""
        return os.listdir(path)  # noqa: PTH208 - as above

    def makedirs(self, path: Path) -> None:
        """Make a folder for this user alone, and those above it."""
        os.makedirs(path, mode=0o700, exist_ok=True)  # noqa: PTH103 - as above

    def access(self, path: Path, mode: int) -> bool:
        """Tell whether this process may do that."""
        return os.access(path, mode)

    def flock(self, descriptor: int, operation: int) -> None:
        """Take or release a lock."""
        fcntl.flock(descriptor, operation)
