"""Short ways to a comment, to what counts as its tags, and to putting them right."""

from __future__ import annotations

from sqlalchemy import select

from analysis.digesting.agreement import TagSet
from analysis.figures import CommentRow
from bot import correcting
from bot.access import Viewer
from bot.correcting import Outcome, Tagged
from bot.shown.comments import comments
from bot.tagging import tag_waiting
from store.shown import feedback
from store.tables import Answer
from tests.bot.talks.playing import TO_FIRST_WORDS, begin
from tests.builders import DEFINITIONS, House

WORDS = "She was kind to us and she listened"
LATE = TagSet("negative", {"reliability": "negative"}, complaint=True, compliment=False)


def a_comment(house: House, words: str = WORDS) -> Viewer:
    """One parent answers in words, and they are tagged; returns who reads them."""
    manager_id = begin(house, *TO_FIRST_WORDS, words)
    tag_waiting(house.database, house.clock)
    return Viewer(manager_id, "manager")


def answer_id(house: House, question: str = "q6") -> int:
    with house.database.reading() as session:
        return session.scalars(select(Answer.id).where(Answer.question == question)).one()


def look(house: House, viewer: Viewer, which: int | None = None) -> Tagged | None:
    with house.database.reading() as session:
        wanted = which or answer_id(house)
        return correcting.look(session, wanted, viewer, catalogue=DEFINITIONS, now=house.clock.now())


def correct(
    house: House, viewer: Viewer, tags: TagSet = LATE, *, which: int | None = None, message_id: int | None = None
) -> Outcome | None:
    """Put the tags of a comment right, of the words that it has now unless told otherwise."""
    which = which or answer_id(house)
    with house.database.writing() as session:
        seen = message_id or session.get_one(Answer, which).message_id
        return correcting.correct(
            session, which, viewer, tags, message_id=seen, catalogue=DEFINITIONS, now=house.clock.now()
        )


def shown(house: House, which: int | None = None) -> CommentRow:
    """A comment as everything that reads tags reads it."""
    with house.database.reading() as session:
        found = session.get_one(Answer, which or answer_id(house))
        rows = feedback.answers_beside(session, [found.message_id])
    return next(row for row in comments(rows, DEFINITIONS) if row.answer_id == found.id)


def counting(house: House) -> TagSet:
    row = shown(house)
    return TagSet(row.sentiment, dict(row.themes), complaint=row.complaint, compliment=row.compliment)
