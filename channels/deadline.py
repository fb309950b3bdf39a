"""One limit for a whole exchange with a provider, however many steps it takes and however slowly each of them is answered.

A socket's own time-out starts anew with every byte, so an exchange of ten steps could last ten times as long, and outlast
the lease under which a message is sent: the message would be taken over and handed in twice. What is over is cut off here,
and nothing more may be handed in after it.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Self


class Deadline:
    """Use it as a context manager around the exchange, and show it every socket that the exchange uses."""

    def __init__(self, seconds: float) -> None:
        """Begin to count."""
        self._ends = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._guard = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        with self._guard:
            self._socket = None

    @property
    def left(self) -> float:
        """Seconds that are left; never less than a hair's breadth, for a time-out of zero would mean something else."""
        return max(self._ends - time.monotonic(), 0.001)

    @property
    def is_over(self) -> bool:
        """Whether the time is up, so that nothing more may be handed in."""
        return time.monotonic() >= self._ends

    def watch(self, connected: socket.socket) -> None:
        """Cut this socket off when the time is up; it takes the place of the one shown before."""
        connected.settimeout(self.left)
        with self._guard:
            self._socket = connected

    def _cut(self) -> None:
        with self._guard, contextlib.suppress(OSError):
            if self._socket is not None:
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # under TLS too, without its farewells
