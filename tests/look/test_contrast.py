"""Every text keeps a contrast of 4.5 to 1 in both themes, measured on the cells that are drawn."""

from itertools import combinations

import pytest
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from cimodel_tui.screens.grid import QUADRANTS
from tests.look.conftest import SITUATIONS, Sample, Situation, drawn
from tests.screens.conftest import Hands, Room

LEAST = 4.5


def luminance(color: Color) -> float:
    """Return the relative luminance as WCAG 2.2 defines it."""
    parts = [each / 255 for each in (color.r, color.g, color.b)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_the_one_of_wcag() -> None:
    assert contrast(Color.parse("#000"), Color.parse("#fff")) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color.parse("#fff")) == pytest.approx(4.54, abs=0.01)


def colors(style: Style) -> tuple[Color, Color] | None:
    if style.color is None or style.bgcolor is None:
        return None
    front, behind = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    if style.dim:
        front = front.blend(behind, 0.5)
    return (behind, front) if style.reverse else (front, behind)


def is_text(segment: Segment) -> bool:
    return not segment.control and any(each.isalnum() for each in segment.text)


def faint(hands: Hands) -> dict[tuple[str, str], str]:
    found = {}
    for segment in (each for line in drawn(hands) for each in line if is_text(each)):
        pair = colors(segment.style or Style())
        assert pair, f"{segment.text!r} has no colour of its own"
        if contrast(*pair) < LEAST:
            found[pair[0].hex, pair[1].hex] = f"{contrast(*pair):.2f} {segment.text.strip()!r}"
    return found


FOCUS = 3.0
"""The contrast of what shows the focus against what stands beside it."""


def bars(hands: Hands) -> list[tuple[Color, Color]]:
    """Return the colours of every bar that marks a focused field or row, each with what is behind it."""
    segments = (each for line in drawn(hands) for each in line if each.text.startswith("▌"))
    return [pair for each in segments if (pair := colors(each.style or Style()))]


@pytest.mark.parametrize("theme", ["harbour-dark", "harbour-light"])
@pytest.mark.parametrize("name", ["register", "entry", "plan", "row editor", "search"])
async def test_focus_is_marked_and_stands_out(sample: Sample, theme: str, name: str) -> None:
    situation = next(each for each in SITUATIONS if each.name == name)
    async with sample.at((100, 40)) as hands:
        hands.app.theme = theme
        await situation.reach(hands)
        found = bars(hands)
        assert found, f"nothing marks the focus in\n{hands.read()}"
        assert all(contrast(*pair) >= FOCUS for pair in found)


@pytest.mark.parametrize("theme", ["harbour-dark", "harbour-light"])
async def test_every_text_can_be_read(sample: Sample, theme: str) -> None:
    found = {}
    async with sample.at((100, 40)) as hands:
        hands.app.theme = theme
        for situation in SITUATIONS:
            await situation.reach(hands)
            if faint(hands):
                found[situation.name] = faint(hands)
            await situation.leave(hands)
    assert not found, "\n".join(f"{name}: {pairs}" for name, pairs in found.items())


GREYS = {0, 7, 8, 15}
"""Black, white and what lies between: the text of a terminal has one of them, and no theme knows which."""


def unreadable(hands: Hands) -> set[str]:
    """Return the texts that have the colour of what is behind them, or one that an ANSI theme had to mix."""
    found = set()
    for segment in (each for line in drawn(hands) for each in line if is_text(each)):
        front, behind = (segment.style or Style()).color, (segment.style or Style()).bgcolor
        assert front, f"{segment.text!r} has no colour of its own"
        assert behind, f"{segment.text!r} has nothing behind it"
        if front.name == behind.name != "default" or (front.is_default and behind.number in GREYS):
            found.add(segment.text.strip())
        if any(each and each.type is ColorType.TRUECOLOR for each in (front, behind)):
            found.add(f"mixed: {segment.text.strip()}")
    return found


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_every_text_can_be_read_in_sixteen_colours(sample: Sample, theme: str) -> None:
    async with sample.at((100, 40)) as hands:
        hands.app.theme = theme
        for situation in SITUATIONS:
            await situation.reach(hands)
            assert not unreadable(hands), situation.name
            await situation.leave(hands)


async def test_sixteen_colours_are_sent_as_such_from_the_start(room: Room) -> None:
    path = room.copy_of_sample()
    async with room.at(path) as hands:
        hands.app.theme = "ansi-dark"
        await hands.settle()
    async with room.at(path) as hands:
        assert hands.app.theme == "ansi-dark"
        assert not unreadable(hands)


APART = 10
"""Steps of red, green or blue by which two tints differ at least to be told apart."""


@pytest.mark.parametrize("theme", ["harbour-dark", "harbour-light"])
async def test_four_quadrants_have_four_colours(sample: Sample, theme: str) -> None:
    async with sample.at((100, 40)) as hands:
        hands.app.theme = theme
        await Situation("grid", page="grid").reach(hands)
        segments = [each for line in drawn(hands) for each in line]
        tints = [
            next(
                each.style.bgcolor.get_truecolor()
                for each in segments
                if name in each.text and each.style and each.style.bgcolor
            )
            for name, _ in QUADRANTS.values()
        ]
        for one, other in combinations(tints, 2):
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) >= APART


@pytest.mark.parametrize("theme", ["harbour-dark", "harbour-light"])
async def test_preview_below_the_list_can_be_read_with_its_title(sample: Sample, theme: str) -> None:
    async with sample.at() as hands:
        hands.app.theme = theme
        await Situation("register", keys=("z",)).reach(hands)
        await hands.rest()
        assert sum("CI-0001 Restore store systems faster" in line for line in hands.lines()) > 1
        assert not faint(hands)
