"""A town of invented partner organisations, and short ways to ask them."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import func, select

from bot.calendar import LONDON
from bot.campaigns import cycle, partners
from bot.campaigns.asking import CampaignInviter
from bot.campaigns.lists import Outcome
from bot.campaigns.reminding import remind_due
from store.inviting import addressees
from store.inviting.addressees import Addressee
from store.tables import Campaign, Conversation, Invitation, Message
from tests.builders import House

HEAD = "organisation,kind,level,district,post,name,email,mobile\n"
SCHOOL = "Oak Primary,school,universal,Marlbury,Safeguarding lead,Pat Oak,pat@oak.example,\n"
CLINIC = "Elm Clinic,health,,Marlbury,Health visitor,Ash Elm,,07700 900201\n"


def london(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A moment in London."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def take_in(house: House, *rows: str) -> Outcome:
    """Import a register of these rows."""
    with house.database.writing() as session:
        return partners.import_list(session, (HEAD + "".join(rows)).encode(), house.clock.now())


def make_cycle(house: House) -> int:
    """Run the job that gives organisations their turn."""
    return cycle.make_due(house.database, house.service.catalogue, house.service.council, house.clock.now())


def ask(house: House) -> int:
    """Ask whoever is due, and send it."""
    asked = inviter(house).send_due()
    house.service.outbox.drain()
    return asked


def inviter(house: House) -> CampaignInviter:
    """What asks, on this house's clock."""
    return CampaignInviter(house.database, house.service.catalogue, house.service.council, house.clock)


def remind(house: House) -> int:
    """Remind whoever is due, and send it."""
    reminded = remind_due(house.database, house.service.catalogue, house.service.council, house.clock.now())
    house.service.outbox.drain()
    return reminded


def invitations(house: House) -> list[Invitation]:
    """Every invitation, the oldest first."""
    with house.database.reading() as session:
        return list(session.scalars(select(Invitation).order_by(Invitation.id)))


def campaigns_of(house: House) -> list[Campaign]:
    """Every campaign, the oldest first."""
    with house.database.reading() as session:
        return list(session.scalars(select(Campaign).order_by(Campaign.id)))


def count(house: House, table: type[Conversation | Message]) -> int:
    """How many rows a table has."""
    with house.database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def link_in(text: str) -> str:
    """The token of the private page that a mail leads to."""
    found = re.search(r"/chat/(\S+)", text)
    assert found, text
    return found[1]


def make_person(house: House, reference: str, **addresses: str) -> int:
    """Somebody who takes part in no case."""
    with house.database.writing() as session:
        return addressees.keep(session, Addressee(reference, "Kit Beck", addresses), house.clock.now()).person_id
