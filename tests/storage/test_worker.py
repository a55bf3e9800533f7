"""The thread that saves ends when it is told to, at whatever moment that comes."""

from threading import Event, Thread

from cimodel_tui.storage.saver import Worker


def test_end_that_is_asked_for_just_before_a_save_is_not_missed() -> None:
    saves: list[str] = []
    worker = Worker(lambda: saves.append("saved"), debounce=0)
    ending = Thread(target=worker.stop)

    class Change(Event):
        """The moment between the pause and the save, in which somebody quits."""

        def clear(self) -> None:
            ending.start()
            worker._stop.wait(30)  # noqa: SLF001 - the moment cannot be met from outside
            self.wait(30)
            super().clear()

    worker._change = Change()  # noqa: SLF001 - as above
    worker.wake()
    thread = worker._thread  # noqa: SLF001 - as above
    assert thread is not None
    thread.join(30)
    assert not thread.is_alive()
    ending.join(30)
    assert saves == ["saved"]
