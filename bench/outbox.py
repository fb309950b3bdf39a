"""How fast the outbox is drained, how soon a reply leaves, and whether a message costs the same however many there are.

`python -m bench.outbox` runs it alone. docs/bench.md says what is measured and what came of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from bench import outbox_floor, outbox_rows, outbox_service, postgres, redis_server
from bench.served import ROOT
from bot.inbox import Inbox
from bot.service import Service
from channels.base import Received
from store.migrate import migrate
from store.session import Database

ROUNDS, MESSAGES = 3, 500
TEXTS, SECONDS_BETWEEN = 200, 0.025
SIZES = (1_000, 10_000, 100_000, 1_000_000)
MESSAGES_EACH_SIZE = 200
ANOTHER_DAY = timedelta(days=1)
AIM_A_SECOND, AIM_P95 = 300, 50
PATIENCE_SECONDS = 120.0


@dataclass
class Side:
    """One way of sending, with a queue to fill and notes of what the provider took."""

    service: Service
    notes: Path
    url: str
    _next: int = field(default=1)

    def drain(self) -> tuple[float, float]:
        """Messages a second through the floor, and then through the service."""
        floor = outbox_floor.rate(
            self.url, self._queue(ANOTHER_DAY), outbox_service.THREADS
        )  # the service lets them be
        began = time.perf_counter()
        messages = self._queue(timedelta(0))
        self.service.outbox.wake()
        _until(lambda: outbox_rows.unsent(self.service.database) == 0)
        return floor, len(messages) / (time.perf_counter() - began)

    def delays(self) -> list[float]:
        """Milliseconds from the commit of a text that came in to the call that sends its answer, one for each text."""
        committed: dict[str, float] = {}
        address = ""

        def wake() -> None:
            committed[address] = time.monotonic()
            self.service.outbox.wake()

        here = self.service
        inbox = Inbox(here.database, here.catalogue, here.council, here.clock, wake)
        for number in range(TEXTS):
            address = f"+998{number:09}"
            inbox.receive(Received("sms", f"bench-{number}", address, "Hello, who is this?"))
            time.sleep(SECONDS_BETWEEN)
        _until(lambda: committed.keys() <= outbox_service.taken(self.notes).keys())
        taken = outbox_service.taken(self.notes)
        return [(taken[address] - moment) * 1000 for address, moment in committed.items()]

    def _queue(self, later: timedelta) -> range:
        """Queue messages; return their ids, which count up from 1 in a new database."""
        first, last = self._next, self._next + MESSAGES - 1
        outbox_rows.queue(self.service.database, first, last, later)
        self._next = last + 1
        return range(first, last + 1)


def main() -> None:
    """Measure and print."""
    print(f"\nOutbox, a provider that takes everything at once: {ROUNDS} rounds of {MESSAGES} messages.", flush=True)
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        with _in_process(f"sqlite:///{folder}/drain.sqlite", Path(folder) / "here") as side:
            _report("SQLite, threads of the process", side)
        _report_costs("SQLite", f"sqlite:///{folder}/grow.sqlite", Path(folder) / "grow")
        programs, redis = postgres.programs(), redis_server.program()
        if programs is None or redis is None:
            print("  PostgreSQL and workers: not measured, their server programs are not on this machine.")
            return
        with postgres.server(programs) as new_database, redis_server.server(redis) as redis_url:
            with _workers(new_database("drain"), redis_url, Path(folder) / "workers") as side:
                _report("PostgreSQL, Celery's processes", side)
            _report_costs("PostgreSQL", new_database("grow"), Path(folder) / "grow")


@contextmanager
def _in_process(url: str, notes: Path) -> Iterator[Side]:
    service = _prepared(url, notes)
    with _threads(service, [service.outbox.work] * outbox_service.THREADS):
        yield Side(service, notes, url)


@contextmanager
def _workers(url: str, redis_url: str, notes: Path) -> Iterator[Side]:
    service = _prepared(url, notes, redis_url)
    chosen = outbox_service.environment(url, redis_url)
    environment = {**os.environ, **chosen, outbox_service.NOTES: str(notes), "FLASK_APP": "bench.outbox_service"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "flask", "worker"], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL
    )
    hand_out = service.workers.keep_handing_out if service.workers else service.outbox.work
    try:
        with _threads(service, [hand_out]):
            side = Side(service, notes, url)
            side.drain()  # by then the worker has started, which shall not count
            yield side
    finally:
        worker.terminate()
        worker.wait(timeout=PATIENCE_SECONDS)


def _prepared(url: str, notes: Path, redis_url: str = "") -> Service:
    service = outbox_service.service(url, notes, redis_url)
    migrate(service.database)
    return service


@contextmanager
def _threads(service: Service, works: Sequence[Callable[[threading.Event], None]]) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(stop,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        service.outbox.wake()
        for thread in threads:
            thread.join()
        service.database.close()


def _until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            raise SystemExit("The outbox did not empty; there is nothing to measure.")
        time.sleep(0.02)


def _report(what: str, side: Side) -> None:
    rounds = [side.drain() for _ in range(ROUNDS)]
    floor, drained = (median(rates) for rates in zip(*rounds, strict=True))
    ratio = median(drained / floor for floor, drained in rounds)
    hundredths = quantiles(side.delays(), n=100)
    print(f"\n{what}")
    print(f"  messages a second           {drained:7.0f}   the aim is {AIM_A_SECOND} in one process")
    print(f"  the two commits alone       {floor:7.0f}   ratio {ratio:.2f}")
    print(f"  from commit to provider  p50 {hundredths[49]:6.1f} ms")
    print(f"                           p95 {hundredths[94]:6.1f} ms   the aim is {AIM_P95}", flush=True)


def _report_costs(what: str, url: str, notes: Path) -> None:
    service = _prepared(url, notes)
    costs = list(_costs(service.database, service.outbox.send_next))
    service.database.close()
    print(f"\n{what}: one message claimed and written down, by how many there are; the aim is flat")
    for size, cost in costs:
        print(f"  {size:9,}  {cost:7.2f} ms   ratio {cost / costs[0][1]:.2f}")
    sys.stdout.flush()


def _costs(database: Database, send_next: Callable[[], bool]) -> Iterator[tuple[int, float]]:
    """For each size the median of milliseconds that one message takes."""
    before = 0
    for size in SIZES:
        outbox_rows.grow(database, before + 1, size)
        before = size
        yield size, median(_timed(send_next) for _ in range(MESSAGES_EACH_SIZE)) * 1000


def _timed(send_next: Callable[[], bool]) -> float:
    began = time.perf_counter()
    if not send_next():
        raise SystemExit("No message was due; there is nothing to measure.")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
