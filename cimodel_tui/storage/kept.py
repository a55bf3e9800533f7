"""What earlier sessions left lying about is moved into the folder `kept`, never deleted unseen."""

import os
from contextlib import suppress
from pathlib import Path

from cimodel_tui.model.clock import moment
from cimodel_tui.storage.atomic import keep_small, read_all
from cimodel_tui.storage.places import Site


def keep_leftovers(site: Site) -> None:
    """Move the temporary files of saves that were killed; only for whoever holds the write lock."""
    with suppress(OSError):
        for name in site.system.listdir(site.real.parent):
            if name.startswith(site.leftover):
                keep(site, site.real.with_name(name))


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
    stamp = moment(site.clock.now()).replace(":", "")
    keep_small(site.system, site.kept / f"{stamp}-{site.new_id()}-{path.name.lstrip('.')}", data, site.new_id())
