"""Short ways to the rows that a test needs: a case with its people and a stage, and the service around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from bot.calendar import Hours, local_day
from bot.chats.links import Links
from bot.clock import SetClock
from bot.council import Council, DutyDesk
from bot.inbox import Inbox
from bot.invitations.asking import Inviter
from bot.invitations.offering import StageReached, offer
from bot.outbox import Outbox
from bot.respondents import Respondent
from bot.service import Service
from bot.talks.moving import Moving
from channels.base import Received
from store.session import Database, Session
from store.tables import Case, ContactPoint, Participant, Person, Staff, StageEvent, Unit
from surveys.catalogue import Catalogue
from tests.fakes import FakeChannel
from tests.shipped import CATALOGUE, LINES

MUM = "+447700900001"
DUTY_MOBILE = "+447700900999"
DEFINITIONS = CATALOGUE

COUNCIL = Council(
    brand="Kent Early Help",
    privacy_url="heard.council.example/p",
    base_url="https://heard.council.example",
    duty=DutyDesk(
        name="Duty desk",
        email="duty@council.example",
        mobile=DUTY_MOBILE,
        safeguarding_email="lead@council.example",
        complaints_email="complaints@council.example",
        data_email="data@council.example",
        hours=Hours.parse("mon-fri 09:00-17:00"),
    ),
    country="GB",
    lines=LINES,
    pence_per_part=Decimal(4),
    keeps_windows=True,
    ask_within_days=28,
    conversation_days=7,
    contact_cap_days=28,
)


@dataclass
class House:
    """The service on a database of the test's own, with channels that keep what they are given."""

    service: Service
    sms: FakeChannel
    email: FakeChannel
    clock: SetClock
    _texts: int = field(default=0)

    @property
    def database(self) -> Database:
        return self.service.database

    def text(self, words: str, address: str = MUM, **extra: object) -> None:
        """Play a phone: a text comes in, and what it causes is sent."""
        self._texts += 1
        provider_id = str(extra.pop("provider_id", f"SM{self._texts:032}"))
        channel = str(extra.pop("channel", "sms"))
        self.service.inbox.receive(Received(channel, provider_id, address, words, **extra))  # type: ignore[arg-type]
        self.service.outbox.drain()

    def ask(self) -> int:
        """Ask whoever is due, and send it."""
        make_link = Links.of(self.service.council).for_invitation
        inviter = Inviter(self.database, self.service.catalogue, self.service.council, self.clock, make_link)
        asked = inviter.send_due()
        self.service.outbox.drain()
        return asked

    def told(self, address: str, channel: str = "telegram") -> list[str]:
        """What the service has said to an address on another channel."""
        return self.on(channel).texts_to(address)

    def on(self, channel: str) -> FakeChannel:
        """One of the channels."""
        return cast("FakeChannel", self.service.channels[channel])

    def said(self, address: str = MUM) -> list[str]:
        """What the service has said to an address."""
        return self.sms.texts_to(address)


def make_house(
    database: Database, clock: SetClock, council: Council = COUNCIL, catalogue: Catalogue = DEFINITIONS
) -> House:
    """The service, wired as `app.py` does it, on fake channels."""
    sms, email = FakeChannel("sms"), FakeChannel("email")
    others = {name: FakeChannel(name) for name in ("telegram", "web")}
    channels = {"sms": sms, "email": email, **others}
    moving = Moving(catalogue, council)
    lease, elsewhere = timedelta(seconds=30), {"fall_back": moving.fall_back, "say_again": moving.say_again}
    outbox = Outbox(database, channels, clock, lease, council=council, **elsewhere)
    inbox = Inbox(database, catalogue, council, clock, wake=lambda: None)
    service = Service(
        council=council,
        database=database,
        catalogue=catalogue,
        channels=outbox.channels,
        clock=clock,
        inbox=inbox,
        outbox=outbox,
        trial=False,
    )
    return House(service, sms, email, clock)


@dataclass(frozen=True)
class MadeCase:
    """The ids of what `make_case` has made."""

    case_id: int
    person_id: int
    worker_id: int
    manager_id: int
    unit_id: int


def make_case(
    house: House,
    *,
    stage: str = "review",
    reached: date | None = None,
    audience: str = "parent_carer",
    mobile: str | None = MUM,
    reference: str = "EH-1001",
    birth_date: date | None = None,
    safe_contact: str = "text",
    manager: str = "manager@council.example",
) -> MadeCase:
    """A case with one person, at a stage it reached three days ago, and the invitation that the stage makes."""
    reached = reached or local_day(house.clock.now()) - timedelta(days=3)
    with house.database.writing() as session:
        unit, boss, worker = _add_team(session, reference, manager)
        person = Person(
            name="Jo", birth_date=birth_date, language="en", safe_contact=safe_contact, safe_contact_note=None
        )
        session.add(person)
        session.flush()
        case = Case(reference=reference, level="intensive", unit_id=unit, worker_id=worker)
        session.add(case)
        session.flush()
        event = StageEvent(case_id=case.id, stage=stage, happened_on=reached)
        session.add_all([event, Participant(case_id=case.id, person_id=person.id, role=audience)])
        if mobile:
            session.add(ContactPoint(person_id=person.id, channel="sms", address=mobile))
        session.flush()
        made = MadeCase(case.id, person.id, worker, boss, unit)
        respondent = Respondent(person.id, audience, birth_date, None, safe_contact)  # type: ignore[arg-type]
        _offer(session, house, made, respondent, event)
        return made


def _add_team(session: Session, reference: str, manager: str) -> tuple[int, int, int]:
    """A unit, its manager and a worker."""
    unit = Unit(service="Early Help units", district="Marlbury", name=f"Unit of {reference}")
    boss = Staff(email=f"{reference}.{manager}", name="Mo Manager", role="manager", failed_sign_ins=0)
    session.add_all([unit, boss])
    session.flush()
    email = f"{reference}.worker@council.example"
    worker = Staff(email=email, name="Sam Worker", role="worker", line_manager_id=boss.id, failed_sign_ins=0)
    session.add(worker)
    session.flush()
    return unit.id, boss.id, worker.id


def _offer(session: Session, house: House, made: MadeCase, respondent: Respondent, event: StageEvent) -> None:
    """The invitation that a stage makes."""
    reached = StageReached(
        case_id=made.case_id,
        stage_event_id=event.id,
        stage=event.stage,  # type: ignore[arg-type]
        happened_on=event.happened_on,
        worker_id=made.worker_id,
        line_manager_id=made.manager_id,
        unit_id=made.unit_id,
    )
    council, now = house.service.council, house.clock.now()
    offer(session, respondent, [reached], catalogue=house.service.catalogue, council=council, now=now)
