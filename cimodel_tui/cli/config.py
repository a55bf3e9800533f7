"""The configuration file: `config.toml` with `name`, `theme` and `[keys]`; every key is optional."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cimodel_tui.model.saving import StoreError


@dataclass(frozen=True, slots=True)
class Config:
    """What the user has set."""

    name: str = ""
    """Who I am: agreed by, verified by and owner default to it."""
    theme: str = ""
    """Name of a theme."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by the id of their binding."""


def read_config(folder: Path) -> Config:
    """Read the configuration; raises StoreError that names the file and the line where it cannot be read."""
    path = folder / "config.toml"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as problem:
        raise StoreError(f"{path} cannot be read: {problem}") from None
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise StoreError(f"{path}: {problem}") from None
    return _checked(path, raw)


def _checked(path: Path, raw: Mapping[str, object]) -> Config:
    keys = raw.get("keys", {})
    if not isinstance(keys, dict) or not all(isinstance(value, str) for value in keys.values()):
        raise StoreError(f'{path}: [keys] holds lines such as "app.undo" = "ctrl+u"')
    for name in ("name", "theme"):
        if not isinstance(raw.get(name, ""), str):
            raise StoreError(f"{path}: {name} must be text")
    return Config(str(raw.get("name", "")), str(raw.get("theme", "")), keys)
