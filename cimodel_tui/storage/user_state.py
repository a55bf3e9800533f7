"""What is remembered for this user outside any workbook: recent workbooks, preferences and consents.

All of it lies in the state folder. A list that cannot be read is empty, and only preferences and consents raise where
they cannot be written.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, field
from datetime import datetime
from pathlib import Path

from cimodel_tui.model.answer import Json
from cimodel_tui.model.clock import moment, new_id
from cimodel_tui.model.saving import StoreError
from cimodel_tui.record import dataclass
from cimodel_tui.storage.atomic import replace_small_file
from cimodel_tui.storage.locks import Lock
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.system import System

_MOST_ENTRIES = 200

_TRIES = 20
"""How often the lock of the list is tried: nobody should wait long for a convenience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """One saved workbook."""

    path: Path
    """Its path."""
    title: str = ""
    """What it was called when it was last opened; empty where it never was."""
    page: str = ""
    """The page on which the user left off."""
    place: Mapping[str, str] = field(default_factory=dict)
    """The place where the user left off, by the names of its parts."""
    last_opened: datetime | None = None
    """When it was last opened, in UTC; None where it never was."""
    figures: Mapping[str, int] = field(default_factory=dict)
    """What home shows, such as the number of improvements."""


def recent_workbooks(places: UserFolders) -> Sequence[Recent]:
    """Return what is remembered, the one opened last on top; nothing where the list cannot be read."""
    found = [each for each in map(_read, _entries(places)) if each is not None]
    return sorted(found, key=lambda each: each.last_opened.timestamp() if each.last_opened else 0.0, reverse=True)


def recent_of(places: UserFolders, path: Path) -> Recent | None:
    """Return what is remembered of one workbook."""
    real = path.resolve()
    return next((each for each in recent_workbooks(places) if each.path.resolve() == real), None)


def pending_change(places: UserFolders, path: Path) -> dict[str, Json] | None:
    """Return the change that waited for its reason when a signal ended 0.1, which kept it in this list.

    It is gone from the list with the next `remember`.
    """
    real = str(path.resolve())
    found = next((each.get("pending") for each in _entries(places) if each.get("path") == real), None)
    return found if isinstance(found, dict) else None


def saved_workbooks(places: UserFolders) -> Sequence[Recent]:
    """Return the workbooks that are remembered and still there, and then what else lies in the data folder."""
    known = [each for each in recent_workbooks(places) if each.path.exists()]
    there = {each.path.resolve() for each in known}
    others = sorted(places.data.glob("*.json")) if places.data.is_dir() else []
    return [*known, *(Recent(path=path) for path in others if path.resolve() not in there)]


def remember(places: UserFolders, recent: Recent) -> None:
    """Put a workbook on top of the list. Where that does not work nothing happens: it is a convenience."""
    system = System()
    with suppress(OSError, StoreError):
        system.makedirs(places.state)
        with Lock(system, places.state / ".recent.lock", _TRIES).during():
            real = str(recent.path.resolve())
            others = [each for each in _entries(places) if each.get("path") != real]
            entries: Json = [_plain(recent, real), *others[: _MOST_ENTRIES - 1]]
            data = json.dumps(entries, ensure_ascii=True, indent=2).encode()
            replace_small_file(system, places.recent, data + b"\n", new_id())


def forget(places: UserFolders, path: Path) -> None:
    """Take a workbook off the list; the file stays."""
    system = System()
    with suppress(OSError, StoreError), Lock(system, places.state / ".recent.lock", _TRIES).during():
        real = str(path.resolve())
        entries: Json = [each for each in _entries(places) if each.get("path") != real]
        replace_small_file(system, places.recent, json.dumps(entries, indent=2).encode() + b"\n", new_id())


def _entries(places: UserFolders) -> list[dict[str, Json]]:
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads(places.recent.read_bytes())
        if isinstance(found, list):
            return [each for each in found if isinstance(each, dict)]
    return []


def _plain(recent: Recent, real: str) -> dict[str, Json]:
    return {
        "path": real,
        "title": recent.title,
        "page": recent.page,
        "place": dict(recent.place),
        "last_opened": moment(recent.last_opened) if recent.last_opened else None,
        "figures": dict(recent.figures),
    }


