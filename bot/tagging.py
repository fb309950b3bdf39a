"""Tagging people's words after they have been kept: a suggestion, made once for each answer, never in the way of a reply."""

from __future__ import annotations

import json
from datetime import datetime

from analysis import tags
from bot.clock import Clock
from store.session import Database
from store.shown import tags as rows
from store.shown.tags import Untagged

BATCH = 200


def tag_waiting(database: Database, clock: Clock) -> int:
    """Tag every answer whose words nobody has looked at; return how many."""
    done = 0
    while True:
        with database.reading() as session:
            waiting = rows.waiting(session, BATCH)
        if not waiting:
            return done
        found = [_row(untagged, clock.now()) for untagged in waiting]
        with database.writing() as session:
            done += rows.add(session, found)


def _row(untagged: Untagged, now: datetime) -> dict[str, object]:
    found = tags.tag(untagged.words, audience=untagged.audience, question=untagged.question)
    return {
        "answer_id": untagged.answer_id,
        "language": found.language,
        "sentiment": found.sentiment,
        "score": found.score,
        "themes": json.dumps(dict(found.themes)),
        "complaint": found.complaint,
        "compliment": found.compliment,
        "method": tags.METHOD,
        "version": tags.VERSION,
        "tagged_at": now,
    }
