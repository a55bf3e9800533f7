"""Check a file without knowing the subject: it is sound and canonical, and every reference resolves."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from cimodel_tui.model.answer import Json, label
from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import DamagedError, StoreError
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.record import dataclass
from cimodel_tui.storage.conflicts import conflicts_of
from cimodel_tui.storage.documents import decode_document
from cimodel_tui.storage.draft import read_draft
from cimodel_tui.storage.file import Disk, LoadedFile
from cimodel_tui.storage.paths import UserFolders, site_of
from cimodel_tui.storage.schema import IMPROVEMENTS, ITERATIONS, Document, Key, Tree, as_rows, entries
from cimodel_tui.storage.store import StorageContext

KnownIds: TypeAlias = "Mapping[str, frozenset[str]]"
"""The ids of an improvement's metrics, causes and actions, over all its iterations."""

THINGS = {"metrics": "baseline", "causes": "baseline", "actions": "plan"}
"""Rows that can be referred to within an improvement, and the part that has them."""

ROWS = (
    ("target", "targets", "id", "metrics"),
    ("target", "limits", "id", "metrics"),
    ("plan", "actions", "cause", "causes"),
    ("plan", "actions", "depends_on", "actions"),
    ("plan", "measurement_plan", "metric", "metrics"),
    ("action", "progress", "id", "actions"),
    ("momentum", "carried", "id", "actions"),
    ("momentum", "sustain_checks", "metric", "metrics"),
)
"""Part, table and column that hold an id, and what it is the id of."""

FIELDS = (("plan", "hypothesis_metric", "metrics"), ("momentum", "relapse_metric", "metrics"))
"""Part and field that hold an id, and what it is the id of."""


def dangling_references(tree: Tree) -> Iterator[str]:
    """Yield a sentence for every id that refers to nothing."""
    improvements, iterations = tree.get(IMPROVEMENTS, {}), tree.get(ITERATIONS, {})
    for doc_id, iteration in iterations.items():
        yield from _broken_iteration_links(doc_id, iteration, improvements, iterations)
        yield from _broken_row_links(doc_id, iteration, _known_ids(iteration.get("improvement"), iterations))
    for doc_id, improvement in improvements.items():
        known = _known_ids(doc_id, iterations)["metrics"]
        for metric in _keys(improvement.get("readings")):
            if metric not in known:
                yield f"{improvement.get('ref')} has readings of a metric {metric} that no iteration has."


def odd_values(tree: Tree) -> Iterator[str]:
    """Yield a sentence for what the loader lets in and every view has to read as not given."""
    iterations = tree.get(ITERATIONS, {})
    for doc_id, iteration in iterations.items():
        step = iteration.get("entered_at", STEP_KEYS[0])
        if step not in STEP_KEYS:
            yield f"Iteration {doc_id} was entered at {quoted(str(step))}, not a step: it is read as the first."
    with_iterations = {iteration.get("improvement") for iteration in iterations.values()}
    for doc_id, document in tree.get(IMPROVEMENTS, {}).items():
        improvement = decode_document((IMPROVEMENTS, doc_id), document)
        if not isinstance(improvement, Improvement):
            continue
        ref = quoted(improvement.ref)
        if doc_id not in with_iterations:
            yield f"{ref} has no iteration: an empty one is shown, and written once something is typed in it."
        if improvement.standing and not improvement.is_set_aside:
            yield f"{ref}, {label('standing')}: {quoted(improvement.standing)} is neither of the two; it is ignored."
        for name in improvement.unreadable_scores:
            value = quoted(getattr(improvement, name))
            yield f"{ref}, {label(name)}: {value} is not a whole number; it is ignored."


def _broken_iteration_links(
    doc_id: str, iteration: Document, improvements: Mapping[str, Document], others: Mapping[str, Document]
) -> Iterator[str]:
    if iteration.get("improvement") not in improvements:
        yield f"Iteration {doc_id} belongs to an improvement {iteration.get('improvement')} that is not there."
    ids = [("parent", iteration.get("parent"))]
    ids += [("taken_over_by", row.get("taken_over_by")) for row in _rows(iteration, "momentum", "sustain_checks")]
    for name, other in ids:
        if other and other not in others:
            yield f"Iteration {doc_id} names in {name} an iteration {other} that is not there."


