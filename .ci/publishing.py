"""What a package index shows: the README with pictures that load there, and links to the source.

An index serves the README alone, so a picture named by a path of the repository is broken there. The repository's web
address is known to whoever publishes, not to the source: `CIMODEL_TUI_URL` gives it at the build. Without it the README
goes in as it is and no links are stated; the pictures lie in the source archive.
"""

import os
import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

VARIABLE = "CIMODEL_TUI_URL"

_PICTURE = re.compile(r"(!\[[^\]]*\]\()(\.pictures/)")


class ReadmeAndLinks(MetadataHookInterface):
    """Sets `readme` and `urls` of the project's metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill in the fields that pyproject.toml names as dynamic."""
        address = os.environ.get(VARIABLE, "").rstrip("/")
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": with_absolute_pictures(text, address)}
        metadata["urls"] = links(address)


def with_absolute_pictures(readme: str, address: str) -> str:
    """Return the README with its pictures taken from the repository at that address; "" leaves it unchanged."""
    return _PICTURE.sub(rf"\g<1>{address}/raw/HEAD/\g<2>", readme) if address else readme


def links(address: str) -> dict[str, str]:
    """Return what the index lists beside the README; nothing where the address is not known."""
    if not address:
        return {}
    return {
        "Source": address,
        "Issues": f"{address}/issues",
        "Changelog": f"{address}/blob/HEAD/.github/CHANGELOG.md",
    }
