"""Ctrl-C and SIGTERM as an event that what is under way looks at, so that it ends instead of being broken off."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that is set when this process is told to stop. For the main thread.

    A thread of its own sets it. A handler runs in the midst of the main thread: had that just begun to wait for the event,
    and held its lock, a handler that set it would wait for that lock for good. Putting into a SimpleQueue is safe there.
    """
    stop, told = threading.Event(), SimpleQueue[int]()

    def pass_on() -> None:
        told.get()
        stop.set()

    threading.Thread(target=pass_on, name="told to stop", daemon=True).start()
    before = {
        which: signal.signal(which, lambda number, _: told.put(number)) for which in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stop
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
        told.put(0)
