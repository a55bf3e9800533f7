"""What an earlier session left in its draft, made ready to be merged."""

from contextlib import suppress

from cimodel_tui.storage import draft
from cimodel_tui.storage.documents import check
from cimodel_tui.storage.draft import Change, Drafted
from cimodel_tui.storage.kept import keep
from cimodel_tui.storage.migrations import Migrations
from cimodel_tui.storage.places import Site
from cimodel_tui.storage.plain import IMPROVEMENTS, ITERATIONS, WORKBOOK, Document, Key, entries, tree_of
from cimodel_tui.storage.refusal import DamagedError

KNOWN = (WORKBOOK, IMPROVEMENTS, ITERATIONS)
"""The tables that a step of a migration finds in any case, also in a draft that holds few documents."""


def left_behind(site: Site, workbook: str, migrations: Migrations) -> dict[Key, Change]:
    """Return the changes of the draft; one that is of another workbook, or cannot be used, is moved to `kept`."""
    with suppress(OSError, DamagedError, ValueError, LookupError, TypeError):
        found = draft.found(site)
        if found is not None and found.workbook == workbook and found.version <= migrations.current:
            return _lifted(found, migrations)
    keep(site, site.draft)
    return {}


def _lifted(found: Drafted, migrations: Migrations) -> dict[Key, Change]:
    base = _side({key: base for key, (base, _) in found.changes.items()}, found.version, migrations)
    now = _side({key: now for key, (_, now) in found.changes.items()}, found.version, migrations)
    return {key: (base.get(key), now.get(key)) for key in [*base, *now]}


def _side(documents: dict[Key, Document | None], version: int, migrations: Migrations) -> dict[Key, Document]:
    there = {key: document for key, document in documents.items() if document is not None}
    tree = migrations.lift(tree_of(there, KNOWN), version)
    check(tree)
    return entries(tree)
