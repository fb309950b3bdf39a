"""The load: families who text at the same time, from a process of their own. May know nothing of what it talks to.

Requests come ready and signed; while the clock runs there is only sending, waiting and noting how long it took.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

CONNECTIONS = 8
_PATIENCE_SECONDS = 30


class NotAnswered(RuntimeError):
    """A request was not answered with 200, so that there is nothing to measure."""


@dataclass(frozen=True)
class Measured:
    """What came of one turn: requests a second, and milliseconds within which 50 and 99 of 100 were answered."""

    rate: float
    p50: float
    p99: float


def fire(port: int, conversations: Sequence[Sequence[bytes]], seconds: float) -> Measured:
    """Post the requests to a port of this computer over eight connections, until the time or the texts are up.

    Args:
        port: where the program listens, on 127.0.0.1.
        conversations: for each family its requests, which are sent one after the other over one connection.
        seconds: after so long no further request is begun.

    Raises:
        NotAnswered: a request was answered with anything but 200.
    """
    lines = [_Line(port, conversations[place::CONNECTIONS]) for place in range(CONNECTIONS)]
    began = perf_counter()
    threads = [threading.Thread(target=line.talk, args=(began + seconds,)) for line in lines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = perf_counter() - began
    for line in lines:
        if line.fault:
            raise line.fault
    times = [time for line in lines for time in line.times]
    hundredths = quantiles(times, n=100)
    return Measured(len(times) / took, hundredths[49] * 1000, hundredths[98] * 1000)


class _Line:
    """One connection, kept open, with one request on its way at a time."""

    def __init__(self, port: int, conversations: Iterable[Sequence[bytes]]) -> None:
        self._requests = [request for conversation in conversations for request in conversation]
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.times: list[float] = []
        self.fault: Exception | None = None

    def talk(self, until: float) -> None:
        """Send one request after the other; what goes wrong is kept for whoever waits."""
        try:
            with self._socket:
                for request in self._requests:
                    began = perf_counter()
                    if began >= until:
                        return
                    self._ask(request)
                    self.times.append(perf_counter() - began)
        except (OSError, NotAnswered) as fault:
            self.fault = fault

    def _ask(self, request: bytes) -> None:
        self._socket.sendall(request)
        answer = b""
        while not _is_whole(answer):
            part = self._socket.recv(65536)
            if not part:
                raise NotAnswered("the connection was closed in the middle of an answer")
            answer += part
        if not answer.startswith(b"HTTP/1.1 200 "):
            raise NotAnswered(answer.partition(b"\r\n")[0].decode("latin-1"))


def _is_whole(answer: bytes) -> bool:
    head, blank, body = answer.partition(b"\r\n\r\n")
    if not blank:
        return False
    _, _, after = head.lower().partition(b"content-length:")
    return len(body) >= int(after.partition(b"\r\n")[0] or 0)
