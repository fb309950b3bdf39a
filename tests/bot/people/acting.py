"""Short ways to do by hand what a worker does about a person, and to look at what is kept of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from bot.invitations.asking import Inviter
from bot.people import alone, barring, confirming, keeping
from bot.people.keeping import PersonDetails
from store import audit
from store.council import data_notes
from store.tables import ContactPoint, DataNote, Invitation, Person, Staff
from tests.builders import COUNCIL, DEFINITIONS, MUM, House

WIRING = {"catalogue": DEFINITIONS, "council": COUNCIL}


def bar(house: House, person_id: int = 1, reason: str = "died", note: str | None = None, **more: object) -> bool:
    with house.database.writing() as session:
        more = {"staff_id": 1, **WIRING, **more}
        return barring.bar(session, person_id, reason, note=note, now=house.clock.now(), **more)  # type: ignore[arg-type]


def lift(house: House, person_id: int = 1) -> bool:
    with house.database.writing() as session:
        return barring.lift(session, person_id, staff_id=1, now=house.clock.now(), **WIRING)


def decide(house: House, person_id: int = 1, *, may: bool, why: str = "He has his own phone and wants to.") -> None:
    with house.database.writing() as session:
        alone.decide(session, person_id, may=may, why=why, staff_id=1, now=house.clock.now(), **WIRING)


def confirm(house: House, person_id: int = 1, address: str = MUM, channel: str = "sms") -> bool:
    with house.database.writing() as session:
        return confirming.confirm(session, person_id, channel, address, staff_id=1, now=house.clock.now(), **WIRING)


def freeze(house: House, case_id: int = 1, because: str = "moved_away") -> int:
    with house.database.writing() as session:
        return confirming.freeze_case(session, case_id, because, now=house.clock.now())


def add(house: House, staff_id: int | None = None, **details: object) -> int:
    with house.database.writing() as session:
        wanted = PersonDetails(**{"name": "Sam", **details})  # type: ignore[arg-type]
        return keeping.add(session, wanted, now=house.clock.now(), staff_id=staff_id)


def change(house: House, person_id: int, staff_id: int | None = None, **details: object) -> bool:
    with house.database.writing() as session:
        wanted = PersonDetails(**{"name": "Sam", **details})  # type: ignore[arg-type]
        return keeping.change(session, person_id, wanted, now=house.clock.now(), staff_id=staff_id)


def ask_without_sending(house: House) -> int:
    """Ask whoever is due, and leave what is said in the outbox."""
    return Inviter(house.database, DEFINITIONS, COUNCIL, house.clock).send_due()


def hire(house: House, mobile: str | None) -> int:
    """Add a member of staff with that mobile."""
    with house.database.writing() as session:
        member = Staff(email=f"{mobile}@council.example", name="Al", mobile=mobile, failed_sign_ins=0)
        session.add(member)
        session.flush()
        return member.id


def known_since(house: House, moment: datetime, person_id: int = 1) -> None:
    """Let a person's addresses have been confirmed at that moment."""
    with house.database.writing() as session:
        session.execute(update(ContactPoint).where(ContactPoint.person_id == person_id).values(confirmed_at=moment))


def correct(house: House, person_id: int = 1, **columns: object) -> None:
    with house.database.writing() as session:
        session.execute(update(Person).where(Person.id == person_id).values(**columns))


def point(house: House, person_id: int = 1) -> ContactPoint:
    with house.database.reading() as session:
        return session.scalars(select(ContactPoint).where(ContactPoint.person_id == person_id)).one()


def stands(house: House, number: int = 1) -> tuple[str, str | None]:
    """How an invitation stands, and why its person was not asked."""
    with house.database.reading() as session:
        row = session.get_one(Invitation, number)
        return row.status, row.not_asked_because


def notes(house: House) -> list[tuple[str, str]]:
    """The cases and codes of the notes that the teams read now."""
    with house.database.reading() as session:
        return [(note.cases, note.code) for note in data_notes.standing(session)]


def unsettled(house: House) -> int:
    with house.database.reading() as session:
        return len(session.scalars(select(DataNote).where(DataNote.settled_at.is_(None))).all())


def log(house: House) -> list[tuple[str | None, str, str]]:
    """Who did what to whom, the latest first."""
    with house.database.reading() as session:
        return [(line.who, line.what, line.subject) for line in audit.latest(session)]
