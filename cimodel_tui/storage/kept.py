"""What earlier sessions left lying about is moved into the folder `kept`, never deleted unseen."""

import os
from contextlib import suppress
from pathlib import Path

from cimodel_tui.model.clock import moment
from cimodel_tui.storage.atomic import keep_small, read_all
from cimodel_tui.storage.paths import Site


def keep_leftovers(site: Site) -> None:
    """Move the temporary files of saves, drafts and backups that were killed; only for whoever holds both locks."""
    _sweep(site, site.real.parent, site.leftover)
    _sweep(site, site.state, f".{site.draft.name}.")
    _sweep(site, site.backups, ".")


def _sweep(site: Site, folder: Path, beginning: str) -> None:
    with suppress(OSError):
        for name in site.system.listdir(folder):
            if name.startswith(beginning):
                keep(site, folder / name)


def keep(site: Site, path: Path) -> None:
    """Move one file, also to another file system; where that does not work it stays where it is."""
    with suppress(OSError):
        keep_copy(site, path)
        site.system.unlink(path)


def keep_copy(site: Site, path: Path) -> None:
    """Keep a copy of a file. Raises OSError."""
    descriptor = site.system.open(path, os.O_RDONLY)
    try:
        data = read_all(site.system, descriptor)
    finally:
        site.system.close(descriptor)
    keep_small(site.system, _place(site, path), data, site.new_id())


def set_aside(site: Site, path: Path) -> Path:
    """Move a file of the state folder unread, and return where it lies now. Raises OSError."""
    site.system.makedirs(site.kept)
    place = _place(site, path)
    site.system.replace(path, place)
    return place


def _place(site: Site, path: Path) -> Path:
    stamp = moment(site.clock.now()).replace(":", "")
    return site.kept / f"{stamp}-{site.new_id()}-{path.name.lstrip('.')}"
