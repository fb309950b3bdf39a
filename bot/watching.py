"""What the simulated phones show: the texts on each, and beside them what the service did. For trying the service out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple

from bot.alerts import HOW_SOON
from bot.respondents import stage_label, value_label, who_label
from store import watching as rows
from store.session import Database
from store.watching import GivenAnswer, MessageRow, PhoneRow, TalkRow
from surveys.catalogue import Catalogue
from surveys.questions import Question

PHONES_SHOWN = 12
LONGEST_TITLE = 48

Kind = Literal["kept", "looked", "answer", "said", "alert", "invited"]


class Holder(NamedTuple):
    """Someone with a simulated phone. `id` may stand in a URL."""

    id: str
    address: str
    name: str
    who: str
    last: str


class Step(NamedTuple):
    """Something that the service did."""

    at: datetime
    title: str
    detail: str
    kind: Kind


class Scene(NamedTuple):
    """One phone's texts, and what went on behind them, oldest first."""

    messages: list[MessageRow]
    steps: list[Step]
    survey: str
    stage: str


def holders(database: Database) -> list[Holder]:
    """The phones to show, those that are being asked now first."""
    with database.reading() as session:
        found = rows.phones(session, PHONES_SHOWN)
        last = rows.last_words(session, [row.address for row in found])
    return [_holder(row, last.get(row.address, "")) for row in found]


def _holder(row: PhoneRow, last: str) -> Holder:
    who = f"{who_label(row.audience, row.age_band)}, case {row.case_reference}"
    return Holder(f"phone-{row.conversation_id}", row.address, row.name, who, last)


def scene(database: Database, catalogue: Catalogue, address: str) -> Scene | None:
    """What there is to see on one phone; None where nothing was ever said to it."""
    with database.reading() as session:
        talk = rows.latest_talk(session, address)
        if talk is None:
            return None
        messages = rows.messages_at(session, address)
        answers = rows.answers_at(session, address)
    by_message: dict[int, list[GivenAnswer]] = defaultdict(list)
    for answer in answers:
        by_message[answer.message_id].append(answer)
    stage = _stage_words(talk)
    steps = [Step(talk.made_at, "Invitation made", f"by the stage event: {stage}", "invited")]
    for message in messages:
        steps.extend(_steps(message, by_message[message.id], catalogue, stage))
    steps.sort(key=lambda step: step.at)
    return Scene(messages, steps, catalogue.get(talk.survey_id, talk.survey_version).title, stage)


def _stage_words(talk: TalkRow) -> str:
    return f"{stage_label(talk.stage)}, {talk.stage_on:%-d %B %Y}"


def _steps(message: MessageRow, answers: list[GivenAnswer], catalogue: Catalogue, stage: str) -> Iterator[Step]:
    if message.direction == "out":
        yield Step(
            message.at, _first_words(message.text), f"queued with the decision to say it; now {message.status}", "said"
        )
        return
    yield Step(message.at, "Text kept, word for word", "before anything else was done with it", "kept")
    if message.reference is None:
        yield Step(message.at, "Looked through for signs of danger", "nothing urgent found", "looked")
    else:
        how_soon = HOW_SOON[message.severity or "amber"]
        yield Step(message.at, f"Alert {message.reference} given to the duty desk", how_soon, "alert")
    for answer in answers:
        question = catalogue.get(answer.survey_id, answer.survey_version).question(answer.question)
        yield Step(message.at, f"Answer kept against: {stage}", _answer_words(answer, question), "answer")


def _first_words(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else f"{text[:LONGEST_TITLE]}…"


def _answer_words(answer: GivenAnswer, question: Question) -> str:
    what = value_label(question, answer.value) or ("skipped" if "skipped" in answer.flags else "in their own words")
    score = "" if answer.score is None else f", score {answer.score} of 100"
    flags = f", for the manager's attention: {answer.flags}" if "flag_" in answer.flags else ""
    return f"{question.metric.replace('_', ' ')}: {what}{score}{flags}"
