"""The operating system calls that saving depends on, behind one small object so that each can be made to fail.

What POSIX and Windows do differently stands in two halves behind one protocol; nothing else uses what one of them
lacks. Windows keeps the same promises by other means. A locked byte cannot be read there, so the lock lies far past the
end of its file. A file that another program has open (an antivirus scanner, a synchroniser, an editor) can be neither
replaced nor removed, so that is tried again for a while. A folder cannot be synced and need not be, a file has no mode
bits, and text mode would turn each line feed into two characters unless a file is opened as binary.
"""

import errno
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from cimodel_tui.storage.schema import LIMIT

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


T = TypeVar("T")

LOCK_AT = 0x7FFF_0000
"""Where the locked byte lies: past the end of any lock file, and below the 2 GB that `msvcrt.locking` can reach."""

_UNLOCK, _LOCK_AT_ONCE = 0, 2
"""LK_UNLCK and LK_NBLCK of <sys/locking.h>."""

PATIENCE, PAUSE = 250, 0.02
"""How often something is tried while another program has the file open, and the seconds between: five in all."""

BLINK = 25
"""How often opening is tried: a file that is being replaced is there again after a blink, and one without permission
should be refused before anybody wonders."""

CLOSING = frozenset({2, 5, 6})
"""CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT: the process is ended as soon as they are handled."""

_GRACE = 10.0
"""Seconds for which such an event stays unhandled while the program saves and ends; Windows itself waits for five."""


class Platform(Protocol):
    """What a store needs of the operating system beyond what Python offers everywhere."""

    @property
    def folder_flag(self) -> int | None:
        """The flag that opens a folder for a sync; None where a folder cannot be synced and need not be."""

    @property
    def no_wait_flag(self) -> int:
        """The flag with which opening a pipe does not wait for somebody to write into it."""

    def open(self, path: Path, flags: int, mode: int) -> int:
        """Open a file whose bytes are taken as they are and which no child process inherits."""

    def sync(self, descriptor: int) -> None:
        """Return once the device holds everything."""

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Set the mode bits."""

    def set_owner(self, descriptor: int, owner: int, group: int) -> None:
        """Set owner and group; -1 leaves one as it is."""

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, in one instant."""

    def unlink(self, path: Path) -> None:
        """Remove a file."""

    def lock(self, descriptor: int) -> None:
        """Take the lock of an open file without waiting; raises EACCES or EAGAIN where somebody else has it."""

    def unlock(self, descriptor: int) -> None:
        """Let the lock go, before the file is closed."""

    def user(self) -> str:
        """Return the login name."""

    def is_root(self) -> bool:
        """Return whether this is the user who may do everything: some programs refuse to protect themselves then."""

    def host(self) -> str:
        """Return the name of this machine."""

    def data_folder(self, app: str) -> Path:
        """Return the folder for workbooks that are made without naming a path."""

    def on_termination_request(self, loop: "AbstractEventLoop", end: Callable[[], object]) -> None:
        """Have `end` called on the loop when the system asks the program to end, so that it can save first."""


class Posix:
    """Linux, macOS and what is like them."""

    def __init__(self) -> None:
        import fcntl  # noqa: PLC0415 - Windows has no such module

        self._fcntl = fcntl
        self.folder_flag = os.O_DIRECTORY
        self.no_wait_flag = os.O_NONBLOCK

    def open(self, path: Path, flags: int, mode: int) -> int:
        """Open a file that no child process inherits."""
        return os.open(path, flags | os.O_CLOEXEC, mode)

    def sync(self, descriptor: int) -> None:
        """Return once the device holds everything; on macOS fsync alone stops at the device's own memory."""
        full: int | None = getattr(self._fcntl, "F_FULLFSYNC", None)
        if full is None:
            os.fsync(descriptor)
        else:
            self._fcntl.fcntl(descriptor, full)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Set the mode bits."""
        os.fchmod(descriptor, mode)

    def set_owner(self, descriptor: int, owner: int, group: int) -> None:
        """Set owner and group."""
        os.fchown(descriptor, owner, group)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another."""
        source.replace(target)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def lock(self, descriptor: int) -> None:
        """Take the lock that belongs to the open file."""
        self._fcntl.flock(descriptor, self._fcntl.LOCK_EX | self._fcntl.LOCK_NB)

    def unlock(self, descriptor: int) -> None:
        """Do nothing: closing the file lets the lock go."""

    def user(self) -> str:
        """Return the login name, else the number of the user."""
        import pwd  # noqa: PLC0415 - Windows has no such module

        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"user {os.getuid()}"

    def is_root(self) -> bool:
        """Return whether this is root."""
        return os.geteuid() == 0

    def host(self) -> str:
        """Return the name of this machine."""
        return os.uname().nodename

    def data_folder(self, app: str) -> Path:
        """Return the data folder of the user, as XDG or macOS have it."""
        import platformdirs  # noqa: PLC0415 - 5 ms that readers of one file need not pay

        return platformdirs.user_data_path(app, appauthor=False)

    def on_termination_request(self, loop: "AbstractEventLoop", end: Callable[[], object]) -> None:
        """Listen for an interrupt, a request to end, and a terminal that was closed."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, ValueError, RuntimeError):
                loop.add_signal_handler(number, end)


class Msvcrt(Protocol):
    """What is used of Python's module for the C runtime of Windows."""

    def locking(self, fd: int, mode: int, nbytes: int, /) -> None:
        """Lock or unlock bytes from the position of an open file on."""


