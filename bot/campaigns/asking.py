"""From an invitation of a campaign or about a triage decision to an open conversation, or the reason why not.

Whoever is mailed has their conversation on the web from that moment: the link in the mail leads into it, so that reminders,
stops, bounces and lapses find it as they find any other.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import local_day, midnight
from bot.campaigns import always_open, mails, reaching
from bot.campaigns.reaching import Judged, Reach
from bot.chats.links import Links
from bot.clock import Clock
from bot.council import Council
from bot.cover import rota as duty
from bot.cover.hours import ask_at, is_covered
from bot.cover.rota import Rota
from bot.invitations.making_way import A_DAY_BETWEEN, ask_each
from bot.invitations.offering import tell_of_doubt
from bot.talks import standing, ways
from bot.talks.beginning import Beginning
from store.inviting import campaigns, moves
from store.inviting import invitations as rows
from store.inviting.campaigns import CampaignRow
from store.inviting.invitations import Invitee
from store.session import Database, Session
from store.talks import messages, silences
from store.talks.messages import Queued
from surveys.catalogue import Catalogue
from surveys.survey import Survey

TRIAGE = "triage"
"""What an invitation about a triage decision counts as among the kinds of campaign."""

OVER = standing.CAMPAIGN_OVER
"""Why somebody is not asked whose turn came after the campaign's last day."""


class CampaignInviter:
    """Asks whoever is invited outside the stages of a case, each in a transaction of its own."""

    def __init__(self, database: Database, catalogue: Catalogue, council: Council, clock: Clock) -> None:
        """Prepare to ask."""
        self._database, self._catalogue, self._council, self._clock = database, catalogue, council, clock
        self._links = Links.of(council)
        self._beginning = Beginning(catalogue, council, self._links.for_invitation)

    def send_due(self, limit: int = 500) -> int:
        """Ask everyone whose invitation is due and whose campaign runs; return how many were asked."""
        now = self._clock.now()
        with self._database.reading() as session:
            rota = duty.read(session, now)
            due = campaigns.due(session, now, local_day(now), limit) if is_covered(now, self._council, rota) else []
        return ask_each(self._database, due, lambda invitation_id: self._consider(invitation_id, rota), self._clock)

    def ask(self, invitation_id: int) -> bool:
        """Ask one person now, or write down why not; return whether they were asked."""
        with self._database.reading() as session:
            rota = duty.read(session, self._clock.now())
        return self._consider(invitation_id, rota)

    def _consider(self, invitation_id: int, rota: Rota) -> bool:
        now = self._clock.now()
        with self._database.writing() as session:
            errand = campaigns.errand(session, invitation_id)
            if errand is None or not is_covered(now, self._council, rota):
                return False
            campaign = campaigns.locked(session, errand.campaign_id, to_read=True) if errand.campaign_id else None
            if campaign is not None and campaign.status != "running":
                return False
            invitee = rows.invitee(session, invitation_id)
            return invitee is not None and self._ask(session, invitee, campaign, rota, now)

    def _ask(self, session: Session, invitee: Invitee, campaign: CampaignRow | None, rota: Rota, now: datetime) -> bool:
        kind = campaign.kind if campaign else TRIAGE
        judged = reaching.judge(session, invitee, kind, self._beginning, self._council, now)
        if judged.reason is not None:
            return self._not_asked(session, invitee, judged.reason, now)
        if judged.free_from is not None and kind != "partners":
            return self._not_asked(session, invitee, "asked_recently", now)
        opens = self._opens(session, invitee, judged, rota, now)
        if campaign is not None and local_day(opens) > campaign.closes_on:
            return self._not_asked(session, invitee, "asked_recently" if judged.free_from else OVER, now)
        if opens > now:
            rows.postpone(session, invitee.invitation_id, opens)
            return False
        return self._open(session, invitee, judged, campaign, now)

    def _opens(self, session: Session, invitee: Invitee, judged: Judged, rota: Rota, now: datetime) -> datetime:
        """When they may be asked: in their hours, not too soon after something else, a day after others on their phone."""
        earliest = max(now, judged.free_from or now)
        if judged.reach is not None and judged.reach.mail is None:
            way = judged.reach.way
            free_since = rows.line(session, way.channel, way.address, invitee.person_id).free_since
            earliest = max(earliest, free_since + A_DAY_BETWEEN) if free_since else earliest
        band = ways.band_of(judged.person, invitee.audience, now)
        return ask_at(invitee.audience, band, earliest, self._council, rota)

    def _not_asked(self, session: Session, invitee: Invitee, reason: str, now: datetime) -> bool:
        standing.note(session, invitee.invitation_id, "offered", "not_asked", now, reason)
        tell_of_doubt(session, [(invitee.person_id, reason)], now)
        rows.settle(session, invitee.invitation_id, "not_asked", reason, now)
        return False

    def _open(
        self, session: Session, invitee: Invitee, judged: Judged, campaign: CampaignRow | None, now: datetime
    ) -> bool:
        survey, reach = judged.survey, judged.reach
        if survey is None or reach is None:
            return False
        if not self._beginning.open(session, invitee, judged.person, survey, reach.way, now, initial=judged.initial):
            rows.postpone(session, invitee.invitation_id, now + A_DAY_BETWEEN)
            return False
        conversation_id = moves.of_invitation(session, invitee.invitation_id)
        if conversation_id is not None and campaign is not None and not campaign.reminders:
            silences.remind_later(session, conversation_id, None)
        if reach.mail is not None:
            self._mail(session, invitee, survey, reach, campaign, conversation_id, now)
        return True

    def _mail(
        self,
        session: Session,
        invitee: Invitee,
        survey: Survey,
        reach: Reach,
        campaign: CampaignRow | None,
        conversation_id: int | None,
        now: datetime,
    ) -> None:
        letter = mails.invitation(
            campaign.kind if campaign else TRIAGE,
            survey,
            self._council,
            link=self._links.for_invitation(session, invitee.invitation_id, invitee.person_id, now),
            door=self._links.door(always_open.keep_open(session, self._catalogue, now)),
            today=local_day(now),
        )
        mail = Queued(
            "email",
            reach.mail or "",
            letter.text,
            kind="invitation",
            key=f"campaign:{invitee.invitation_id}:0",
            conversation_id=conversation_id,
            subject=letter.subject,
            not_after=midnight(campaign.closes_on + timedelta(days=1)) if campaign else None,
        )
        messages.queue(session, [mail], now)
