"""The one place where what something means gets a colour of the theme."""

from collections.abc import Mapping

from cimodel_tui.views.tone import Tone

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
