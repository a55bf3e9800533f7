"""What a start must not load: home needs no workbook, no field and no picture; a step no chart, coach or save."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cimodel_tui.cli.desk import copy_sample
from cimodel_tui.model.step import Place
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.user_state import Recent, remember

START = """
import sys
from cimodel_tui.cli import open as opening_commands, run

loaded = []

def painted():
    loaded.extend(sys.modules)
    from textual._context import active_app
    active_app.get().exit()

def drawn(app):
    if not loaded and isinstance(app.screen, sys.modules["cimodel_tui.screens.step"].StepScreen):
        painted()

opening_commands._resume_garbage_collection = painted
if sys.argv[1:]:
    from cimodel_tui.app import CimodelApp
    opening_commands._resume_garbage_collection = lambda: None
    CimodelApp.post_display_hook = drawn
code = run(sys.argv[1:])
print(*loaded, sep="\\n")
sys.exit(code)
"""
"""Starts home or a file in a process of its own, and tells what was loaded once it stood there."""

NEEDED = ("cimodel_tui.app", "cimodel_tui.screens.home", "cimodel_tui.widgets.table", "textual.app")
"""Proves that home was reached."""

NOT_NEEDED = (
    "aiohttp",
    "cimodel_tui.charts",
    "cimodel_tui.coach.*",
    "cimodel_tui.forms.*",
    "cimodel_tui.measurement",
    "cimodel_tui.reports.html",
    "importlib.metadata",
    "markdown_it",
    "orjson",
    "tinydb",
)
"""Packages that wait for the first key; of those with a `*` all modules, which the package itself loads when asked."""

NEEDED_AT_A_STEP = ("cimodel_tui.screens.baseline", "cimodel_tui.storage.open", "textual.widgets._text_area")
"""Proves that the step was reached."""

NOT_NEEDED_AT_A_STEP = (
    "aiohttp",
    "cimodel_tui.charts",
    "cimodel_tui.coach.*",
    "cimodel_tui.measurement",
    "importlib.metadata",
    "markdown_it",
    "tinydb.middlewares",
    "tomllib",
)
"""What waits until the first picture is painted, or for the first key."""


@pytest.fixture
def places(tmp_path: Path) -> UserFolders:
    """The folders of a user with the sample, as after its first opening."""
    found = UserFolders(*(tmp_path / each / "cimodel-tui" for each in ("data", "state", "config")))
    copy_sample(found.data / "sample.json", found)
    return found


def loaded_at_a_start(home: Path, *arguments: str) -> list[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(home),
        **{f"XDG_{each.upper()}_HOME": str(home / each) for each in ("data", "state", "config")},
        "LC_ALL": "C.UTF-8",
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    }
    program = [sys.executable, "-c", START, *arguments]
    told = subprocess.run(program, env=environment, cwd=home, capture_output=True, text=True, check=True)
    return told.stdout.splitlines()


def too_much(loaded: list[str], unwanted: tuple[str, ...]) -> list[str]:
    below = tuple(f"{name.removesuffix('.*')}." for name in unwanted)
    return [each for each in loaded if each in unwanted or each.startswith(below)]


def test_home_loads_no_module_that_it_does_not_need(tmp_path: Path, places: UserFolders) -> None:
    assert places.data.exists()
    loaded = loaded_at_a_start(tmp_path)
    assert set(NEEDED) <= set(loaded)
    assert too_much(loaded, NOT_NEEDED) == []


def test_step_loads_no_module_that_its_first_picture_does_not_need(tmp_path: Path, places: UserFolders) -> None:
    sample = places.data / "sample.json"
    iterations = json.loads(sample.read_bytes())["iterations"]
    iteration_id, iteration = next(each for each in iterations.items() if each[1]["baseline"].get("metrics"))
    place = asdict(Place(iteration["improvement"], iteration_id))
    remember(places, Recent(path=sample, page="baseline", place=place, last_opened=datetime.now(UTC)))
    loaded = loaded_at_a_start(tmp_path, str(sample))
    assert set(NEEDED_AT_A_STEP) <= set(loaded)
    assert too_much(loaded, NOT_NEEDED_AT_A_STEP) == []
