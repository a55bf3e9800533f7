"""A line on standard error for what takes longer than a second, on a terminal only; nothing is left of it."""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.cli import output

if TYPE_CHECKING:
    from tests.cli.conftest import Desk

REGISTER = "Description\n" + "Faster refunds\n" * 20_001
DAYS = (f"{year}-{month:02d}-{day:02d}" for year in range(1960, 1995) for month in range(1, 13) for day in range(1, 29))
TABLE = "date,value\n" + "".join(f"{day},7\n" for day in DAYS)


class Screen(io.StringIO):
    """A terminal on standard error."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything takes long."""
    monkeypatch.setattr(output, "_DELAY", 0)
    monkeypatch.setattr(output, "_INTERVAL", 0)


def test_it_says_how_many_are_done_and_wipes_it_away(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    times = iter((0.0, 0.9, 1.0, 1.05, 1.2))
    line = output.Progress("rows", 4000, now=lambda: next(times))
    for count in (1000, 2000, 2500, 3000):
        line(count)
    line.end()
    assert screen.getvalue().split("\r\x1b[K") == ["", "2,000 of 4,000 rows\r", "3,000 of 4,000 rows\r", ""]


def test_what_is_quick_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    assert list(output.each_of(range(3), "workbooks")) == [0, 1, 2]
    assert screen.getvalue() == ""


@pytest.mark.usefixtures("impatient")
def test_nothing_is_said_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    list(output.each_of(range(3), "workbooks"))
    with output.during("fetching"):
        pass
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    ("words", "stdin", "result"),
    [
        (("import", "desk.json", "-"), REGISTER, "5,000 rows"),
        (("reading", "add", "desk.json", "CI-0001", "m1", "-"), TABLE, "2,500 rows"),
        (("portfolio", "desk.json", "sample.json"), "", "1 of 2 workbooks"),
        (("site", "desk.json", "sample.json", "-o", "site"), "", "1 of 2 workbooks"),
        (("due", "desk.json", "sample.json"), "", "1 of 2 workbooks"),
        (("coach", "desk.json", "sample.json"), "", "1 of 2 workbooks"),
        (("show", "desk.json", "sample.json"), "", "1 of 2 workbooks"),
        (("report", "desk.json", "sample.json", "-o", "reports", "--format", "md"), "", "1 of 2 workbooks"),
        (("report", "sample.json", "-o", "sample.xlsx"), "", "1 of 8 improvements"),
        (("doctor", "desk.json", "sample.json"), "", "1 of 2 workbooks"),
        (("doctor", "sample.json"), "", "1 of 8 improvements"),
    ],
)
def test_what_takes_long_says_how_far_it_is(desk: Desk, words: tuple[str, ...], stdin: str, result: str) -> None:
    desk.run("new", "desk.json")
    desk.run("import", "desk.json", "-", "--yes", stdin="Description,KPI\nFaster refunds,Calls\n")
    assert desk.sample.exists()
    screen = Screen()
    desk.patch.setattr(sys, "stderr", screen)
    desk.run(*words, stdin=stdin)
    assert result in screen.getvalue()
    assert screen.getvalue().endswith("\r\x1b[K")


def test_a_feed_that_is_waited_for_is_named(desk: Desk) -> None:
    desk.run("new", "desk.json")
    desk.run("import", "desk.json", "-", "--yes", stdin="Description,KPI\nFaster refunds,Calls\n")
    path = desk.folder / "desk.json"
    document = json.loads(path.read_text("utf-8"))
    (iteration,) = document["iterations"].values()
    iteration["baseline"]["metrics"][0]["feed"] = "fcr"
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", "utf-8")
    where = dict(line.split(maxsplit=1) for line in desk.run("where").out.splitlines())
    folder = desk.folder / where["config"]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / "config.toml").write_text('[feeds.fcr]\nkind = "csv"\npath = "fcr.csv"\n', "utf-8")
    (folder / "config.toml").chmod(0o600)
    (folder / "fcr.csv").write_text("date,value\n2026-11-20,7.1\n", "utf-8")
    screen = Screen()
    desk.patch.setattr(sys, "stderr", screen)
    assert desk.run("pull", "desk.json", "--allow", "fcr").code == 0
    assert "fetching feed fcr ...\r\r\x1b[K" in screen.getvalue()


def test_what_is_judged_is_waited_for_aloud(desk: Desk) -> None:
    screen = Screen()
    desk.patch.setattr(sys, "stderr", screen)
    assert desk.run("judge", stdin='{"better": "higher", "baseline": [], "after": []}').code == 0
    assert screen.getvalue() == "judging ...\r\r\x1b[K"
