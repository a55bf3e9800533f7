"""What can be said about a file without knowing the subject: sound, canonical, settled, and nothing dangling."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import StoreError
from cimodel_tui.record import dataclass
from cimodel_tui.storage.conflicts import conflicts_of
from cimodel_tui.storage.doctor import dangling
from cimodel_tui.storage.draft import found as left
from cimodel_tui.storage.errors import DamagedError
from cimodel_tui.storage.file import Disk
from cimodel_tui.storage.kit import Kit
from cimodel_tui.storage.paths import Places, site_of
from cimodel_tui.storage.tree import IMPROVEMENTS, ITERATIONS, Document, Key, Tree, entries


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that should be known."""

    kind: str
    """`refused`, `layout`, `conflict`, `dangling`, `ref`, `rows`, `draft` or `leftover`."""
    words: str
    """What it is, in one sentence."""
    unsound: bool = True
    """Whether it is something to be put right; a file that was edited by hand, or a draft that waits, is not."""


def examine(path: Path, places: Places, kit: Kit | None = None) -> tuple[Finding, ...]:
    """Return what is to be said about a file; nothing for one in perfect order. Nothing is written."""
    kit = kit or Kit()
    disk = Disk(site_of(path, places, kit.clock, kit.new_id, kit.system), kit.migrations)
    try:
        loaded = disk.load()
    except StoreError as error:
        return (Finding("refused", str(error)),)
    found = (
        []
        if loaded.canonical
        else [Finding("layout", "It was edited by hand; the next save orders it.", unsound=False)]
    )
    return (*found, *_contents(loaded.tree), *_surroundings(disk))


def _contents(tree: Tree) -> Iterator[Finding]:
    for key, document in entries(tree).items():
        for conflict in conflicts_of(key, document):
            where = conflict.place.words or conflict.place.field or "the whole document"
            yield Finding("conflict", f"{_name(key, document, tree)}: changed on both sides and not settled: {where}.")
        for path in _double_rows(document):
            yield Finding("rows", f"{_name(key, document, tree)}: two rows with one id in {', '.join(path)}.")
    yield from (Finding("dangling", words) for words in dangling(tree))
    refs = Counter(document.get("ref") for document in tree.get(IMPROVEMENTS, {}).values())
    yield from (
        Finding("ref", f"{ref} stands for {number} improvements.") for ref, number in refs.items() if number > 1
    )


def _name(key: Key, document: Document, tree: Tree) -> str:
    improvement = tree.get(IMPROVEMENTS, {}).get(str(document.get("improvement")), document)
    name = str(improvement.get("ref", key[0]))
    return f"{name}, iteration {document.get('number')}" if key[0] == ITERATIONS else name


def _double_rows(value: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(value, dict) and path[:1] != ("readings",):
        for name, each in value.items():
            yield from _double_rows(each, (*path, name))
    elif isinstance(value, list):
        ids = [row["id"] for row in value if isinstance(row, dict) and isinstance(row.get("id"), str)]
        if len(ids) != len(set(ids)):
            yield path


def _surroundings(disk: Disk) -> Iterator[Finding]:
    site = disk.site
    with suppress(OSError):
        names = site.system.listdir(site.real.parent)
        found = sum(name.startswith(site.leftover) for name in names)
        if found:
            yield Finding(
                "leftover", f"{found} temporary files of saves that were stopped lie beside it.", unsound=False
            )
    with suppress(OSError, DamagedError):
        draft = left(site)
        if draft is not None and draft.changes:
            yield Finding(
                "draft", "A draft of changes that have not reached the file waits to be taken up.", unsound=False
            )
