import subprocess
import sys

import pytest

from cimodel_tui import storage

LOADED = """
import sys
import cimodel_tui.storage
from cimodel_tui.storage import recent_workbooks
print("tinydb" in sys.modules, "orjson" in sys.modules, "platformdirs" in sys.modules)
from cimodel_tui.storage import open_store
print("tinydb" in sys.modules)
"""


@pytest.mark.parametrize("name", storage.__all__)
def test_every_name_that_the_package_promises_is_there(name: str) -> None:
    assert getattr(storage, name).__name__ in (name, f"cimodel_tui.storage.{name}")


def test_name_that_is_not_there_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = storage.nothing


def test_list_of_recent_workbooks_does_not_load_the_database() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False", "False", "True"]
