"""Workbooks in real git repositories: set up, merged, compared, reviewed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.waiting import PROGRAM_DEADLINE

if TYPE_CHECKING:
    from tests.cli.conftest import CommandResult, Desk


pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

REVIEW = Path(__file__).parents[2] / ".github" / "actions" / "review" / "review.sh"
NAME = "desk.cimodel.json"


@dataclass
class Clone:
    """One clone of a repository with a workbook, and its user."""

    folder: Path
    desk: Desk
    environment: dict[str, str]

    @property
    def book(self) -> Path:
        return self.folder / NAME

    def git(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return self.execute("git", *words, check=check)

    def execute(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=PROGRAM_DEADLINE,
        )

    def run(self, *words: object) -> CommandResult:
        return self.desk.run(*words)

    def commit(self, words: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", words)

    def changes(self, old: str, new: str = "HEAD") -> list[tuple[str, str]]:
        """Return what `diff` says of the workbook between two commits: kind and words."""
        for name, commit in (("old", old), ("new", new)):
            document = self.git("show", f"{commit}:{NAME}").stdout
            (self.folder.parent / f"{name}.json").write_text(document, encoding="utf-8")
        parent = self.folder.parent
        found = self.run("diff", parent / "old.json", parent / "new.json", "--format", "json").json
        return [(each["kind"], each["what"]) for entry in found["improvements"] for each in entry["changes"]]


@pytest.fixture
def environment(desk: Desk) -> dict[str, str]:
    """The environment of git, in which `cimodel-tui` is this program."""
    folder = desk.folder / "bin"
    folder.mkdir()
    program = folder / "cimodel-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cimodel_tui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    who = {f"GIT_{role}_{part}": "ann@example.org" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return {**desk.environment, **who, "PATH": path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


@pytest.fixture
def first(desk: Desk, environment: dict[str, str]) -> Clone:
    """A clone that is set up, with one improvement, pushed to a bare remote."""
    remote = desk.folder / "remote.git"
    clone = Clone(desk.folder / "first", desk, environment)
    clone.folder.mkdir()
    clone.git("init", "-q", "--bare", "-b", "main", str(remote))
    clone.git("init", "-q", "-b", "main")
    clone.git("remote", "add", "origin", str(remote))
    desk.run("git", "setup", "--dir", clone.folder)
    desk.run("new", clone.book, "--title", "Desk")
    desk.run("add", clone.book, "Restore stores faster")
    clone.commit("start")
    clone.git("push", "-q", "-u", "origin", "main")
    return clone


@pytest.fixture
def second(first: Clone) -> Clone:
    """Another clone, set up as well."""
    clone = Clone(first.folder.parent / "second", first.desk, first.environment)
    first.git("clone", "-q", str(first.folder.parent / "remote.git"), str(clone.folder))
    first.desk.run("git", "setup", "--dir", clone.folder)
    return clone


def test_setup_writes_drivers_attributes_and_ignore_lines_once(first: Clone) -> None:
    assert first.git("config", "merge.cimodel.driver").stdout.strip() == "cimodel-tui merge %O %A %B"
    assert (first.folder / ".gitattributes").read_text() == "*.cimodel.json merge=cimodel diff=cimodel -text\n"
    again = first.run("git", "setup", "--dir", first.folder)
    assert again.code == 0
    assert again.out.count("\n") == 1
    assert first.git("status", "--porcelain").stdout == ""


def test_files_beside_a_workbook_do_not_show_in_status(first: Clone) -> None:
    first.run("add", first.book, "Another idea")
    assert any(each.name.endswith(".lock") for each in first.folder.iterdir())
    assert first.git("status", "--porcelain").stdout == f" M {NAME}\n"


def test_setup_outside_a_repository_is_one_line(desk: Desk) -> None:
    result = desk.run("git", "setup")
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_diff_of_git_shows_a_state_as_text(first: Clone) -> None:
    first.run("add", first.book, "Another idea")
    document = first.git("diff").stdout
    assert "+CI-0002 Another idea" in document
    assert '"title"' not in document


def add_to_both(first: Clone, second: Clone) -> None:
    """Have each add an idea and commit it; the first one pushes."""
    first.run("add", first.book, "An idea of the first")
    first.commit("first")
    first.git("push", "-q")
    second.run("add", second.book, "An idea of the second")
    second.commit("second")


def test_two_clones_merge_and_diff_says_what_came(first: Clone, second: Clone) -> None:
    add_to_both(first, second)
    before = second.git("rev-parse", "HEAD").stdout.strip()
    second.git("pull", "-q", "--no-rebase", "--no-edit")
    assert second.changes(before) == [("verdict", "added, idea")]
    titles = {each["title"] for each in second.run("show", second.book, "--json").json["improvements"]}
    assert titles == {"Restore stores faster", "An idea of the first", "An idea of the second"}
    assert second.run("doctor", second.book).code == 0


def test_rebase_keeps_both_sides(first: Clone, second: Clone) -> None:
    add_to_both(first, second)
    second.git("pull", "-q", "--rebase")
    assert second.changes("origin/main") == [("verdict", "added, idea")]
    assert second.run("doctor", second.book).code == 0
    assert len(second.run("show", second.book, "--json").json["improvements"]) == 3


def review(clone: Clone, base: str, head: str) -> tuple[int, str]:
    out = clone.folder.parent / "review.md"
    completed = clone.execute("bash", str(REVIEW), base, head, str(out), check=False)
    return completed.returncode, out.read_text(encoding="utf-8")


def test_review_of_a_branch_tells_what_changed_in_it_alone(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    first.run("add", first.book, "On the branch")
    first.commit("work")
    first.git("checkout", "-q", "main")
    first.run("add", first.book, "On main")
    first.commit("main goes on")
    code, result = review(first, "main", "work")
    assert code == 0
    assert "On the branch" in result
    assert "On main" not in result


def test_review_fails_where_a_seal_does_not_hold(first: Clone) -> None:
    first.book.write_bytes(first.desk.sample.read_bytes())
    first.commit("the sample")
    first.git("checkout", "-q", "-b", "work")
    tree = json.loads(first.book.read_text(encoding="utf-8"))
    sealed = next(each for each in tree["improvements"].values() if each["readings"])
    metric = next(iter(sealed["readings"].values()))
    metric[min(metric)]["value"] = "1"
    first.book.write_text(json.dumps(tree, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    first.commit("tampered")
    code, result = review(first, "main", "work")
    assert code == 1
    assert result.startswith(f"**{NAME} is not sound:**")


def test_review_follows_a_renamed_workbook_and_takes_any_name(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    odd = '-o "odd" $(touch pwned) `name` <b>.cimodel.json'
    first.git("mv", NAME, f"./{odd}")
    first.run("add", first.folder / odd, "On the branch")
    first.commit("renamed")
    code, result = review(first, "main", "work")
    assert code == 0
    assert result.startswith('`-o "odd" $touch pwned name b.cimodel.json`')
    assert result.count("**Verdict** added") == 1
    assert not (first.folder / "pwned").exists()


def test_review_of_commits_without_a_workbook_says_so(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    (first.folder / "notes.txt").write_text("notes", encoding="utf-8")
    first.commit("notes")
    assert review(first, "main", "work") == (0, "No improvement workbook changed.\n")


HOSTILE = "[x](javascript:1) <script> **bold** \x1b]0;t\x07"


def changed(desk: Desk) -> Path:
    path = desk.folder / "new.json"
    path.write_bytes(desk.sample.read_bytes())
    desk.run("add", path, HOSTILE)
    return path


def test_markdown_names_what_changed_and_keeps_typed_text_text(desk: Desk) -> None:
    result = desk.run("diff", desk.sample, changed(desk))
    assert result.code == 0
    assert "- **Verdict** added, idea" in result.out
    assert "\\[x\\]" in result.out
    assert "<script>" not in result.out
    assert "\x1b" not in result.out


def test_json_lists_improvements_with_their_changes(desk: Desk) -> None:
    found = desk.run("diff", desk.sample, changed(desk), "--format", "json").json
    (improvement,) = found["improvements"]
    assert improvement["title"] == HOSTILE
    assert improvement["changes"] == [{"kind": "verdict", "iteration": None, "what": "added, idea"}]


def test_same_file_twice_says_that_nothing_changed(desk: Desk) -> None:
    assert "Nothing changed" in desk.run("diff", desk.sample, desk.sample).out


def test_one_of_both_may_come_from_standard_input(desk: Desk) -> None:
    old = desk.sample.read_bytes()
    result = desk.run("diff", "-", changed(desk), stdin=old)
    assert (result.code, "- **Verdict** added, idea" in result.out) == (0, True)
    back = desk.run("diff", changed(desk), "-", stdin=old)
    assert (back.code, "- **Verdict** removed" in back.out) == (0, True)
    assert desk.run("diff", "-", "-", stdin=old).code == 2
    broken = desk.run("diff", "-", desk.sample, stdin=b"junk")
    assert (broken.code, "standard input" in broken.err, broken.err.count("\n")) == (2, True, 1)


def test_null_device_is_an_empty_workbook(desk: Desk) -> None:
    result = desk.run("diff", "/dev/null", desk.sample, "--format", "json").json
    assert {each["changes"][0]["what"].split(",")[0] for each in result["improvements"]} == {"added"}
    assert desk.run("diff", "/dev/null", "/dev/null").code == 0


@pytest.mark.parametrize("words", [[], ["one.json"], ["a.json", "b.json", "c.json"]])
def test_wrong_number_of_files_is_one_line(desk: Desk, words: list[str]) -> None:
    result = desk.run("diff", *words)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_words_of_git_are_understood(desk: Desk) -> None:
    result = desk.run("diff", "--git", "desk.json", desk.sample, "abc", "100644", changed(desk), "def", "100644")
    assert result.code == 0
    assert "  verdict: added, idea" in result.out
    assert "not merged" in desk.run("diff", "--git", "desk.json").out


def test_state_as_text_holds_every_improvement(desk: Desk) -> None:
    result = desk.run("diff", "--textconv", desk.sample)
    assert result.code == 0
    assert all(f"CI-000{number} " in result.out for number in range(1, 9))
    assert result.out == desk.run("diff", "--textconv", desk.sample).out


def test_state_of_an_empty_file_is_no_text(desk: Desk) -> None:
    empty = desk.folder / "empty.json"
    empty.touch()
    assert (desk.run("diff", "--textconv", empty).code, desk.run("diff", "--textconv", empty).out) == (0, "")


def register(desk: Desk, file: str) -> list[tuple[str, str]]:
    document = desk.run("show", file, "--json").json
    return [(each["ref"], each["title"]) for each in document["improvements"]]


@pytest.mark.parametrize("base", ["/dev/null", "empty"])
def test_what_both_sides_added_stands_side_by_side(desk: Desk, base: str) -> None:
    (desk.folder / "empty").touch()
    for name in ("ours", "theirs"):
        desk.run("new", f"{name}.json", "--title", "Desk")
        desk.run("add", f"{name}.json", f"An idea of {name}")
    result = desk.run("merge", base, "ours.json", "theirs.json")
    assert (result.code, result.out) == (0, "CI-0001 of theirs is CI-0002 now\n")
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
    result = desk.run("merge", "ours.json", "ours.json", "bad.json")
    assert (result.code, "bad.json" in result.err) == (2, True)
    assert (desk.folder / "ours.json").read_bytes() == before
