"""From an invitation that is due to an open conversation, each in a transaction of its own; or the reason why not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.council import Council
from bot.cover.hours import due_at
from bot.invitations.offering import reason_of_line
from bot.one_by_one import one_by_one
from bot.talks import standing, ways
from bot.talks.beginning import Beginning, MakeLink
from bot.talks.ways import Way
from store.inviting import invitations as rows
from store.inviting import moves
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey

A_DAY_BETWEEN = timedelta(days=1)
"""How long a second person on the same phone waits (one conversation per phone at a time)."""


class Inviter:
    """Turns the invitations that are due into open conversations, each in a transaction of its own."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        council: Council,
        clock: Clock,
        make_link: MakeLink | None = None,
    ) -> None:
        """Prepare to ask.

        Args:
            make_link: makes the private link that a discreet text leads to; without it nobody is asked discreetly.
        """
        self._database = database
        self._council = council
        self._clock = clock
        self._beginning = Beginning(catalogue, council, make_link)

    def send_due(self, limit: int = 500) -> int:
        """Ask everyone whose invitation is due; return how many were asked."""
        with self._database.reading() as session:
            due = rows.due(session, self._clock.now(), limit)
        return one_by_one(due, self.ask)

    def ask(self, invitation_id: int) -> bool:
        """Ask one person now, or write down why not; return whether they were asked."""
        now = self._clock.now()
        with self._database.writing() as session:
            invitee = rows.invitee(session, invitation_id)
            if invitee is None:
                return False
            person = moves.reachable(session, invitee.person_id)
            survey = self._beginning.survey_for(invitee, person, now)
            points = ways.open_to(person, moves.points(session, person.person_id), survey, now) if survey else []
            reason = self._reason_not_now(session, invitee, person, survey, points, now)
            if reason is not None:
                standing.note(session, invitation_id, "offered", "not_asked", now, reason)
                rows.settle(session, invitation_id, "not_asked", reason, now)
                return False
            way = ways.choose(person, points, survey) if survey else None
            return survey is not None and way is not None and self._ask(session, invitee, person, survey, way, now)

    def _ask(
        self, session: Session, invitee: rows.Invitee, person: moves.Reachable, survey: Survey, way: Way, now: datetime
    ) -> bool:
        """Ask in the person's hours, and a day after whoever else was asked on the same phone."""
        free_since = rows.line_free_since(session, way.channel, way.address, invitee.person_id)
        earliest = max(now, free_since + A_DAY_BETWEEN) if free_since else now
        opens = due_at(invitee.audience, ways.band_of(person, invitee.audience, now), earliest, self._council)
        if opens > now:
            rows.postpone(session, invitee.invitation_id, opens)
            return False
        if self._beginning.open(session, invitee, person, survey, way, now):
            return True
        rows.postpone(session, invitee.invitation_id, now + A_DAY_BETWEEN)
        return False

    def _reason_not_now(
        self,
        session: Session,
        invitee: rows.Invitee,
        person: moves.Reachable,
        survey: Survey | None,
        points: Sequence[moves.Point],
        now: datetime,
    ) -> str | None:
        cap = now - timedelta(days=self._council.contact_cap_days)
        by_person = ways.reason_of_person(person, ways.band_of(person, invitee.audience, now), survey)
        if by_person is not None:
            return by_person
        if not points:
            return reason_of_line(session, person.person_id, now)
        leads_nowhere = person.safe_contact == "discreet" and self._beginning.make_link is None
        reasons = (
            ("unsafe_contact", leads_nowhere or survey is None or not ways.is_safe(person.safe_contact, survey)),
            ("opted_out", any(point.opted_out for point in points)),
            ("asked_recently", invitee.stage != "closure" and rows.asked_since(session, invitee.person_id, cap)),
        )
        return next((reason for reason, holds in reasons if holds), None)