def _read(entry: dict[str, Json]) -> Recent | None:
    path, opened = entry.get("path"), entry.get("last_opened")
    if not isinstance(path, str) or not path or "\0" in path:
        return None
    when = None
    if isinstance(opened, str):
        with suppress(ValueError):
            when = datetime.fromisoformat(opened)
    return Recent(
        path=Path(path),
        title=str(entry.get("title") or ""),
        page=str(entry.get("page") or ""),
        place=dict(_texts(entry.get("place"))),
        last_opened=when,
        figures=dict(_numbers(entry.get("figures"))),
    )


def _texts(value: Json) -> Iterator[tuple[str, str]]:
    for key, each in value.items() if isinstance(value, dict) else ():
        if isinstance(each, str):
            yield key, each


def _numbers(value: Json) -> Iterator[tuple[str, int]]:
    for key, each in value.items() if isinstance(value, dict) else ():
        if type(each) is int:
            yield key, each


_PAIR = 2


def _pairs(value: Json) -> Iterator[tuple[str, tuple[int, int]]]:
    for key, each in value.items() if isinstance(value, dict) else ():
        if isinstance(each, list) and len(each) == _PAIR and all(type(number) is int for number in each):
            right, of = each
            yield key, (int(str(right)), int(str(of)))


_PREFERENCES_FILE = "kept.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the user chose or reached, apart from any workbook."""

    theme: str = ""
    """Name of the theme that was chosen last; empty where none was."""
    best_score: int = 0
    """The best round of the knowledge check, in per cent."""
    topics: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """By topic of the knowledge check how many questions were right at the first try, and of how many."""


def preferences(places: UserFolders) -> Preferences:
    """Return the preferences; the defaults where they cannot be read."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((places.state / _PREFERENCES_FILE).read_bytes())
        if isinstance(found, dict):
            theme, score = found.get("theme"), found.get("best_score")
            return Preferences(
                theme if isinstance(theme, str) else "",
                score if type(score) is int else 0,
                dict(_pairs(found.get("topics"))),
            )
    return Preferences()


def save_preferences(places: UserFolders, new: Preferences) -> None:
    """Write the preferences. Raises OSError."""
    system = System()
    system.makedirs(places.state)
    replace_small_file(system, places.state / _PREFERENCES_FILE, json.dumps(asdict(new)).encode() + b"\n", new_id())


_TITLE_DRAFT_FILE = "title.json"


def title_draft(places: UserFolders) -> tuple[str, str]:
    """Return path and half-typed title of a workbook, empty texts where there is none or it cannot be read."""
    with suppress(OSError, ValueError, RecursionError):
        found = json.loads((places.state / _TITLE_DRAFT_FILE).read_bytes())
        if isinstance(found, dict) and isinstance(found.get("path"), str) and isinstance(found.get("title"), str):
            return str(found["path"]), str(found["title"])
    return "", ""


def save_title_draft(places: UserFolders, path: str, title: str) -> None:
    """Keep a half-typed title, or forget it where it is empty. Raises OSError."""
    system, file = System(), places.state / _TITLE_DRAFT_FILE
    if title:
        system.makedirs(places.state)
        replace_small_file(system, file, json.dumps({"path": path, "title": title}).encode() + b"\n", new_id())
    else:
        file.unlink(missing_ok=True)


_CONSENTS_FILE = "feeds.json"


def consents(places: UserFolders, workbook: Path) -> dict[str, str]:
    """Return the hash of the definition that was consented to, by the name of the feed."""
    try:
        found = json.loads((places.of(workbook.resolve()) / _CONSENTS_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(each) for name, each in found.items()} if isinstance(found, dict) else {}


def consent(places: UserFolders, workbook: Path, name: str, digest: str) -> None:
    """Store the consent to this definition of a feed; raises OSError."""
    folder = places.of(workbook.resolve())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _CONSENTS_FILE
    known = {**consents(places, workbook), name: digest}
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    path.chmod(0o600)
