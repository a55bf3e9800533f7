"""A place in a workbook, shared by findings, undo, search, the palette, conflicts and the last position."""

from cimodel_tui.model.answer import label
from cimodel_tui.model.step import STEP_KEYS, step_of
from cimodel_tui.record import dataclass

REGISTER = "register"
"""The `step` of a place in the register entry itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place. Empty parts widen it: no field is the whole step, no step the whole iteration."""

    improvement: str = ""
    """Id of the improvement; empty for the workbook itself."""
    iteration: str = ""
    """Id of the iteration; empty for the register entry."""
    step: str = ""
    """Key of the step, or `register`."""
    field: str = ""
    """Name of the attribute of the step's part."""
    row: str = ""
    """Id of a row of that field, for readings the id of the metric."""
    column: str = ""
    """Name of the row's attribute, for readings the date."""

    @property
    def words(self) -> str:
        """The place in words, without the improvement: `step 2, metrics, unit`."""
        step = f"step {step_of(self.step).number}" if self.step in STEP_KEYS else self.step
        return ", ".join(part for part in (step, *(label(name).lower() for name in (self.field, self.column))) if part)
