"""What stands on one side of a conflict, in words: a text as it is, a seal by who agreed to it, a reading by value."""

import json
from collections.abc import Mapping

from cimodel_tui.model.answer import Json


def side_words(value: Json) -> str:
    """Return what a side of a conflict says; nothing is said as such."""
    if value in (None, "", []):
        return "nothing"
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        if "seal" in value:
            return _seal_words(value)
        if "opened_by" in value:
            return _iteration_words(value)
        if "set_aside" in value:
            return _reading_words(value)
    return json.dumps(value, ensure_ascii=False, indent=1)


def _seal_words(side: Mapping[str, Json]) -> str:
    seal = side["seal"]
    agreed = f"agreed by {seal.get('by')} on {seal.get('on')}" if isinstance(seal, dict) else "not agreed"
    amendments = side.get("amendments")
    number = len(amendments) if isinstance(amendments, list) else 0
    amended = f", amended {number} time{'s' if number > 1 else ''}" if number else ""
    return f"{agreed}{amended}{_days_words(side.get('readings'))}"


def _days_words(readings: Json) -> str:
    """Return the readings in which the sides differ, as this side has them."""
    metrics = readings.values() if isinstance(readings, dict) else ()
    days = [item for metric in metrics if isinstance(metric, dict) for item in metric.items()]
    found = (f"{day} {_value(reading)}" for day, reading in days)
    return f"; readings: {', '.join(found)}" if days else ""


def _value(reading: Json) -> str:
    return str(reading.get("value")) if isinstance(reading, dict) else "none"


def _reading_words(reading: Mapping[str, Json]) -> str:
    value, of = reading.get("value"), reading.get("of")
    total = f" of {of}" if of else ""
    aside = f", set aside: {reading['set_aside']}" if reading["set_aside"] else ""
    note = f" ({reading['note']})" if reading.get("note") else ""
    return f"{value}{total}{note}{aside}"


def _iteration_words(side: Mapping[str, Json]) -> str:
    number, by, on = (side.get(name) or "?" for name in ("number", "opened_by", "opened_on"))
    return f"iteration {number}, entered at {side.get('entered_at')}, begun by {by} on {on}"
