"""Reminding those who were mailed and have said nothing; who was texted is reminded by their conversation."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import SEND_WINDOWS, local_day, midnight
from bot.campaigns import always_open, mails
from bot.chats.links import Links
from bot.council import Council
from bot.cover.hours import due_at
from bot.one_by_one import one_by_one
from store.inviting import reminders
from store.inviting.reminders import ToRemind
from store.session import Database, Session
from store.talks import conversations, messages
from store.talks.messages import Queued
from surveys.catalogue import Catalogue

GAP = timedelta(days=3)
"""Between two mails to one person (the surveys' policy)."""


def remind_due(database: Database, catalogue: Catalogue, council: Council, now: datetime, limit: int = 500) -> int:
    """Remind everyone whose campaign allows one more reminder and who has said nothing for three days; return how many.

    Only in their audience's hours: a reminder that is due outside them waits for the next run inside.
    """
    waiting = [
        audience for audience, band in SEND_WINDOWS if band is None and due_at(audience, None, now, council) > now
    ]
    with database.reading() as session:
        due = reminders.due(session, local_day(now), now - GAP, limit, but_for=waiting)

    def remind(conversation_id: int) -> bool:
        with database.writing() as session:
            return _remind(session, conversation_id, catalogue, council, now)

    return one_by_one(due, remind)


def _remind(session: Session, conversation_id: int, catalogue: Catalogue, council: Council, now: datetime) -> bool:
    if conversations.lock(session, conversation_id) is None:
        return False
    found = reminders.one(session, conversation_id, local_day(now), now - GAP)
    if found is None or due_at(found.audience, None, now, council) > now:
        return False
    letter = _letter(session, found, catalogue, council, now)
    mail = Queued(
        "email",
        found.address,
        letter.text,
        kind="reminder",
        key=f"campaign:{found.invitation_id}:{found.mails}",
        conversation_id=conversation_id,
        subject=letter.subject,
        not_after=midnight(found.closes_on + timedelta(days=1)),
    )
    return messages.queue_once(session, mail, now)


def _letter(session: Session, found: ToRemind, catalogue: Catalogue, council: Council, now: datetime) -> mails.Letter:
    links = Links.of(council)
    return mails.reminder(
        found.kind,
        catalogue.get(found.survey_id, found.survey_version),
        council,
        link=links.for_invitation(session, found.invitation_id, found.person_id, now),
        door=links.door(always_open.keep_open(session, catalogue, now)),
        today=local_day(now),
        asked_on=local_day(found.asked_at),
        is_last=found.mails >= found.reminders,
    )
