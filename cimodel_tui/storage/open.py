"""Open, create, restore, move and merge workbook files: what the shell and the app call."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cimodel_tui import storage
from cimodel_tui.model.saving import Backup, Conflict, RefusedFileError, StoreError, because
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import move_aside
from cimodel_tui.storage.backups import Backups, load_backup, newest_sound_backup, restore_backup
from cimodel_tui.storage.codec import Encoder
from cimodel_tui.storage.file import Disk, write_copy
from cimodel_tui.storage.locks import WorkbookLocks
from cimodel_tui.storage.memory import Memory
from cimodel_tui.storage.paths import UserFolders, site_of
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS, WORKBOOK, Tree, entries, tree_of
from cimodel_tui.storage.store import StorageContext, WorkbookStore, start_editing, write_beside

if TYPE_CHECKING:
    from cimodel_tui.storage.merge import Renumbering

_ONLY_READ = "This command only reads the workbook."


def open_store(
    path: Path, places: UserFolders, context: StorageContext | None = None, *, editor: bool = True
) -> WorkbookStore:
    """Open a workbook: as the app that edits it, or as a shell command that holds the write lock until it closes.

    An app gets it read-only where somebody else edits it or it cannot be written. Raises RefusedFileError where the
    file is no sound workbook, and for a shell command StoreError where it cannot be written.
    """
    context = context or StorageContext()
    disk, memory, locks = _open_parts(path, places, context)
    if not editor:
        notices = write_beside(disk, memory, locks)
        return WorkbookStore(disk, memory, locks, replace(context, debounce=None), notices)
    notices = () if locks.read_only else start_editing(disk, memory, locks)
    return WorkbookStore(disk, memory, locks, context, notices)


def load(path: Path, places: UserFolders, context: StorageContext | None = None) -> WorkbookStore:
    """Open a workbook to look at it: no lock, nothing written. Raises RefusedFileError."""
    context = context or StorageContext()
    disk, memory, locks = _open_parts(path, places, context)
    locks.read_only = locks.read_only or _ONLY_READ
    return WorkbookStore(disk, memory, locks, context)


def _open_parts(path: Path, places: UserFolders, context: StorageContext) -> tuple[Disk, Memory, WorkbookLocks]:
    site = context.site(path, places)
    disk = Disk(site, context.migrations)
    loaded = disk.load()
    locks = WorkbookLocks(site, context.patience)
    locks.check_place(loaded)
    return disk, Memory(loaded), locks


def create(path: Path, title: str, places: UserFolders, context: StorageContext | None = None) -> None:
    """Make an empty workbook; raises StoreError where something is there already, or it does not work.

    The data folder is made where it is missing, no other folder is.
    """
    context = context or StorageContext()
    tree: Tree = {WORKBOOK: {context.new_id(): {"format": context.migrations.current, "title": title}}}
    tree |= {IMPROVEMENTS: {}, ITERATIONS: {}}
    create_from(b"".join(Encoder().pieces(tree)), path, places, context)


def backups(path: Path, places: UserFolders, context: StorageContext | None = None) -> Sequence[Backup]:
    """Return the backups of a workbook, newest first, whatever state its file is in."""
    return Backups((context or StorageContext()).site(path, places)).newest_first()


def newest_good_backup(path: Path, places: UserFolders, context: StorageContext | None = None) -> Backup | None:
    """Return the newest backup that can be brought back, to be offered where the file was refused."""
    context = context or StorageContext()
    return newest_sound_backup(Disk(context.site(path, places), context.migrations))


def restore(path: Path, number: int, places: UserFolders, context: StorageContext | None = None) -> None:
    """Bring a backup back from the shell, also beside a running app, and where the file is damaged or gone.

    What stood there becomes a backup itself; damaged bytes are moved to `kept`. Raises StoreError.
    """
    context = context or StorageContext()
    try:
        store = open_store(path, places, context, editor=False)
    except RefusedFileError:
        _restore_damaged(Disk(context.site(path, places), context.migrations), number, context)
        return
    try:
        store.restore(number)
    finally:
        store.close()


def _restore_damaged(disk: Disk, number: int, context: StorageContext) -> None:
    copies = Backups(disk.site)
    with WorkbookLocks(disk.site, context.patience).write_lock.during():
        restore_backup(disk, copies, load_backup(disk, copies, number))


def create_from(data: bytes, path: Path, places: UserFolders, context: StorageContext | None = None) -> None:
    """Make a workbook from bytes that are one; raises StoreError where something is there, or it does not work."""
    context = context or StorageContext()
    site = context.site(path, places)
    try:
        if site.real.parent == site_of(places.data, places, context.clock, context.new_id).real:
            context.system.makedirs(site.real.parent)
    except OSError as error:
        raise StoreError(f"{path} could not be written: {because(error)}.") from error
    with WorkbookLocks(site, context.patience).write_lock.during():
        write_copy(site, site.given, [data])
    move_aside(site, site.draft)


def move_workbook_aside(path: Path, places: UserFolders, context: StorageContext | None = None) -> None:
    """Move a workbook and its draft out of the way, into `kept`; raises StoreError where somebody else writes it."""
    context = context or StorageContext()
    site = context.site(path, places)
    with WorkbookLocks(site, context.patience).write_lock.during():
        move_aside(site, site.real)
        move_aside(site, site.draft)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """The result of a merge of files, which was written to our file."""

    conflicts: tuple[Conflict, ...]
    """Every answer that was changed on both sides; ours applies, theirs is stored beside it in the file."""
    renumbered: "tuple[Renumbering, ...]"
    """Improvements of theirs that got another ref."""


def merge_files(base: Path, ours: Path, theirs: Path, context: StorageContext | None = None) -> MergeResult:
    """Merge theirs into ours; an empty base means that both sides added the file.

    Raises StoreError where a file is no sound workbook, or was written by a newer version, with ours as it was.
    """
    context = context or StorageContext()
    disk = _disk(ours, context)
    mine, others = _tree(disk), _tree(_disk(theirs, context))
    before = {} if base.stat().st_size == 0 else _tree(_disk(base, context))
    result = storage.merge.merge_documents(entries(before), entries(mine), entries(others))
    tree = tree_of(result.documents, [*mine, *others])
    disk.write(Encoder().pieces(tree))
    earlier = _conflicts(mine).values()
    return MergeResult(tuple(each for each in _conflicts(tree).values() if each not in earlier), result.renumbered)


def _conflicts(tree: Tree) -> dict[tuple[str, int], Conflict]:
    found = (each for key, document in entries(tree).items() for each in storage.conflicts.conflicts_of(key, document))
    return {(each.document, each.index): each for each in found}


def _disk(path: Path, context: StorageContext) -> Disk:
    nowhere = UserFolders(path.parent, path.parent, path.parent)
    return Disk(site_of(path, nowhere, context.clock, context.new_id, context.system), context.migrations)


def _tree(disk: Disk) -> Tree:
    loaded = disk.load()
    if loaded.newer:
        raise RefusedFileError(disk.site.given, f"a newer version of this program wrote it (format {loaded.version})")
    return loaded.tree
