"""The card of a result: before and after, the target on the way, and what may be said, in cells and as SVG."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from rich.cells import cell_len

from cimodel_tui.charts import plain
from cimodel_tui.charts.card import GOOD, UNSURE, Card, CardRow, card_lines, card_svg, card_text

CARD = Card(
    title="CI-0001 Password resets",
    metric="Reset handling time · iteration 1",
    before="38.3",
    after="20.4 min",
    target="target 22",
    reach=0.91,
    headline="Achieved",
    mark=GOOD,
    change="-17.9 min (-47 %); gap closed 109 %",
    rows=(
        CardRow("Target", "met: mean of the last 6 is 20.4, target 22", GOOD),
        CardRow("Outlook", "single readings will mostly keep meeting it", UNSURE),
    ),
    by="Verified by Grace on 2026-11-30",
)


def test_card_shows_before_after_target_verdict_and_statements() -> None:
    lines = card_text(CARD).split("\n")
    assert lines[3].strip().startswith("38.3  ━━━")
    assert lines[3].endswith("► 20.4 min")
    assert lines[4].strip() == "▲ target 22"
    assert lines[6].strip() == "ACHIEVED   -17.9 min (-47 %); gap closed 109 %"
    assert lines[8].strip().startswith("Target   met: mean of the last 6 is 20.4, target 22")
    assert lines[8].endswith("✓")


def test_target_stands_where_it_lies_on_the_way() -> None:
    near, far = (card_text(replace(CARD, reach=reach)).split("\n")[4].index("▲") for reach in (0.2, 0.9))
    assert near < far


def test_target_beyond_the_result_stays_on_the_card() -> None:
    line = card_text(replace(CARD, reach=7.0)).split("\n")[4]
    assert line.endswith("target 22 ▲")


@pytest.mark.parametrize("width", [0, 1, 24, 40, 76, 116])
def test_card_stays_within_its_width(width: int) -> None:
    hostile = replace(CARD, title="\x1b[2J日本" * 30, change="long words " * 30)
    lines = plain(card_lines(hostile, width)).split("\n")
    assert all(cell_len(line) <= max(width, 24) for line in lines)
    assert "\x1b" not in "".join(lines)


def test_card_as_svg_is_well_formed_and_says_the_same() -> None:
    text = card_svg(replace(CARD, title="<script>&"))
    root = ET.fromstring(text)  # noqa: S314 - made here a line above
    told = " ".join(each.text or "" for each in root.iter() if each.tag.endswith("text"))
    for words in ("<script>&", "38.3", "20.4 min", "target 22", "ACHIEVED", "mostly keep meeting it"):
        assert words in told
    assert text == card_svg(replace(CARD, title="<script>&"))
