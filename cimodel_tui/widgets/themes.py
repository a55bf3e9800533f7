"""The two themes, and the colour of the theme that a meaning or a role of a chart gets.

Every text colour keeps at least 4.5 to 1 against the surface on which it stands.
"""

from collections.abc import Mapping

from textual.color import Color
from textual.theme import Theme

from cimodel_tui.views.tone import Tone

PLAIN_CHARTS = "-plain-charts"
"""The class that the app has where charts are drawn without braille."""

_QUIET = 0.3


def _scrollbars(bar: str, under_the_mouse: str, behind: str) -> dict[str, str]:
    """Return the variables for scrollbars that stay in the background."""
    backgrounds = ("scrollbar-background", "scrollbar-background-hover", "scrollbar-background-active")
    return {
        "scrollbar": bar,
        "scrollbar-hover": under_the_mouse,
        "scrollbar-active": under_the_mouse,
        **dict.fromkeys((*backgrounds, "scrollbar-corner-color"), behind),
    }


DARK = Theme(
    name="harbour-dark",
    primary="#5fb3d9",
    secondary="#8fbf9f",
    accent="#d9b36c",
    foreground="#dfe3e6",
    background="#12181d",
    surface="#182027",
    panel="#212b33",
    success="#8ccf9a",
    warning="#e0b15e",
    error="#ee8577",
    dark=True,
    variables={
        "block-cursor-foreground": "#eef2f4",
        "block-cursor-background": "#203746",
        "input-selection-background": "#35586b",
        "button-color-foreground": "#0b1013",
        "footer-key-foreground": "#8cc7e4",
        "border": "#3a4a56",
        "text-disabled": "#a1a6a9",
        "tone-coach": "#74c7bd",
        "tone-baseline": "#b3bcc2",
        "tone-target": "#c7aaf2",
        "tone-action": "#eaa0c8",
        **_scrollbars("#3a4a56", "#4c6170", "#12181d"),
    },
)
"""Dark, quiet, with one bright colour for where one is."""

LIGHT = Theme(
    name="harbour-light",
    primary="#0a5f86",
    secondary="#2c6843",
    accent="#7a5200",
    foreground="#1d262c",
    background="#f5f4ef",
    surface="#fbfaf7",
    panel="#e8e6dd",
    success="#22683a",
    warning="#7d5000",
    error="#a32a1c",
    dark=False,
    variables={
        "block-cursor-foreground": "#1d262c",
        "block-cursor-background": "#d5e5eb",
        "input-selection-background": "#b5d2de",
        "button-color-foreground": "#ffffff",
        "footer-key-foreground": "#0a5f86",
        "border": "#b9b5a6",
        "text-disabled": "#5c6266",
        "tone-coach": "#0a625d",
        "tone-baseline": "#4b565d",
        "tone-target": "#6438a8",
        "tone-action": "#962a6c",
        **_scrollbars("#b9b5a6", "#97927f", "#f5f4ef"),
    },
)
"""Light, like paper."""


def muted(theme: Theme, variables: Mapping[str, str]) -> str:
    """Return the colour for words that stay in the background: the text, a third of the way to what is behind it."""
    text = Color.parse(theme.foreground or variables["foreground"])
    behind = Color.parse(theme.background or variables["background"])
    return "ansi_bright_black" if text.ansi is not None else text.blend(behind, _QUIET).hex


_TONES = {
    "tone-coach": "text-accent",
    "tone-baseline": "text-secondary",
    "tone-target": "text-accent",
    "tone-action": "text-warning",
}


def tones(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the colours of meanings for which a stock theme has none, taken from the nearest that it has."""
    return {name: variables[nearest] for name, nearest in _TONES.items() if nearest in variables}


_SIXTEEN = {
    "block-cursor-background": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-text-style": "bold underline",
    "block-cursor-blurred-text-style": "underline",
    "primary-muted": "ansi_default",
    "primary-tint": "ansi_default",
    "tone-coach": "ansi_yellow",
    "tone-baseline": "ansi_cyan",
    "tone-target": "ansi_magenta",
    "tone-action": "ansi_bright_magenta",
}
"""Where a terminal mixes no colours, a shade is the whole colour: a bar or a line marks what a shade marks."""


def shades(theme: Theme, variables: Mapping[str, str]) -> Mapping[str, str]:
    """Return a tint of the primary colour, or where colours cannot be mixed, what stands in for shades."""
    return _SIXTEEN if theme.ansi else {"primary-tint": f"{variables['primary']} 25%"}


_COLOURS: Mapping[Tone, str] = {
    Tone.PLAIN: "",
    Tone.QUIET: "$muted",
    Tone.GOOD: "$text-success",
    Tone.BAD: "$text-error",
    Tone.WARNING: "$text-warning",
    Tone.COACH: "$tone-coach",
    Tone.BASELINE: "$tone-baseline",
    Tone.TARGET: "$tone-target",
    Tone.ACTION: "$tone-action",
    Tone.ACCENT: "$text-primary",
}


def style_of(tone: Tone, *, strong: bool = False) -> str:
    """Return the style of a tone, in variables of the theme; bold where it stands out."""
    return f"bold {_COLOURS[tone]}".rstrip() if strong else _COLOURS[tone]


_ROLES: Mapping[str, tuple[Tone, bool]] = {
    "axis": (Tone.QUIET, False),
    "label": (Tone.PLAIN, False),
    "point": (Tone.ACCENT, False),
    "thread": (Tone.ACCENT, False),
    "flag": (Tone.WARNING, True),
    "flag-better": (Tone.GOOD, True),
    "flag-worse": (Tone.BAD, True),
    "hollow": (Tone.QUIET, False),
    "mean": (Tone.BASELINE, False),
    "limit": (Tone.QUIET, False),
    "target": (Tone.TARGET, False),
    "change": (Tone.ACTION, False),
    "baseline": (Tone.BASELINE, False),
    "achieved": (Tone.ACCENT, True),
    "worse": (Tone.BAD, True),
    "band": (Tone.QUIET, False),
    "cursor": (Tone.PLAIN, True),
    "phase": (Tone.QUIET, False),
    "plain": (Tone.PLAIN, False),
}


def style_of_role(role: str) -> str:
    """Return the style of a piece of a chart by its role; roles are named, for a form is painted without charts."""
    tone, strong = _ROLES[role]
    return style_of(tone, strong=strong)
