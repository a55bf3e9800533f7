"""Which page has which name; a page's module is loaded when it is first shown."""

from importlib import import_module

from cimodel_tui.model.place import Place
from cimodel_tui.screens.page import Page
from cimodel_tui.workbook import Workbook
from cimodel_tui.workbook.desk import Desk

_PAGES = {
    "register": "RegisterScreen",
    "vision": "VisionScreen",
    "baseline": "BaselineScreen",
    "target": "TargetScreen",
    "plan": "PlanScreen",
    "action": "ActionScreen",
    "check": "CheckScreen",
    "momentum": "MomentumScreen",
    "dashboard": "DashboardScreen",
    "history": "HistoryScreen",
    "search": "SearchScreen",
    "grid": "GridScreen",
    "lessons": "LessonsScreen",
    "backups": "BackupsScreen",
}

PAGE_NAMES = (*_PAGES, "knowledge")
"""The names of all pages of a workbook."""


def page_of(name: str, book: Workbook, place: Place, desk: Desk) -> Page:
    """Make a page; raises KeyError for a name that is none."""
    if name == "knowledge":
        from cimodel_tui.screens.knowledge import KnowledgeScreen  # noqa: PLC0415 - loaded when it is first shown

        return KnowledgeScreen(book, place, desk)
    kind = getattr(import_module(f"cimodel_tui.screens.{name}"), _PAGES[name])
    page: Page = kind(book, place)
    return page
