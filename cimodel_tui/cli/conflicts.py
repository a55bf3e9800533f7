"""Conflicts in words: an answer that was changed on both sides, and what stands on each."""

import json

from cimodel_tui.model.answer import Json
from cimodel_tui.model.number import quoted
from cimodel_tui.model.saving import Conflict
from cimodel_tui.workbook import Workbook


def conflict_words(book: Workbook, conflict: Conflict) -> str:
    """Return which answer it is, and what stands on either side."""
    place = conflict.place
    improvement = book.documents.improvements.get(place.improvement)
    iteration = book.documents.iterations.get(place.iteration)
    where = [improvement.ref if improvement else "", f"iteration {iteration.number}" if iteration else ""]
    named = ", ".join(part for part in (*where, place.words or "the whole of it") if part)
    return f"conflict: {named}: ours {_side(conflict.ours)}, theirs {_side(conflict.theirs)}"


def _side(value: Json) -> str:
    if value in (None, ""):
        return "nothing"
    return quoted(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
