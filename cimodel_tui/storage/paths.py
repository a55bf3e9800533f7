"""Paths: the user's folders for data, state and configuration, and the state folder of each workbook."""

import os
from collections.abc import Callable
from pathlib import Path

from cimodel_tui.model.clock import Clock
from cimodel_tui.model.seal import digest
from cimodel_tui.record import dataclass
from cimodel_tui.storage.system import System

_APP = "cimodel-tui"


@dataclass(frozen=True, slots=True)
class UserFolders:
    """The user's folders; none of them is made before something is written into it."""

    data: Path
    """Workbooks made from home."""
    state: Path
    """Drafts, backups, leftovers, and where the user left off."""
    config: Path
    """The configuration file."""

    @property
    def recent(self) -> Path:
        """The list of workbooks opened last."""
        return self.state / "recent.json"

    def of(self, real: Path) -> Path:
        """Return the state folder of a workbook, by its real path."""
        return self.state / "workbooks" / digest(os.fsencode(real))[:24]


def user_folders(data_dir: str = "") -> UserFolders:
    """Return the folders of this user as the operating system wants them; a data folder that is given goes before."""
    import platformdirs  # noqa: PLC0415 - 5 ms that tests and readers of one file need not pay

    return UserFolders(
        data=Path(data_dir).expanduser() if data_dir else System.platform.data_folder(_APP),
        state=platformdirs.user_state_path(_APP, appauthor=False),
        config=platformdirs.user_config_path(_APP, appauthor=False),
    )


@dataclass(frozen=True, slots=True)
class Site:
    """One workbook file with everything that belongs to it, and what it is worked on with."""

    given: Path
    """The file as it was named."""
    real: Path
    """The file itself, symbolic links followed."""
    state: Path
    """Its state folder."""
    clock: Clock
    """Returns the moment."""
    new_id: Callable[[], str]
    """Returns a new id."""
    system: System
    """The operating system."""

    @property
    def draft(self) -> Path:
        """What reached the model and is not in the file yet."""
        return self.state / "draft"

    @property
    def backups(self) -> Path:
        """Copies of the file as it was."""
        return self.state / "backups"

    @property
    def aside_folder(self) -> Path:
        """Files moved aside: leftovers of interrupted saves, and unreadable drafts."""
        return self.state / "kept"

    @property
    def editor_lock(self) -> Path:
        """The lock that a running app holds while it has the workbook open."""
        return self.real.with_name(f".{self.real.name}.editor.lock")

    @property
    def write_lock(self) -> Path:
        """The lock that is held from comparing the file until the new one is in place."""
        return self.real.with_name(f".{self.real.name}.lock")

    @property
    def leftover(self) -> str:
        """How the names of its temporary files begin."""
        return f".{self.real.name}.tmp-"

    def temporary(self) -> Path:
        """Return a new name beside the file."""
        return self.real.with_name(f"{self.leftover}{self.new_id()}")


def site_of(
    path: Path, places: UserFolders, clock: Clock, new_id: Callable[[], str], system: System | None = None
) -> Site:
    """Return the site of a workbook; nothing is touched."""
    real = Path(os.path.realpath(path))
    return Site(path, real, places.of(real), clock, new_id, system or System())
