"""Asking staff: one campaign in a quarter, a private link for each who is in post, and reminders to all of them.

Everything of a quarter is written in one transaction. Mails are queued in an order of chance and tickets written in the
order of their digests, so that neither ids nor times say which ticket is whose; and nobody is let in later by a ticket that
would stand out for being alone.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random, SystemRandom
from typing import Any

from bot.alerts import new_reference
from bot.calendar import local_day, midnight
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import may_go_at
from bot.pulse import groups, mails, quarter
from bot.pulse.quarter import Quarter
from bot.sending.sealed import Sealed
from bot.service import Service
from store.inviting import pulse as rows
from store.inviting.pulse import Running
from store.session import Session
from store.talks import messages
from surveys.catalogue import Catalogue
from surveys.survey import Survey

log = logging.getLogger(__name__)

SURVEY = "staff_pulse"
REMINDERS = 2


def run(service: Service, now: datetime, random: Random | None = None) -> int:
    """Begin this quarter's pulse, remind those who were asked, and end what is over; return how many mails were queued.

    May run at any time and any number of times: it does what is due in the hours of staff, once.

    Args:
        random: orders the mails and makes the links; the machine's own randomness, where it is left out.
    """
    asking = Asking(service.catalogue, service.council, service.outbox.sealed, random or SystemRandom())
    with service.database.writing() as session:
        rows.end_over(session, local_day(now), now)
        queued = asking.begin(session, now) + asking.remind(session, now)
    if queued:
        service.outbox.wake()
    return queued


def in_post(session: Session, catalogue: Catalogue, day: date) -> tuple[int, int]:
    """How many are in post on a day, and how many it takes for anybody to be asked."""
    return len(rows.in_post(session, day)), catalogue.get(SURVEY).min_group_size or 2


@lru_cache(maxsize=1)
def _tell_of_too_few(day: date, people: int) -> None:
    """Tell it once a day, and again when their number changes: the job runs every quarter of an hour."""
    log.info("pulse: on %s %d are in post, too few for anybody to be asked without being known", day, people)


class Asking:
    """Writes down who is asked, in the caller's transaction."""

    def __init__(self, catalogue: Catalogue, council: Council, sealed: Sealed, random: Random) -> None:
        """Remember by what chance mails are ordered and links made."""
        self._catalogue, self._council, self._sealed, self._random = catalogue, council, sealed, random

    def begin(self, session: Session, now: datetime) -> int:
        """Ask everybody in post, unless this quarter's pulse has been begun or cannot be; return how many were asked."""
        if not self._council.asks_staff:
            return 0
        today = local_day(now)
        due = quarter.may_begin(today, self._council.names.cadences["staff_pulse"])
        if due is None or not self._is_time(session, now) or rows.is_begun(session, due.period):
            return 0
        survey = self._catalogue.get(SURVEY)
        staff = rows.in_post(session, today)
        asked = groups.of(staff, survey.min_group_size or 2)
        if not asked:
            _tell_of_too_few(today, len(staff))
            return 0
        campaign_id = rows.begin(session, self._campaign(survey, due, now))
        return self._ask(session, campaign_id, asked, survey, now) if campaign_id is not None else 0

    def _is_time(self, session: Session, now: datetime) -> bool:
        """Whether staff may be written to now: in their hours, and while somebody is there to read."""
        return may_go_at("staff", None, now, self._council, duty.read(session, now)) == now

    def _campaign(self, survey: Survey, due: Quarter, now: datetime) -> dict[str, Any]:
        today = local_day(now)
        return {
            "name": f"{survey.title} {due.period}",
            "kind": "pulse",
            "period": due.period,
            "survey_id": survey.id,
            "audience": survey.audience,
            "opens_on": today,
            "closes_on": quarter.closes_on(today),
            "reminders": REMINDERS,
            "selection": f"everybody in post on {today}",
            "status": "running",
            "made_at": now,
            "made_by": None,
            "started_at": now,
            "ended_at": None,
        }

    def _ask(self, session: Session, campaign_id: int, asked: groups.Groups, survey: Survey, now: datetime) -> int:
        closes = quarter.closes_on(local_day(now))
        until = midnight(closes + timedelta(days=1))
        tickets: list[tuple[str, int]] = []
        queued = []
        for unit_id, members in asked.items():
            row: dict[str, Any] = {
                "code": f"pulse-{new_reference().lower()}",
                "survey_id": survey.id,
                "unit_id": unit_id,
            }
            row |= {"campaign_id": campaign_id, "made_at": now, "closes_at": until, "closed_at": None}
            open_survey_id = rows.open_to_tickets(session, row)
            for member in members:
                token, path = self._sealed.make(self._random)
                tickets.append((token, open_survey_id))
                whom = (campaign_id, member.staff_id, member.email)
                mail = mails.invitation(self._council, *whom, path, closes, survey.min_group_size or 2)
                queued.append(mail)
        rows.issue(session, tickets)
        rows.note_asked(session, campaign_id, [m.staff_id for group in asked.values() for m in group], local_day(now))
        self._random.shuffle(queued)
        messages.queue(session, queued, now)
        return len(queued)

    def remind(self, session: Session, now: datetime) -> int:
        """Remind everybody who was asked, whether they have answered or not: nobody can know; return how many were."""
        if not self._is_time(session, now):
            return 0
        return sum(self._remind(session, pulse, now) for pulse in rows.running(session, local_day(now)))

    def _remind(self, session: Session, pulse: Running, now: datetime) -> int:
        which = quarter.reminder_due(pulse.opens_on, pulse.closes_on, now)
        asked_at = rows.has_left_at(session, pulse.campaign_id)
        if which is None or which > pulse.reminders or asked_at is None or asked_at > now - quarter.GAP:
            return 0
        asked = [each for each in rows.asked(session, pulse.campaign_id, local_day(now)) if each.times <= which]
        self._random.shuffle(asked)
        reminded = 0
        for each in asked:
            whom = (pulse.campaign_id, each.staff_id)
            mail = mails.reminder(self._council, *whom, each.email, local_day(asked_at), pulse.closes_on, which)
            if messages.queue_once(session, mail, now):
                rows.note_reminded(session, *whom)
                reminded += 1
        return reminded
