"""The screens: one a page, one a step. A screen is given the workbook and sends people on by messages."""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.screens import (
        act_bar,
        coach,
        conflicts,
        entry,
        home,
        import_readings,
        knowledge,
        palette,
        panels,
        portfolio,
        readings,
        sealing,
    )
    from cimodel_tui.screens.help import HelpScreen

_NAMES = {"HelpScreen": "help"}
"""Modules that are named like a function of Python are reached by what they define."""

__all__ = [
    "HelpScreen",
    "act_bar",
    "coach",
    "conflicts",
    "entry",
    "home",
    "import_readings",
    "knowledge",
    "palette",
    "panels",
    "portfolio",
    "readings",
    "sealing",
]

__getattr__ = lazy_attributes(__name__, __all__, _NAMES)
