"""Seals and amendments: what was agreed is copied and fingerprinted, and later changes are listed beside it.

A seal is evidence of tampering and no protection: whoever can write the file can also write a new fingerprint.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from cimodel_tui.model.answer import Json, Row
from cimodel_tui.record import dataclass


def digest(data: bytes) -> str:
    """Return the SHA-256 in hexadecimal characters."""
    return hashlib.sha256(data).hexdigest()


MISSING = None
"""Stands for an absent value in an amendment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Who agreed to what, when, and a fingerprint of it."""

    by: str
    """Who agreed."""
    on: str
    """The day on which it was agreed."""
    at: str
    """The moment at which the seal was set, in UTC."""
    sha256: str
    """Fingerprint of the copy."""
    copy: Mapping[str, Json]
    """What was agreed, as it stood; never touched again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment(Row):
    """A later change to something that is sealed."""

    at: str
    """When, in UTC."""
    on: str
    """The day on which it was made."""
    by: str
    """Who changed it."""
    path: tuple[str, ...]
    """What changed: names and ids from the top of the sealed copy down to the value."""
    before: Json
    """What stood there, `null` where there was nothing."""
    after: Json
    """The value after the change, `null` where it was removed."""
    why: str
    """The reason that was given."""


def fingerprint(copy: Mapping[str, Json]) -> str:
    """Return the SHA-256 of a sealed copy, over its JSON with sorted keys and no blanks, in UTF-8."""
    text = json.dumps(copy, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return digest(text.encode("utf-8", "surrogatepass"))


def differences(before: Json, after: Json, path: tuple[str, ...] = ()) -> Iterable[tuple[tuple[str, ...], Json, Json]]:
    """Yield path, value before and value after of everything that differs, in a fixed order."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            yield from differences(before.get(key), after.get(key), (*path, key))
    elif before != after:
        yield path, before, after


def apply_amendments(copy: Mapping[str, Json], amendments: Iterable[Amendment]) -> dict[str, Json]:
    """Return the copy with its amendments applied in their order."""
    current = {key: _deep_copy(value) for key, value in copy.items()}
    for amendment in amendments:
        _put(current, amendment.path, amendment.after)
    return current


def broken_links(
    copy: Mapping[str, Json],
    amendments: Iterable[Amendment],
    complete: Callable[[dict[str, Json]], dict[str, Json]] = dict,
) -> Iterator[Amendment]:
    """Yield each amendment whose value before differs from the copy with the earlier amendments.

    An amendment without a place is yielded too.

    `complete` adds what a copy leaves out because it was sealed in an earlier format.
    """
    current = apply_amendments(copy, ())
    for amendment in amendments:
        claimed = apply_amendments(current, ())
        _put(claimed, amendment.path, amendment.before)
        if not amendment.path or any(differences(complete(current), complete(claimed))):
            yield amendment
        _put(current, amendment.path, amendment.after)


def _value(tree: Json, path: tuple[str, ...]) -> Json:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else MISSING
    return tree


def _put(tree: dict[str, Json], path: tuple[str, ...], value: Json) -> None:
    """Put a value in its place; a path that a file leaves empty leads nowhere."""
    if not path:
        return
    *way, last = path
    for key in way:
        below = tree.setdefault(key, {})
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    if value is MISSING:
        tree.pop(last, None)
    else:
        tree[last] = _deep_copy(value)


def _deep_copy(value: Json) -> Json:
    """Return a value that can be changed without changing the one that is kept."""
    return {key: _deep_copy(each) for key, each in value.items()} if isinstance(value, dict) else value
