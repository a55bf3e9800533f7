"""The same workbook in a folder as in the tests of the storage."""

from tests.storage.conftest import Shelf, shelf

__all__ = ["Shelf", "shelf"]
