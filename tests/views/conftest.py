"""A workbook in memory, and somebody who writes in it on given days, as for the tests of the workbook."""

from tests.workbook.conftest import pen, store

__all__ = ["pen", "store"]
