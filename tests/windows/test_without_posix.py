"""The whole package is imported, and the shell's commands run, where everything that only POSIX has is missing."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.windows.without_posix import MODULES, NAMES, NOT_IMPORTED

CHECKOUT = Path(__file__).parents[2]


class Desk:
    """A user with a folder, on a POSIX system and on one that lacks what Windows lacks."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            **os.environ,
            "USERNAME": "ada",
            "COMPUTERNAME": "DESK-7",
            "CIMODEL_TUI_TODAY": "2026-11-23",
            "XDG_DOCUMENTS_DIR": str(folder / "Documents"),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_STATE_HOME": str(folder / "state"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }

    def posix(self, *arguments: str, given: str = "") -> tuple[int, str]:
        return self._run([sys.executable, "-m", "cimodel_tui", *arguments], given)

    def windows(self, *arguments: str, given: str = "") -> tuple[int, str]:
        return self._run([sys.executable, str(CHECKOUT / "tests/windows/without_posix.py"), *arguments], given)

    def _run(self, command: list[str], given: str) -> tuple[int, str]:
        done = subprocess.run(
            command, cwd=self.folder, env=self.environment, input=given, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample workbook as it is written without POSIX."""
    desk = Desk(tmp_path_factory.mktemp("written"))
    assert desk.windows("demo", "--keep", "sample.json", "--no-open") == (0, "sample.json\n")
    return desk.folder / "sample.json"


@pytest.fixture
def sample(desk: Desk, written: Path) -> Desk:
    shutil.copy(written, desk.folder)
    return desk


def test_every_module_is_imported(desk: Desk) -> None:
    code, said = desk.windows("--import-all")
    assert code == 0, said
    modules = {
        ".".join(each.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__")
        for each in (CHECKOUT / "cimodel_tui").rglob("*.py")
    }
    assert {*said.split(), "cimodel_tui", *NOT_IMPORTED} == modules


POSIX_IS_NAMED_IN = {
    "cimodel_tui/storage/system.py": "one half of the platform; the other serves Windows",
    "cimodel_tui/textual_compat/terminal.py": "the driver of a terminal; Textual has another for Windows",
    "cimodel_tui/sources/fetch.py": "ends the group of a command where there is one, and the command itself everywhere",
}


def test_posix_is_named_only_where_windows_has_another_way() -> None:
    names = {f"{module.__name__}.{name}" for module, missing in NAMES.items() for name in missing}
    found = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "cimodel_tui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(each.name in MODULES for each in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module in MODULES)
        or (isinstance(node, ast.Attribute) and f"{ast.unparse(node.value)}.{node.attr}" in names)
    }
    assert found == set(POSIX_IS_NAMED_IN)


@pytest.mark.parametrize(
    "command",
    [
        "show sample.json",
        "show sample.json CI-0001",
        "show sample.json CI-0001 --json",
        "due sample.json",
        "coach sample.json",
        "doctor sample.json",
        "report sample.json --format md",
        "report sample.json CI-0001 --format html",
        "report sample.json --format csv",
        "report sample.json --format json",
        "list",
        "add nowhere.json Idea",
        "doctor .",
        "completion bash",
        "home",
    ],
)
def test_command_says_the_same_as_on_posix(sample: Desk, command: str) -> None:
    assert sample.windows(*command.split()) == sample.posix(*command.split())


def test_workbook_is_made_filled_and_brought_back(desk: Desk) -> None:
    for command in (
        ["new", "desk.json", "--title", "Service desk"],
        ["add", "desk.json", "Restore systems faster"],
        ["add", "desk.json", "Fewer calls about passwords"],
        ["backups", "desk.json"],
        ["restore", "desk.json", "1"],
        ["add", "desk.json", "Refunds before anybody asks"],
    ):
        code, said = desk.windows(*command)
        assert code == 0, said
    code, said = desk.posix("show", "desk.json")
    assert code == 0
    assert "Refunds before anybody asks" in said
    assert "Fewer calls about passwords" not in said


def test_workbooks_of_home_lie_in_documents(desk: Desk) -> None:
    code, said = desk.windows("where")
    assert code == 0, said
    assert str(desk.folder / "Documents" / "cimodel-tui") in said


def test_judge_reads_from_a_pipe(desk: Desk) -> None:
    given = '{"baseline": [], "after": []}'
    assert desk.windows("judge", given=given) == desk.posix("judge", given=given)


def test_merge_of_git_needs_no_posix(sample: Desk) -> None:
    base = (sample.folder / "sample.json").read_bytes()
    for name in ("base.json", "ours.json", "theirs.json"):
        (sample.folder / name).write_bytes(base)
    assert sample.windows("add", "theirs.json", "From the other branch")[0] == 0
    assert sample.windows("merge", "base.json", "ours.json", "theirs.json")[0] == 0
    assert (sample.folder / "ours.json").read_bytes() == (sample.folder / "theirs.json").read_bytes()
