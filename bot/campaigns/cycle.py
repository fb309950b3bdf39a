"""Partners every six months: each day, the organisations whose turn it is join the campaign of their month.

An organisation's turn comes in the sixth month after the one whose campaign asked it last, and at once when it is new. So
it is asked twice a year whatever the day of the month, and a month's list is short enough to talk about. A council may ask
more often (`bot.naming`).
"""

from __future__ import annotations

from datetime import datetime

from bot.calendar import local_day, month_after
from bot.campaigns.periods import last_day, months_before, period_of
from bot.council import Council
from bot.cover.hours import due_at
from store.inviting import campaigns, partners
from store.inviting.campaigns import NewCampaign, NewInvitation
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey

SURVEY = "partner_six_monthly"
REMINDERS = 2
"""To a partner who has not answered (the surveys' policy)."""


def make_due(database: Database, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """Invite the organisations whose turn it is; return how many contacts were invited. Once for each in a month."""
    survey = catalogue.get(SURVEY)
    return database.transact(lambda session: _make(session, survey, council, now))


def _make(session: Session, survey: Survey, council: Council, now: datetime) -> int:
    today = local_day(now)
    asked_before = period_of(months_before(today, council.names.cadences["partners"]))
    turns = partners.turns(session, asked_before)
    if not turns:
        return 0
    campaign = campaigns.keep(session, _campaign(survey, now))
    if campaign.status == "ended":
        return 0
    people = partners.contacts(session, turns)
    due = due_at(survey.audience, None, now, council)
    return campaigns.invite(
        session,
        [
            NewInvitation(
                person_id=person_id,
                campaign_id=campaign.id,
                triage_decision_id=None,
                stage_on=today,
                audience=survey.audience,
                age_band=None,
                survey_id=survey.id,
                unit_id=None,
                status="offered",
                not_asked_because=None,
                due_at=due,
                made_at=now,
            )
            for person_id in people
        ],
    )


def _campaign(survey: Survey, now: datetime) -> NewCampaign:
    """The campaign of this month. It stays open for the next one, for those who were asked something else just before."""
    today = local_day(now)
    return NewCampaign(
        name=f"Partners, {today:%B %Y}",
        kind=partners.KIND,
        period=period_of(today),
        survey_id=survey.id,
        audience=survey.audience,
        opens_on=today.replace(day=1),
        closes_on=last_day(month_after(today.replace(day=1))),
        reminders=REMINDERS,
        selection="organisations whose turn it is",
        status="running",
        made_at=now,
        started_at=now,
    )
