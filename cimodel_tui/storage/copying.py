"""A copy of what is in memory, for the times when the file itself cannot be written; and a new file."""

import os
from collections.abc import Sequence
from pathlib import Path

from cimodel_tui.model.saving import StoreError
from cimodel_tui.storage.atomic import replace_file
from cimodel_tui.storage.errors import because
from cimodel_tui.storage.paths import Site


def write_copy(site: Site, path: Path, pieces: Sequence[bytes]) -> None:
    """Write a new file whole; raises StoreError where there is one already, or it does not work."""
    if os.path.lexists(path):
        raise StoreError(f"{path} is there already.")
    temporary = path.with_name(f".{path.name}.tmp-{site.new_id()}")
    try:
        replace_file(site.system, path, temporary, b"".join(pieces))
    except OSError as error:
        raise StoreError(f"{path} could not be written: {because(error)}.") from error
