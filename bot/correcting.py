"""A person puts the machine's tags right, or says that they are: kept with who and when, and it wins for ever.

Whoever may read a comment among the latest words or in a digest may do so, and nobody else: not while it is held, and never
where it is about a worker's conduct. The words that were looked at are told by the message they came in: where somebody has
answered in other words since, what was made of the earlier ones is not kept for the later.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from analysis.anonymise import anonymise
from analysis.digesting.agreement import Look, MonthOfLooks, TagSet, agreement
from analysis.figures import CommentRow, Month
from bot.access import Viewer
from bot.calendar import local_day
from bot.shown import answers
from bot.shown.waiting import waiting_for
from store import audit
from store.session import Session
from store.shown import corrections as rows
from store.shown.corrections import CorrectionLine, LookRow, TaughtRow, Words
from surveys.catalogue import Catalogue

Outcome = Literal["confirmed", "corrected", "other_words"]

TRAINING_COLUMNS = ("text", "audience", "question", "sentiment", "themes", "complaint", "compliment")
"""As the invented corpus has them, so that both are read by the same program."""
_SHORT = {"positive": "pos", "negative": "neg"}


@dataclass(frozen=True)
class Past:
    """What one person made of the words. `confirms`: the same as had stood before."""

    by: str
    at: datetime
    tags: TagSet
    confirms: bool


@dataclass(frozen=True)
class Tagged:
    """A comment whose tags may be put right.

    Attributes:
        message_id: which words they are.
        machine: what the machine made of them, None where it has not looked; `method` and `version` made it.
        past: what people made of them, oldest first.
    """

    message_id: int
    comment: CommentRow
    machine: TagSet | None
    method: str | None
    version: str | None
    past: tuple[Past, ...]

    @property
    def standing(self) -> TagSet | None:
        """The tags that count."""
        return self.past[-1].tags if self.past else self.machine


def look(session: Session, answer_id: int, viewer: Viewer, *, catalogue: Catalogue, now: datetime) -> Tagged | None:
    """A comment with all that was made of it; None where there is none that this viewer may read."""
    words = rows.words_of(session, answer_id, answers.reads_for(viewer), viewer.districts)
    comment = _comment(session, answer_id, words, viewer, catalogue, now) if words else None
    if words is None or comment is None:
        return None
    machine = _of_machine(words)
    past = _past(rows.of_words(session, answer_id, words.message_id), machine)
    return Tagged(words.message_id, comment, machine, words.method, words.version, past)


def _past(lines: Sequence[CorrectionLine], machine: TagSet | None) -> tuple[Past, ...]:
    said = [_of_person(line) for line in lines]
    before = [machine, *said]
    return tuple(
        Past(line.by, line.at, tags, confirms=tags == stood)
        for line, tags, stood in zip(lines, said, before, strict=False)
    )


def correct(
    session: Session,
    answer_id: int,
    viewer: Viewer,
    tags: TagSet,
    *,
    message_id: int,
    catalogue: Catalogue,
    now: datetime,
) -> Outcome | None:
    """Keep what a person makes of a comment; that they did goes into the audit log, without a word of it.

    Args:
        message_id: which words they looked at.

    Returns:
        "other_words" where these are no longer the answer's words, and None where it is none that this viewer may read.
        Nothing is kept then.
    """
    words = rows.words_of(session, answer_id, answers.reads_for(viewer), viewer.districts, locked=True)
    if words is None or _comment(session, answer_id, words, viewer, catalogue, now) is None:
        return None
    if words.message_id != message_id:
        return "other_words"
    machine = _of_machine(words)
    rows.add(
        session,
        {
            "answer_id": answer_id,
            "message_id": message_id,
            "staff_id": viewer.staff_id,
            "made_at": now,
            "sentiment": tags.sentiment,
            "themes": json.dumps(dict(tags.themes)),
            "complaint": tags.complaint,
            "compliment": tags.compliment,
            "machine_sentiment": words.sentiment,
            "machine_themes": words.themes,
            "machine_complaint": words.complaint,
            "machine_compliment": words.compliment,
            "machine_method": words.method,
            "machine_version": words.version,
        },
    )
    outcome: Outcome = "confirmed" if tags == machine else "corrected"
    what = f"{outcome} the tags of an answer"
    audit.record(session, at=now, staff_id=viewer.staff_id, what=what, subject=f"answer {answer_id}")
    return outcome


def _comment(
    session: Session, answer_id: int, words: Words, viewer: Viewer, catalogue: Catalogue, now: datetime
) -> CommentRow | None:
    """The comment that an answer makes, where this viewer may read it."""
    if not words.is_theirs and not _sees_to(session, words.invitation_id, viewer, now):
        return None
    shown = answers.shown_of(session, [words.message_id], catalogue)
    return next((each for each in shown if each.answer_id == answer_id and not answers.is_held(each)), None)


def _sees_to(session: Session, invitation_id: int | None, viewer: Viewer, now: datetime) -> bool:
    """Whether what an invitation brought waits for an owner, and is this viewer's to see to meanwhile."""
    if invitation_id is None:
        return False
    return any(
        one.invitation_id == invitation_id
        for manager_id in viewer.managers
        for one in waiting_for(session, manager_id, now, local_day(now))
    )


def _of_machine(words: Words) -> TagSet | None:
    if words.themes is None:
        return None
    return TagSet(words.sentiment, json.loads(words.themes), bool(words.complaint), bool(words.compliment))


def _of_person(line: CorrectionLine | LookRow | TaughtRow) -> TagSet:
    return TagSet(line.sentiment, json.loads(line.themes), line.complaint, line.compliment)


def agreed(session: Session) -> list[MonthOfLooks]:
    """How often the machine agreed with those who looked, by the month in which they did, the latest first."""
    return agreement(
        Look(
            Month.of(local_day(row.at)),
            TagSet(
                row.machine_sentiment,
                json.loads(row.machine_themes),
                row.machine_complaint,
                row.machine_compliment,
            ),
            _of_person(row),
        )
        for row in rows.looks(session)
    )


def training_rows(session: Session, catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    """Words with what people made of them, under `TRAINING_COLUMNS`: without names, and with nothing that tells whose."""
    for row in rows.taught(session, for_groups=catalogue.for_groups()):
        themes = "|".join(f"{theme}:{_SHORT.get(said, said)}" for theme, said in _of_person(row).themes.items())
        flags = (str(int(row.complaint)), str(int(row.compliment)))
        people = rows.named_around(session, row.invitation_id) if row.invitation_id is not None else ()
        words = anonymise(row.words, people)
        yield words, row.audience or "", row.question, row.sentiment or "", themes, *flags
