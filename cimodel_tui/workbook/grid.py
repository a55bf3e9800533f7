"""The effort-benefit grid: which improvements give much for little, and which the other way round."""

from collections.abc import Mapping

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.status import CLOSED
from cimodel_tui.record import dataclass
from cimodel_tui.views.register import state_of
from cimodel_tui.workbook.workbook import Workbook

MOST = 5
"""The highest judgement of benefit and of effort; the lowest is one."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The open improvements by benefit and effort."""

    cells: Mapping[tuple[int, int], tuple[Improvement, ...]]
    """What lies in a cell, the best score first, by benefit and effort."""
    unjudged: tuple[Improvement, ...]
    """Those of which benefit or effort is not judged yet."""

    def at(self, benefit: int, effort: int) -> tuple[Improvement, ...]:
        """Return what lies in one cell."""
        return self.cells.get((benefit, effort), ())


def grid_of(book: Workbook) -> Grid:
    """Return the grid of everything that is in sight and neither closed, withdrawn nor on hold."""
    found: dict[tuple[int, int], list[Improvement]] = {}
    unjudged = []
    for improvement in book.improvements():
        if improvement.standing or state_of(book, improvement) == CLOSED:
            continue
        benefit, effort = _judged(improvement.benefit), _judged(improvement.effort)
        if benefit and effort:
            found.setdefault((benefit, effort), []).append(improvement)
        else:
            unjudged.append(improvement)
    cells = {key: tuple(sorted(rows, key=_best_first)) for key, rows in found.items()}
    return Grid(cells, tuple(unjudged))


def _judged(text: str) -> int | None:
    """Return a judgement from one to five; none where none stands there."""
    return int(text) if text in {str(each) for each in range(1, MOST + 1)} else None


def _best_first(improvement: Improvement) -> tuple[int, str]:
    score = improvement.score
    return (-score if score is not None else MOST * MOST, improvement.ref)
