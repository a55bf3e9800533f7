"""Widgets: the step rail, the guidance, tables of rows, and the charts painted."""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.widgets import checkbox, drop_down

__all__ = ["checkbox", "drop_down"]

__getattr__ = lazy_attributes(__name__, __all__)
