"""SVG: well-formed, alone, harmless and always the same."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.parsers.expat import ParserCreate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cimodel_tui.charts import Dumbbell, Measured, RunChart, Staircase, Step, describe, svg

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def read(text: str) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    """Return elements and texts, or fail where it is not well-formed."""
    elements: list[tuple[str, dict[str, str]]] = []
    words: list[str] = []
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: elements.append((name, attributes))
    parser.CharacterDataHandler = words.append
    parser.Parse(text.encode(), True)
    return elements, [text.strip() for text in words]


@pytest.fixture(params=["dumbbell", "run chart", "staircase"])
def chart(request: pytest.FixtureRequest, metrics: list[Dumbbell], restore: RunChart, releases: Staircase) -> Measured:
    """Return each kind of chart."""
    kinds: dict[str, Measured] = {"dumbbell": metrics[2], "run chart": restore, "staircase": releases}
    return kinds[request.param]


def test_it_is_a_picture_with_a_name_and_a_description(chart: Measured) -> None:
    elements, words = read(svg(chart, 640, 300))
    assert elements[0][0] == "svg"
    assert elements[0][1]["role"] == "img"
    assert [name for name, _ in elements[1:3]] == ["title", "desc"]
    assert describe(chart) in words


def test_it_holds_no_script_no_address_and_nothing_from_elsewhere(chart: Measured) -> None:
    text = svg(chart, 640, 300).replace(NAMESPACE, "")
    elements, _ = read(svg(chart, 640, 300))
    assert not {"script", "image", "use", "a", "foreignObject", "iframe"} & {name for name, _ in elements}
    assert not any(key.startswith("on") or "href" in key for _, attributes in elements for key in attributes)
    assert not re.search(r"https?:|url\(|@import|javascript:|data:", text)


def test_same_chart_same_bytes(chart: Measured) -> None:
    assert svg(chart, 640, 300) == svg(replace(chart), 640, 300)


def test_every_colour_can_be_set_from_outside_and_has_a_default(chart: Measured) -> None:
    text = svg(chart, 640, 300)
    assert "currentColor" in text
    assert re.search(r"fill:#b25c00;fill:var\(--ci-flag,#b25c00\)", text)


def test_size_is_the_size_asked_for(chart: Measured) -> None:
    elements, _ = read(svg(chart, 100, 50))
    assert (elements[0][1]["width"], elements[0][1]["height"]) == ("100", "50")
    assert elements[0][1]["viewBox"] != "0 0 100 50"


@settings(deadline=None, database=None)
@given(st.text(st.characters(codec=None)), st.integers(0, 900), st.integers(0, 500))
def test_any_name_in_any_size_is_well_formed(name: str, width: int, height: int) -> None:
    charts: list[Measured] = [
        Dumbbell(name=name, unit=name, baseline=1, achieved=2, target=(3,)),
        RunChart(name=name, unit=name, nothing_yet=name),
        Staircase(name=name, unit=name, baseline=1, steps=(Step(name=name, achieved=2),)),
    ]
    for each in charts:
        elements, _ = read(svg(each, width, height))
        assert "script" not in {name for name, _ in elements}


def test_typed_markup_is_text() -> None:
    name = "</title><script>alert(1)</script>\"'&"
    elements, words = read(svg(Dumbbell(name=name), 640, 90))
    assert "script" not in {element for element, _ in elements}
    assert name in words


def test_words_at_the_right_do_not_cover_each_other(restore: RunChart) -> None:
    phases = (replace(restore.phases[-1], mean=5.0, lower=4.9, upper=5.1),)
    elements, _ = read(svg(replace(restore, phases=phases), 640, 300))
    texts = [each for name, each in elements if name == "text"]
    right = max(float(each["x"]) for each in texts if each["text-anchor"] == "start")
    heights = sorted(float(each["y"]) for each in texts if each["x"] == f"{right:.2f}".rstrip("0").rstrip("."))
    assert len(heights) == 4
    assert all(after - before >= 13.9 for before, after in pairwise(heights))


def test_flagged_readings_are_diamonds_and_set_aside_ones_rings(restore: RunChart) -> None:
    points = (replace(restore.points[0], set_aside=True), *restore.points[1:])
    elements, _ = read(svg(replace(restore, points=points, phases=()), 640, 300))
    kinds = [(name, attributes.get("class")) for name, attributes in elements]
    assert kinds.count(("path", "ci-flag-better")) == 8 + 1
    assert kinds.count(("circle", "ci-hollow")) == 1 + 1
    assert kinds.count(("circle", "ci-point")) == 15 + 1
