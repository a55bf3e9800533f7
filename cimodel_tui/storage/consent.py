"""What of a workbook was looked at and allowed on this machine: its feeds, and the recipes of its metrics.

A consent is for one workbook and one definition; it lies in the state folder of the workbook.
"""

import json
from pathlib import Path

from cimodel_tui.storage.paths import Places

_FILE = "feeds.json"


def consents(places: Places, workbook: Path) -> dict[str, str]:
    """Return the hash of the definition that was consented to, by the name of the feed."""
    try:
        found = json.loads((places.of(workbook.resolve()) / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(each) for name, each in found.items()} if isinstance(found, dict) else {}


def consent(places: Places, workbook: Path, name: str, digest: str) -> None:
    """Store the consent to this definition of a feed; raises OSError."""
    folder = places.of(workbook.resolve())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _FILE
    known = {**consents(places, workbook), name: digest}
    path.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    path.chmod(0o600)
