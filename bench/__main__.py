"""`make bench`: the conversation core and the reading of replies, the outbox, the planner, coverage, tagging, then the
webhook and its floor, turn about. `--only coverage` measures one part alone.

Only ratios of one run mean anything. docs/bench.md says what is measured and what came of it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import coverage, families, outbox, planning, postgres, replies, served, steps, tagging
from bench.floor import statements_per_message
from bench.load import Measured, fire
from store.session import Database

MOST_A_SECOND = 1600
"""Texts are prepared for so many requests a second; a turn that is faster ends early, which its rate allows for."""

_OTHERS: Mapping[str, Callable[[], None]] = {
    "core": steps.main,
    "replies": replies.main,
    "outbox": outbox.main,
    "planning": planning.main,
    "coverage": coverage.main,
    "tagging": tagging.main,
}
PARTS = (*_OTHERS, "webhook")

WARM_UP_SECONDS = 1.0
AIM = 0.5


@dataclass(frozen=True)
class Plan:
    """What is measured, and how much of the webhook."""

    parts: Sequence[str]
    rounds: int
    seconds: float

    @property
    def families_a_turn(self) -> int:
        """How many families must be ready to text in one turn."""
        return int(MOST_A_SECOND * self.seconds / len(families.TEXTS)) + 1

    @property
    def families(self) -> int:
        """Those of every round and of the warm-up, one whose statements are counted, and one before it."""
        return self.families_a_turn * (self.rounds + 1) + 2


@dataclass(frozen=True)
class Sides:
    """What came of every round, on one database."""

    floor: Sequence[Measured]
    real: Sequence[Measured]
    statements: float

    @property
    def ratios(self) -> list[float]:
        """In each round, the service's requests a second for each one of the floor's."""
        return [real.rate / floor.rate for floor, real in zip(self.floor, self.real, strict=True)]


def main() -> None:
    """Measure and print."""
    plan = _plan()
    for part in plan.parts:
        began = time.perf_counter()
        if part == "webhook":
            _webhook(plan)
        else:
            _OTHERS[part]()
        print(f"  ({part}: {time.perf_counter() - began:.0f} s in all)", flush=True)


def _webhook(plan: Plan) -> None:
    print(
        f"\nWebhook: {plan.rounds} rounds of {plan.seconds:g} s for each side, 8 connections, 1 process, 8 threads.",
        flush=True,
    )
    texts = [families.texts_of(number) for number in range(1, plan.families + 1)]
    with tempfile.TemporaryDirectory(prefix="heard-bench-") as folder:
        _report("SQLite", _measure(plan, texts, lambda name: f"sqlite:///{Path(folder) / name}.sqlite"))
    programs = postgres.programs()
    if programs is None:
        print("PostgreSQL: not measured, because its server programs are not on this machine.")
        return
    with postgres.server(programs) as new_database:
        _report("PostgreSQL", _measure(plan, texts, new_database))


def _plan() -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often each side has its turn (%(default)s)")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long a turn lasts (%(default)s)")
    parser.add_argument(
        "--only",
        choices=PARTS,
        nargs="+",
        default=PARTS,
        metavar="PART",
        help=f"measure only these of {', '.join(PARTS)}",
    )
    given = parser.parse_args()
    return Plan(given.only, max(given.rounds, 1), max(given.seconds, 0.5))


def _measure(plan: Plan, texts: Sequence[Sequence[families.Signed]], new_database: Callable[[str], str]) -> Sides:
    urls = {side: new_database(side) for side in ("floor", "real")}
    for url in urls.values():
        database = Database(url)
        families.prepare(database, plan.families)
        database.close()
    statements = served.count_statements(urls["real"], *texts[-2:])
    spawn = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=spawn) as elsewhere,
        served.floor(urls["floor"]) as floor_port,
        served.service(urls["real"]) as real_port,
    ):

        def turn(port: int, number: int, seconds: float) -> Measured:
            first = number * plan.families_a_turn
            those = texts[first : first + plan.families_a_turn]
            wire = [[text.on_the_wire() for text in family] for family in those]
            return elsewhere.submit(fire, port, wire, seconds).result()

        for port in (floor_port, real_port):
            turn(port, 0, min(WARM_UP_SECONDS, plan.seconds))
        rounds = [
            (turn(floor_port, number, plan.seconds), turn(real_port, number, plan.seconds))
            for number in range(1, plan.rounds + 1)
        ]
    return Sides([floor for floor, _ in rounds], [real for _, real in rounds], statements)


def _report(database: str, sides: Sides) -> None:
    print(f"\n{database:12}  requests/s     p50 ms     p99 ms   SQL statements a message")
    for name, turns, statements in (
        ("floor", sides.floor, statements_per_message()),
        ("webhook", sides.real, sides.statements),
    ):
        rate, p50, p99 = (median(getattr(turn, what) for turn in turns) for what in ("rate", "p50", "p99"))
        print(f"  {name:10}  {rate:10.0f} {p50:10.1f} {p99:10.1f}   {statements:g}")
    if sides.statements != statements_per_message():
        print("  The floor must run as many statements as the webhook: put bench/floor.py right first.")
    ratio, least, most = median(sides.ratios), min(sides.ratios), max(sides.ratios)
    print(
        f"  ratio {ratio:.2f}, the median of {len(sides.ratios)} rounds ({least:.2f}-{most:.2f}); the aim is {AIM}",
        flush=True,
    )


if __name__ == "__main__":
    main()
