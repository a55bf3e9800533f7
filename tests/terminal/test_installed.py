"""Installed from a wheel and from a source archive, away from the checkout, the program has everything with it."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]

pytestmark = pytest.mark.install


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own, with both archives built beside it, and with what the program stands on."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / Path(sys.executable).name
    _run(python, "-m", "pip", "install", "-q", "hatchling")
    _run(python, "-m", "hatchling", "build", "-d", str(folder / "made"), at=CHECKOUT)
    _run(python, "-m", "pip", "install", "-q", *folder.glob("made/*.whl"))
    return python


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_program_runs_with_its_data_wherever_it_is_installed_from(python: Path, tmp_path: Path, kind: str) -> None:
    (archive,) = (python.parents[1] / "made").glob(kind)
    _run(python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", archive)
    program = str(python.with_name("cimodel-tui"))
    kept = tmp_path / "sample.json"
    home = {"XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config"}
    places = {name: str(tmp_path / folder) for name, folder in home.items()}

    assert _run(program, "--version", at=tmp_path).startswith("cimodel-tui ")
    assert _run(python, "-m", "cimodel_tui", "--version", at=tmp_path).startswith("cimodel-tui ")
    _run(program, "demo", "--keep", str(kept), "--no-open", at=tmp_path, **places)
    _run(program, "doctor", str(kept), at=tmp_path, **places)
    assert "V" in _run(program, "coach", str(kept), at=tmp_path, **places)
    assert "<svg" in _run(program, "report", str(kept), "CI-0001", "--format", "html", at=tmp_path, **places)


def _run(*command: object, at: Path | None = None, **settings: str) -> str:
    done = subprocess.run(
        [str(each) for each in command],
        cwd=at,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
