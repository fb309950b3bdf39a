"""What was answered about case stages, and who was asked."""

from __future__ import annotations

from dataclasses import replace

from bot.calendar import midnight
from console.api import cursors
from console.api.models import AnswersTold, CountsTold, CountsWanted, CountTold, Since
from console.api.operations import Call, Reply
from store.shown import coverage
from store.shown.coverage import Wanted
from store.systems import answers, reading


def read_answers(call: Call) -> Reply:
    """Answers that whoever reads the case may know of. Words need a scope of their own, and reading them is logged."""
    asked = call.asked(Since)
    with_words = "results:words" in call.caller.scopes
    found = answers.free(
        call.session,
        midnight(asked.since),
        cursors.read_moment(asked.after),
        asked.limit + 1,
        for_groups=call.service.catalogue.for_groups(),
    )
    shown = found[: asked.limit]
    told = shown if with_words else [replace(answer, words=None) for answer in shown]
    last = shown[-1] if len(found) > asked.limit else None
    following = cursors.after_moment(last.answered_at, last.id) if last else None
    did = "read what people wrote" if any(answer.words is not None for answer in told) else None
    return Reply(200, AnswersTold(answers=told, next=following), did=did)


def count_people(call: Call) -> Reply:
    """Where everybody stands who was invited about a stage, group by group."""
    asked = call.asked(CountsWanted)
    found = coverage.people(call.session, asked.by, Wanted(since=asked.since, until=asked.until))
    named = reading.groups(call.session, asked.by, {row.key for row in found})
    counts = [
        CountTold(
            group=named.get(row.key),
            status=row.status,
            because=row.because,
            held_back=row.is_held,
            people=row.people,
        )
        for row in found
    ]
    counts.sort(key=lambda count: (count.group or "", count.status, count.because or "", count.held_back))
    return Reply(200, CountsTold(by=asked.by, counts=counts))
