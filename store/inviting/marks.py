"""What speaks for and against asking a person outside the stages of a case, besides their addresses and their cases."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from store.base import UtcTime
from store.inviting.invitations import ABOUT_A_STAGE, last_asked
from store.tables import Campaign, Invitation, Person
from store.written import number, word


class Marks(NamedTuple):
    """What is recorded of a person.

    `asked_at`: when they, or whoever counts as them, were asked last, whatever it was; what reached nobody does not count.
    `cycle_waits`: an invitation of the partners' own survey waits for one of those.
    `stage_waits`: they are still to be asked about a stage of their case.
    `held_because`: why a worker has held back such a stage lately, the latest where there are several.
    """

    preferred_channel: str | None
    asked_at: datetime | None
    cycle_waits: bool
    stage_waits: bool
    held_because: str | None


_WAITS = Invitation.status == word("offered")
_CYCLE_WAITS = exists().where(
    Invitation.person_id.in_(bindparam("alike", expanding=True)),
    _WAITS,
    Campaign.id == Invitation.campaign_id,
    Campaign.kind == word("partners"),
)
_HELD = (
    select(Invitation.not_asked_because)
    .where(
        Invitation.person_id == Person.id,
        Invitation.status == word("not_asked"),
        Invitation.held_by.is_not(None),
        Invitation.settled_at >= bindparam("held_since", type_=UtcTime()),
    )
    .order_by(Invitation.settled_at.desc())
    .limit(number(1))
    .scalar_subquery()
)
_MARKS = select(
    Person.preferred_channel,
    _CYCLE_WAITS,
    exists().where(Invitation.person_id == Person.id, _WAITS, ABOUT_A_STAGE),
    _HELD,
).where(Person.id == bindparam("person"))


def of(session: Session, person_id: int, alike: Collection[int], held_since: datetime) -> Marks:
    """What is recorded of a person.

    Args:
        alike: they, and whoever counts as them where it is about how often they are asked.
        held_since: what was held back before then counts no more.
    """
    wanted = {"person": person_id, "alike": list(alike), "held_since": held_since}
    preferred, cycle_waits, stage_waits, held = session.connection().execute(_MARKS, wanted).one()
    return Marks(preferred, last_asked(session, alike), bool(cycle_waits), bool(stage_waits), held)


_AWAITS = select(
    exists().where(
        Invitation.person_id.in_(bindparam("alike", expanding=True)),
        _WAITS,
        Invitation.due_at > bindparam("after", type_=UtcTime()),
        Invitation.due_at <= bindparam("until", type_=UtcTime()),
        Campaign.id == Invitation.campaign_id,
        Campaign.status == word("running"),
    )
)


def is_to_be_asked(session: Session, alike: Collection[int], after: datetime, until: datetime) -> bool:
    """Whether one of these people is to be asked in a campaign that runs, after one moment and by another."""
    wanted = {"alike": list(alike), "after": after, "until": until}
    return bool(session.connection().execute(_AWAITS, wanted).scalar())