def _known_ids(improvement: Json, iterations: Mapping[str, Document]) -> KnownIds:
    mine = [each for each in iterations.values() if each.get("improvement") == improvement]
    return {
        name: frozenset(str(row["id"]) for each in mine for row in _rows(each, part, name))
        for name, part in THINGS.items()
    }


def _broken_row_links(doc_id: str, iteration: Document, known: KnownIds) -> Iterator[str]:
    for part, name, column, thing in ROWS:
        for row in _rows(iteration, part, name):
            for other in _ids(row.get(column)):
                if other not in known[thing]:
                    yield f"Iteration {doc_id}, {part}, {name}: {other} is none of the {thing}."
    for part, name, thing in FIELDS:
        for other in _ids(_part(iteration, part).get(name)):
            if other not in known[thing]:
                yield f"Iteration {doc_id}, {part}, {name}: {other} is none of the {thing}."


def _part(iteration: Document, part: str) -> Document:
    found = iteration.get(part)
    return found if isinstance(found, dict) else {}


def _rows(iteration: Document, part: str, name: str) -> list[Document]:
    return list((as_rows(_part(iteration, part).get(name)) or {}).values())


def _ids(value: Json) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str) and each]


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, dict) else []


@dataclass(frozen=True, slots=True)
class FileFinding:
    """Something about a file that should be known."""

    kind: str
    """`refused`, `format`, `layout`, `conflict`, `dangling`, `value`, `ref`, `rows`, `draft` or `leftover`."""
    words: str
    """What it is, in one sentence."""
    unsound: bool = True
    """Whether it has to be repaired; a file that was edited by hand, or a draft, has not."""


def examine(path: Path, places: UserFolders, context: StorageContext | None = None) -> tuple[FileFinding, ...]:
    """Return the findings about a file; nothing for one in perfect order. Nothing is written."""
    context = context or StorageContext()
    disk = Disk(site_of(path, places, context.clock, context.new_id, context.system), context.migrations)
    try:
        loaded = disk.load()
    except StoreError as error:
        return (FileFinding("refused", str(error)),)
    return (*_layout_findings(loaded), *_content_findings(loaded.tree), *_findings_beside(disk))


def _layout_findings(loaded: LoadedFile) -> Iterator[FileFinding]:
    if loaded.migrated:
        words = (
            f"It is of the older format {loaded.version}; the next save writes the present one, with a backup first."
        )
        yield FileFinding("format", words, unsound=False)
    if not loaded.canonical:
        yield FileFinding("layout", "It was edited by hand; the next save puts it in order.", unsound=False)


def _content_findings(tree: Tree) -> Iterator[FileFinding]:
    for key, document in entries(tree).items():
        for conflict in conflicts_of(key, document):
            where = conflict.place.words or conflict.place.field or "the whole document"
            yield FileFinding(
                "conflict", f"{_name(key, document, tree)}: changed on both sides and not settled: {where}."
            )
        for path in _double_rows(document):
            yield FileFinding("rows", f"{_name(key, document, tree)}: two rows with one id in {', '.join(path)}.")
    yield from (FileFinding("dangling", words) for words in dangling_references(tree))
    yield from (FileFinding("value", words) for words in odd_values(tree))
    refs = Counter(document.get("ref") for document in tree.get(IMPROVEMENTS, {}).values())
    yield from (
        FileFinding("ref", f"{ref} stands for {number} improvements.") for ref, number in refs.items() if number > 1
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


def _findings_beside(disk: Disk) -> Iterator[FileFinding]:
    site = disk.site
    with suppress(OSError):
        names = site.system.listdir(site.real.parent)
        found = sum(name.startswith(site.leftover) for name in names)
        if found:
            yield FileFinding(
                "leftover", f"{found} temporary files of saves that were stopped lie beside it.", unsound=False
            )
    with suppress(OSError, DamagedError):
        draft = read_draft(site)
        if draft is not None and (draft.changes or draft.waiting):
            yield FileFinding(
                "draft",
                "A draft holds changes that are not in the file yet; they are restored when it is opened.",
                unsound=False,
            )