class Kernel32(Protocol):
    """What is used of the Windows library of that name."""

    def SetConsoleCtrlHandler(self, handler: object, add: int, /) -> int:  # noqa: N802 - the name in the library
        """Have a function called on a thread of its own when the console is interrupted or closed."""


class Windows:
    """Windows, by the C runtime and kernel32; tests give stand-ins for both, and for the pause."""

    folder_flag = None
    no_wait_flag = 0

    def __init__(
        self,
        msvcrt: Msvcrt | None = None,
        kernel32: Kernel32 | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._msvcrt: Msvcrt = msvcrt or _import("msvcrt")
        self._kernel32 = kernel32
        self._pause = pause
        self._handler: object = None
        """What the console calls; it has to live as long as the process."""

    def open(self, path: Path, flags: int, mode: int) -> int:
        """Open a file as binary; one that is being replaced at this instant is tried again."""
        binary, for_this_process = getattr(os, "O_BINARY", 0), getattr(os, "O_NOINHERIT", 0)

        def once() -> int:
            try:
                return os.open(path, flags | binary | for_this_process, mode)
            except PermissionError:
                if path.is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path)) from None
                raise

        return self._retry(once, BLINK)

    def sync(self, descriptor: int) -> None:
        """Return once the device holds everything."""
        os.fsync(descriptor)

    def set_mode(self, descriptor: int, mode: int) -> None:
        """Do nothing: there are no mode bits, and a new file has the permissions of its folder."""

    def set_owner(self, descriptor: int, owner: int, group: int) -> None:
        """Do nothing: a new file belongs to whoever makes it."""

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another, once no other program has it open."""
        self._retry(lambda: source.replace(target))

    def unlink(self, path: Path) -> None:
        """Remove a file, once no other program has it open."""
        self._retry(path.unlink)

    def _retry(self, call: Callable[[], T], tries: int = PATIENCE) -> T:
        for _ in range(tries - 1):
            try:
                return call()
            except PermissionError:
                self._pause(PAUSE)
        return call()

    def lock(self, descriptor: int) -> None:
        """Lock one byte far past the end; the runtime of Wine says that it is taken, and leaves the number at 0."""
        try:
            self._locking(descriptor, _LOCK_AT_ONCE)
        except OSError as error:
            raise error if error.errno else BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)) from None

    def unlock(self, descriptor: int) -> None:
        """Let the byte go: Windows does so itself after a close, but some time after it."""
        with suppress(OSError):
            self._locking(descriptor, _UNLOCK)

    def _locking(self, descriptor: int, mode: int) -> None:
        at = os.lseek(descriptor, 0, os.SEEK_CUR)
        os.lseek(descriptor, LOCK_AT, os.SEEK_SET)
        try:
            self._msvcrt.locking(descriptor, mode, 1)
        finally:
            os.lseek(descriptor, at, os.SEEK_SET)

    def user(self) -> str:
        """Return the login name."""
        return os.environ.get("USERNAME", "somebody")

    def is_root(self) -> bool:
        """Return False: an administrator's programs protect themselves like all others."""
        return False

    def host(self) -> str:
        """Return the name of this machine."""
        return os.environ.get("COMPUTERNAME", "this machine")

    def data_folder(self, app: str) -> Path:
        """Return a folder of Documents, where people look for their files; AppData is hidden."""
        import platformdirs  # noqa: PLC0415 - 5 ms that readers of one file need not pay

        return platformdirs.user_documents_path() / app

    def on_termination_request(self, loop: "AbstractEventLoop", end: Callable[[], object]) -> None:
        """Listen for ctrl+c, ctrl+break, a console that is closed, and the end of the session."""

        def on_event(event: int) -> bool:
            with suppress(RuntimeError):  # the loop has ended by itself
                loop.call_soon_threadsafe(end)
                if event in CLOSING:
                    self._pause(_GRACE)  # the process ends meanwhile, and this thread with it
            return True

        self._handler = _console_handler(on_event) if self._kernel32 is None else on_event
        (self._kernel32 or _kernel32()).SetConsoleCtrlHandler(self._handler, 1)


def _console_handler(on_event: Callable[[int], bool]) -> object:
    """Return what kernel32 can call."""
    ctypes = _import("ctypes")
    return ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(on_event)


def _kernel32() -> Kernel32:
    found: Kernel32 = _import("ctypes").windll.kernel32
    return found


def _import(name: str) -> ModuleType:
    """Import what only Windows has, and a type checker elsewhere does not know."""
    return import_module(name)


def this_platform() -> Platform:
    """Return the half for the system that this runs on."""
    try:
        return Posix()
    except ImportError:
        return Windows()


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
        """Read at most this many bytes; none at the end."""
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
        """Leave this many bytes of a file."""
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
        """Return whether this process may do that."""
        return os.access(path, mode)

    def lock(self, descriptor: int) -> None:
        """Take the lock of an open file without waiting."""
        self.platform.lock(descriptor)

    def unlock(self, descriptor: int) -> None:
        """Let the lock go, before the file is closed."""
        self.platform.unlock(descriptor)
