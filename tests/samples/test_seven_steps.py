"""The seven steps of an improvement on one page."""

import pytest

from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.views.seven_steps import about_lines, seven_steps, step_lines
from cimodel_tui.views.tone import Tone
from cimodel_tui.workbook.workbook import Workbook
from tests.samples.conftest import entry, passes

WIDE, NARROW = 140, 60


def lines(book: Workbook, ref: str, width: int) -> dict[str, str]:
    return {key: line.text for key, line in seven_steps(book, entry(book, ref), passes(book, ref)[-1], width)}


def test_each_step_says_in_one_line_what_stands_there(shipped: Workbook) -> None:
    told = lines(shipped, "CI-0001", WIDE)
    assert tuple(told) == STEP_KEYS
    for key, words in {
        "vision": "A store that cannot take payment",
        "baseline": "P2 time to restore: 6.9 h, 12 readings, agreed by service owner, store payments",
        "target": "P2 time to restore to 5.0 h by 2026-06-21",
        "plan": "swarm rule, 4 actions",
        "action": "3 of 4 done, 1 dropped",
        "check": "Achieved; verified by service owner, store payments",
        "momentum": "3 controls, 2 of 3 sustain checks recorded",
    }.items():
        assert words in told[key]
        assert "\n" not in told[key]


def test_a_step_that_says_nothing_yet_shows_its_question(shipped: Workbook) -> None:
    told = lines(shipped, "CI-0005", WIDE)
    assert "What do the facts say today, before anybody changes anything?" in told["baseline"]
    narrow = lines(shipped, "CI-0005", NARROW)
    assert narrow["baseline"] == "○ 2 Where are we now?"
    assert narrow["vision"].startswith("● 1 What is the vision?\n    If this works")


@pytest.mark.parametrize("width", [1, 20, NARROW, WIDE])
def test_no_line_is_longer_than_its_room_allows(shipped: Workbook, width: int) -> None:
    improvement, latest = entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[-1]
    heading = len("● 7 How do we keep the momentum going?")
    assert all(len(line.text) <= max(width, heading) for line in step_lines(shipped, improvement, latest, width))


def test_the_step_at_which_it_stands_is_marked(shipped: Workbook) -> None:
    found = dict(seven_steps(shipped, entry(shipped, "CI-0002"), passes(shipped, "CI-0002")[-1], WIDE))
    assert [key for key, line in found.items() if line.tone is Tone.ACCENT] == ["action"]
    assert found["vision"].text.startswith("✓")


def test_what_a_step_is_for_comes_from_its_guidance() -> None:
    told = [line.text for line in about_lines("baseline")]
    assert "Why step 2" in told
    assert "The trap" in told
