"""Colours by meaning: every tone and every piece of a chart has a style in both themes."""

import pytest
from textual.theme import Theme

from cimodel_tui.charts import Role
from cimodel_tui.views.tone import Tone, tone_of_status, tone_of_verdict
from cimodel_tui.widgets.themes import DARK, LIGHT, style_of, style_of_role

APART = (Tone.GOOD, Tone.BAD, Tone.WARNING, Tone.COACH, Tone.BASELINE, Tone.TARGET, Tone.ACTION)


def test_better_worse_warning_coach_baseline_target_and_action_differ() -> None:
    assert len({style_of(tone) for tone in APART}) == len(APART)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_colours_of_one_theme_differ(theme: Theme) -> None:
    colours = [value for name, value in theme.variables.items() if name.startswith("tone-")]
    assert len(set(colours)) == len(colours) == 4


@pytest.mark.parametrize("role", Role)
def test_every_role_of_a_chart_has_a_style(role: Role) -> None:
    assert isinstance(style_of_role(role), str)


def test_what_stands_out_is_bold() -> None:
    assert style_of(Tone.GOOD, strong=True) == f"bold {style_of(Tone.GOOD)}"
    assert style_of(Tone.PLAIN, strong=True) == "bold"


@pytest.mark.parametrize(
    ("word", "tone"),
    [("achieved", Tone.GOOD), ("better-not-there", Tone.WARNING), ("worse", Tone.BAD), ("cannot-tell", Tone.PLAIN)],
)
def test_a_verdict_wears_the_colour_of_what_it_means(word: str, tone: Tone) -> None:
    assert tone_of_verdict(word) is tone


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ("closed, achieved", Tone.GOOD),
        ("closed, partly", Tone.WARNING),
        ("closed, achieved, relapsed", Tone.BAD),
        ("idea, stale", Tone.WARNING),
        ("in progress", Tone.PLAIN),
    ],
)
def test_a_status_wears_the_colour_of_what_it_means(status: str, tone: Tone) -> None:
    assert tone_of_status(status) is tone
