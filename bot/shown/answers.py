"""The inbox of managers: the latest words, as soon as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from analysis.digesting.shown_tags import ShownTags, shown_tags
from analysis.figures import CommentRow
from bot.access import Viewer
from bot.calendar import midnight
from bot.shown.comments import comments
from bot.shown.unplaced import unplaced
from store.session import Session
from store.shown import feedback, groups
from store.shown.groups import Group
from store.shown.unplaced import unplaced_among
from surveys.catalogue import Catalogue

SEES_ALL_WORDS = frozenset({"duty", "administrator"})

PAGE = 50
"""So many texts are looked at for a page of the inbox."""


HIGHEST_ID = 2**31 - 1


@dataclass(frozen=True)
class LatestAnswer:
    """One comment in the inbox. `words` and `tags` are None while it is held for a person to look at first.

    `answer_id` is below nought for words that answered no question.
    """

    at: datetime
    case_reference: str
    stage: str
    question: str
    words: str | None
    tags: ShownTags | None
    who: str
    held: bool
    answer_id: int


@dataclass(frozen=True)
class InboxPage:
    """Comments, newest first. `older` is where the next page begins; None on the last one."""

    answers: list[LatestAnswer]
    older: int | None


def latest(
    session: Session, viewer: Viewer, *, catalogue: Catalogue, before: int | None = None, limit: int = PAGE
) -> InboxPage:
    """The latest words that this viewer may read, newest first, those that answered no question among them.

    What is about a worker's conduct is left out, and what a survey shows of whole groups only.

    Args:
        before: the `older` of the page before this one.
        limit: how many texts are looked at at a time; those that turn out to be commands make no comment.
    """
    manager_ids = reads_for(viewer)
    shown: list[LatestAnswer] = []
    older = None if before is None else min(before, HIGHEST_ID)
    while len(shown) < limit:
        ids = feedback.messages_with_words(session, manager_ids, older, limit, viewer.districts)
        shown.extend(_line(comment) for comment in shown_of(session, ids, catalogue))
        older = ids[-1] if len(ids) == limit else None
        if older is None:
            break
    return InboxPage(shown, older)


def reads_for(viewer: Viewer) -> frozenset[int] | None:
    """The line managers whose workers' cases somebody reads about; None for all of them, and for strangers too."""
    return None if viewer.role in SEES_ALL_WORDS else viewer.managers


def shown_of(session: Session, message_ids: list[int], catalogue: Catalogue) -> list[CommentRow]:
    """The comments that some messages make, newest first, but for what is about conduct or waits for a whole group.

    What is held is among them: `is_held`.
    """
    wanted = set(message_ids)
    answered = comments(feedback.answers_beside(session, message_ids), catalogue)
    found = [*unplaced(unplaced_among(session, message_ids), catalogue), *answered]
    behind = groups.behind(session, message_ids)
    shown = [
        comment
        for comment in found
        if comment.message_id in wanted
        and comment.concern != "conduct"
        and may_be_shown(comment.survey_title, behind.get(comment.message_id), catalogue)
    ]
    return sorted(shown, key=lambda comment: (comment.message_id, comment.answer_id), reverse=True)


def may_be_shown(survey_id: str, group: Group | None, catalogue: Catalogue) -> bool:
    """Whether words may be shown, where their survey shows nothing of so few answers that one could be told from another.

    Such words wait until there are enough in their group, and until no more can come: one that appears alone, after the
    others, is told from them by that.
    """
    least = catalogue.get(survey_id).min_group_size if survey_id else None
    return least is None or (group is not None and group.is_over and group.answered >= least)


def is_held(comment: CommentRow) -> bool:
    """Whether a person must look at a comment before anybody reads it here."""
    return comment.concern is not None and not comment.released


def _line(comment: CommentRow) -> LatestAnswer:
    held = is_held(comment)
    return LatestAnswer(
        at=comment.at or midnight(comment.answered_on),
        case_reference=comment.case_reference,
        stage=comment.stage,
        question=comment.question,
        words=None if held else comment.words,
        tags=None if held else shown_tags(comment),
        who=comment.who,
        held=held,
        answer_id=comment.answer_id,
    )
