"""What a start to home must not load: it needs no workbook, no field and no picture."""

import os
import subprocess
import sys
from pathlib import Path

from cimodel_tui.cli.desk import copy_sample
from cimodel_tui.storage.places import Places

START = """
import sys
from cimodel_tui.cli import run, screens

loaded = []

def painted():
    loaded.extend(sys.modules)
    from textual._context import active_app
    active_app.get().exit()

screens._look_for_garbage = painted
code = run([])
print(*loaded, sep="\\n")
sys.exit(code)
"""
"""Starts home in a process of its own, and tells what was loaded once it stood there."""

NEEDED = ("cimodel_tui.app", "cimodel_tui.screens.home", "cimodel_tui.widgets.table", "textual.app")
"""Proves that home was reached."""

NOT_NEEDED = (
    "argparse",
    "cimodel_tui.charts",
    "cimodel_tui.coach",
    "cimodel_tui.commands",
    "cimodel_tui.content",
    "cimodel_tui.forms",
    "cimodel_tui.measurement",
    "cimodel_tui.model.improvement",
    "cimodel_tui.model.iteration",
    "cimodel_tui.screens.pages",
    "cimodel_tui.screens.register",
    "cimodel_tui.screens.step",
    "cimodel_tui.storage.opening",
    "cimodel_tui.workbook.book",
    "importlib.metadata",
    "markdown_it",
    "orjson",
    "ssl",
    "textual.widgets._data_table",
    "textual.widgets._directory_tree",
    "textual.widgets._markdown",
    "textual.widgets._select",
    "textual.widgets._text_area",
    "textual.widgets._tree",
    "tinydb",
    "zipfile",
)
"""Each was loaded once, or would be easily: modules and packages that wait for the first key."""


def test_home_loads_no_module_that_it_does_not_need(tmp_path: Path) -> None:
    places = Places(*(tmp_path / each / "cimodel-tui" for each in ("data", "state", "config")))
    copy_sample(places.data / "sample.json", places)
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(tmp_path),
        **{f"XDG_{each.upper()}_HOME": str(tmp_path / each) for each in ("data", "state", "config")},
        "LC_ALL": "C.UTF-8",
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    }
    told = subprocess.run(
        [sys.executable, "-c", START], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = told.stdout.splitlines()
    assert set(NEEDED) <= set(loaded)
    assert [
        each for each in loaded if each in NOT_NEEDED or each.startswith(tuple(f"{name}." for name in NOT_NEEDED))
    ] == []
