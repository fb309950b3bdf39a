"""What a year must have kept to, worked out again from the rows it has left and from nothing of the service's own.

Hours, holidays and limits are written out here a second time on purpose: the service's own tables cannot vouch for themselves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import select

from store.session import Database
from store.tables import ContactPoint, Conversation, DoNotContact, Invitation, Message, OptOut, Person

LONDON = ZoneInfo("Europe/London")
HOLIDAYS = {
    *(date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)),
    *(date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)),
}
HOURS = {
    "young_person": (time(12), time(16, 45)),
    "parent_carer": (time(10), time(15)),
    "partner": (time(9, 30), time(16)),
    "notifier": (time(9, 30), time(16)),
    "staff": (time(9, 30), time(16)),
}
DAYS = {
    "young_person": {0, 1, 2, 3},
    "parent_carer": {0, 1, 2, 3},
    "partner": {1, 2, 3},
    "notifier": {1, 2, 3},
    "staff": {1, 2, 3},
}
"""Days of the week on which each audience may be asked, Monday = 0."""


def midnight(day: date) -> datetime:
    """When a day begins in London."""
    return datetime.combine(day, time(), LONDON)


@dataclass(frozen=True)
class Asked:
    """Something that was said to somebody first, or again because they were silent."""

    message_id: int
    kind: str
    sent_at: datetime
    channel: str
    address: str
    conversation_id: int
    person_id: int
    audience: str
    stage: str | None
    invitation_id: int

    @property
    def there(self) -> datetime:
        """When it was sent, in London."""
        return self.sent_at.astimezone(LONDON)


def unprompted(database: Database) -> list[Asked]:
    """Every invitation and reminder that has left, in order."""
    query = (
        select(
            Message.id,
            Message.kind,
            Message.sent_at,
            Message.channel,
            Message.address,
            Conversation.id,
            Invitation.person_id,
            Invitation.audience,
            Invitation.stage,
            Invitation.id,
        )
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(Invitation, Invitation.id == Conversation.invitation_id)
        .where(Message.kind.in_(("invitation", "reminder")), Message.sent_at.is_not(None))
        .order_by(Message.sent_at, Message.id)
    )
    with database.reading() as session:
        return [Asked(*row) for row in session.execute(query)]


def outside_hours(asked: Iterable[Asked]) -> list[int]:
    """The messages that left on a day or at an hour that is not their audience's."""
    return [one.message_id for one in asked if not _is_in_hours(one)]


def _is_in_hours(one: Asked) -> bool:
    day, (opens, closes) = one.there.date(), HOURS[one.audience]
    is_day = day.weekday() in DAYS[one.audience] and not {day, day + timedelta(days=1)} & HOLIDAYS
    return is_day and opens <= one.there.time() <= closes


def without_cover(asked: Iterable[Asked], shifts: Iterable[tuple[datetime, datetime]]) -> list[int]:
    """The messages after which nobody was on duty for two whole hours."""
    spans = list(shifts)
    return [
        one.message_id
        for one in asked
        if not any(begins <= one.sent_at and one.sent_at + timedelta(hours=2) <= ends for begins, ends in spans)
    ]


def too_soon(asked: Iterable[Asked]) -> list[int]:
    """The invitations that came within 28 days of another to the same person; at the end of an involvement they may, and
    leaders of units are asked about triage every month.
    """
    of_person: dict[int, dict[int, Asked]] = defaultdict(dict)
    for one in asked:
        if one.kind == "invitation" and one.audience != "staff":
            of_person[one.person_id].setdefault(one.invitation_id, one)
    return [
        later.invitation_id
        for theirs in of_person.values()
        for earlier, later in pairwise(theirs.values())
        if later.stage != "closure" and later.there.date() - earlier.there.date() < timedelta(days=28)
    ]


def asked_twice(asked: Iterable[Asked]) -> list[int]:
    """Invitations with more than one conversation, and conversations that were reminded more often than they may be."""
    conversations: dict[int, set[int]] = defaultdict(set)
    reminders: Counter[tuple[int, str]] = Counter()
    for one in asked:
        conversations[one.invitation_id].add(one.conversation_id)
        reminders[one.invitation_id, one.audience] += one.kind == "reminder"
    doubled = [invitation for invitation, held in conversations.items() if len(held) > 1]
    most = {"young_person": 1, "parent_carer": 1, "partner": 2, "notifier": 2, "staff": 2}
    return doubled + [invitation for (invitation, who), number in reminders.items() if number > most[who]]


def two_at_once(database: Database) -> list[int]:
    """The conversations that began while another was open at the same address, or within a day of another person's end."""
    query = select(
        Conversation.id, Conversation.channel, Conversation.address, Conversation.person_id, Conversation.opened_at,
        Conversation.closed_at,
    ).where(Conversation.channel != "web").order_by(Conversation.opened_at, Conversation.id)  # fmt: skip
    with database.reading() as session:
        rows = session.execute(query).all()
    at: dict[tuple[str, str], list] = defaultdict(list)
    for row in rows:
        at[row.channel, row.address].append(row)
    return [later.id for held in at.values() for earlier, later in pairwise(held) if not _follows(earlier, later)]


def _follows(earlier, later) -> bool:
    if earlier.closed_at is None or later.opened_at < earlier.closed_at:
        return False
    return later.person_id == earlier.person_id or later.opened_at - earlier.closed_at >= timedelta(days=1)


def against_their_will(database: Database, asked: Iterable[Asked]) -> list[int]:
    """The messages that went to an address after its stop, or to a person whom nobody was to contact by then."""
    with database.reading() as session:
        stops = session.execute(select(OptOut.channel, OptOut.address, OptOut.began_at, OptOut.ended_at)).all()
        bars = {row[0]: row[1] for row in session.execute(select(DoNotContact.person_id, DoNotContact.began_at))}
        never = (
            Person.id == ContactPoint.person_id,
            Person.safe_contact == "none",
            ContactPoint.closed_because.is_(None),
        )
        rows = session.execute(select(ContactPoint.channel, ContactPoint.address).where(*never))
        unsafe = {(row[0], row[1]) for row in rows}
    return [
        one.message_id
        for one in asked
        if (one.channel, one.address) in unsafe
        or (one.person_id in bars and one.sent_at > bars[one.person_id] + timedelta(minutes=1))
        or any(
            (one.channel, one.address) == (stop.channel, stop.address)
            and stop.began_at < one.sent_at
            and (stop.ended_at is None or one.sent_at < stop.ended_at)
            for stop in stops
        )
    ]
