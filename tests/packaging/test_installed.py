"""Installed from a wheel and from a source archive, away from the checkout, the program has everything with it."""

import json
import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
ADDRESS = "https://example.org/owner/cimodel-tui"
TOOLS = {"pip", "setuptools", "pkg_resources", "_distutils_hack"}
"""What a new environment holds before anything is installed."""

pytestmark = pytest.mark.install


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own, with both archives built beside it, and with what the program stands on."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / Path(sys.executable).name
    _run(sys.executable, "-m", "hatchling", "build", "-d", str(folder / "made"), at=CHECKOUT, CIMODEL_TUI_URL=ADDRESS)
    _run(python, "-m", "pip", "install", "-q", *folder.glob("made/*.whl"))
    return python


@pytest.fixture(scope="module")
def made(python: Path) -> Path:
    """The folder of the two archives."""
    return python.parents[1] / "made"


def test_wheel_is_smaller_than_a_megabyte(made: Path) -> None:
    (wheel,) = made.glob("*.whl")
    assert wheel.stat().st_size < 1_000_000


def test_both_archives_hold_the_licence_and_the_source_its_pictures(made: Path) -> None:
    (wheel,), (source,) = made.glob("*.whl"), made.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.endswith(".dist-info/licenses/cimodel_tui/LICENSE") for name in archive.namelist())
    with tarfile.open(source) as files:
        names = {name.partition("/")[2] for name in files.getnames()}
    assert {"cimodel_tui/LICENSE", ".pictures/dashboard.svg", ".ci/run", ".github/CHANGELOG.md"} <= names


def test_index_will_take_both_archives(python: Path, made: Path) -> None:
    _run(python, "-m", "venv", made.parent / "checker")
    checker = made.parent / "checker" / python.parent.name / python.name
    _run(checker, "-m", "pip", "install", "-q", "twine")
    _run(checker, "-m", "twine", "check", "--strict", *made.iterdir())


def test_installation_is_small_and_holds_what_the_guide_lists(python: Path) -> None:
    found = json.loads(_run(python, "-m", "pip", "list", "--format", "json"))
    installed = {each["name"].lower().replace("_", "-") for each in found} - {"pip", "setuptools"}
    guide = (
        (CHECKOUT / ".github/CONTRIBUTING.md").read_text(encoding="utf-8").partition("What an installation holds")[2]
    )
    listed = [row for row in guide.splitlines() if row.startswith("| `")]
    assert installed == set(re.findall(r"`([a-z0-9-]+)`", " ".join(row.split("|")[1] for row in listed)))

    (packages,) = {Path(each) for each in (python.parents[1] / "lib").glob("*/site-packages")}
    own = (each for each in packages.rglob("*") if each.is_file())
    size = sum(each.stat().st_size for each in own if each.relative_to(packages).parts[0] not in TOOLS)
    assert size < 40_000_000


@pytest.mark.parametrize("kind", ["*.whl", "*.tar.gz"])
def test_program_runs_with_its_data_wherever_it_is_installed_from(
    python: Path, made: Path, tmp_path: Path, kind: str
) -> None:
    (archive,) = made.glob(kind)
    _run(python, "-m", "pip", "install", "-q", "--force-reinstall", "--no-deps", archive)
    program = str(python.with_name("cimodel-tui"))
    kept = tmp_path / "sample.json"
    home = {"XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config"}
    places = {name: str(tmp_path / folder) for name, folder in home.items()}

    assert _run(program, "--version", at=tmp_path).startswith("cimodel-tui ")
    assert _run(python, "-m", "cimodel_tui", "--version", at=tmp_path).startswith("cimodel-tui ")
    _run(program, "demo", "--keep", str(kept), "--no-open", at=tmp_path, **places)
    _run(program, "doctor", str(kept), at=tmp_path, **places)
    assert "  B1  " in _run(program, "coach", str(kept), at=tmp_path, **places)
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
