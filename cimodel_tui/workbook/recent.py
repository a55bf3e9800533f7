"""What was worked out last, kept for the very same documents."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Recent(Generic[T]):
    """The last few results. A document never changes, so that being the same object is enough to be the same.

    Several threads may ask at once; at worst one result is worked out twice.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: tuple[tuple[Sequence[object], str, T], ...] = ()

    def of(self, documents: Sequence[object], name: str, work_out: Callable[[], T]) -> T:
        """Return the result for these documents and what is asked of them, worked out where it is not known."""
        for known, asked, result in self._known:
            if asked == name and _same(known, documents):
                return result
        result = work_out()
        self._known = (*self._known[1 - self._most :], (documents, name, result))
        return result


def _same(first: Sequence[object], second: Sequence[object]) -> bool:
    return len(first) == len(second) and all(one is other for one, other in zip(first, second, strict=True))
