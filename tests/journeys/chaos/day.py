"""One day in the storm: messages are read as they come, and answered late, twice, out of order, or not at the first attempt."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Protocol

import requests

from tests.journeys.chaos.people import Person
from tests.journeys.chaos.storm import Storm

LATEST = 0.4  # seconds by which a call is late at most
AGAIN_AFTER = 0.5  # seconds after which a provider calls again when it was not answered
INBOUND = {"dropped": 0.05, "twice": 0.1, "twice at once": 0.1}
"""What befalls a provider's call to us."""


class News(NamedTuple):
    """A message that a provider has taken for a person."""

    address: str
    text: str
    reference: object


class Line(Protocol):
    """One channel, as its people use it."""

    def news(self) -> Iterable[News]:
        """What the provider has taken since the last call."""

    def write(self, address: str, text: str, key: str) -> requests.Response:
        """Bring a message to the service; with the same key it is the same call again."""

    def reports(self, news: News) -> Iterable[Callable[[], requests.Response]]:
        """The provider's words on how far a message of ours has come, in their order."""


class Day:
    """Plays people and providers until it is told to stop."""

    def __init__(self, storm: Storm, people: Mapping[str, Person], lines: Iterable[Line]):
        self._storm, self._people, self._lines = storm, people, list(lines)
        self._later: list[tuple[float, int, Callable[[], None]]] = []
        self._places = itertools.count()
        self._guard = threading.Lock()
        self._on_their_way = 0

    def run(self, is_over: Callable[[], bool], seconds: float) -> bool:
        """Play until it is over and nothing is on its way; False where the time runs out first."""
        ends = time.monotonic() + seconds
        with ThreadPoolExecutor(12) as hands:
            while time.monotonic() < ends:
                nothing_more_comes = is_over()
                for line in self._lines:
                    self._read(line)
                self._hand_out(hands)
                if nothing_more_comes and self._is_quiet():
                    return True
                time.sleep(0.02)
            self._later.clear()
        return False

    def _read(self, line: Line) -> None:
        for news in line.news():
            person = self._people[news.address]
            reply = person.read(news.text)
            if reply is not None:
                key = f"{person.number}.{len(person.wrote)}"
                self._bring(lambda line=line, news=news, reply=reply, key=key: line.write(news.address, reply, key))
            for report in line.reports(news):
                self._bring(report)

    def _bring(self, call: Callable[[], requests.Response]) -> None:
        """Make a call to the service some time from now, and again until it is answered."""
        fate = self._storm.fate(INBOUND)
        delay = self._storm.seconds(LATEST)
        if fate == "dropped":
            delay += AGAIN_AFTER
        self._soon(delay, call)
        if fate in {"twice", "twice at once"}:
            self._soon(delay if fate == "twice at once" else delay + self._storm.seconds(LATEST), call)

    def _soon(self, delay: float, call: Callable[[], requests.Response]) -> None:
        def attempt() -> None:
            answered = False
            with contextlib.suppress(requests.RequestException):
                answered = call().status_code < 400
            with self._guard:
                self._on_their_way -= 1
            if not answered:
                self._soon(AGAIN_AFTER, call)

        with self._guard:
            self._on_their_way += 1
            heapq.heappush(self._later, (time.monotonic() + delay, next(self._places), attempt))

    def _hand_out(self, hands: ThreadPoolExecutor) -> None:
        now = time.monotonic()
        with self._guard:
            while self._later and self._later[0][0] <= now:
                hands.submit(heapq.heappop(self._later)[2])

    def _is_quiet(self) -> bool:
        with self._guard:
            return self._on_their_way == 0
