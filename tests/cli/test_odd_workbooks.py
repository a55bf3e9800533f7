"""Whatever the loader lets in, every command shows or refuses in one sentence."""

import random

import pytest

from tests.cli.conftest import Desk
from tests.storage.test_doctor_odd_values import odd_workbook

FORMATS = ("md", "html", "csv", "csv-classic", "json", "xlsx")

COMMANDS: tuple[tuple[str, ...], ...] = (
    ("show",),
    ("show", "--json"),
    ("due",),
    ("coach",),
    ("doctor",),
    ("backups",),
    ("portfolio",),
    ("portfolio", "--by", "owner", "--format", "html", "-o", "all.html"),
    ("portfolio", "--format", "xlsx", "-o", "all.xlsx"),
    ("site", "-o", "pages"),
    *(("report", "--format", each, "-o", f"register.{each.removesuffix('-classic')}") for each in FORMATS),
)


def run_everything(desk: Desk) -> None:
    path = desk.folder / "odd.json"
    assert odd_workbook(path, 40) > 5
    commands = [(name, path, *options) for name, *options in COMMANDS]
    commands += [("show", path, ref) for ref in ("CI-0001", "CI-0002")]
    commands += [("card", path, "CI-0001"), ("report", path, "CI-0001"), ("diff", desk.sample, path)]
    for each in commands:
        result = desk.run(*each)
        assert "--format" not in each or result.code == 0, (each, result.err)
        assert result.code in (0, 1, 2), each
        assert result.code != 2 or len(result.err.splitlines()) == 1, (each, result.err)


def test_every_command_takes_an_odd_workbook(desk: Desk) -> None:
    random.seed(1)  # the long run takes others each time
    run_everything(desk)


@pytest.mark.long
def test_every_command_takes_a_hundred_odd_workbooks(desk: Desk) -> None:
    for _ in range(100):
        run_everything(desk)
