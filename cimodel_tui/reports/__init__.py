"""Reports for people who will not open the tool: Markdown, HTML, CSV and JSON from one prepared summary."""

from typing import TYPE_CHECKING

from cimodel_tui.lazy import lazy_attributes

if TYPE_CHECKING:
    from cimodel_tui.reports import (
        differences,
        html,
        prepare,
        xlsx,
    )

__all__ = [
    "differences",
    "html",
    "prepare",
    "xlsx",
]

__getattr__ = lazy_attributes(__name__, __all__)
