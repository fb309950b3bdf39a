"""A message that is ours to send, with all that may speak against sending it: looked up in one query when it is taken.

The rules themselves are no business of the store; `bot.sending.checks` has them.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from store.council.standing import is_barred, may_alone, safe_contact_at
from store.inviting.pulse import is_mail_of
from store.tables import (
    Campaign,
    ContactPoint,
    Conversation,
    Invitation,
    Message,
    OptOut,
    Participant,
    Person,
    StageEvent,
)
from store.written import word

UNDER_WAY = tuple(map(word, ("accepted", "kept", "sent", "delivered", "undelivered", "read")))
"""Statuses of what the provider has taken."""


class Facts(NamedTuple):
    """What was true of a message's address, person, conversation and case when it was taken up.

    Attributes:
        opted_out: the address has said stop for everyone who shares it.
        person_opted_out: the person alone has, on an address that they share.
        safe_contact: as their worker has it now; None where the message belongs to no person.
        safe_contact_there: the most careful way that anybody who can be reached at the address needs.
        address_closed: why the address is no longer used for that person.
        conversation_state, conversation_closed_at, heard_at: its state as the core wrote it, when it closed, when its
            person was last heard.
        case_ended_on: the day on which the case was or will be closed, taken elsewhere or begun anew, after the stage that
            the conversation is about.
        overtaken: something that was written later in the same conversation has been sent already.
        birth_date, recorded_band, is_young_person: of its person, as recorded by now; young in any case.
        may_alone: a worker's latest decision that its person can take part alone; None where nobody has decided.
        do_not_contact: nobody may write to its person, whatever else is recorded.
        address_frozen: the address rests until a worker has confirmed that it is still that person's.
        audience, age_band: as the conversation's invitation has them; of a pulse's mail, staff.
        campaign_status: of the campaign that the conversation or the pulse's mail belongs to; None where it belongs to none.
    """

    opted_out: bool = False
    person_opted_out: bool = False
    safe_contact: str | None = None
    safe_contact_there: str = "text"
    address_closed: str | None = None
    conversation_state: str | None = None
    conversation_closed_at: datetime | None = None
    heard_at: datetime | None = None
    audience: str | None = None
    age_band: str | None = None
    case_ended_on: date | None = None
    overtaken: bool = False
    birth_date: date | None = None
    recorded_band: str | None = None
    is_young_person: bool = False
    may_alone: bool | None = None
    do_not_contact: bool = False
    address_frozen: bool = False
    campaign_status: str | None = None


class Claimed(NamedTuple):
    """A message that is ours to send until the lease runs out.

    Attributes:
        at: when it was written.
        unsure: the provider may have taken it already; ask before sending.
        attempts: this one included. It names the lease: whoever takes the message over counts one more.
        choices: JSON, as `bot.sending.choices` writes it.
        faults: over how many attempts before this one our own program failed.
        error_code, error_explanation: what the attempt before this one came to; None where it came to nothing.
    """

    id: int
    channel: str
    address: str
    text: str
    subject: str | None
    key: str
    kind: str
    conversation_id: int | None
    unsure: bool
    attempts: int
    at: datetime
    first_attempt_at: datetime
    not_after: datetime | None = None
    choices: str | None = None
    faults: int = 0
    error_code: str | None = None
    error_explanation: str | None = None
    facts: Facts = Facts()


_later = aliased(Message)
_pulse = aliased(Campaign)
_at_address = and_(OptOut.channel == Message.channel, OptOut.address == Message.address, OptOut.ended_at.is_(None))
_THEIR_ADDRESS = (
    ContactPoint.person_id == Conversation.person_id,
    ContactPoint.channel == Message.channel,
    ContactPoint.address == Message.address,
)
_FACTS = {
    "opted_out": exists().where(_at_address, OptOut.person_id.is_(None)),
    "person_opted_out": exists().where(_at_address, OptOut.person_id == Conversation.person_id),
    "safe_contact": Person.safe_contact,
    "safe_contact_there": safe_contact_at(Message.channel, Message.address),
    "address_closed": select(ContactPoint.closed_because).where(*_THEIR_ADDRESS).scalar_subquery(),
    "conversation_state": Conversation.state,
    "conversation_closed_at": Conversation.closed_at,
    "heard_at": Conversation.last_heard_at,
    "audience": func.coalesce(Invitation.audience, _pulse.audience),
    "age_band": Invitation.age_band,
    "case_ended_on": select(StageEvent.happened_on)
    .where(
        StageEvent.case_id == Invitation.case_id,
        StageEvent.withdrawn_at.is_(None),
        StageEvent.happened_on >= Invitation.stage_on,
        or_(
            StageEvent.stage.in_((word("stepped_up"), word("moved_away"))),
            and_(StageEvent.stage == "closure", Invitation.stage != "closure"),
            and_(StageEvent.stage == "reopened", StageEvent.happened_on > Invitation.stage_on),
        ),
    )
    .order_by(StageEvent.happened_on)
    .limit(1)
    .scalar_subquery(),
    "overtaken": exists().where(
        _later.channel == Message.channel,
        _later.address == Message.address,
        _later.id > Message.id,
        _later.conversation_id == Message.conversation_id,
        _later.direction == "out",
        _later.status.in_(UNDER_WAY),
    ),
    "birth_date": Person.birth_date,
    "recorded_band": Person.age_band,
    "is_young_person": exists().where(
        Participant.person_id == Conversation.person_id, Participant.role == "young_person"
    ),
    "may_alone": may_alone(Conversation.person_id),
    "do_not_contact": is_barred(Conversation.person_id),
    "address_frozen": exists().where(*_THEIR_ADDRESS, ContactPoint.frozen_because.is_not(None)),
    "campaign_status": func.coalesce(Campaign.status, _pulse.status),
}
_OWN = (
    "id",
    "channel",
    "address",
    "text",
    "subject",
    "key",
    "kind",
    "conversation_id",
    "unsure",
    "attempts",
    "at",
    "first_attempt_at",
    "not_after",
    "choices",
    "faults",
    "error_code",
    "error_explanation",
)

WITH_FACTS: Select[Any] = (
    select(
        *(getattr(Message, name) for name in _OWN), *(column.label(f"fact_{name}") for name, column in _FACTS.items())
    )
    .outerjoin(Conversation, Conversation.id == Message.conversation_id)
    .outerjoin(Invitation, Invitation.id == Conversation.invitation_id)
    .outerjoin(Person, Person.id == Conversation.person_id)
    .outerjoin(Campaign, Campaign.id == Invitation.campaign_id)
    .outerjoin(_pulse, and_(_pulse.kind == "pulse", Message.conversation_id.is_(None), is_mail_of(_pulse.id)))
)
"""Messages with their facts; whoever uses it says which."""


def read(row: RowMapping, now: datetime) -> Claimed:
    """Make a row of `WITH_FACTS` into what it is when it is taken up at `now`: one attempt more."""
    own = {name: row[name] for name in _OWN}
    own |= {"key": row["key"] or "", "kind": row["kind"] or "", "attempts": row["attempts"] + 1}
    own |= {"first_attempt_at": row["first_attempt_at"] or now}
    facts = Facts(**{name: row[f"fact_{name}"] for name in _FACTS})
    return Claimed(**own, facts=facts._replace(opted_out=bool(facts.opted_out), overtaken=bool(facts.overtaken)))
