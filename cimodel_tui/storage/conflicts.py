"""The conflicts that a document carries: read them, and resolve one in favour of a side."""

from collections.abc import Iterator
from typing import cast

from cimodel_tui.model.answer import Json
from cimodel_tui.model.saving import Conflict
from cimodel_tui.model.step import REGISTER, STEP_KEYS, Place
from cimodel_tui.storage.merge import GROUPS, FieldPath
from cimodel_tui.storage.merge_units import choose_successor, family_of, put_seal
from cimodel_tui.storage.schema import CONFLICTS, IMPROVEMENTS, ITERATIONS, SUCCESSOR, Document, Key


def conflicts_of(key: Key, document: Document) -> Iterator[Conflict]:
    """Yield the unresolved conflicts of a document."""
    for index, entry in enumerate(_entries(document)):
        base, ours, theirs = (entry.get(side) for side in ("base", "ours", "theirs"))
        place = place_of(key, document, _path(entry))
        yield Conflict(document=key[1], index=index, place=place, base=base, ours=ours, theirs=theirs)


def _entries(document: Document) -> list[Document]:
    found = document.get(CONFLICTS)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _path(entry: Document) -> FieldPath:
    place = entry.get("place")
    return tuple(map(str, place)) if isinstance(place, list) else ()


def place_of(key: Key, document: Document, path: FieldPath) -> Place:
    """Return the place of the model that a path in a document stands for."""
    table, doc_id = key
    if table == IMPROVEMENTS:
        return Place(doc_id, "", REGISTER, *path[:3])
    if table != ITERATIONS:
        return Place(field=".".join(path))
    step = path[0] if path and path[0] in STEP_KEYS else ""
    return Place(str(document.get("improvement", "")), doc_id, step, *(path[1:4] if step else path[:3]))


def resolve_conflict(documents: dict[Key, Document], key: Key, conflict: Conflict, *, take_theirs: bool) -> None:
    """Resolve a conflict in favour of one side, in place; a document that this side does not have is removed.

    Raises LookupError where the document has no such conflict any more.
    """
    document = documents[key]
    entry = _entries(document)[conflict.index]
    if entry.get("theirs") != conflict.theirs or entry.get("ours") != conflict.ours:
        raise LookupError(conflict.index)
    rest = [each for number, each in enumerate(_entries(document)) if number != conflict.index]
    documents[key] = {name: value for name, value in document.items() if name != CONFLICTS}
    if rest:
        documents[key][CONFLICTS] = cast("Json", rest)
    _apply_choice(documents, key, entry, "theirs" if take_theirs else "ours")


def _apply_choice(documents: dict[Key, Document], key: Key, entry: Document, side: str) -> None:
    path, chosen = _path(entry), entry.get(side)
    if not path and side not in entry:
        _remove_document(documents, key)
    elif path == (SUCCESSOR,):
        other = entry.get("ours" if side == "theirs" else "theirs")
        choose_successor(documents, key[1], _id(chosen), _id(other))
    elif path == ("baseline", "seal") and side == "theirs" and isinstance(chosen, dict):
        put_seal(documents, key[1], chosen)
    elif path and side == "theirs":
        documents[key] = cast("Document", _with_value(documents[key], path, entry, path))


def _remove_document(documents: dict[Key, Document], key: Key) -> None:
    """Take a document away, an improvement with its iterations."""
    for each in family_of(documents, key[1]) if key[0] == IMPROVEMENTS else [key]:
        del documents[each]


def _id(side: Json) -> str:
    return str(side.get("id")) if isinstance(side, dict) else ""


def _with_value(holder: Json, path: FieldPath, entry: Document, whole: FieldPath) -> Json:
    """Return a container with their value put in at a path; rows are found by their ids."""
    name, *rest = path
    if isinstance(holder, list):
        return _with_row(holder, path, entry, whole)
    found: Document = dict(holder) if isinstance(holder, dict) else {}
    group = GROUPS.get(whole[:-1])
    if rest:
        found[name] = _with_value(found.get(name, {}), tuple(rest), entry, whole)
    elif group and group.marker == name and isinstance(entry.get("theirs"), dict):
        found.update(cast("Document", entry["theirs"]))
    elif "theirs" in entry:
        found[name] = entry["theirs"]
    else:
        found.pop(name, None)
    return found


def _with_row(rows: list[Json], path: FieldPath, entry: Document, whole: FieldPath) -> Json:
    row_id, *rest = path
    if rest:
        return [_with_value(row, tuple(rest), entry, whole) if _has_id(row, row_id) else row for row in rows]
    if "theirs" not in entry:
        return [row for row in rows if not _has_id(row, row_id)]
    theirs = entry["theirs"]
    known = any(_has_id(row, row_id) for row in rows)
    return [theirs if _has_id(row, row_id) else row for row in rows] if known else [*rows, theirs]


def _has_id(row: Json, row_id: str) -> bool:
    return isinstance(row, dict) and row.get("id") == row_id
