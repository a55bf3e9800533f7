"""A few screens of the sample workbook as text, each looked at and kept in `golden/`.

    GOLDEN=1 pytest tests/look/test_golden.py

renews them; look at the difference before it is committed.
"""

import os
from pathlib import Path

import pytest

from tests.look.conftest import Sample, Situation
from tests.screens.conftest import Hands

GOLDEN = Path(__file__).with_name("golden")

WIDE, NARROW = (120, 40), (80, 24)

FOLLOWS = {"home": "hardware triage", "register": "hardware triage"}
"""What a thread finds out beside the keys, and is in the picture as well."""

HOME = Situation("home")
"""Shown narrow only: where there is room it names the folder of the test."""

SCREENS = (
    Situation("register"),
    Situation("step", page="plan", ref="CI-0003"),
    Situation("check", page="check"),
    Situation("dashboard", page="dashboard", ref="CI-0002"),
    Situation("readings", page="dashboard", keys=("r",)),
    Situation("paste", page="dashboard", keys=("r", "f6"), text="2026-11-23 4,4\n2026-11-30 four"),
)


async def reach(screen: Situation, hands: Hands) -> None:
    if screen.name == "home":
        await hands.press("ctrl+o")
    else:
        await screen.reach(hands)
    for form in hands.screen.query(".form-side"):
        form.scroll_home(animate=False)


PICTURES = [(HOME, NARROW), *((screen, size) for screen in SCREENS for size in (NARROW, WIDE))]


@pytest.mark.parametrize(("screen", "size"), PICTURES, ids=[f"{screen.name}-{size[0]}" for screen, size in PICTURES])
async def test_screen_is_drawn_as_it_was_approved(sample: Sample, screen: Situation, size: tuple[int, int]) -> None:
    async with sample.at(size, painted=True) as hands:
        await reach(screen, hands)
        await hands.until(lambda: hands.shows(FOLLOWS.get(screen.name, "")))
        await hands.rest()
        drawn = hands.read() + "\n"
    kept = GOLDEN / f"{screen.name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("GOLDEN"):
        kept.write_text(drawn, encoding="utf-8")
    assert drawn == kept.read_text(encoding="utf-8")
