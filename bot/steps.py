"""What the service did about each message at an address, in words for whoever tries it out; silence is explained too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from analysis.digesting.wishes import is_wish_question, read_wish
from analysis.taxonomy import THEMES
from bot.alerts import HOW_SOON
from bot.respondents import stage_label, value_label
from bot.shown.comments import wording
from store.shown.watching import GivenAnswer, MessageRow, Stop
from surveys.catalogue import Catalogue
from surveys.questions import Question

LONGEST_TITLE = 48
AT_ONCE = timedelta(minutes=1)
GRAVE = frozenset({"red_now", "red_today", "conduct"})
FLAGS: Mapping[str, str] = {
    "flag_manager": "for the line manager to look at",
    "flag_worker": "for the worker to look at, as their line manager tells them",
    "flag_district_manager": "for the manager of the district to look at",
    "flag_triage_manager": "for the manager of the district to look at",
    "complaint_route": "for whoever sees to complaints",
    "flag_duty_same_day": "for the duty desk to look at the same day",
}
TONES: Mapping[str, str] = {"positive": "sounds positive", "neutral": "sounds neutral", "negative": "sounds negative"}

Kind = Literal["kept", "looked", "answer", "said", "alert", "invited", "silent"]


class Step(NamedTuple):
    """Something that the service did, or why it did nothing."""

    at: datetime
    title: str
    detail: str
    kind: Kind


class Kept(NamedTuple):
    """All that is kept of an address: its messages, oldest first, what they answered, and when it had said stop."""

    messages: Sequence[MessageRow]
    answers: Mapping[int, Sequence[GivenAnswer]]
    stops: Sequence[Stop]


def steps(kept: Kept, catalogue: Catalogue) -> Iterator[Step]:
    """Every step about every message."""
    for place, message in enumerate(kept.messages):
        if message.direction == "out":
            how_far = f"queued with the decision to say it; now {message.status}"
            yield Step(message.at, _first_words(message.text), how_far, "said")
        else:
            yield from _about(message, kept.answers.get(message.id, ()), catalogue)
            yield from _silence(kept, place)


def _about(message: MessageRow, answers: Sequence[GivenAnswer], catalogue: Catalogue) -> Iterator[Step]:
    yield Step(message.at, "Text kept, word for word", "before anything else was done with it", "kept")
    if message.reference is None:
        yield Step(message.at, "Looked through for signs of danger", "nothing urgent found", "looked")
    else:
        how_soon = HOW_SOON[message.severity or "amber"]
        yield Step(message.at, f"Alert {message.reference} given to the duty desk", how_soon, "alert")
    for answer in answers:
        question = catalogue.get(answer.survey_id, answer.survey_version).question(answer.question)
        yield Step(
            message.at,
            f"Answer kept against: {stage_words(answer.stage, answer.stage_on)}",
            _answer_words(answer, question),
            "answer",
        )


def _silence(kept: Kept, place: int) -> Iterator[Step]:
    """Why nothing more, or nothing at all, is said after a message."""
    message = kept.messages[place]
    following = kept.messages[place + 1] if place + 1 < len(kept.messages) else None
    is_answered = following is not None and following.direction == "out" and following.at - message.at < AT_ONCE
    stop = next((each for each in kept.stops if _holds(each.began_at, each.ended_at, message.at)), None)
    if stop is not None and (stop.began_at == message.at or not is_answered):
        yield Step(message.at, "Stopped: nothing is sent", "until this phone texts START", "silent")
        return
    holding = [
        each for each in kept.messages[: place + 1] if _pauses(each) and _holds(each.at, each.released_at, message.at)
    ]
    if message.in_questions and holding and (holding[-1] == message or not is_answered):
        detail = f"alert {holding[-1].reference} has not been released"
        yield Step(message.at, "The questions are paused: a person must look first", detail, "silent")
    elif not is_answered:
        yield Step(message.at, "Nothing is sent in reply", "people read it all the same", "silent")


def _holds(begins: datetime, ends: datetime | None, at: datetime) -> bool:
    return begins <= at and (ends is None or ends > at)


def _pauses(message: MessageRow) -> bool:
    return message.reason == "concern" and message.severity in GRAVE and message.in_questions


def stage_words(stage: str | None, on: date) -> str:
    """A stage with its day; outside cases, the day alone."""
    return f"{stage_label(stage) if stage else 'No case'}, {on:%-d %B %Y}"


def _first_words(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE]}…"


def _answer_words(answer: GivenAnswer, question: Question) -> str:
    what = value_label(question, answer.value) or ("skipped" if "skipped" in answer.flags else "in their own words")
    score = "" if answer.score is None else f", score {answer.score} of 100"
    flags = "".join(f", {FLAGS[flag]}" for flag in answer.flags.split() if flag in FLAGS)
    said = f"{wording(question, answer.worker or 'the worker')}\n{what}{score}{flags}"
    return f"{said}\n{_meaning(answer, question.metric)}" if answer.comment else said


def _meaning(answer: GivenAnswer, metric: str) -> str:
    """What a machine makes of free text, once it has."""
    if answer.themes is None:
        return "tone and themes follow in a few seconds"
    labels = [
        THEMES[theme].label if theme in THEMES else theme.replace("_", " ") for theme in json.loads(answer.themes)
    ]
    found = [_tone(answer, metric), f"about {', '.join(labels).lower()}" if labels else ""]
    return f"by machine: {'; '.join(filter(None, found)) or 'no tone and no theme found'}"


def _tone(answer: GivenAnswer, metric: str) -> str:
    if is_wish_question(metric):
        reading = read_wish(
            answer.comment or "",
            metric,
            sentiment=answer.sentiment,
            tone_score=answer.tone_score,
            compliment=bool(answer.compliment),
        )
        if reading == "wish":
            return "a wish"
    return TONES.get(answer.sentiment or "", "")
