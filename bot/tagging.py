"""Tagging people's words after they have been kept: a suggestion, never in the way of a reply.

Every tag is kept with the method and version that made it. What people have put right is kept apart
(`bot.correcting`), so tagging again changes nothing of that.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from analysis import tags
from analysis.tags import Tagger
from bot.clock import Clock
from store.session import Database
from store.shown import tags as rows
from store.shown.tags import Untagged, Wanted

BATCH = 200
"""So many answers are tagged between two short transactions, and held in memory."""


@dataclass(frozen=True)
class Machine:
    """What tags words, and the method and version under which its tags are kept."""

    tag: Tagger
    method: str
    version: str


def present() -> Machine:
    """The one that tags today."""
    return Machine(tags.tagger(), tags.method(), tags.VERSION)


def tag_waiting(database: Database, clock: Clock) -> int:
    """Tag every answer whose words nobody has looked at; return how many."""
    done = 0
    while True:
        began = clock.now()  # before the words are read: what is answered anew meanwhile is later than its tags
        with database.reading() as session:
            waiting = rows.waiting(session, BATCH)
        if not waiting:
            return done
        done += _tag(database, waiting, present(), began)


@dataclass(frozen=True)
class Again:
    """Tagging again what another method or version has tagged: the answers given from `since` up to `until`.

    Batch by batch, each kept at once: stopped anywhere, it goes on from there when it is run once more. The service may
    run meanwhile.
    """

    database: Database
    clock: Clock
    machine: Machine
    since: datetime | None = None
    until: datetime | None = None

    def count(self) -> int:
        """How many answers there are to tag again."""
        with self.database.reading() as session:
            return rows.count_outdated(session, self._wanted)

    def run(self, told: Callable[[int], object]) -> int:
        """Tag them; return how many.

        Args:
            told: is told after each batch how many it held.
        """
        done = last = 0
        while True:
            began = self.clock.now()
            with self.database.reading() as session:
                batch = rows.outdated(session, self._wanted, last, BATCH)
            if not batch:
                return done
            last = batch[-1].answer_id
            done += _tag(self.database, batch, self.machine, began)
            told(len(batch))

    @property
    def _wanted(self) -> Wanted:
        return Wanted(self.machine.method, self.machine.version, self.since, self.until)


def _tag(database: Database, batch: Iterable[Untagged], machine: Machine, at: datetime) -> int:
    found = [_row(untagged, machine, at) for untagged in batch]
    with database.writing() as session:
        return rows.add(session, found)


def _row(untagged: Untagged, machine: Machine, at: datetime) -> dict[str, object]:
    found = machine.tag(untagged.words, untagged.audience, untagged.question)
    return {
        "answer_id": untagged.answer_id,
        "language": found.language,
        "sentiment": found.sentiment,
        "score": found.score,
        "themes": json.dumps(dict(found.themes)),
        "complaint": found.complaint,
        "compliment": found.compliment,
        "method": machine.method,
        "version": machine.version,
        "tagged_at": at,
    }
