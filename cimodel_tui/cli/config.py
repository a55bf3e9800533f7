"""The configuration file, `config.toml` in the config folder; every line of it may be left out.

    name = "Ada Byron"         # agreed by, verified by and owner default to it
    theme = "harbour-light"    # until another one is chosen in the app
    charts = "ascii"           # plain cells in place of braille dots; without it by the terminal
    escape_ms = 25             # milliseconds after which Esc is not the beginning of another key; more on a slow line
    [keys]                     # the id of a binding, and its key or keys
    "app.undo" = "f7"
    "register.add" = "a,plus"
    [feeds.fcr]                # readings that `pull` fetches; `cimodel-tui pull --help` says more
    kind = "csv"
    path = "~/exports/fcr.csv"

A key is a character (`a`, `/`), a name (`f7`, `space`, `escape`), or either with `ctrl+`, `alt+` or `shift+` before it.
The help of each page (`?`) lists the ids. An error names the line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import NoReturn

from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import StoreError, because
from cimodel_tui.record import dataclass

_SETTINGS = ("name", "theme", "charts", "escape_ms", "keys", "feeds")

_CHARTS = ("ascii", "braille")

_MAX_ESCAPE_MS = 5000


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of the user."""

    name: str = ""
    """Who I am: agreed by, verified by and owner default to it."""
    theme: str = ""
    """Name of a theme."""
    charts: str = ""
    """`ascii` or `braille`; empty where the terminal decides."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their binding."""
    escape_ms: int = 25
    """Milliseconds after which an escape byte that nothing follows is the Esc key."""
    feeds: Mapping[str, object] = field(default_factory=dict)
    """The feeds as configured; checked when one of them is pulled."""
    path: Path | None = None
    """The configuration file; None without one."""
    text: str = ""
    """The text of that file."""

    def wrong(self, *setting: str, because: str) -> NoReturn:
        """Raise StoreError that names the file and the line of a setting."""
        raise StoreError(f"{self.path}, line {_line_number(self.text, setting)}: {because}")


def read_config(folder: Path) -> Config:
    """Read the configuration; raises StoreError that names the file and the line where it cannot be read."""
    path = folder / "config.toml"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Config()
    except NotADirectoryError:
        raise StoreError(f"{folder} is a file: the configuration lies in a folder of that name") from None
    except UnicodeDecodeError as problem:
        line = problem.object.count(b"\n", 0, problem.start) + 1
        raise StoreError(f"{path}, line {line}: it is not UTF-8") from None
    except OSError as problem:
        raise StoreError(f"{path} cannot be read: {because(problem)}") from None
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise StoreError(f"{path}, {_toml_problem(str(problem), text)}") from None
    return _parse_settings(Config(path=path, text=text), raw)


_TOML_PROBLEMS = (
    ("Expected '=' after a key", 'after a name comes = and a value, such as name = "Ann Example"'),
    ("Invalid value", "the value is missing, or is a text without quotes"),
    ("Expected newline or end of document", "there is more on this line than one setting"),
    ("Invalid initial character for a key part", "the name of a setting is missing"),
    ("Invalid statement", "this is neither a setting nor a [table]"),
    ("Expected ']'", "the name of a table ends with ]"),
    ("Unterminated", "the closing quote of a text is missing"),
    ("Illegal character", "the closing quote of a text is missing, or it contains a character that is not allowed"),
    ("Unclosed", "a closing bracket is missing"),
    ("Unescaped '\\'", "a backslash in a text is written twice"),
    ("Cannot overwrite", "this is set a second time"),
    ("Cannot declare", "this table is defined a second time"),
    ("Cannot mutate", "this table is defined a second time"),
)
"""The beginnings of messages of the TOML parser, and what they mean."""


def _toml_problem(problem: str, text: str) -> str:
    """Return the message of the TOML parser in plain words, with the line."""
    found = re.search(r"\(at line (\d+), column \d+\)$", problem)
    line = found[1] if found else len(text.splitlines())
    words = next((plain for beginning, plain in _TOML_PROBLEMS if problem.startswith(beginning)), "this is not TOML")
    return f"line {line}: {words}"


def _parse_settings(source: Config, raw: Mapping[str, object]) -> Config:
    for setting, value in raw.items():
        if setting not in _SETTINGS:
            words = (
                f"there is no setting {quoted(setting)}; there are name, theme, charts, escape_ms, [keys] and [feeds]"
            )
            source.wrong(setting, because=words)
        if setting == "keys" and not isinstance(value, dict):
            source.wrong(setting, because='keys is a table: [keys], and below it lines such as "app.undo" = "f7"')
        if setting == "feeds" and not isinstance(value, dict):
            source.wrong(setting, because='feeds are tables: [feeds.fcr], and below it lines such as kind = "csv"')
        if setting == "charts" and value not in _CHARTS:
            source.wrong(setting, because='charts is "ascii" or "braille"')
        if setting == "escape_ms" and (type(value) is not int or not 1 <= value <= _MAX_ESCAPE_MS):
            source.wrong(setting, because=f"escape_ms is a number of milliseconds, 1 to {_MAX_ESCAPE_MS}")
        if setting in ("name", "theme") and not isinstance(value, str):
            source.wrong(setting, because=f'{setting} is a text in quotes: {setting} = "..."')
    key_table = raw.get("keys", {})
    keys = dict(_keys(source, key_table, ())) if isinstance(key_table, dict) else {}
    feeds = raw.get("feeds", {})
    known = replace(source, name=str(raw.get("name", "")), theme=str(raw.get("theme", "")), keys=keys)
    known = replace(known, charts=str(raw.get("charts", "")))
    known = replace(known, feeds=feeds) if isinstance(feeds, dict) else known
    escape_ms = raw.get("escape_ms")
    return replace(known, escape_ms=escape_ms) if isinstance(escape_ms, int) else known


def _keys(source: Config, table: Mapping[str, object], above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield ids and keys; `app.undo` without quotes means the same as with them."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _keys(source, value, (*above, name))
        elif isinstance(value, str):
            yield ".".join((*above, name)), value
        else:
            source.wrong("keys", *above, name, because='a key is a text in quotes: "app.undo" = "f7"')


def _line_number(text: str, setting: tuple[str, ...]) -> int:
    """Return the line at which a setting is complete: the fewest lines from the top that hold it."""
    lines = text.splitlines(keepends=True)
    return next((count for count in range(1, len(lines) + 1) if _defines("".join(lines[:count]), setting)), len(lines))


def _defines(text: str, setting: tuple[str, ...]) -> bool:
    import tomllib  # noqa: PLC0415 - most people have no such file

    try:
        found: object = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return ".".join(setting) in _paths(found, ())


def _paths(value: object, above: tuple[str, ...]) -> Iterator[str]:
    yield ".".join(above)
    if isinstance(value, dict):
        for name, below in value.items():
            yield from _paths(below, (*above, name))
