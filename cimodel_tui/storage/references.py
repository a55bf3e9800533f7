"""Which ids speak about which things, and those that speak about nothing."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from cimodel_tui.model.answer import Json
from cimodel_tui.storage.tree import IMPROVEMENTS, ITERATIONS, Document, Tree, as_rows

Known: TypeAlias = "Mapping[str, frozenset[str]]"
"""The ids of an improvement's metrics, causes and actions, over all its iterations."""

THINGS = {"metrics": "baseline", "causes": "baseline", "actions": "plan"}
"""What can be spoken about within an improvement, and the part in which it stands."""

ROWS = (
    ("target", "targets", "id", "metrics"),
    ("target", "limits", "id", "metrics"),
    ("plan", "actions", "cause", "causes"),
    ("plan", "actions", "depends_on", "actions"),
    ("plan", "measurement_plan", "metric", "metrics"),
    ("action", "progress", "id", "actions"),
    ("momentum", "carried", "id", "actions"),
    ("momentum", "sustain_checks", "metric", "metrics"),
)
"""Part, table and column that hold an id, and what it is the id of."""

FIELDS = (("plan", "hypothesis_metric", "metrics"), ("momentum", "relapse_metric", "metrics"))
"""Part and field that hold an id, and what it is the id of."""


def dangling(tree: Tree) -> Iterator[str]:
    """Yield a sentence for every id that speaks about nothing."""
    improvements, iterations = tree.get(IMPROVEMENTS, {}), tree.get(ITERATIONS, {})
    for doc_id, iteration in iterations.items():
        yield from _between(doc_id, iteration, improvements, iterations)
        yield from _within(doc_id, iteration, _known(iteration.get("improvement"), iterations))
    for doc_id, improvement in improvements.items():
        known = _known(doc_id, iterations)["metrics"]
        for metric in _keys(improvement.get("readings")):
            if metric not in known:
                yield f"{improvement.get('ref')} has readings of a metric {metric} that no iteration has."


def _between(
    doc_id: str, iteration: Document, improvements: Mapping[str, Document], others: Mapping[str, Document]
) -> Iterator[str]:
    if iteration.get("improvement") not in improvements:
        yield f"Iteration {doc_id} belongs to an improvement {iteration.get('improvement')} that is not there."
    ids = [("parent", iteration.get("parent"))]
    ids += [("taken_over_by", row.get("taken_over_by")) for row in _rows(iteration, "momentum", "sustain_checks")]
    for name, other in ids:
        if other and other not in others:
            yield f"Iteration {doc_id} names in {name} an iteration {other} that is not there."


def _known(improvement: Json, iterations: Mapping[str, Document]) -> Known:
    mine = [each for each in iterations.values() if each.get("improvement") == improvement]
    return {
        name: frozenset(str(row["id"]) for each in mine for row in _rows(each, part, name))
        for name, part in THINGS.items()
    }


def _within(doc_id: str, iteration: Document, known: Known) -> Iterator[str]:
    for part, name, column, thing in ROWS:
        for row in _rows(iteration, part, name):
            for other in _ids(row.get(column)):
                if other not in known[thing]:
                    yield f"Iteration {doc_id}, {part}, {name}: {other} is none of the {thing}."
    for part, name, thing in FIELDS:
        for other in _ids(_part(iteration, part).get(name)):
            if other not in known[thing]:
                yield f"Iteration {doc_id}, {part}, {name}: {other} is none of the {thing}."


def _part(iteration: Document, part: str) -> Document:
    found = iteration.get(part)
    return found if isinstance(found, dict) else {}


def _rows(iteration: Document, part: str, name: str) -> list[Document]:
    return list((as_rows(_part(iteration, part).get(name)) or {}).values())


def _ids(value: Json) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, str) and each]


def _keys(value: Json) -> list[str]:
    return list(value) if isinstance(value, dict) else []
