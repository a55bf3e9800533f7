"""A change of something agreed that still waits for its reason: the one thing typed that is not in the workbook."""

from typing import TypeAlias

from cimodel_tui.model.place import Place
from cimodel_tui.record import dataclass

Raw: TypeAlias = "str | tuple[str, ...]"
"""What stands in a control: a text, or what is ticked."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that waits for its reason."""

    place: Place
    """The field, or the column of a row."""
    raw: Raw
    """What was typed or chosen, as it stands in the control."""
    before: Raw
    """The answer that was agreed and still stands."""

    @property
    def typed(self) -> str:
        """What was typed, as one text."""
        return self.raw if isinstance(self.raw, str) else ", ".join(self.raw)


def raw_of(value: object) -> Raw:
    """Return an answer as it can be kept and compared; nothing is the empty text."""
    if isinstance(value, list | tuple):
        return tuple(str(each) for each in value)
    return "" if value is None else str(value)
