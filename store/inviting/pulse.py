"""Queries of the staff pulse. Nothing that is written here about a person shares a value with anything about an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    String,
    exists,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.insert import insert_new
from store.tables import Campaign, Message, OpenSurvey, PulseAsked, Staff, Ticket
from store.talks.messages import UNSENT

KEYS = "pulse:"
"""How the keys of all its mails begin."""


def is_mail_of(
    campaign_id: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], number: str = "%"
) -> ColumnElement[bool]:
    """Whether a message is a mail of a pulse, by its key, which is made of its campaign, its addressee and its number.

    Args:
        number: nought for the first mail, one and two for the reminders.
    """
    return Message.key.like(literal(KEYS) + campaign_id.cast(String) + literal(f":%:{number}"))


_FIRST = "0"
_IS_UNSENT = (Message.channel == "email", Message.status.in_([literal_column(f"'{status}'") for status in UNSENT]))
"""Written out, since a database may not use a partial index for what is bound."""
_IS_UNTRIED = (*_IS_UNSENT, Message.first_attempt_at.is_(None))


class InPost(NamedTuple):
    """Somebody who works here on a day."""

    staff_id: int
    email: str
    unit_id: int | None


class Running(NamedTuple):
    """A pulse whose days have not gone by."""

    campaign_id: int
    opens_on: date
    closes_on: date
    reminders: int


class Asked(NamedTuple):
    """Somebody who was asked, and still works here; `times` counts reminders too."""

    staff_id: int
    email: str
    times: int


class Held(NamedTuple):
    """A ticket that somebody holds, and the survey that it lets them into.

    `is_held`: it lets nobody in yet, since others have not been sent theirs: an answer could only be of those who have.
    """

    open_survey_id: int
    code: str
    survey_id: str
    closes_at: datetime | None
    closed_at: datetime | None
    is_spent: bool
    is_held: bool

    def is_open(self, now: datetime) -> bool:
        """Whether anybody may still go in."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


def in_post(session: Session, day: date) -> list[InPost]:
    """Everyone who works here on a day, as far as is known."""
    rows = session.execute(
        select(Staff.id, Staff.email, Staff.unit_id).where(
            or_(Staff.began_on.is_(None), Staff.began_on <= day), or_(Staff.ended_on.is_(None), Staff.ended_on >= day)
        )
    )
    return [InPost._make(row) for row in rows]


def begin(session: Session, row: dict[str, Any]) -> int | None:
    """Write a campaign; return its id, or None, and nothing written, where its kind has one for that period already."""
    if not insert_new(session, Campaign, [row]):
        return None
    return session.scalar(select(Campaign.id).where(Campaign.kind == row["kind"], Campaign.period == row["period"]))


def is_begun(session: Session, period: str) -> bool:
    """Whether there is a pulse for a period."""
    found = session.scalar(select(Campaign.id).where(Campaign.kind == "pulse", Campaign.period == period))
    return found is not None


def periods(session: Session) -> list[str]:
    """The periods that have a pulse, the first one first."""
    found = select(Campaign.period).where(Campaign.kind == "pulse", Campaign.period.is_not(None))
    return [period or "" for period in session.scalars(found.order_by(Campaign.period))]


def open_to_tickets(session: Session, row: dict[str, Any]) -> int:
    """Open a survey to those who hold a ticket; return its id."""
    return int(session.execute(insert(OpenSurvey).values(by_ticket=True, **row).returning(OpenSurvey.id)).scalar_one())


def issue(session: Session, tokens: Collection[tuple[str, int]]) -> None:
    """Write tickets, each for an open survey; in the order of their digests, which nobody's order can be told from."""
    rows = [
        {"token_hash": _digest(token), "open_survey_id": open_survey_id, "is_spent": False}
        for token, open_survey_id in tokens
    ]
    session.execute(insert(Ticket), sorted(rows, key=lambda row: str(row["token_hash"])))


def note_asked(session: Session, campaign_id: int, staff_ids: Collection[int], day: date) -> None:
    """Note who was asked, and on which day."""
    rows = [
        {"staff_id": staff_id, "campaign_id": campaign_id, "asked_on": day, "times": 1}
        for staff_id in sorted(staff_ids)
    ]
    session.execute(insert(PulseAsked), rows)


def note_reminded(session: Session, campaign_id: int, staff_id: int) -> None:
    """Note that somebody was asked once more."""
    session.execute(
        update(PulseAsked)
        .where(PulseAsked.campaign_id == campaign_id, PulseAsked.staff_id == staff_id)
        .values(times=PulseAsked.times + 1)
        .execution_options(synchronize_session=False)
    )


def running(session: Session, day: date) -> list[Running]:
    """The pulses that run on a day; not those that a person has paused."""
    rows = session.execute(
        select(Campaign.id, Campaign.opens_on, Campaign.closes_on, Campaign.reminders).where(
            Campaign.kind == "pulse",
            Campaign.status == "running",
            Campaign.opens_on <= day,
            Campaign.closes_on >= day,
        )
    )
    return [Running._make(row) for row in rows]


