"""Turning stored answers into comments that people read: each with its question and the closed answer beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from analysis.figures import CommentRow
from bot.calendar import local_day
from bot.respondents import value_label, who_label
from store.shown.feedback import AnswerRow
from store.shown.unplaced import UnplacedText
from surveys.catalogue import Catalogue
from surveys.questions import Question
from surveys.survey import Survey

IN_DOUBT = "amber"
"""How serious it counts that somebody else may have given an answer."""

OVERALL = frozenset({"overall", "family_scale", "life_scale"})
"""What the questions measure that ask how the help, or life, is as a whole."""

_HOW_TO_TEXT = re.compile(r"\s*\bText (?:a number|the number|the letter|your answer)\b[^.?!]*[.?!]", re.IGNORECASE)
"""What tells people how to answer by text, and staff nothing."""


def comments(answers: Iterable[AnswerRow], catalogue: Catalogue) -> list[CommentRow]:
    """Every answer with words, in the order given. The answers of one conversation must stand together, oldest first."""
    by_conversation = groupby(answers, key=lambda answer: answer.conversation_id)
    return [comment for _, given in by_conversation for comment in _of_conversation(list(given), catalogue)]


def _of_conversation(given: list[AnswerRow], catalogue: Catalogue) -> Iterator[CommentRow]:
    shares = next((answer.value == 1 for answer in given if answer.metric == "share_pref" and answer.value), None)
    overall = _overall(given, catalogue)
    closed_answer: str | None = None
    for answer in given:
        question = asked(answer, catalogue)
        if answer.value is not None and answer.metric != "share_pref":
            closed_answer = None if is_held(answer) else value_label(question, answer.value)
        if answer.comment is not None:
            survey = catalogue.get(answer.survey_id, answer.survey_version)
            yield _comment(answer, survey, closed_answer, overall, share_with_worker=shares)


def _overall(given: list[AnswerRow], catalogue: Catalogue) -> tuple[str | None, int | None]:
    """The lowest answer about everything that may be shown, in words and as a score."""
    scored = [
        (answer.score, value_label(asked(answer, catalogue), answer.value))
        for answer in given
        if answer.metric in OVERALL and answer.score is not None and not is_held(answer)
    ]
    score, words = min(scored, key=itemgetter(0), default=(None, None))
    return words, score


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
    """A question as staff read it: with the worker's first name in it, and without how to answer it by text."""
    return _HOW_TO_TEXT.sub("", question.ask.replace("{worker}", worker.split(maxsplit=1)[0])).strip()


def _comment(
    answer: AnswerRow,
    survey: Survey,
    closed_answer: str | None,
    overall: tuple[str | None, int | None],
    *,
    share_with_worker: bool | None,
) -> CommentRow:
    return CommentRow(
        answer_id=answer.id,
        message_id=answer.message_id,
        case_reference=answer.case_reference,
        stage=answer.stage,
        stage_date=answer.stage_on or local_day(answer.answered_at),
        survey_title=answer.survey_id,
        question=wording(survey.question(answer.question), answer.worker or "the worker"),
        words=answer.comment or "",
        closed_answer=closed_answer,
        answered_on=local_day(answer.answered_at),
        who=who_label(answer.audience or survey.audience, answer.age_band) or "",
        worker=answer.worker,
        share_with_worker=share_with_worker,
        sentiment=answer.sentiment,
        themes=json.loads(answer.themes) if answer.themes else {},
        tagged=answer.themes is not None,
        concern=concern_of(answer),
        released=is_released(answer),
        complaint=bool(answer.complaint),
        compliment=bool(answer.compliment),
        metric=answer.metric,
        tone_score=answer.tone_score,
        at=answer.answered_at,
        corrected=bool(answer.corrected),
        overall_answer=overall[0],
        overall_score=overall[1],
        score=answer.score,  # of its own question: what stands beside a comment says nothing of its tone
    )
