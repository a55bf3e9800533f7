"""Clock and ids, given to the workbook from outside so that nothing else reads time or chance."""

import os
from datetime import UTC, date, datetime
from typing import Protocol

from cimodel_tui.record import dataclass

_LETTERS = (b"abcdefghijklmnopqrstuvwxyz0123456789" * 8)[:256]
"""The letter of an id for every byte of chance; the first four come up an eighth more often."""


class Clock(Protocol):
    """Returns the day and the moment."""

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
    return os.urandom(12).translate(_LETTERS).decode()


def moment(when: datetime) -> str:
    """Return a moment as the file holds it: ISO 8601 in UTC, to the second."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
