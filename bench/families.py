"""Families for the bench: in the database, each in the middle of a conversation, and on paper, what each will text.

Both sides get the same families and the same signed requests, each in a database of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from sqlalchemy import insert
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]
from werkzeug.datastructures import MultiDict

from bot.conversation.events import Invited, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from store.base import Base
from store.migrate import migrate
from store.session import Database, Session
from store.tables import Case, ContactPoint, Conversation, Invitation, Participant, Person, Staff, StageEvent, Unit
from surveys import catalogue

PUBLIC_BASE_URL = "https://heard.bench.example"
PATH = "/webhooks/sms"
AUTH_TOKEN = "only-for-the-bench"  # noqa: S105 - opens nothing
ACCOUNT_SID = "AC" + "0a" * 16

SURVEY = "parent_closure"
TEXTS = (
    "1",
    "2",
    "8",
    "Someone who listened, and came back when she said she would",
    "Shorter waits at the start please",
    "1",
    "yes",
    "2",
)
"""The answers to the survey's questions, in their order: each is understood, and none calls for an alert."""


def address(number: int) -> str:
    """The number of one family's phone, in a country that does not exist."""
    return f"+999{number:09}"


def prepare(database: Database, families: int) -> None:
    """Make the tables and fill them: so many families, each of them just asked the first question."""
    migrate(database)
    numbers = range(1, families + 1)
    now = datetime.now(UTC)
    day = now.date()
    with database.writing() as session:
        _add(session, Unit, [{"id": 1, "service": "Early Help units", "district": "Marlbury", "name": "Unit 1"}])
        _add(session, Staff, [{"id": 1, "email": "manager@council.example", "name": "Mo Manager", "role": "manager"}])
        _add(session, Staff, [{"id": 2, "email": "worker@council.example", "name": "Sam Worker", "line_manager_id": 1}])
        _add(session, Person, [{"id": n, "name": "Jo", "language": "en", "safe_contact": "text"} for n in numbers])
        _add(session, ContactPoint, [{"person_id": n, "channel": "sms", "address": address(n)} for n in numbers])
        cases = {"level": "intensive", "unit_id": 1, "worker_id": 2}
        _add(session, Case, [{"id": n, "reference": f"EH-{n}", **cases} for n in numbers])
        _add(session, Participant, [{"case_id": n, "person_id": n, "role": "parent_carer"} for n in numbers])
        _add(session, StageEvent, [{"id": n, "case_id": n, "stage": "closure", "happened_on": day} for n in numbers])
        _add(session, Invitation, [_invitation(n, now) for n in numbers])
        _add(session, Conversation, _conversations(numbers, now))


def _add(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    session.connection().execute(insert(table), rows)


def _invitation(number: int, now: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "person_id": number,
        "case_id": number,
        "stage_event_id": number,
        "stage": "closure",
        "stage_on": now.date(),
        "audience": "parent_carer",
        "survey_id": SURVEY,
        "worker_id": 2,
        "line_manager_id": 1,
        "unit_id": 1,
        "status": "started",
        "due_at": now,
        "made_at": now,
        "asked_at": now,
    }


def _conversations(numbers: Sequence[int], now: datetime) -> list[dict[str, Any]]:
    survey = catalogue.load().get(SURVEY)
    if len(survey.questions) != len(TEXTS):
        raise SystemExit(
            f"{SURVEY} asks {len(survey.questions)} questions now; bench/families.py answers {len(TEXTS)}."
        )
    names = {"worker": "Sam Worker", "brand": "Kent Early Help", "initial": "J", "url": "heard.bench.example/privacy"}
    state, _ = step(State.new(survey, names), survey, Invited(first_contact=False), now)
    state, _ = step(state, survey, Reply("GO"), now)
    shared = {"survey_id": SURVEY, "survey_version": survey.version, "state": state.to_json(), "opened_at": now}
    return [
        {"invitation_id": n, "person_id": n, "channel": "sms", "address": address(n), "last_heard_at": now, **shared}
        for n in numbers
    ]


@dataclass(frozen=True)
class Signed:
    """One text on its way to us, as the provider would post it."""

    body: bytes
    signature: str

    def headers(self) -> dict[str, str]:
        """What the provider says above the body."""
        return {
            "Host": urlsplit(PUBLIC_BASE_URL).netloc,
            "User-Agent": "TwilioProxy/1.1",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
            "X-Twilio-Signature": self.signature,
            "Content-Length": str(len(self.body)),
        }

    def on_the_wire(self) -> bytes:
        """The whole request."""
        lines = [f"POST {PATH} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers().items()), "", ""]
        return "\r\n".join(lines).encode() + self.body


def texts_of(number: int) -> list[Signed]:
    """What one family texts, signed, in the order in which it must come."""
    return [_sign(number, place, text) for place, text in enumerate(TEXTS)]


def _sign(number: int, place: int, text: str) -> Signed:
    sid = f"SM{number:024x}{place:08x}"
    form = {
        "ToCountry": "GB",
        "SmsMessageSid": sid,
        "NumMedia": "0",
        "SmsSid": sid,
        "SmsStatus": "received",
        "FromCountry": "GB",
        "Body": text,
        "To": "+447700900999",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": address(number),
        "ApiVersion": "2010-04-01",
    }
    signature = RequestValidator(AUTH_TOKEN).compute_signature(PUBLIC_BASE_URL + PATH, MultiDict(form))
    return Signed(urlencode(form).encode(), signature)
