"""The versions of the file's format, and the way from each to the next."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TypeAlias

from cimodel_tui.record import dataclass
from cimodel_tui.storage.errors import DamagedError
from cimodel_tui.storage.tree import WORKBOOK, Tree

Step: TypeAlias = Callable[[Tree], Tree]
"""Turns a tree of one format into one of the next; what it does not know it passes on.

A draft is lifted too: then the tables hold few documents, or none, and no step may count on one being there.
"""


@dataclass(frozen=True, slots=True)
class Migrations:
    """A chain of steps up to the current format."""

    current: int = 1
    """The format that this program writes."""
    steps: Mapping[int, Step] = field(default_factory=dict)
    """The step that leads on from each older format."""

    def lift(self, tree: Tree, version: int) -> Tree:
        """Return the tree in the current format; a newer one is returned as it is."""
        for each in range(version, self.current):
            if each not in self.steps:
                raise DamagedError(f"its format {each} is no longer known")
            tree = self.steps[each](tree)
        return tree


MIGRATIONS = Migrations()
"""The chain of this program. Format 1 is the first, so there is no step yet."""


def format_of(tree: Tree) -> int:
    """Return the format that a tree states; raises DamagedError where it states none."""
    if WORKBOOK not in tree:
        raise DamagedError("it has no table “workbook”")
    if len(tree[WORKBOOK]) != 1:
        raise DamagedError(f"its table “workbook” holds {len(tree[WORKBOOK])} documents in place of one")
    version = next(iter(tree[WORKBOOK].values())).get("format")
    if type(version) is not int or version < 1:
        raise DamagedError("its document in “workbook” states no format")
    return version


def stamped(tree: Tree, version: int) -> Tree:
    """Return the tree with this format stated in its workbook document."""
    return {**tree, WORKBOOK: {doc_id: {**each, "format": version} for doc_id, each in tree[WORKBOOK].items()}}
