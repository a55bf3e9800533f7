"""What an earlier session left in its draft, made ready to be merged."""

from collections.abc import Mapping
from contextlib import suppress

from cimodel_tui.storage import draft
from cimodel_tui.storage.atomic import set_aside
from cimodel_tui.storage.documents import check
from cimodel_tui.storage.draft import Drafted, History
from cimodel_tui.storage.errors import DamagedError
from cimodel_tui.storage.migrations import Migrations
from cimodel_tui.storage.paths import Site
from cimodel_tui.storage.tree import IMPROVEMENTS, ITERATIONS, WORKBOOK, Document, Key, entries, tree_of

KNOWN = (WORKBOOK, IMPROVEMENTS, ITERATIONS)
"""The tables that a step of a migration finds in any case, also in a draft that holds few documents."""


def left_behind(site: Site, workbook: str, migrations: Migrations) -> tuple[Mapping[Key, History], str]:
    """Return the changes of the draft, and a sentence about one that cannot be used, which is moved to `kept`.

    Raises OSError where a draft can neither be read nor moved, so that no other may be written over it.
    """
    with suppress(OSError, DamagedError, ValueError, LookupError, TypeError):
        found = draft.found(site)
        if found is None:
            return {}, ""
        if found.workbook == workbook and found.version <= migrations.current:
            return _lifted(found, migrations), ""
    return {}, f"A draft of an earlier session could not be used; it was moved to {set_aside(site, site.draft)}."


def _lifted(found: Drafted, migrations: Migrations) -> Mapping[Key, History]:
    base = _side({key: history[0] for key, history in found.changes.items()}, found.version, migrations)
    now = _side({key: history[-1] for key, history in found.changes.items()}, found.version, migrations)
    if found.version == migrations.current:
        return found.changes
    return {key: (base.get(key), now.get(key)) for key in [*base, *now]}


def _side(documents: dict[Key, Document | None], version: int, migrations: Migrations) -> dict[Key, Document]:
    there = {key: document for key, document in documents.items() if document is not None}
    tree = migrations.lift(tree_of(there, KNOWN), version)
    check(tree)
    return entries(tree)
