"""The doctor: what is unsound in a file, and what of an agreed baseline was changed past its seal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def edit(desk: Desk, ref: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the whole file and one improvement of it."""
    tree = json.loads(desk.sample.read_text(encoding="utf-8"))
    return tree, next(each for each in tree["improvements"].values() if each["ref"] == ref)


def write(desk: Desk, tree: dict[str, Any]) -> None:
    desk.sample.write_text(json.dumps(tree), encoding="utf-8")


def test_a_sound_workbook_is_said_to_be_sound(desk: Desk) -> None:
    result = desk.run("doctor", desk.sample)
    assert (result.code, result.out) == (0, f"{desk.sample}: sound, every seal holds\n")


def test_a_file_ordered_by_hand_is_mentioned_and_sound(desk: Desk) -> None:
    tree, _ = edit(desk, "CI-0001")
    write(desk, tree)
    result = desk.run("doctor", desk.sample)
    assert result.code == 0
    assert result.out.startswith("· It was edited by hand")


def test_a_sealed_reading_changed_by_hand_is_found(desk: Desk) -> None:
    tree, entry = edit(desk, "CI-0001")
    days = next(days for days in entry["readings"].values() if days.get("2026-01-05", {}).get("value") == "7.1")
    days["2026-01-05"]["value"] = "9.9"
    write(desk, tree)
    result = desk.run("doctor", desk.sample)
    assert result.code == 1
    assert "CI-0001, iteration 1: step baseline: readings" in result.out
    assert "changed past its seal" in result.out


def test_a_forged_copy_is_found(desk: Desk) -> None:
    tree, _ = edit(desk, "CI-0001")
    sealed = next(each for each in tree["iterations"].values() if each["baseline"]["seal"])
    sealed["baseline"]["seal"]["copy"]["agreed_by"] = "somebody else"
    write(desk, tree)
    result = desk.run("doctor", desk.sample)
    assert result.code == 1
    assert "the seal of step baseline does not fit its copy" in result.out


def test_a_double_ref_is_found(desk: Desk) -> None:
    tree, entry = edit(desk, "CI-0008")
    entry["ref"] = "CI-0001"
    write(desk, tree)
    result = desk.run("doctor", desk.sample)
    assert (result.code, "CI-0001 stands for 2 improvements" in result.out) == (1, True)


def test_a_file_that_is_not_there_is_wrong_use(desk: Desk) -> None:
    assert desk.run("doctor", "nowhere.json").code == 2
    assert desk.run("doctor", desk.folder).code == 2
