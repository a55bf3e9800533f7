"""Takes away with a row what spoke about it, so that nothing in the workbook speaks about what is not there."""

from collections.abc import Sequence

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.model.iteration import Documents, Iteration
from cimodel_tui.model.references import spoken_of, with_readings_of, without_loose_ends
from cimodel_tui.workbook.store import Document


def tidied(known: Documents, documents: Sequence[Document]) -> list[Document]:
    """Return the documents of a change, and the improvement with them where a metric left its last iteration."""
    given = {each.id: each for each in documents}
    for each in documents:
        before = known.iterations.get(each.id)
        if isinstance(each, Iteration) and before is not None and spoken_of(before) - spoken_of(each):
            given[each.id] = without_loose_ends(before, each)
            _with_readings(known, given, before, each)
    return list(given.values())


def _with_readings(known: Documents, given: dict[str, Document], before: Iteration, after: Iteration) -> None:
    others = [known.iterations[each] for each in known.lineage.get(after.improvement, ()) if each != after.id]
    kept = {metric.id for each in (*others, after) for metric in each.baseline.metrics}
    gone = {metric.id for metric in before.baseline.metrics} - kept
    improvement = given.get(after.improvement) or known.improvements.get(after.improvement)
    if isinstance(improvement, Improvement) and gone & improvement.readings.keys():
        given[improvement.id] = with_readings_of(improvement, improvement.readings.keys() - gone)
