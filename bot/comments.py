"""Turning stored answers into comments that people read: each with its question and the closed answer beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from analysis.figures import CommentRow
from bot.calendar import local_day
from bot.conversation.commands import read_command
from bot.respondents import value_label, who_label
from store.feedback import AnswerRow, UnplacedText
from surveys.catalogue import Catalogue
from surveys.questions import Question
from surveys.words import GO, NO, SKIP, YES, among

TO_AN_INVITATION = YES | NO | SKIP | {"not really", "not today"}
"""The whole of a reply to an invitation that says yes, or not now: heeded by the conversation, and no comment."""

SOMEONE_ELSE = "Someone else on their phone"
IN_DOUBT = "amber"
NO_QUESTION = "Texted without a question open for it"


def comments(answers: Iterable[AnswerRow], catalogue: Catalogue) -> list[CommentRow]:
    """Every answer with words, in the order given. The answers of one conversation must stand together, oldest first."""
    by_conversation = groupby(answers, key=lambda answer: answer.conversation_id)
    return [comment for _, given in by_conversation for comment in _of_conversation(list(given), catalogue)]


def _of_conversation(given: list[AnswerRow], catalogue: Catalogue) -> Iterator[CommentRow]:
    shares = next((answer.value == 1 for answer in given if answer.metric == "share_pref" and answer.value), None)
    closed_answer: str | None = None
    for answer in given:
        question = asked(answer, catalogue)
        if answer.value is not None and answer.metric != "share_pref":
            closed_answer = None if is_held(answer) else value_label(question, answer.value)
        if answer.comment is not None:
            yield _comment(answer, question, closed_answer, share_with_worker=shares)


def unplaced(texts: Iterable[UnplacedText]) -> list[CommentRow]:
    """Words that answered no question, as comments all the same: every text that is more than a command gets read.

    Their `answer_id` is the message's id, below nought.
    """
    return [_unplaced(text) for text in texts if not _is_command(text)]


def _is_command(text: UnplacedText) -> bool:
    if read_command(text.text) is not None or among(text.text, GO):
        return True
    return text.is_opening and among(text.text, TO_AN_INVITATION)


def _unplaced(text: UnplacedText) -> CommentRow:
    return CommentRow(
        answer_id=-text.message_id,
        message_id=text.message_id,
        case_reference=text.case_reference or "",
        stage=text.stage or "",
        stage_date=text.stage_on or local_day(text.at),
        survey_title=text.survey_id or "",
        question=NO_QUESTION,
        words=text.text,
        closed_answer=None,
        answered_on=local_day(text.at),
        who=_writer(text),
        worker=text.worker or "",
        share_with_worker=None,
        sentiment=None,
        themes={},
        tagged=False,
        concern=concern_of(text),
        released=is_released(text),
        complaint=False,
        compliment=False,
        score=None,
    )


def _writer(text: UnplacedText) -> str:
    if text.by_someone_else:
        return SOMEONE_ELSE
    return who_label(text.audience, text.age_band) or "Somebody whose number we don't know"


def concern_of(answer: AnswerRow | UnplacedText) -> str | None:
    """The severity of the concern in the message that gave an answer; `conduct` comes before how serious it is.

    That somebody else may have given it counts as an amber one.
    """
    return "conduct" if answer.conduct else answer.concern or (IN_DOUBT if answer.in_doubt else None)


def is_held(answer: AnswerRow) -> bool:
    """Whether a line manager may not see the answer: not released yet, or about a worker's conduct."""
    return bool(answer.conduct) or (concern_of(answer) is not None and not is_released(answer))


def is_released(answer: AnswerRow | UnplacedText) -> bool:
    """Whether a person has looked at all that held it back."""
    return answer.released_at is not None and not answer.in_doubt


def asked(answer: AnswerRow, catalogue: Catalogue) -> Question:
    """The question that an answer answers, as it was worded then."""
    return catalogue.get(answer.survey_id, answer.survey_version).question(answer.question)


def wording(question: Question, worker: str) -> str:
    """A question as it was asked, with the worker's first name in it."""
    return question.ask.replace("{worker}", worker.split(maxsplit=1)[0])


def _comment(
    answer: AnswerRow, question: Question, closed_answer: str | None, *, share_with_worker: bool | None
) -> CommentRow:
    return CommentRow(
        answer_id=answer.id,
        message_id=answer.message_id,
        case_reference=answer.case_reference,
        stage=answer.stage,
        stage_date=answer.stage_on,
        survey_title=answer.survey_id,
        question=wording(question, answer.worker),
        words=answer.comment or "",
        closed_answer=closed_answer,
        answered_on=local_day(answer.answered_at),
        who=who_label(answer.audience, answer.age_band) or "",
        worker=answer.worker,
        share_with_worker=share_with_worker,
        sentiment=answer.sentiment,
        themes=json.loads(answer.themes) if answer.themes else {},
        tagged=answer.themes is not None,
        concern=concern_of(answer),
        released=is_released(answer),
        complaint=bool(answer.complaint),
        compliment=bool(answer.compliment),
        score=answer.score,  # of its own question: what stands beside a comment says nothing of its tone
    )
