"""The thread that saves: a moment after the first unsaved change, and again with growing pauses while it fails."""

from collections.abc import Callable, Sequence
from threading import Event, Thread

from cimodel_tui.model.saving import StoreError

DEBOUNCE = 0.3
"""Seconds from the first unsaved change to the save."""

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds to wait after each failure in a row; the last one repeats."""


class Worker:
    """Saves in a thread of its own, which begins with the first change; without a debounce it never does."""

    def __init__(
        self, save: Callable[[], None], debounce: float | None = DEBOUNCE, pauses: Sequence[float] = PAUSES
    ) -> None:
        self._save = save
        self._debounce = debounce
        self._pauses = pauses
        self._change = Event()
        self._stop = Event()
        self._thread: Thread | None = None

    def wake(self) -> None:
        """Have a save made soon."""
        if self._debounce is None:
            return
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._run, name="save", daemon=True)
            self._thread.start()
        self._change.set()

    def stop(self) -> None:
        """End the thread once the save at hand is done."""
        self._stop.set()
        self._change.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        failures = 0
        while not self._stop.is_set():  # asked anew each time: clearing the change may have cleared the one of stop
            self._change.wait()
            pause = self._pauses[min(failures, len(self._pauses)) - 1] if failures else self._debounce
            if self._stop.wait(pause):
                return
            self._change.clear()
            failures = self._try(failures)

    def _try(self, failures: int) -> int:
        try:
            self._save()
        except StoreError:
            self._change.set()
            return failures + 1
        return 0
