"""Words that answered no question, as comments all the same: every text that is more than a command gets read.

Each is labelled with what was going on when it came, as far as what is kept can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from analysis.figures import CommentRow
from bot.calendar import local_day
from bot.conversation.commands import Command, read_command
from bot.conversation.effects import NOTICE_LABELS
from bot.conversation.state import State, UnknownState
from bot.respondents import who_label
from bot.shown.comments import concern_of, is_released, wording
from store.shown.unplaced import UnplacedText
from surveys.catalogue import Catalogue
from surveys.questions import Question
from surveys.words import GO, NO, SKIP, YES, among

TO_AN_INVITATION = GO | YES | NO | SKIP | {"not really", "not today"}
"""The whole of a reply to an invitation that says yes, or not now: heeded by the conversation, and no comment."""

CARRIED_OUT: frozenset[Command] = frozenset({"stop", "start", "help", "skip", "go", "later", "back", "end"})
"""Commands that the conversation carries out by itself, so that nobody needs to read them. The others ask for a person."""

NOTICES: Mapping[str, str] = dict(NOTICE_LABELS.items())
SOMEONE_ELSE = "Someone else on their phone"
STRANGER = "Texted from a number that we had asked nothing"
PAUSED = "Texted while the questions were paused"
OVER = "Texted after the questions were over"
OPENING = "Texted in reply to the invitation, before the first question"
NOT_UNDERSTOOD = "A reply that was not understood as an answer"
NO_WORDS = "Sent a picture or a recording without any words"
ASKS_WHO = "Asked who we are"


def unplaced(texts: Iterable[UnplacedText], catalogue: Catalogue) -> list[CommentRow]:
    """Texts that answered no question, as comments. Their `answer_id` is the message's id, below nought."""
    return [_comment(text, catalogue) for text in texts if _says_something(text, catalogue)]


def _says_something(text: UnplacedText, catalogue: Catalogue) -> bool:
    if not text.text.strip():
        return text.media_count > 0
    if read_command(text.text) in CARRIED_OUT:
        return False
    return text.is_aside or not (_is_at_the_opening(text, catalogue) and among(text.text, TO_AN_INVITATION))


def _is_at_the_opening(text: UnplacedText, catalogue: Catalogue) -> bool:
    if not text.is_opening or text.is_paused or _is_over(text):
        return False
    return _question_put(text, catalogue) is None


def _is_over(text: UnplacedText) -> bool:
    return text.closed_at is not None and text.closed_at < text.at


def _label(text: UnplacedText, catalogue: Catalogue) -> str:
    """What a text was, in words that are true whatever it says."""
    labels: tuple[tuple[str, bool], ...] = (
        (NO_WORDS, not text.text.strip()),
        (_asked_of_us(text), bool(_asked_of_us(text))),
        (STRANGER, text.survey_id is None),
        (PAUSED, text.is_paused),
        (NOTICES["aside"], text.is_aside),
        (OVER, _is_over(text)),
    )
    return next((label for label, holds in labels if holds), None) or _label_of_a_reply(text, catalogue)


def _asked_of_us(text: UnplacedText) -> str:
    """What was asked of the service itself, in words for people; empty where nothing was."""
    command = read_command(text.text)
    return ASKS_WHO if command == "who_is_this" else NOTICES.get(command or "", "")


def _label_of_a_reply(text: UnplacedText, catalogue: Catalogue) -> str:
    question = _question_put(text, catalogue)
    if question is not None:
        return f"Not understood as an answer to: {wording(question, text.worker or 'the worker')}"
    return OPENING if text.is_opening else NOT_UNDERSTOOD


def _question_put(text: UnplacedText, catalogue: Catalogue) -> Question | None:
    """The question that was answered next, or else the one that is open now, if it had been put when the text came.

    Which one was open then is not kept. Only English is looked for: of other languages nothing is claimed.
    """
    question_id = text.asked_next or _asked_now(text.state)
    if question_id is None or text.survey_id is None:
        return None
    try:
        question = catalogue.get(text.survey_id, text.survey_version).question(question_id)
    except KeyError:
        return None
    head = max(question.ask.split("{worker}"), key=len).strip()
    return question if head in text.sent_before else None


def _asked_now(state: str | None) -> str | None:
    try:
        return State.from_json(state).question if state else None
    except UnknownState:
        return None


def _comment(text: UnplacedText, catalogue: Catalogue) -> CommentRow:
    return CommentRow(
        answer_id=-text.message_id,
        message_id=text.message_id,
        case_reference=text.case_reference or "",
        stage=text.stage or "",
        stage_date=text.stage_on or local_day(text.at),
        survey_title=text.survey_id or "",
        question=_label(text, catalogue),
        words=text.text if text.text.strip() else "",
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
        at=text.at,
    )


def _writer(text: UnplacedText) -> str:
    if text.by_someone_else:
        return SOMEONE_ELSE
    return who_label(text.audience, text.age_band) or "Somebody whose number we don't know"
