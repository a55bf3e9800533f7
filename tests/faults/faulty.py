"""An operating system of which one call fails: by an error, half done, or with the death of the program."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from cimodel_tui.model.saving import because
from cimodel_tui.storage.system import System

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")


class Death(BaseException):
    """The program was killed here: nothing of it runs any more, and nothing it calls does anything."""


@dataclass(frozen=True)
class Fault:
    """One way in which a call goes wrong."""

    name: str
    number: int = 0
    """The error, none for other ways."""
    done: bool = False
    """Whether the call does its work before it goes wrong."""
    half: bool = False
    """Whether a write or read does half of its work before it goes wrong, or instead of that."""
    deadly: bool = False

    def strike(self) -> None:
        if self.deadly:
            raise Death(self.name)
        if self.number:
            raise self.error

    @property
    def error(self) -> OSError:
        return OSError(self.number, os.strerror(self.number))

    @property
    def words(self) -> str:
        return because(self.error)


def failing(*numbers: int) -> tuple[Fault, ...]:
    return tuple(Fault(errno.errorcode[each], each) for each in numbers)


ERRORS = failing(errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT, errno.EINTR)
AFTER_ALL = (Fault("EIO after all", errno.EIO, done=True), Fault("ENOSPC half way", errno.ENOSPC, half=True))
SHORT = Fault("short", half=True)
DEATHS = (
    Fault("death before", deadly=True),
    Fault("death half way", deadly=True, half=True),
    Fault("death after", deadly=True, done=True),
)


class FaultySystem(System):
    """Counts its calls, and lets the one at a position go wrong; after a death no call does anything."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        """What was called since `arm` or the beginning."""
        self.struck = ""
        """The call that went wrong."""
        self.syncs = False
        """Whether fsync waits for the device, which costs time and shows nothing here."""
        self._position = -1
        self._fault = Fault("none")
        self._dead = False
        self._open: set[int] = set()

    def arm(self, position: int, fault: Fault) -> None:
        self.calls, self.struck = [], ""
        self._position, self._fault = position, fault

    def disarm(self) -> None:
        self._position = -1

    @property
    def left_open(self) -> frozenset[int]:
        """The descriptors that are open, and with them the locks that are held."""
        return frozenset(self._open)

    def bury(self) -> None:
        """Close what the dead program had open, as the operating system does."""
        for descriptor in self._open:
            with suppress(OSError):
                os.close(descriptor)
        self._open.clear()

    def _call(self, name: str, work: Callable[[], T], halfway: Callable[[], T] | None = None) -> T:
        if self._dead:
            raise Death
        self.calls.append(name)
        if len(self.calls) - 1 != self._position:
            return work()
        self.struck, fault = name, self._fault
        self._dead = fault.deadly
        if fault.done or fault.half:
            result = halfway() if fault.half and halfway else work()
            fault.strike()
            return result
        fault.strike()
        return work()

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        def work() -> int:
            descriptor = os.open(path, flags | os.O_CLOEXEC, mode)
            self._open.add(descriptor)
            return descriptor

        return self._call(f"open {path.name}", work)

    def write(self, descriptor: int, data: memoryview) -> int:
        half = data[: (len(data) + 1) // 2]
        return self._call("write", lambda: os.write(descriptor, data), lambda: os.write(descriptor, half))

    def read(self, descriptor: int, size: int = 1 << 26) -> bytes:
        return self._call("read", lambda: os.read(descriptor, size), lambda: os.read(descriptor, 7))

    def fsync(self, descriptor: int) -> None:
        self._call("fsync", lambda: os.fsync(descriptor) if self.syncs else None)

    def close(self, descriptor: int) -> None:
        def work() -> None:
            self._open.discard(descriptor)
            os.close(descriptor)

        self._call("close", work)

    def stat(self, path: Path) -> os.stat_result:
        return self._call(f"stat {path.name}", lambda: System.stat(self, path))

    def fstat(self, descriptor: int) -> os.stat_result:
        return self._call("fstat", lambda: System.fstat(self, descriptor))

    def fchmod(self, descriptor: int, mode: int) -> None:
        self._call("fchmod", lambda: System.fchmod(self, descriptor, mode))

    def fchown(self, descriptor: int, owner: int, group: int) -> None:
        self._call("fchown", lambda: System.fchown(self, descriptor, owner, group))

    def replace(self, source: Path, target: Path) -> None:
        self._call(f"replace {target.name}", lambda: System.replace(self, source, target))

    def unlink(self, path: Path) -> None:
        self._call(f"unlink {path.name}", lambda: System.unlink(self, path))

    def listdir(self, path: Path) -> list[str]:
        return self._call(f"listdir {path.name}", lambda: System.listdir(self, path))

    def makedirs(self, path: Path) -> None:
        self._call(f"makedirs {path.name}", lambda: System.makedirs(self, path))

    def access(self, path: Path, mode: int) -> bool:
        """Tell no where the call fails: it raises nothing in the real system either."""
        with suppress(OSError):
            return self._call(f"access {path.name}", lambda: System.access(self, path, mode))
        return False

    def lock(self, descriptor: int) -> None:
        self._call("lock", lambda: System.lock(self, descriptor))
