"""Every step has a page of guidance, and every page has all its parts."""

import re
from dataclasses import fields

import pytest

from cimodel_tui.content import PARTS, Guidance, guidance, principles, root
from cimodel_tui.model.step import STEP_KEYS, STEPS, Step

COLUMN = 38
"""Columns of the narrowest place in which guidance is shown."""

SAMPLES = (
    "CI-0001 Restore store systems faster.",
    "CI-0002 Solved the first time.",
    "CI-0003 Releases nobody has to fear.",
)


def test_there_is_a_page_for_every_step_and_no_other() -> None:
    assert {path.stem for path in (root() / "guidance").iterdir()} == set(STEP_KEYS)


def test_headings_name_the_parts_in_their_order() -> None:
    assert tuple(PARTS.values()) == tuple(each.name for each in fields(Guidance))


@pytest.mark.parametrize("step", STEPS, ids=STEP_KEYS)
def test_page_opens_with_the_full_name_of_its_step(step: Step) -> None:
    text = (root() / "guidance" / f"{step.key}.md").read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"# {step.heading}"
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == list(PARTS)


@pytest.mark.parametrize("step", STEP_KEYS)
@pytest.mark.parametrize("part", PARTS.values())
def test_part_says_something_in_few_words(step: str, part: str) -> None:
    text = getattr(guidance(step), part)
    assert 8 <= len(text.split()) <= 80
    assert text == text.strip()
    assert "  " not in text, "lines are joined by one blank"
    assert max(len(word) for word in text.split()) < COLUMN
    assert not re.search(r"[*_`\[\]<>]", text), "shown as plain text"


@pytest.mark.parametrize("step", STEP_KEYS)
@pytest.mark.parametrize("part", ["why", "trap", "example", "principle"])
def test_paragraphs_are_short_and_unbroken(step: str, part: str) -> None:
    for paragraph in getattr(guidance(step), part).split("\n\n"):
        assert "\n" not in paragraph
        assert len(paragraph.split()) <= 50
        assert paragraph[-1] in '.?"'


@pytest.mark.parametrize("step", STEP_KEYS)
@pytest.mark.parametrize("part", ["takes_in", "gives_out"])
def test_what_goes_in_and_out_is_a_list(step: str, part: str) -> None:
    lines = getattr(guidance(step), part).split("\n")
    assert len(lines) >= 3
    assert all(re.fullmatch(r"- \S.*[^.]", line) for line in lines)


@pytest.mark.parametrize("step", STEP_KEYS)
def test_example_tells_one_story_of_the_samples(step: str) -> None:
    example = guidance(step).example
    assert example.startswith(SAMPLES)
    assert len(re.findall(r"CI-\d{4}", example)) == 1


def test_every_guiding_principle_helps_at_one_step() -> None:
    named = {guidance(step).principle.split(".")[0] for step in STEP_KEYS}
    assert named == {each.name for each in principles()}


def test_anchors_are_called_anchors() -> None:
    assert {step.key for step in STEPS if "measurement anchor" in guidance(step.key).why} == {"baseline", "check"}


def test_target_page_warns_of_a_first_third_in_the_luck_band() -> None:
    assert "first third may lie within the usual variation" in " ".join(guidance("target").trap.split())


def test_baseline_page_asks_for_an_honest_assessment() -> None:
    assert "an honest assessment has numbers" in " ".join(guidance("baseline").trap.split())
