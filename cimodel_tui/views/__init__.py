"""View models: what a page, a report or the shell shows, as plain data. Nothing here changes a workbook."""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.views import (
        dashboard,
        differences,
        due,
        glance,
        measurements,
        panels,
        pictures,
        sealing,
        seven_steps,
        target_lab,
    )

__all__ = [
    "dashboard",
    "differences",
    "due",
    "glance",
    "measurements",
    "panels",
    "pictures",
    "sealing",
    "seven_steps",
    "target_lab",
]

__getattr__ = lazy_attributes(__name__, __all__)
