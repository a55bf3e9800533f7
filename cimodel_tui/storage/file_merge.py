"""The three-way merge of three workbook files, made to be a git merge driver."""

from pathlib import Path

from cimodel_tui.model.saving import Conflict
from cimodel_tui.record import dataclass
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.conflicts import conflicts_of
from cimodel_tui.storage.context import StorageContext
from cimodel_tui.storage.errors import RefusedFileError
from cimodel_tui.storage.file import Disk
from cimodel_tui.storage.merge import Renumbered, merged
from cimodel_tui.storage.paths import Places, site_of
from cimodel_tui.storage.tree import Tree, entries, tree_of


@dataclass(frozen=True, slots=True)
class MergeResult:
    """What a merge of files came to; the file of ours holds it."""

    conflicts: tuple[Conflict, ...]
    """Every answer that was changed on both sides; ours stands, theirs is kept beside it in the file."""
    renumbered: tuple[Renumbered, ...]
    """Improvements of theirs that got another ref."""


def merge_files(base: Path, ours: Path, theirs: Path, context: StorageContext | None = None) -> MergeResult:
    """Merge theirs into ours; an empty base means that both sides added the file.

    Raises StoreError where a file is no sound workbook, or was written by a newer version, with ours as it was.
    """
    context = context or StorageContext()
    disk = _disk(ours, context)
    mine, others = _tree(disk), _tree(_disk(theirs, context))
    before = {} if base.stat().st_size == 0 else _tree(_disk(base, context))
    result = merged(entries(before), entries(mine), entries(others))
    tree = tree_of(result.documents, [*mine, *others])
    disk.write(Encoder().pieces(tree))
    earlier = _conflicts(mine).values()
    return MergeResult(tuple(each for each in _conflicts(tree).values() if each not in earlier), result.renumbered)


def _conflicts(tree: Tree) -> dict[tuple[str, int], Conflict]:
    found = (each for key, document in entries(tree).items() for each in conflicts_of(key, document))
    return {(each.document, each.index): each for each in found}


def _disk(path: Path, context: StorageContext) -> Disk:
    nowhere = Places(path.parent, path.parent, path.parent)
    return Disk(site_of(path, nowhere, context.clock, context.new_id, context.system), context.migrations)


def _tree(disk: Disk) -> Tree:
    loaded = disk.load()
    if loaded.newer:
        raise RefusedFileError(disk.site.given, f"a newer version of this program wrote it (format {loaded.version})")
    return loaded.tree
