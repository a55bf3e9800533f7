"""Stand-ins for what only Windows has: the C runtime's locks, the console of kernel32, and files that others have open.

They keep the rules of the real ones as Microsoft documents them, on a POSIX system underneath.
"""

import errno
import os
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

_UNLOCK, _LOCK_AT_ONCE = 0, 2
_WHEN_CLOSED = 32
"""ERROR_SHARING_VIOLATION."""


class Msvcrt:
    """`msvcrt.locking`: bytes from the position on, for one open file at a time, in any process.

    A locked byte cannot be read through any other open file; this fake refuses to lock one that could be.
    """

    def __init__(self) -> None:
        import fcntl  # noqa: PLC0415 - this module is imported on Windows too

        self._fcntl = fcntl

    def locking(self, fd: int, mode: int, nbytes: int, /) -> None:
        """Lock or unlock without waiting; raises PermissionError where that cannot be."""
        at = os.lseek(fd, 0, os.SEEK_CUR)
        assert at + nbytes < 1 << 31, "the real call cannot reach it"
        assert at >= os.fstat(fd).st_size, "nobody could read the file while this byte is locked"
        kind = {_UNLOCK: self._fcntl.F_UNLCK, _LOCK_AT_ONCE: self._fcntl.F_WRLCK}[mode]
        try:
            self._fcntl.fcntl(fd, self._fcntl.F_OFD_SETLK, struct.pack("hhqqi4x", kind, os.SEEK_SET, at, nbytes, 0))
        except OSError as error:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES)) from error


class Kernel32:
    """The console: it calls the handler that was set last."""

    def __init__(self) -> None:
        self.handler: Callable[[int], bool] | None = None

    def SetConsoleCtrlHandler(self, handler: object, add: int, /) -> int:  # noqa: N802 - the name in the library
        assert add
        assert callable(handler)
        self.handler = handler
        return 1

    def event(self, number: int) -> bool:
        assert self.handler is not None
        return self.handler(number)


@contextmanager
def files_that_others_have_open(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have replacing and removing refused while anybody has the file open, and opening a folder refused always."""
    replace, unlink, opened = os.replace, os.unlink, os.open

    def refusing_replace(source: Path, target: Path) -> None:
        _refuse_where_open(target)
        replace(source, target)

    def refusing_unlink(path: Path) -> None:
        _refuse_where_open(path)
        unlink(path)

    def refusing_open(path: Path, flags: int, mode: int = 0o777) -> int:
        if os.path.isdir(path):  # noqa: PTH112 - Path.is_dir would be patched as well
            raise _denied(path)
        return opened(path, flags, mode)

    with patch.context() as inside:
        inside.setattr(os, "replace", refusing_replace)
        inside.setattr(os, "unlink", refusing_unlink)
        inside.setattr(os, "open", refusing_open)
        yield


def _refuse_where_open(path: Path) -> None:
    if path in _open_files():
        raise _denied(path)


def _open_files() -> set[Path]:
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):  # the descriptor that lists this folder is gone again
            found.add(each.readlink())
    return found


def _denied(path: Path) -> PermissionError:
    return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path), _WHEN_CLOSED)
