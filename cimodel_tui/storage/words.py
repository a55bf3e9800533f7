"""What is said about changes from outside and about merges."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cimodel_tui.storage.merge import Merged, Renumbered


def outside_words(result: "Merged", *, both: bool) -> str:
    """Return what happened to memory in one sentence or two; `both` where there were unsaved changes here too."""
    first = "The file was changed outside" + (" and here; both were merged." if both else " and read anew.")
    return " ".join([first, *merge_words(result)])


def taken_up_words(result: "Merged") -> str:
    """Return what became of a draft that an earlier session left."""
    return " ".join(
        ["Changes that had not reached the file when the program was stopped are back.", *merge_words(result)]
    )


def merge_words(result: "Merged") -> Iterable[str]:
    """Return a sentence each about conflicts and about refs that were given twice."""
    number = len(result.conflicts)
    if number:
        answers = "One answer was" if number == 1 else f"{number} answers were"
        yield f"{answers} changed on both sides and can be settled."
    yield from map(renumbered_words, result.renumbered)


def renumbered_words(each: "Renumbered") -> str:
    """Return which improvement got another ref."""
    return f"{each.was} was given twice: theirs is now {each.ref}."
