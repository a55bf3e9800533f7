"""`cimodel-tui card`: the card of an improvement as text and as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cli.conftest import Desk


def test_card_prints_before_and_after_of_the_latest_verified_check(desk: Desk) -> None:
    out = desk.run("card", desk.sample, "CI-0002").out
    assert "59.1  ━" in out
    assert "► 62.9 %" in out
    assert "PARTLY: BETTER, TARGET NOT MET" in out
    assert "iteration 1" in out


def test_card_goes_to_an_svg_by_its_name(desk: Desk) -> None:
    desk.run("card", desk.sample, "CI-0001", "-o", "card.svg")
    assert (desk.folder / "card.svg").read_text(encoding="utf-8").startswith("<svg ")


def test_improvement_without_a_result_has_no_card(desk: Desk) -> None:
    told = desk.run("card", desk.sample, "CI-0005")
    assert told.code == 2
    assert "no metric with a target, a baseline and a result yet" in told.err


def test_card_needs_one_workbook_and_one_improvement(desk: Desk) -> None:
    assert desk.run("card", desk.sample).code == 2
