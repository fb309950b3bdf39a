"""The inbox of managers: the latest words, as soon as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from analysis.figures import CommentRow
from analysis.themes import THEMES
from bot.access import Viewer
from bot.comments import comments, unplaced
from store import feedback
from store.session import Session
from surveys.catalogue import Catalogue

SEES_ALL_WORDS = frozenset({"duty", "administrator"})

A_MONTH = timedelta(days=31)
A_MOMENT = timedelta(seconds=1)


@dataclass(frozen=True)
class LatestAnswer:
    """One comment in the inbox. `words` is None while it is held for a person to look at first."""

    at: date
    case_reference: str
    stage: str
    question: str
    words: str | None
    closed_answer: str | None
    who: str
    sentiment: str | None
    themes: list[str]
    held: bool


def latest(
    session: Session, viewer: Viewer, *, catalogue: Catalogue, now: datetime, limit: int = 50
) -> list[LatestAnswer]:
    """The latest words that this viewer may read, newest first, those that answered no question among them.

    What is about a worker's conduct is left out.
    """
    manager_id = None if viewer.role in SEES_ALL_WORDS else viewer.staff_id
    rows = feedback.answers_beside_latest_comments(session, manager_id, limit)
    texts = feedback.unplaced_texts(session, manager_id, now - A_MONTH, now + A_MOMENT, limit)
    found = [*unplaced(texts), *comments(rows, catalogue)]
    shown = [comment for comment in found if comment.concern != "conduct"]
    return [_line(comment) for comment in sorted(shown, key=_newest_first)[:limit]]


def _newest_first(comment: CommentRow) -> tuple[int, int]:
    return -comment.answered_on.toordinal(), -comment.answer_id


def _line(comment: CommentRow) -> LatestAnswer:
    held = comment.concern is not None and not comment.released
    return LatestAnswer(
        at=comment.answered_on,
        case_reference=comment.case_reference,
        stage=comment.stage,
        question=comment.question,
        words=None if held else comment.words,
        closed_answer=comment.closed_answer,
        who=comment.who,
        sentiment=comment.sentiment,
        themes=[THEMES[theme].label for theme in comment.themes],
        held=held,
    )
