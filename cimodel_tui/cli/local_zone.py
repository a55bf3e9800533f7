"""The time zone of this computer by its name in the tz database."""

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINK = Path("/etc/localtime")


def local_zone() -> str:
    """Return the name of the zone that TZ or the system names; UTC where neither names one."""
    given = os.environ.get("TZ", "").lstrip(":")
    if given and _is_zone(given):
        return given
    try:
        _, _, name = str(_LINK.resolve()).partition("zoneinfo/")
    except OSError:
        return "UTC"
    return name if name and _is_zone(name) else "UTC"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
