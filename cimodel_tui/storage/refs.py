"""Two people who worked apart may give the same ref to different improvements: theirs gets the next free number."""

from collections.abc import Iterable, Mapping

from cimodel_tui.record import dataclass
from cimodel_tui.storage.tree import IMPROVEMENTS, Document, Key

_PREFIX = "CI-"


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An improvement that got another ref."""

    id: str
    """Its id."""
    was: str
    """The ref that it gave up."""
    ref: str
    """The ref that it has now."""


def with_distinct_refs(documents: dict[Key, Document], ours: Mapping[Key, Document]) -> tuple[Renumbered, ...]:
    """Give improvements that only they have another ref where ours has it, in place, and return which."""
    register = {key: each for key, each in documents.items() if key[0] == IMPROVEMENTS}
    taken = {_ref(each) for key, each in register.items() if key in ours} - {""}
    number = max(map(_number, _refs(register.values())), default=0)
    found = []
    for key in sorted(register.keys() - ours.keys(), key=lambda key: (_ref(register[key]), key)):
        was = _ref(register[key])
        if was in taken:
            number += 1
            found.append(Renumbered(key[1], was, f"{_PREFIX}{number:04d}"))
            documents[key] = {**register[key], "ref": found[-1].ref, "was": [*_was(register[key]), was]}
        taken.add(was)
    return tuple(found)


def _ref(document: Document) -> str:
    ref = document.get("ref")
    return ref if isinstance(ref, str) else ""


def _was(document: Document) -> list[str]:
    was = document.get("was")
    return [each for each in was if isinstance(each, str)] if isinstance(was, list) else []


def _refs(register: Iterable[Document]) -> Iterable[str]:
    for each in register:
        yield from (_ref(each), *_was(each))


def _number(ref: str) -> int:
    digits = ref.removeprefix(_PREFIX)
    return int(digits) if ref != digits and digits.isascii() and digits.isdecimal() and len(digits) < 12 else 0  # noqa: PLR2004 - a number
