"""The districts' monthly view of triage: whoever leads a unit is asked what triage passed to it in the month before.

Not anonymous, and asked by mail alone. A member of staff is a respondent here by a row among people that is theirs alone
(its reference is `staff:` and their number); it takes part in no case, so nothing treats it as family.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import first_working_day, local_day, month_before
from bot.campaigns.periods import period_of
from bot.council import Council
from bot.cover.hours import due_at
from store.inviting import addressees, campaigns, triage
from store.inviting.addressees import Addressee
from store.inviting.campaigns import NewCampaign, NewInvitation
from store.inviting.triage import Lead
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey

KIND = "district_triage"
SURVEY = "district_triage"
REMINDERS = 2
OPEN_DAYS = 14
"""So long after the first working day somebody may still be asked: the clock may have stood still."""


def make_due(database: Database, catalogue: Catalogue, council: Council, now: datetime) -> int:
    """From the first working day of the month on, invite every unit's lead, once for the month before; return how many."""
    today = local_day(now)
    opens_on = first_working_day(today)
    if not opens_on <= today <= opens_on + timedelta(days=OPEN_DAYS):
        return 0
    period = period_of(month_before(today))
    with database.reading() as session:
        if campaigns.is_made(session, KIND, period):
            return 0
    survey = catalogue.get(SURVEY)
    return database.transact(lambda session: _make(session, survey, council, now))


def _make(session: Session, survey: Survey, council: Council, now: datetime) -> int:
    today = local_day(now)
    leads = chosen(triage.leads(session, today))
    if not leads:
        return 0
    campaign = campaigns.keep(session, _campaign(survey, now))
    due = due_at(survey.audience, None, now, council)
    return campaigns.invite(
        session,
        [
            NewInvitation(
                person_id=respondent(session, lead, now),
                campaign_id=campaign.id,
                triage_decision_id=None,
                stage_on=today,
                audience=survey.audience,
                age_band=None,
                survey_id=survey.id,
                unit_id=lead.unit_id,
                status="offered",
                not_asked_because=None,
                due_at=due,
                made_at=now,
            )
            for lead in leads
        ],
    )


def best_first(leads: list[Lead]) -> list[Lead]:
    """Those who may lead units, whoever is most likely to first."""
    return sorted(leads, key=lambda each: (each.rank, -each.leads, each.staff_id))


def chosen(leads: list[Lead]) -> list[Lead]:
    """One lead for each unit, and for nobody more than one unit: who leads two is asked once, about the first.

    The unit's own manager comes first, then the line manager of most of its staff, then that of most of its cases' workers.
    """
    best = dict[int, Lead]()
    for lead in best_first(leads):
        best.setdefault(lead.unit_id, lead)
    asked = dict[int, Lead]()
    for unit_id in sorted(best):
        asked.setdefault(best[unit_id].staff_id, best[unit_id])
    return list(asked.values())


def respondent(session: Session, lead: Lead, now: datetime) -> int:
    """The row among people of a member of staff, with their work address as it is now."""
    who = Addressee(reference=f"staff:{lead.staff_id}", name=lead.name, addresses={"email": lead.email})
    return addressees.keep(session, who, now).person_id


def _campaign(survey: Survey, now: datetime) -> NewCampaign:
    today = local_day(now)
    about, opens_on = month_before(today), first_working_day(today)
    return NewCampaign(
        name=f"Districts on triage, {about:%B %Y}",
        kind=KIND,
        period=period_of(about),
        survey_id=survey.id,
        audience=survey.audience,
        opens_on=opens_on,
        closes_on=opens_on + timedelta(days=OPEN_DAYS),
        reminders=REMINDERS,
        selection="the lead of each unit",
        status="running",
        made_at=now,
        started_at=now,
    )
