"""The three hard rules, and no command that gets round them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Desk
from tests.samples.pen import Pen
from tests.screens.conftest import Room
from tests.screens.prepared import Story, told
from tests.workbook.stories import BETTER, acted, embedding, unsealed

READINGS = "date,value\n2026-06-22,1\n2026-06-29,1\n2026-07-06,1\n"

SHEET = "Ref,Title,Status,Verdict,Baseline agreed\nCI-0001,Restore stores faster,closed,achieved,yes\n"


def met_and_not_verified(pen: Pen) -> None:
    acted(pen)
    pen.on("2026-06-22")
    pen.read("hours", "2026-04-27", BETTER)
    pen.write("check", other_causes="none found", keep="swarming", decision="go on to 7")
    pen.write("check", override="achieved", override_reason="everybody can see it", verified_by="Grace")


def tried(desk: Desk, story: Story) -> Path:
    """Try every command that writes on an improvement that stands as a story tells."""
    path = told(Room(desk.folder), story)
    assert desk.run("reading", "add", path, "CI-0001", "hours", "-", stdin=READINGS).code == 0
    desk.run("import", path, "-", "--yes", stdin=SHEET)
    assert desk.run("add", path, "Achieved: all of it").code == 0
    assert desk.run("doctor", path).code == 0
    return path


def verdict(desk: Desk, path: Path) -> tuple[str, str]:
    document = desk.run("show", path, "CI-0001", "--json").json
    found = document["iterations"][-1]["verdict"]
    return found["word"], found["closes_as"]


def claims(desk: Desk, path: Path, *words: str) -> list[str]:
    """Return the lines of whatever can be asked for that hold one of these words."""
    result = [desk.run("show", path).out, desk.run("show", path, "CI-0001").out, desk.run("due", path).out]
    result += [desk.run("report", path, "CI-0001", "--format", each).out for each in ("md", "html", "csv", "json")]
    result += [desk.run("report", path, "--format", each).out for each in ("md", "csv")]
    lines = [line for text in result for line in text.splitlines() if "Achieved: all of it" not in line]
    return [line for line in lines if any(each in line for each in words)]


def test_without_an_agreed_baseline_every_command_says_cannot_tell(desk: Desk) -> None:
    path = tried(desk, unsealed)
    assert verdict(desk, path) == ("cannot-tell", "not verified")
    assert (
        claims(desk, path, "Achieved: ", "achieved: ", "closed, achieved", "closed, not", "target met", "1 completed")
        == []
    )
    assert "**Cannot tell**" in desk.run("report", path, "CI-0001").out


def test_what_is_not_verified_is_achieved_for_no_command(desk: Desk) -> None:
    path = tried(desk, met_and_not_verified)
    assert verdict(desk, path)[1] == "not verified"
    assert claims(desk, path, "on record", "closed, achieved", "closed, not", "Closes as", "1 completed") == []
    assert [line for line in claims(desk, path, "achieved: ") if "(not verified)" not in line] == []
    assert "Verdict: Achieved (as of today, not verified)" in desk.run("show", path, "CI-0001").out
    assert "**Achieved** (as it stands now, not verified)" in desk.run("report", path, "CI-0001").out
    assert desk.run("show", path, "--json").json["improvements"][0]["status"] == "verifying"


@pytest.mark.parametrize("today", ["2026-06-22", "2026-07-22", "2029-01-01"])
def test_an_open_sustain_check_keeps_it_embedding_for_every_command_on_every_day(desk: Desk, today: str) -> None:
    desk.patch.setenv("CIMODEL_TUI_TODAY", today)
    path = tried(desk, embedding)
    assert desk.run("show", path, "--json").json["improvements"][0]["status"].startswith("embedding")
    assert claims(desk, path, "closed, achieved", "closed, not", "1 completed") == []
    kinds = {each["kind"] for each in desk.run("due", path, "--json").json if each["improvement"] == "CI-0001"}
    assert ("sustain check" in kinds) == (today != "2026-06-22")
