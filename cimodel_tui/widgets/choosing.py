"""What every control has in common in which one chooses."""

from typing import Protocol, runtime_checkable

Options = tuple[tuple[str, str], ...]
"""Pairs of what is kept and what is shown."""


@runtime_checkable
class Chooser(Protocol):
    """A control that offers something to choose from."""

    def offer(self, options: Options) -> None:
        """Offer these from now on."""

    def choose(self, value: object) -> None:
        """Show what is chosen; what is kept and no longer offered is shown as well."""

    def chosen(self) -> object:
        """Return what is chosen."""
