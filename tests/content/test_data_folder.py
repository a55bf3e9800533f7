"""Where the data lies: beside the package in a checkout, within it in a wheel."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from cimodel_tui import content

CHECKOUT = Path(content.__file__).parents[1]


@pytest.fixture
def _no_trace() -> Iterator[None]:
    yield
    sys.modules.pop("content_elsewhere", None)


def _load(module: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("content_elsewhere", module)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules["content_elsewhere"] = found
    spec.loader.exec_module(found)
    return found


def _package(folder: Path) -> Path:
    package = folder / "cimodel_tui"
    package.mkdir()
    return Path(shutil.copy(content.__file__, package))


def test_a_checkout_has_its_data_beside_the_package() -> None:
    assert content.root() == CHECKOUT / "data"
    assert (content.root() / "guidance" / "vision.md").is_file()


@pytest.mark.usefixtures("_no_trace")
def test_a_wheel_has_its_data_within_the_package(tmp_path: Path) -> None:
    module = _package(tmp_path)
    shutil.copytree(CHECKOUT / "data", module.parent / "data")
    (tmp_path / "data").mkdir()
    installed = _load(module)
    assert installed.root() == module.parent / "data"
    assert installed.guidance("plan").why == content.guidance("plan").why
    assert installed.sample().parent == module.parent / "data" / "samples"


@pytest.mark.usefixtures("_no_trace")
def test_a_source_distribution_has_its_data_beside_the_package(tmp_path: Path) -> None:
    module = _package(tmp_path)
    shutil.copytree(CHECKOUT / "data", tmp_path / "data")
    assert _load(module).root() == tmp_path / "data"


@pytest.mark.usefixtures("_no_trace")
def test_data_is_found_from_any_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert len(_load(Path(content.__file__)).practices()) == 34


def test_the_sample_lies_among_the_samples() -> None:
    assert content.sample() == content.root() / "samples" / "sample.json"


def test_a_page_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        content.guidance("no such step")
