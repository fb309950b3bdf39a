"""Ctrl-C and SIGTERM as an event that what is under way looks at, so that it ends instead of being broken off."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that is set when this process is told to stop. For the main thread.

    Python's handlers run between two steps of the main thread. A signal that comes just as that begins to wait is handled
    only once it waits no more, which may be never; so each signal is written into a socket as well, by which a thread of its
    own hears of it at once.
    """
    stop = threading.Event()
    hearing, telling = socket.socketpair()
    telling.settimeout(0)

    def pass_on() -> None:
        hearing.recv(1)
        stop.set()

    thread = threading.Thread(target=pass_on, name="told to stop", daemon=True)
    thread.start()
    told_before = signal.set_wakeup_fd(telling.fileno())
    before = {which: signal.signal(which, lambda *_: None) for which in SIGNALS}
    try:
        yield stop
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)
        signal.set_wakeup_fd(told_before)
        telling.close()
        thread.join()
        hearing.close()
