"""Forms: fields that draw, show and read themselves, the form that holds them, and the editor of a row."""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.forms import ask, form, row_editor

__all__ = ["ask", "form", "row_editor"]

__getattr__ = lazy_attributes(__name__, __all__)
