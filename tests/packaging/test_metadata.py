"""What a package index is told: read from the build itself, not from pyproject.toml."""

import json
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from cimodel_tui import __version__

CHECKOUT = Path(__file__).parents[2]
ADDRESS = "https://example.org/owner/cimodel-tui"


@cache
def _metadata(address: str) -> dict[str, Any]:
    """Return the project's metadata as a build at that address of the repository would state it."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "metadata"],
        cwd=CHECKOUT,
        env={**os.environ, "CIMODEL_TUI_URL": address},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def _pictures(address: str) -> list[str]:
    return re.findall(r"!\[[^\]]*\]\(([^)]*)\)", _metadata(address)["readme"]["text"])


def test_pictures_have_a_web_address_once_the_repository_has_one() -> None:
    pictures = _pictures(ADDRESS + "/")
    assert pictures
    assert all(each.startswith(f"{ADDRESS}/raw/HEAD/.pictures/") for each in pictures)


def test_pictures_stay_as_the_readme_has_them_without_an_address() -> None:
    assert len(_pictures("")) == len(_pictures(ADDRESS))
    assert all((CHECKOUT / each).is_file() for each in _pictures(""))


def test_links_are_stated_only_where_the_address_is_known() -> None:
    assert _metadata(ADDRESS)["urls"]["Source"] == ADDRESS
    assert not _metadata("").get("urls")


def test_links_lead_to_files_of_the_repository() -> None:
    path = _metadata(ADDRESS)["urls"]["Changelog"].removeprefix(f"{ADDRESS}/blob/HEAD/")
    assert (CHECKOUT / path).is_file()


def test_licence_text_goes_with_the_package() -> None:
    (path,) = _project()["license-files"]
    assert Path(path).parent == Path("cimodel_tui")
    assert "Permission is hereby granted" in (CHECKOUT / path).read_text(encoding="utf-8")


def test_no_python_is_refused_for_being_new() -> None:
    assert _metadata("")["requires-python"] == ">=3.11"


def test_every_python_that_is_named_is_run_by_the_workflow() -> None:
    workflow = (CHECKOUT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    (run,) = re.findall(r"^  gates:.*?python: \[([^\]]*)\]", workflow, re.DOTALL | re.MULTILINE)
    named = {each.rpartition(" ")[2] for each in _metadata("")["classifiers"] if re.search(r":: 3\.\d+$", each)}
    assert named == set(re.findall(r"\d+\.\d+", run))


def test_lowest_versions_are_those_that_the_project_states() -> None:
    done = subprocess.run(
        [sys.executable, CHECKOUT / ".ci/floor.py"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert {each.partition("==")[0] for each in done} >= {
        re.split(r"[><=]", each)[0] for each in _project()["dependencies"]
    }
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", each) for each in done)


def test_changelog_begins_with_the_version_of_the_program() -> None:
    changelog = (CHECKOUT / ".github/CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert found
    assert found[1] == __version__
