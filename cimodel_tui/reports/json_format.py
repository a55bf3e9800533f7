"""Reports as JSON: texts as they were typed, computed numbers as numbers, nothing as null; charts are said in words."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from cimodel_tui.charts import RunChart, Staircase, described
from cimodel_tui.reports.escaping import json_text
from cimodel_tui.reports.summary import OnePage, Register


def report_json(found: OnePage | Register) -> str:
    """Return a prepared report as JSON."""
    return json_text(_plain(found))


def _plain(value: object) -> object:
    if value == "":
        return None
    if isinstance(value, RunChart | Staircase):
        return described(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
