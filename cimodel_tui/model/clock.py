"""Time and chance, given to the workbook from outside so that nothing else reads them."""

import os
from datetime import UTC, date, datetime
from typing import Protocol

from cimodel_tui.record import dataclass

_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_BASE = len(_LETTERS)


class Clock(Protocol):
    """Tells the day and the moment."""

    def today(self) -> date:
        """Return the day that the workbook takes for today."""

    def now(self) -> datetime:
        """Return this moment, in UTC."""


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The machine's clock, or a day that stands in for today."""

    day: date | None = None
    """The day given with `--today`; none for the real one."""

    def today(self) -> date:
        """Return the given day, or the local calendar day."""
        return self.day or datetime.now().astimezone().date()

    def now(self) -> datetime:
        """Return this moment to the second, in UTC; on a given day its time of day stays real."""
        real = datetime.now(UTC).replace(microsecond=0)
        return datetime.combine(self.day, real.timetz()) if self.day else real


def new_id() -> str:
    """Return a new id of twelve lower-case characters."""
    chance = int.from_bytes(
        os.urandom(16)
    )  # at once: asking the system for each character costs more than the rest of a change
    return "".join(_LETTERS[chance // _BASE**at % _BASE] for at in range(12))


def moment(when: datetime) -> str:
    """Return a moment as the file holds it: ISO 8601 in UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
