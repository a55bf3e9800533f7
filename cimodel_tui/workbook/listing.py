"""Which improvements the register lists, and in which order: those that hold some words, by one of its columns."""

from collections.abc import Callable, Mapping, Sequence

from cimodel_tui.model.improvement import Improvement
from cimodel_tui.views.register import entry_text, line_of
from cimodel_tui.workbook.workbook import Workbook

_REF, _TITLE, _OWNER, _SCORE, _REVIEW = 0, 1, 2, 5, 6
"""Columns of a line of the register by which the entry itself says how to sort."""

_QUICK: Mapping[int, Callable[[Improvement], tuple[object, ...]]] = {
    _TITLE: lambda each: (each.title.casefold(),),
    _OWNER: lambda each: (not each.owner, each.owner.casefold()),
    _SCORE: lambda each: (each.score is None, -(each.score or 0)),
    _REVIEW: lambda each: (not each.review_on, each.review_on),
}
"""How to sort by these; the best score comes first, empty ones last."""


class Listing:
    """Finds and sorts improvements by their ids; what was read of an entry is kept until the workbook changes."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._texts: dict[str, str] = {}

    def forget(self) -> None:
        """Read the entries anew: something was changed."""
        self._texts.clear()

    def holding(self, ids: Sequence[str], words: Sequence[str]) -> Sequence[str]:
        """Return those whose entry holds all of these words, in small letters; all of them without words."""
        left = ids
        for word in words:
            left = [each for each in left if word in self._text(each)]
        return left

    def _text(self, improvement_id: str) -> str:
        text = self._texts.get(improvement_id)
        if text is None:
            text = self._texts[improvement_id] = entry_text(self._book.improvement(improvement_id))
        return text

    def in_order(self, ids: Sequence[str], column: int) -> Sequence[str]:
        """Return them sorted by a column of their lines; they come in the order of their refs."""
        if column == _REF:
            return ids
        quick = _QUICK.get(column)
        if quick:
            return sorted(ids, key=lambda each: quick(self._book.improvement(each)))
        return sorted(ids, key=lambda each: self.line(each)[column].casefold() or "~")

    def line(self, improvement_id: str) -> Sequence[str]:
        """Return what stands in the columns of one of them."""
        return line_of(self._book, self._book.improvement(improvement_id))
