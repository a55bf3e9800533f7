"""What Textual and asyncio load at every start and no first page uses: a twentieth of what that takes."""

import sys
from importlib import import_module
from types import ModuleType

TYPES, LIGHT = "textual.types", "textual._types"
"""A module that loads four lists and trees beside what it takes from a light one, and that light one."""

TLS = "ssl"
"""Loaded by asyncio for connections that this program never opens; asyncio goes without it where there is none."""


class Later(ModuleType):
    """Stands for a module while only what it takes from a light one is wanted; for anything else it is loaded."""

    def __init__(self, name: str, light: str) -> None:
        super().__init__(name)
        self._light = light

    def __getattr__(self, name: str) -> object:
        """Return what the light module has, else what the whole one has; raises AttributeError as that does."""
        if name.startswith("__"):
            raise AttributeError(name)  # the import system asks what kind of module this is
        light = import_module(self._light)
        if hasattr(light, name):
            return getattr(light, name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def put_off() -> None:
    """Have them loaded once somebody wants them, where they are not loaded yet."""
    sys.modules.setdefault(TYPES, Later(TYPES, LIGHT))
    if TLS in sys.modules:
        return
    sys.modules[TLS] = None  # type: ignore[assignment]  # says that there is none
    try:
        import asyncio  # noqa: F401, PLC0415 - loaded now, so that it looks for it in vain
    finally:
        del sys.modules[TLS]