def has_left_at(session: Session, campaign_id: int) -> datetime | None:
    """When the last of a pulse's first mails was first tried to be sent; None while one waits for that."""
    first_mails = (is_mail_of(Campaign.id, _FIRST), Campaign.id == campaign_id)
    if session.scalar(select(exists().where(*first_mails, *_IS_UNTRIED))):
        return None
    return session.scalar(select(func.max(Message.first_attempt_at)).where(*first_mails))


def waiting_mails(session: Session, campaign_id: int) -> int:
    """How many mails of a pulse wait to be sent."""
    waits = select(func.count()).where(*_IS_UNSENT, is_mail_of(Campaign.id), Campaign.id == campaign_id)
    return session.scalars(waits).one()


def how_many_asked(session: Session, campaign_ids: Collection[int]) -> dict[int, int]:
    """How many were asked in each of these pulses."""
    rows = session.execute(
        select(PulseAsked.campaign_id, func.count())
        .where(PulseAsked.campaign_id.in_(campaign_ids))
        .group_by(PulseAsked.campaign_id)
    )
    return {row[0]: row[1] for row in rows}


def end_over(session: Session, day: date, now: datetime) -> int:
    """End the pulses and events whose last day has gone by, so that what was said may be shown; return how many."""
    ended = session.execute(
        update(Campaign)
        .where(
            Campaign.kind.in_(("pulse", "event")), Campaign.status.in_(("running", "paused")), Campaign.closes_on < day
        )
        .values(status="ended", ended_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", ended).rowcount


def asked(session: Session, campaign_id: int, day: date) -> list[Asked]:
    """Everyone who was asked in a pulse and works here on a day."""
    rows = session.execute(
        select(PulseAsked.staff_id, Staff.email, PulseAsked.times)
        .join(Staff, Staff.id == PulseAsked.staff_id)
        .where(PulseAsked.campaign_id == campaign_id, or_(Staff.ended_on.is_(None), Staff.ended_on >= day))
    )
    return [Asked._make(row) for row in rows]


def held(session: Session, token: str) -> Held | None:
    """The ticket of that token; None where there never was one. Changes nothing."""
    row = session.execute(
        select(
            Ticket.open_survey_id,
            OpenSurvey.code,
            OpenSurvey.survey_id,
            OpenSurvey.closes_at,
            OpenSurvey.closed_at,
            Ticket.is_spent,
            exists().where(is_mail_of(OpenSurvey.campaign_id, _FIRST), *_IS_UNTRIED),
        )
        .join(OpenSurvey, OpenSurvey.id == Ticket.open_survey_id)
        .where(Ticket.token_hash == _digest(token))
    ).first()
    return Held._make(row) if row else None


def spend(session: Session, token: str) -> bool:
    """Use a ticket up; False where it was used before, or never was. Of two who try at once, one gets it.

    All tickets of its survey are written anew, so that neither the place of a row on the disk nor the number of the
    transaction that wrote it last tells which of them was used when.
    """
    digest = _digest(token)
    survey = select(Ticket.open_survey_id).where(Ticket.token_hash == digest).scalar_subquery()
    rows = session.execute(
        select(Ticket.token_hash, Ticket.is_spent)
        .where(Ticket.open_survey_id == survey)
        .order_by(Ticket.token_hash)
        .with_for_update()
    ).all()
    if (digest, False) not in [(row.token_hash, row.is_spent) for row in rows]:
        return False
    session.execute(
        update(Ticket)
        .where(Ticket.open_survey_id == survey)
        .values(is_spent=or_(Ticket.is_spent, Ticket.token_hash == digest))
        .execution_options(synchronize_session=False)
    )
    return True


def conceal(session: Session, text: Callable[[str], str], day: Callable[[datetime], datetime], limit: int) -> int:
    """Leave of its mails that have left, or never will, no link and no time but the day; return how many were changed.

    Args:
        text: makes of a mail's text one without the link.
        day: makes of a moment one that tells the day only, and of that the same again.
    """
    times = ("at", "sent_at", "first_attempt_at", "not_before", "not_after", "next_attempt_at")
    written = session.execute(
        select(Message.id, Message.at)
        .where(Message.channel == "email", Message.key.like(f"{KEYS}%"), Message.status.not_in(UNSENT))
        .order_by(Message.id.desc())
        .limit(limit)
    )
    # what was changed before tells the day only
    to_change = [message_id for message_id, at in written if at != day(at)]
    rows = session.execute(
        select(Message.id, Message.text, Message.status, *(getattr(Message, name) for name in times))
        .where(Message.id.in_(to_change))
        .order_by(Message.id)
    ).all()
    for row in rows:
        new: dict[str, Any] = {name: day(moment) for name in times if (moment := getattr(row, name)) is not None}
        if row.status != "kept":  # those can be read in the console, which is all that trying out is for
            new["text"] = text(row.text)
        session.execute(
            update(Message).where(Message.id == row.id).values(new).execution_options(synchronize_session=False)
        )
    return len(rows)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
