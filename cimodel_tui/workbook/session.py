"""Whether a change that waited for its reason when the program ended can be made as it was meant."""

from cimodel_tui.model.saving import Pending, raw_of
from cimodel_tui.model.step import STEP_KEYS
from cimodel_tui.workbook.workbook import Workbook


def still_meant(book: Workbook, pending: Pending) -> bool:
    """Tell whether its field is there, says what it said then, and can be changed."""
    place = pending.place
    if place.step not in STEP_KEYS or not place.iteration or not book.has(place):
        return False
    try:
        return raw_of(book.answer(place)) == pending.before and book.may_change(place)
    except (AttributeError, TypeError):  # what is kept between two starts may name what was never there
        return False
