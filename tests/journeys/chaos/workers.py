"""Workers that are killed without warning, again and again, and replaced."""

from __future__ import annotations

import subprocess
import threading
import time
from typing import Self

from tests.journeys.chaos.storm import Storm
from tests.journeys.running import RunningService, kill_group

HOW_MANY = 2
LONGEST_LIFE = 20.0  # seconds; half of it at least, since starting takes some


class Workers:
    """Keeps workers running, and kills each after a while.

    Attributes:
        died_at: when each of them was dead (`time.monotonic`), those at the end included.
    """

    def __init__(self, service: RunningService, storm: Storm):
        self._service, self._storm = service, storm
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._live_and_die) for _ in range(HOW_MANY)]
        self.killed = 0
        self.died_at: list[float] = []

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _live_and_die(self) -> None:
        while not self._stop.is_set():
            worker: subprocess.Popen[bytes] = self._service.begin("serve", "--only", "worker")
            is_over = self._stop.wait(LONGEST_LIFE / 2 + self._storm.seconds(LONGEST_LIFE / 2))
            kill_group(worker)
            self.died_at.append(time.monotonic())
            self.killed += not is_over
