"""A folder with a copy of the sample workbook, and the shell to run over it: in this process, or as a real one."""

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cimodel_tui.cli import run
from cimodel_tui.content import sample

TODAY = "2026-11-23"


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever the command printed
        return json.loads(self.out)


@dataclass(frozen=True)
class Desk:
    """One user with a folder."""

    folder: Path
    environment: dict[str, str]
    capture: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch

    @property
    def sample(self) -> Path:
        """A copy of the sample workbook."""
        path = self.folder / "sample.json"
        if not path.exists():
            path.write_bytes(sample().read_bytes())
        return path

    def run(self, *arguments: object, given: str | bytes = b"") -> Said:
        """Run a command in this process."""
        data = given.encode() if isinstance(given, str) else given
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        self.capture.readouterr()
        code = run([str(each) for each in arguments])
        found = self.capture.readouterr()
        return Said(code, found.out, found.err)

    def process(self, *arguments: object, given: bytes = b"", **environment: str) -> Said:
        """Run a command as a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "cimodel_tui", *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=self.folder,
            env={**self.environment, **environment},
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())

    def shell(self, line: str) -> Said:
        """Run a line of a shell in which `cimodel-tui` is this program."""
        named = f'cimodel-tui() {{ "{sys.executable}" -m cimodel_tui "$@"; }}\n'
        done = subprocess.run(
            ["bash", "-c", f"{named}{line}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.folder,
            env=self.environment,
            timeout=60,
            check=False,
        )
        return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    root = Path(__file__).parents[2]
    named = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    own = {name: str(tmp_path / "home" / name) for name in named}
    own |= {"CIMODEL_TUI_TODAY": TODAY, "CIMODEL_TUI_DATA": str(tmp_path / "data"), "PYTHONPATH": str(root)}
    kept = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, {**kept, **own}, capsys, monkeypatch)
