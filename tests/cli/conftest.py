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
from tests.waiting import PROGRAM_DEADLINE

TODAY = "2026-11-23"


@dataclass(frozen=True)
class CommandResult:
    """The exit code and the output of a command."""

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

    def run(self, *arguments: object, stdin: str | bytes = b"") -> CommandResult:
        """Run a command in this process."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        self.patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        self.capture.readouterr()
        code = run([str(each) for each in arguments])
        found = self.capture.readouterr()
        return CommandResult(code, found.out, found.err)

    def process(self, *arguments: object, stdin: bytes = b"", **environment: str) -> CommandResult:
        """Run a command as a process of its own."""
        completed = subprocess.run(
            [sys.executable, "-m", "cimodel_tui", *map(str, arguments)],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env={**self.environment, **environment},
            timeout=PROGRAM_DEADLINE,
            check=False,
        )
        return CommandResult(completed.returncode, completed.stdout.decode(), completed.stderr.decode())

    def shell(self, line: str) -> CommandResult:
        """Run a line of a shell in which `cimodel-tui` is this program."""
        definition = f'cimodel-tui() {{ "{sys.executable}" -m cimodel_tui "$@"; }}\n'
        completed = subprocess.run(
            ["bash", "-c", f"{definition}{line}"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            cwd=self.folder,
            env=self.environment,
            timeout=PROGRAM_DEADLINE,
            check=False,
        )
        return CommandResult(completed.returncode, completed.stdout.decode(), completed.stderr.decode())


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    root = Path(__file__).parents[2]
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    own = {name: str(tmp_path / "home" / name) for name in names}
    own |= {"CIMODEL_TUI_TODAY": TODAY, "CIMODEL_TUI_DATA": str(tmp_path / "data"), "PYTHONPATH": str(root)}
    inherited = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return Desk(tmp_path, {**inherited, **own}, capsys, monkeypatch)
