"""The same person in the same room as in the tests of the screens."""

from tests.screens.conftest import room

__all__ = ["room"]
