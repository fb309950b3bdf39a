"""An office to try the pages in: staff who can sign in, a case, an alert of each kind, and a browser with no scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from html import unescape

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import create_app
from bot.clock import Clock
from bot.conversation.state import State
from console.accounts import Passwords
from settings import Settings
from store.session import Database, Session
from store.tables import (
    Alert,
    Answer,
    Case,
    Concern,
    Conversation,
    Digest,
    Invitation,
    Message,
    Participant,
    Person,
    Staff,
    StageEvent,
    Tag,
    Unit,
)
from tests.shipped import CATALOGUE

PASSWORD = "correct horse battery"
ROLES = ("worker", "manager", "duty", "administrator")
OLD_HASHES = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
"""Made at no cost to speak of, and so outdated in the eyes of the real ones."""

UNSAFE = "i dont feel safe when he comes round <b>please</b>"
LISTENED = "Sam always asks me first\nand she remembers"
MARKUP = "waited 3 months & nobody <script>alert('x')</script> said why"
LONG_WORD = "a" + "h" * 200


@dataclass(frozen=True)
class Office:
    """What was put into the database.

    Attributes:
        alerts: the reference of the alert of each severity.
    """

    alerts: dict[str, str]
    digest_id: int
    manager_id: int


@lru_cache(maxsize=1)
def _password_hash() -> str:
    return OLD_HASHES.hash(PASSWORD)


def add_staff(session: Session, role: str, manager_id: int | None = None, *, email: str | None = None) -> int:
    """Someone with that role, who signs in as role@council.example."""
    member = Staff(
        email=email or f"{role}@council.example",
        name=f"Alex {role.title()}",
        role=role,
        line_manager_id=manager_id,
        password_hash=_password_hash(),
        failed_sign_ins=0,
    )
    return _id_of(session, member)


def furnish(database: Database, now: datetime) -> Office:
    """Staff of every role, one case with answers, alerts of every severity, and a digest."""
    with database.writing() as session:
        manager = add_staff(session, "manager")
        worker = add_staff(session, "worker", manager)
        add_staff(session, "duty")
        add_staff(session, "administrator")
        conversation = _add_conversation(session, manager, worker, now)
        said = [
            ("q6", "free_good", LISTENED, "positive"),
            ("q7", "free_better", MARKUP, "negative"),
            ("q3", "reliable", LONG_WORD, None),
        ]
        for question, metric, words, sentiment in said:
            _add_answer(session, conversation, question, metric, words, sentiment, now)
        alerts = {
            severity: _add_alert(session, conversation, severity, now)
            for severity in ("red_now", "red_today", "amber", "conduct")
        }
        period = now.date().replace(day=1)
        digest = _id_of(session, Digest(manager_id=manager, period=period, made_at=now))
    return Office(alerts=alerts, digest_id=digest, manager_id=manager)


def _add_conversation(session: Session, manager: int, worker: int, now: datetime) -> Conversation:
    unit = _id_of(session, Unit(service="Early Help", district="Ashford", name="North"))
    case = _id_of(session, Case(reference="EH-1042", level="intensive", unit_id=unit, worker_id=worker))
    person = _id_of(session, Person(name="Robin Test", language="en", safe_contact="text"))
    session.add(Participant(case_id=case, person_id=person, role="parent_carer"))
    today = now.date()
    event = _id_of(session, StageEvent(case_id=case, stage="review", happened_on=today))
    invitation = Invitation(
        person_id=person,
        case_id=case,
        stage_event_id=event,
        stage="review",
        stage_on=today,
        audience="parent_carer",
        survey_id="parent_review",
        worker_id=worker,
        line_manager_id=manager,
        unit_id=unit,
        status="partly_answered",
        due_at=now,
        made_at=now,
        asked_at=now,
    )
    survey = CATALOGUE.get("parent_review", 1)
    state = replace(State.new(survey, {"worker": "Alex", "brand": "Kent Early Help"}), phase="paused", question="q7")
    opened = {"channel": "sms", "address": "+447700900123", "opened_at": now, "state": state.to_json()}
    conversation = Conversation(
        invitation_id=_id_of(session, invitation),
        person_id=person,
        survey_id="parent_review",
        survey_version=1,
        **opened,
    )
    _id_of(session, conversation)
    return conversation


def _add_message(session: Session, conversation: Conversation, words: str, now: datetime) -> int:
    message = Message(
        direction="in",
        channel="sms",
        address=conversation.address,
        text=words,
        at=now - timedelta(minutes=20),
        status="received",
        conversation_id=conversation.id,
    )
    return _id_of(session, message)


def _add_answer(
    session: Session,
    conversation: Conversation,
    question: str,
    metric: str,
    words: str,
    sentiment: str | None,
    now: datetime,
) -> None:
    answer = Answer(
        conversation_id=conversation.id,
        invitation_id=conversation.invitation_id,
        message_id=_add_message(session, conversation, words, now),
        question=question,
        metric=metric,
        comment=words,
        flags="",
        survey_id=conversation.survey_id,
        survey_version=1,
        stage="review",
        answered_at=now,
    )
    tag = Tag(
        answer_id=_id_of(session, answer),
        sentiment=sentiment,
        themes="{}",
        complaint=False,
        compliment=sentiment == "positive",
        method="test",
        version="1",
        tagged_at=now,
    )
    session.add(tag)


def _add_alert(session: Session, conversation: Conversation, severity: str, now: datetime) -> str:
    message = _add_message(session, conversation, UNSAFE, now)
    alert = Alert(
        reference=f"{severity.upper()[:3]}-{severity.upper()[-3:]}",
        message_id=message,
        conversation_id=conversation.id,
        reason="concern",
        severity=severity,
        conduct=severity == "conduct",
        raised_at=now,
    )
    concern = {"category": "domestic_abuse", "severity": severity, "words": "dont feel safe"}
    session.add(Concern(alert_id=_id_of(session, alert), message_id=message, **concern))
    return alert.reference


def _id_of(session: Session, row: Unit | Case | Person | StageEvent | Invitation | Staff | object) -> int:
    session.add(row)
    session.flush()
    return int(row.id)


def build_app(database_url: str, clock: Clock) -> Flask:
    """The whole app as it is tried out, on that database and with that clock."""
    return create_app(Settings(database_url=database_url, trial=True), clock=clock)


class Browser:
    """A browser without scripts: it keeps cookies, and sends a form with the token that the page gave it."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str) -> TestResponse:
        """The page."""
        return self.client.get(path)

    def send(self, page: str, action: str, **fields: str) -> TestResponse:
        """Open the page, fill in a form on it and send it."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page).text)
        assert token, f"{page} has no form with a token"
        return self.client.post(action, data={"csrf_token": unescape(token[1]), **fields})

    def sign_in(self, role: str, password: str = PASSWORD, onwards: str = "/") -> TestResponse:
        """Sign in as whoever has that role."""
        return self.send("/sign-in", "/sign-in", email=f"{role}@council.example", password=password, next=onwards)
