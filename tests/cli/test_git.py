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

if TYPE_CHECKING:
    from tests.cli.conftest import Desk, Said

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
        return subprocess.run(
            ["git", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=120,
        )

    def run(self, *words: object) -> Said:
        return self.desk.run(*words)

    def commit(self, words: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", words)

    def changes(self, old: str, new: str = "HEAD") -> list[tuple[str, str]]:
        """Return what `diff` says of the workbook between two commits: kind and words."""
        for name, commit in (("old", old), ("new", new)):
            shown = self.git("show", f"{commit}:{NAME}").stdout
            (self.folder.parent / f"{name}.json").write_text(shown, encoding="utf-8")
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
    told = desk.run("git", "setup")
    assert (told.code, told.err.count("\n")) == (2, 1)


def test_diff_of_git_shows_a_state_as_text(first: Clone) -> None:
    first.run("add", first.book, "Another idea")
    shown = first.git("diff").stdout
    assert "+CI-0002 Another idea" in shown
    assert '"title"' not in shown


def test_two_clones_merge_and_diff_says_what_came(first: Clone, second: Clone) -> None:
    first.run("add", first.book, "An idea of the first")
    first.commit("first")
    first.git("push", "-q")
    second.run("add", second.book, "An idea of the second")
    second.commit("second")
    before = second.git("rev-parse", "HEAD").stdout.strip()
    second.git("pull", "-q", "--no-rebase", "--no-edit")
    assert second.changes(before) == [("verdict", "added, idea")]
    titles = {each["title"] for each in second.run("show", second.book, "--json").json["improvements"]}
    assert titles == {"Restore stores faster", "An idea of the first", "An idea of the second"}
    assert second.run("doctor", second.book).code == 0


def test_rebase_keeps_both_sides(first: Clone, second: Clone) -> None:
    first.run("add", first.book, "An idea of the first")
    first.commit("first")
    first.git("push", "-q")
    second.run("add", second.book, "An idea of the second")
    second.commit("second")
    second.git("pull", "-q", "--rebase")
    assert second.changes("origin/main") == [("verdict", "added, idea")]
    assert second.run("doctor", second.book).code == 0
    assert len(second.run("show", second.book, "--json").json["improvements"]) == 3


def review(clone: Clone, base: str, head: str) -> tuple[int, str]:
    out = clone.folder.parent / "review.md"
    done = subprocess.run(
        ["bash", str(REVIEW), base, head, str(out)],
        cwd=clone.folder,
        env=clone.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.returncode, out.read_text(encoding="utf-8")


def test_review_of_a_branch_tells_what_changed_in_it_alone(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    first.run("add", first.book, "On the branch")
    first.commit("work")
    first.git("checkout", "-q", "main")
    first.run("add", first.book, "On main")
    first.commit("main goes on")
    code, told = review(first, "main", "work")
    assert code == 0
    assert "On the branch" in told
    assert "On main" not in told


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
    code, told = review(first, "main", "work")
    assert code == 1
    assert told.startswith(f"**{NAME} is not sound:**")


def test_review_follows_a_renamed_workbook_and_takes_any_name(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    odd = '-o "odd" $(touch pwned) `name` <b>.cimodel.json'
    first.git("mv", NAME, f"./{odd}")
    first.run("add", first.folder / odd, "On the branch")
    first.commit("renamed")
    code, told = review(first, "main", "work")
    assert code == 0
    assert told.startswith('`-o "odd" $touch pwned name b.cimodel.json`')
    assert told.count("**Verdict** added") == 1
    assert not (first.folder / "pwned").exists()


def test_review_of_commits_without_a_workbook_says_so(first: Clone) -> None:
    first.git("checkout", "-q", "-b", "work")
    (first.folder / "notes.txt").write_text("notes", encoding="utf-8")
    first.commit("notes")
    assert review(first, "main", "work") == (0, "No improvement workbook changed.\n")
