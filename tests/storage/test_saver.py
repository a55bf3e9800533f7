from __future__ import annotations

import threading
from dataclasses import replace
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from cimodel_tui.model.saving import SaveState
from cimodel_tui.storage.saver import Worker
from cimodel_tui.storage.system import System
from tests.waiting import DEADLINE, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.conftest import Shelf


def test_saving_follows_by_itself_a_moment_after_the_first_change(shelf: Shelf) -> None:
    shelf.create()
    store = shelf.open(debounce=0.01)
    notifications: list[object] = []
    saved = threading.Event()

    def listen(notice: object) -> None:
        notifications.append(notice)
        if isinstance(notice, SaveState) and not notice.saving:
            saved.set()

    store.subscribe(listen)
    store.put([shelf.improvement(1)])
    assert store.state.saving
    assert saved.wait(DEADLINE)
    assert len(shelf.load().documents().improvements) == 1
    assert notifications[-1] == SaveState(shelf.clock.now(), saving=False)


def test_a_change_waits_for_no_disk(shelf: Shelf) -> None:
    """While a save hangs in fsync, typing goes on and is in the draft."""
    inside, leave = threading.Event(), threading.Event()

    class SlowDisk(System):
        def fsync(self, descriptor: int) -> None:  # noqa: ARG002 - the signature is the system's
            inside.set()
            assert leave.wait(DEADLINE)

    shelf.create()
    store = shelf.open(system=SlowDisk(), debounce=0.0)
    one, two = shelf.improvement(1), shelf.improvement(2)
    store.put([one])
    assert inside.wait(DEADLINE)
    store.put([two])
    assert store.documents().improvements == {one.id: one, two.id: two}
    assert b"CI-0002" in shelf.site.draft.read_bytes()
    assert store.check_outside() is None
    leave.set()
    store.flush()
    assert shelf.load().documents().improvements == {one.id: one, two.id: two}


def test_failing_saves_are_retried_until_the_folder_is_back(shelf: Shelf, tmp_path: Path) -> None:
    shelf.create()
    store = shelf.open(debounce=0.0, pauses=(0.01, 0.02))
    failed, saved = threading.Event(), threading.Event()

    def listen(notice: object) -> None:
        if isinstance(notice, SaveState) and notice.failed:
            failed.set()
        elif notice == SaveState(shelf.clock.now()):
            saved.set()

    store.subscribe(listen)
    shelf.path.parent.rename(tmp_path / "gone")
    store.put([shelf.improvement(1)])
    assert failed.wait(DEADLINE)
    (tmp_path / "gone").rename(shelf.path.parent)
    assert saved.wait(DEADLINE)
    assert store.state == SaveState(shelf.clock.now())
    assert len(shelf.load().documents().improvements) == 1


def test_typing_goes_on_while_another_program_keeps_the_file_locked(shelf: Shelf) -> None:
    shelf.create()
    store, one = shelf.open(debounce=0.0, pauses=(0.01,), patience=2), shelf.improvement(1)
    shell = shelf.open(editor=False)
    for number in range(20):
        store.put([replace(one, owner=f"{number}")])
        assert store.documents().improvements[one.id].owner == f"{number}"
    assert b'"owner":"19"' in shelf.site.draft.read_bytes()
    shell.close()
    store.flush()
    assert shelf.load().documents().improvements[one.id].owner == "19"


def test_listener_that_breaks_does_not_end_saving(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.create()
    broken, saved = threading.Event(), threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: broken.set())
    store, one = shelf.open(debounce=0.0), shelf.improvement(1)

    def listen(notice: object) -> None:
        if not broken.is_set():
            raise RuntimeError("the app is gone")
        if isinstance(notice, SaveState) and not notice.saving:
            saved.set()

    store.subscribe(listen)
    store.put([one])
    assert broken.wait(DEADLINE)

    def type_on() -> bool:
        store.put([replace(one, owner="typed on")])
        return saved.is_set()

    wait_until(type_on, "nothing is saved any more")
    assert shelf.load().documents().improvements[one.id].owner == "typed on"


def test_end_that_is_asked_for_just_before_a_save_is_not_missed() -> None:
    saves: list[str] = []
    worker = Worker(lambda: saves.append("saved"), debounce=0)
    ending = Thread(target=worker.stop)

    class Change(Event):
        """The moment between the pause and the save, in which somebody quits."""

        def clear(self) -> None:
            ending.start()
            worker._stop.wait(DEADLINE)  # noqa: SLF001 - the moment cannot be met from outside
            self.wait(DEADLINE)
            super().clear()

    worker._change = Change()  # noqa: SLF001 - as above
    worker.wake()
    thread = worker._thread  # noqa: SLF001 - as above
    assert thread is not None
    thread.join(DEADLINE)
    assert not thread.is_alive()
    ending.join(DEADLINE)
    assert saves == ["saved"]
