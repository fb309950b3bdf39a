"""From an invitation that is due to an open conversation, each in a transaction of its own; or the reason why not.

Only what a case stage has made is asked here. The oldest stage goes first; there is one conversation at a time on a phone,
and a day between two people's; nobody is asked twice in the council's days, whatever it was about, but for the end of
their case.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.calendar import local_day, midnight
from bot.clock import Clock
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import ask_at, due_at, is_covered, may_go_at
from bot.cover.rota import Rota
from bot.invitations.making_way import A_DAY_BETWEEN, LOOK_AGAIN, ask_each
from bot.invitations.offering import reason_of_line, tell_of_doubt
from bot.talks import initials, standing, ways
from bot.talks.beginning import Beginning, MakeLink, is_shared
from bot.talks.ways import Way
from store.inviting import invitations as rows
from store.inviting import moves
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey


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
        """Ask everyone whose invitation is due, the oldest stage first, at most `limit` of them; return how many were asked.

        Where a rota is kept and does not cover this moment nobody is asked, and only what has grown too old is settled.
        """
        now = self._clock.now()
        with self._database.reading() as session:
            rota = duty.read(session, now)
            too_old = None if is_covered(now, self._council, rota) else self._oldest_day(now)
            due = rows.due(session, now, limit, stage_before=too_old)
        return ask_each(self._database, due, lambda invitation_id: self._consider(invitation_id, rota), self._clock)

    def ask(self, invitation_id: int) -> bool:
        """Ask one person now, or write down why not; return whether they were asked."""
        with self._database.reading() as session:
            rota = duty.read(session, self._clock.now())
        return self._consider(invitation_id, rota)

    def _consider(self, invitation_id: int, rota: Rota) -> bool:
        now = self._clock.now()
        with self._database.writing() as session:
            invitee = rows.invitee(session, invitation_id)
            if invitee is None:
                return False
            person = moves.reachable(session, invitee.person_id)
            survey = self._beginning.survey_for(invitee, person, now)
            points = ways.open_to(person, moves.points(session, person.person_id), survey, now) if survey else []
            leads_to_web = self._beginning.make_link is not None
            safe = ways.safe_among(points, survey, leads_to_web=leads_to_web) if survey else []
            reason = self._reason_never(session, invitee, person, survey, points, safe, now)
            if reason is not None:
                return self._settle(session, invitee, reason, now)
            way = ways.choose(safe)
            if survey is None or way is None:
                return False
            initial = initials.of(session, invitee.person_id, way)
            if initial is None:
                return self._settle(session, invitee, initials.ALIKE, now)
            return self._ask(session, invitee, person, survey, way, initial, rota)

    def _ask(
        self,
        session: Session,
        invitee: rows.Invitee,
        person: moves.Reachable,
        survey: Survey,
        way: Way,
        initial: str,
        rota: Rota,
    ) -> bool:
        """Ask in the person's hours and under cover, when nothing else goes on, or is to go on first, on their phone."""
        now = self._clock.now()
        band = ways.band_of(person, invitee.audience, now)
        capped_until = self._capped_until(session, invitee)
        if capped_until and capped_until > now:
            if self._is_too_old(invitee, ask_at(invitee.audience, band, capped_until, self._council, rota)):
                return self._settle(session, invitee, "asked_recently", now)
            return self._wait(session, invitee, band, capped_until, rota)
        line = rows.line(session, way.channel, way.address, invitee.person_id)
        free_from = max(
            now + LOOK_AGAIN if line.talks else now,
            now + A_DAY_BETWEEN if line.taken else now,
            line.free_since + A_DAY_BETWEEN if line.free_since else now,
        )
        if free_from > now or ask_at(invitee.audience, band, now, self._council, rota) > now:
            return self._wait(session, invitee, band, free_from, rota)
        elder = self._elder_today(session, invitee, way, rota)
        if elder is not None:
            return self._wait(session, invitee, band, elder, rota)
        if not is_covered(now, self._council, rota):
            return False
        return self._beginning.open(session, invitee, person, survey, way, now, initial=initial) or self._wait(
            session, invitee, band, now + LOOK_AGAIN, rota
        )

    def _wait(self, session: Session, invitee: rows.Invitee, band: str | None, earliest: datetime, rota: Rota) -> bool:
        """Look again when the person's hours next come, from that moment on; False, since they were not asked."""
        rows.postpone(session, invitee.invitation_id, ask_at(invitee.audience, band, earliest, self._council, rota))
        return False

    def _settle(self, session: Session, invitee: rows.Invitee, reason: str, now: datetime) -> bool:
        """Write down why a person is not asked; False, since they were not."""
        standing.note(session, invitee.invitation_id, "offered", "not_asked", now, reason)
        tell_of_doubt(session, [(invitee.person_id, reason)], now)
        rows.settle(session, invitee.invitation_id, "not_asked", reason, now)
        return False

    def _elder_today(self, session: Session, invitee: rows.Invitee, way: Way, rota: Rota) -> datetime | None:
        """When, later today, somebody else on the same phone is to be asked about an older stage; None where nobody is.

        Two who fall due on one day have hours of their own: without this, the younger stage would go first if its hours
        begin earlier. Whoever cannot be asked today keeps nobody waiting.
        """
        if not self._council.keeps_windows or not is_shared(session, way):
            return None
        now = self._clock.now()
        tomorrow = midnight(local_day(now) + timedelta(days=1))
        for elder in rows.elders(session, way.channel, way.address, invitee, tomorrow):
            who = (elder.audience, elder.age_band)
            if (
                due_at(*who, now, self._council) == now
            ):  # their hours have begun, and they have been looked at before us
                continue
            goes = may_go_at(*who, max(elder.due_at, now), self._council, rota)
            if goes is not None and goes < tomorrow:
                return goes
        return None

    def _capped_until(self, session: Session, invitee: rows.Invitee) -> datetime | None:
        """Until when a person is left in peace after they were last asked anything; the end of a case is asked about."""
        if invitee.stage == "closure":
            return None
        asked = rows.last_asked(session, [invitee.person_id])
        return asked + timedelta(days=self._council.contact_cap_days) if asked else None

    def _oldest_day(self, moment: datetime) -> date:
        """The first day whose stages are still asked about at that moment."""
        return local_day(moment) - timedelta(days=self._council.ask_within_days)

    def _is_too_old(self, invitee: rows.Invitee, moment: datetime) -> bool:
        return invitee.stage_on < self._oldest_day(moment)

    def _reason_never(
        self,
        session: Session,
        invitee: rows.Invitee,
        person: moves.Reachable,
        survey: Survey | None,
        points: Sequence[moves.Point],
        safe: Sequence[moves.Point],
        now: datetime,
    ) -> str | None:
        """Say why a person is not asked about this stage at all, if so."""
        by_person = ways.reason_of_person(person, ways.band_of(person, invitee.audience, now), survey)
        if by_person is not None:
            return by_person
        if not points:
            return reason_of_line(session, person.person_id, now)
        reasons = (
            ("unsafe_contact", not safe),
            ("opted_out", any(point.opted_out for point in points)),
            ("too_long_ago", self._is_too_old(invitee, now)),
        )
        return next((reason for reason, holds in reasons if holds), None)
