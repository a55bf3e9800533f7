"""The figures of the house are counted as their names say."""

from pathlib import Path

import pytest

from tests.architecture.count import figures, modules_below, only_for_a_neighbour

MODULES = {
    "__init__.py": '"""A package."""\n',
    "one.py": "from small.inner.first import f\n\n\ndef g():\n    import os  # noqa: PLC0415 - late\n    return os\n",
    "inner/__init__.py": "if TYPE_CHECKING:\n    from small.inner import fifth\n__all__ = ['fifth']\n",
    "inner/first.py": "from small.inner.second import h\n\n\ndef f():\n    return h\n",
    "inner/second.py": "h = 1  # type: ignore\n",
    "inner/third.py": 'LOADED = "fourth"\n',
    "inner/fourth.py": "from small import inner\n\n\ndef f():\n    return inner.fifth.g, inner.third\n",
    "inner/fifth.py": "def g():\n    return 1\n",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    for name, text in MODULES.items():
        path = tmp_path / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "small"


def test_modules_and_what_stands_in_them_are_counted(package: Path) -> None:
    found = figures(package)
    assert (found["modules"], found["imports inside functions"]) == ("8", "1")
    assert (found["noqa"], found["type: ignore"]) == ("1", "1")


def test_module_for_one_neighbour_is_found(package: Path) -> None:
    names = only_for_a_neighbour(modules_below(package))
    assert "small.inner.second" in names
    assert "small.inner.first" not in names


def test_module_that_a_neighbour_reaches_by_its_package_is_found(package: Path) -> None:
    assert "small.inner.fifth" in only_for_a_neighbour(modules_below(package))
