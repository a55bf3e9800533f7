"""Where it is measured: a folder of its own with workbooks of every size, and the programs to start over them."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from cimodel_tui.model.step import Place
from cimodel_tui.storage.paths import UserFolders
from cimodel_tui.storage.schema import Tree
from cimodel_tui.storage.user_state import Recent, remember
from tests.benchmarks import workbooks
from tests.benchmarks.terminal import Terminal

READINGS = 65
"""Readings of a metric in the workbooks of 1 and 10 MB: 20 or 200 improvements, three iterations, three metrics."""

MANY_READINGS = 250
"""The same in the workbook of 150,000 readings, whose file is larger than 10 MB."""

SIZES: dict[str, Callable[[], Tree]] = {
    "100 kB": lambda: workbooks.tree(2, iterations=3, metrics=3, readings=READINGS),
    "1 MB": lambda: workbooks.tree(20, iterations=3, metrics=3, readings=READINGS),
    "10 MB": lambda: workbooks.tree(200, iterations=3, metrics=3, readings=READINGS),
    "150,000 readings": lambda: workbooks.tree(200, iterations=3, metrics=3, readings=MANY_READINGS),
    "2,000 readings": lambda: workbooks.tree(1, metrics=2, readings=1000),
    "100": lambda: workbooks.tree(100, metrics=0),
    "1,000": lambda: workbooks.tree(1000, metrics=0),
    "10,000": lambda: workbooks.tree(10_000, metrics=0),
}
"""The workbooks, by what they are called in the table."""


PROGRAM = "cimodel_tui.__main__"
"""The module whose `main` is the program."""

_SCRIPT = """#!{python}
# -*- coding: utf-8 -*-
import re
import sys
from {module} import main
if __name__ == '__main__':
    sys.argv[0] = re.sub(r'(-script\\.pyw|\\.exe)?$', '', sys.argv[0])
    sys.exit(main())
"""
"""What an installer writes for an entry point."""


@dataclass
class Lab:
    """One run of the benchmarks."""

    folder: Path
    repeat: int
    python: str = sys.executable

    @cached_property
    def environment(self) -> dict[str, str]:
        """A user of one's own, with the sample workbook in the data folder, as after its first opening."""
        home = {"HOME": str(self.folder)}
        xdg = {f"XDG_{each}_HOME": str(self.folder / each.lower()) for each in ("DATA", "STATE", "CONFIG", "CACHE")}
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PATH": os.environ["PATH"]}
        found = {**home, **xdg, **terminal}
        subprocess.run([*self.app(), "demo", "--no-open"], env=found, check=True, capture_output=True, cwd=ROOT)
        return found

    @property
    def places(self) -> UserFolders:
        """The folders of that user."""
        found = (self.folder / each / "cimodel-tui" for each in ("data", "state", "config"))
        return UserFolders(*found)

    def app(self) -> Sequence[str]:
        """Return the command that starts the program, as an installer writes it."""
        return (str(self.script(PROGRAM)),)

    def script(self, module: str) -> Path:
        """Return a console script that calls the `main` of a module; it is made when it is first asked for."""
        path = self.folder / f"script-{module.replace('.', '-')}"
        if not path.exists():
            path.write_text(_SCRIPT.format(python=self.python, module=module), encoding="utf-8")
            path.chmod(0o755)
        return path

    def run(self, *arguments: str | Path) -> Terminal:
        """Start the program."""
        return Terminal([*self.app(), *map(str, arguments)], self.environment)

    def floor(self, *arguments: str | int) -> Terminal:
        """Start one of the floors."""
        return Terminal(
            [self.python, str(Path(__file__).with_name("floors.py")), *map(str, arguments)], self.environment
        )

    def workbook(self, size: str) -> Path:
        """Return the workbook of this size; it is made when it is first asked for."""
        path = self.folder / f"{size.replace(' ', '-').replace(',', '')}.json"
        return path if path.exists() else workbooks.write(path, SIZES[size]())

    @property
    def sample(self) -> Path:
        """The copy of the sample workbook."""
        _ = self.environment
        return self.places.data / "sample.json"

    def leave_at(self, path: Path, page: str, place: Place) -> None:
        """Remember that this workbook was left at this page."""
        remember(self.places, Recent(path=path, page=page, place=asdict(place), last_opened=datetime.now(UTC)))


ROOT = Path(__file__).parents[2]
"""The checkout."""
