"""Short ways through a conversation: begin it, let time pass, look at what is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot import alerts
from bot.access import Viewer
from bot.calendar import LONDON
from bot.conversation.state import State
from bot.shown.answers import latest
from bot.talks import interruptions
from bot.talks.lapses import Silences
from bot.talks.moving import Moving
from bot.talks.ways import Way
from store.tables import Alert, Answer, ContactPoint, Conversation, Invitation, InvitationStep, Message, Notice
from store.talks import conversations
from tests.builders import COUNCIL, DEFINITIONS, MUM, House, make_case

TO_FIRST_WORDS = ("GO", "7", "1", "1", "1", "1")
"""What brings a parent's review to its sixth question, the first that asks for words."""

LONG = "She has listened to us from the very first day and never once made us feel judged, whatever we told her about home, school, money or the baby."
LONGER = "My son goes to school again on most days, which nobody thought he would, and it was her who sat with him every Monday until he was ready to go in."
QUIET = timedelta(seconds=20)
CHAT = "900100"
PAGE = Way("web", "chat-1")


def begin(house: House, *replies: str, pause: timedelta = timedelta(minutes=2), **case: object) -> int:
    """Ask one person and play these replies; return the manager's id."""
    made = make_case(house, **case)  # type: ignore[arg-type]
    assert house.ask() >= 1
    reply(house, *replies, pause=pause)
    return made.manager_id


def reply(house: House, *replies: str, pause: timedelta = timedelta(minutes=2), address: str = MUM) -> None:
    for words in replies:
        house.clock.move(pause)
        house.text(words, address)


def settle(house: House, after: timedelta = QUIET) -> int:
    """Let so much time pass, take up what has settled, and send what follows."""
    house.clock.move(after)
    taken = house.service.inbox.settle(house.clock.now())
    house.service.outbox.drain()
    return taken


def silences(house: House) -> Silences:
    return Silences(house.database, house.service.catalogue, house.service.council)


def remind(house: House) -> int:
    reminded = silences(house).remind(house.clock.now())
    house.service.outbox.drain()
    return reminded


def lapse(house: House) -> int:
    return silences(house).lapse_silent(house.clock.now())


def answers(house: House) -> dict[str, object]:
    """Question and value of every answer, or its words where it has no value."""
    with house.database.reading() as session:
        rows = session.scalars(select(Answer).order_by(Answer.id)).all()
        return {row.question: row.value if row.value is not None else row.comment for row in rows}


def comment(house: House, question: str) -> str | None:
    with house.database.reading() as session:
        return session.scalars(select(Answer.comment).where(Answer.question == question)).one()


def heard(house: House) -> list[str]:
    """Every inbound text, in the order of arrival."""
    with house.database.reading() as session:
        return list(session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.id)))


def waiting(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(Message.text).where(Message.status == "settling").order_by(Message.id)))


def raised(house: House) -> list[tuple[str, str]]:
    """Reason and severity of every alert."""
    with house.database.reading() as session:
        return [(alert.reason, alert.severity) for alert in session.scalars(select(Alert).order_by(Alert.id))]


def noticed(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(Notice.what).order_by(Notice.id)))


def status(house: House, invitation_id: int = 1) -> str:
    with house.database.reading() as session:
        return session.get_one(Invitation, invitation_id).status


def history(house: House, invitation_id: int = 1) -> list[tuple[str, str, str | None]]:
    """Every move of an invitation: from, to and why."""
    with house.database.reading() as session:
        rows = select(InvitationStep).where(InvitationStep.invitation_id == invitation_id).order_by(InvitationStep.id)
        return [(row.before, row.after, row.because) for row in session.scalars(rows)]


def talk(house: House, conversation_id: int = 1) -> Conversation:
    with house.database.reading() as session:
        return session.get_one(Conversation, conversation_id)


def stop(house: House, because: str = "case_closed", *, quietly: bool = False) -> int:
    """What is being asked about the first case ends, politely or without a word; in how many conversations."""
    follows: dict[str, Any] = {"catalogue": DEFINITIONS, "council": COUNCIL, "now": house.clock.now()}
    with house.database.writing() as session:
        ids = conversations.of_case(session, 1)
        return interruptions.stop(session, ids, because, quietly=quietly, **follows)


def phase(house: House, conversation_id: int = 1) -> str:
    return State.from_json(talk(house, conversation_id).state).phase


def read_by(house: House, manager_id: int) -> list[str | None]:
    """The words in a manager's inbox, newest first; None where they are held."""
    with house.database.reading() as session:
        page = latest(session, Viewer(manager_id, "manager"), catalogue=DEFINITIONS)
        return [line.words for line in page.answers]


def release_all(house: House) -> None:
    duty = Viewer(None, "administrator")  # type: ignore[arg-type]
    with house.database.writing() as session:
        for reference in session.scalars(select(Alert.reference).where(Alert.released_at.is_(None))).all():
            assert alerts.acknowledge(session, reference, duty, house.clock.now())
            assert alerts.release(session, reference, duty, "seen", catalogue=DEFINITIONS, now=house.clock.now())
    house.service.outbox.drain()


def at(day: int, hour: int, minute: int = 0, month: int = 10, year: int = 2026) -> datetime:
    """A moment in London, of autumn 2026 where nothing else is said."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def moving(house: House) -> Moving:
    return Moving(house.service.catalogue, house.service.council)


def agree_to_telegram(house: House, person_id: int = 1) -> None:
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=person_id, channel="telegram", address=CHAT))


def move(house: House, way: Way) -> bool:
    """Let the first conversation go on elsewhere, and send what is said there; whether it could."""
    with house.database.writing() as session:
        open_talk = conversations.lock(session, 1)
        assert open_talk is not None
        moved = moving(house).to(session, open_talk, way, house.clock.now())
    house.service.outbox.drain()
    return moved
