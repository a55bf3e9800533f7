"""What the merge takes as one value, because a blend of two sides would fit neither."""

from collections.abc import Mapping
from typing import TypeAlias

from cimodel_tui.record import dataclass
from cimodel_tui.storage.tree import Document

Path: TypeAlias = tuple[str, ...]
"""Keys and row ids from the top of a document down to a value."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together once one of them is set."""

    marker: str
    """The field that binds them together; a conflict is placed on it."""
    fields: tuple[str, ...]
    """All of them."""

    def binds(self, sides: tuple[Document, ...]) -> bool:
        """Tell whether on any side the marker is set."""
        return any(side.get(self.marker) for side in sides)

    def of(self, side: Document) -> Document:
        """Return the fields of one side."""
        return {name: side[name] for name in self.fields if name in side}


GROUPS: Mapping[Path, Group] = {
    ("baseline",): Group("seal", ("seal", "metrics", "first_on", "last_on", "agreed_by", "agreed_on", "amendments")),
    ("target",): Group("seal", ("seal", "targets", "limits", "agreed_by", "agreed_on", "amendments")),
    ("check",): Group("verdict", ("verdict", "measured", "verified_by", "verified_on", "counts_to")),
}
"""A seal and all that it covers; a verdict and what it was computed from."""


def is_unit(path: Path) -> bool:
    """Tell whether what stands here is one value although it has parts: a reading, a sealed copy."""
    return (len(path) == 3 and path[0] == "readings") or path[1:] == ("seal",)  # noqa: PLR2004 - metric and day
