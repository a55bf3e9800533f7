"""The merge of three files: what both sides added, what got another number, and what is left to be settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def register(desk: Desk, file: str) -> list[tuple[str, str]]:
    shown = desk.run("show", file, "--json").json
    return [(each["ref"], each["title"]) for each in shown["improvements"]]


@pytest.mark.parametrize("base", ["/dev/null", "empty"])
def test_what_both_sides_added_stands_side_by_side(desk: Desk, base: str) -> None:
    (desk.folder / "empty").touch()
    for name in ("ours", "theirs"):
        desk.run("new", f"{name}.json", "--title", "Desk")
        desk.run("add", f"{name}.json", f"An idea of {name}")
    said = desk.run("merge", base, "ours.json", "theirs.json")
    assert (said.code, said.out) == (0, "CI-0001 of theirs is CI-0002 now\n")
    assert register(desk, "ours.json") == [("CI-0001", "An idea of ours"), ("CI-0002", "An idea of theirs")]
    assert desk.run("show", "ours.json", "CI-0002").code == 0


def test_a_side_without_a_change_takes_the_other_one(desk: Desk) -> None:
    desk.run("new", "base.json")
    for name in ("ours", "theirs"):
        (desk.folder / f"{name}.json").write_bytes((desk.folder / "base.json").read_bytes())
    desk.run("add", "theirs.json", "An idea")
    assert desk.run("merge", "base.json", "ours.json", "theirs.json").code == 0
    assert (desk.folder / "ours.json").read_bytes() == (desk.folder / "theirs.json").read_bytes()


def test_a_bad_side_leaves_ours_as_it_was(desk: Desk) -> None:
    desk.run("new", "ours.json")
    before = (desk.folder / "ours.json").read_bytes()
    (desk.folder / "bad.json").write_text("{", encoding="utf-8")
    said = desk.run("merge", "ours.json", "ours.json", "bad.json")
    assert (said.code, "bad.json" in said.err) == (2, True)
    assert (desk.folder / "ours.json").read_bytes() == before
