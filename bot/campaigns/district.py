"""The districts' monthly view of triage: whoever leads a unit is asked what triage passed to it in the month before.

Not anonymous, and asked by mail alone. A member of staff is a respondent here by a row among people that is theirs alone
(its reference is `staff:` and their number); it takes part in no case, so nothing treats it as family.

Whoever has left, has not begun or is on leave is stood in for as a reader is (`bot.organisation`): when the list is made,
and again as long as they wait to be asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.calendar import first_working_day, local_day, month_before
from bot.campaigns.periods import period_of
from bot.council import Council
from bot.cover.hours import due_at
from bot.organisation import who_read
from store.inviting import addressees, campaigns, triage
from store.inviting.addressees import Addressee
from store.inviting.campaigns import NewCampaign, NewInvitation
from store.inviting.triage import Lead, WaitingLead
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey

KIND = "district_triage"
SURVEY = "district_triage"
OF_STAFF = "staff:"
"""What the reference of a member of staff begins with among people; their number follows."""
STOOD_IN_FOR = "stood_in_for"
"""Why a lead is not asked who is not here when their turn comes."""
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
    leads = chosen(_here(session, triage.leads(session, local_day(now)), now))
    if not leads:
        return 0
    campaign = campaigns.keep(session, _campaign(survey, now))
    due = due_at(survey.audience, None, now, council)
    return campaigns.invite(session, [_invitation(session, lead, campaign.id, survey, due, now) for lead in leads])


def hand_over(database: Database, catalogue: Catalogue, now: datetime) -> int:
    """Invite whoever stands in today for leads who still wait to be asked, and those no more; return how many leads."""
    with database.reading() as session:
        if not _to_hand_over(session, now):
            return 0
    survey = catalogue.get(SURVEY)
    return database.transact(lambda session: _hand_over(session, survey, now))


def _hand_over(session: Session, survey: Survey, now: datetime) -> int:
    handed = 0
    for waiting, instead in _to_hand_over(session, now):
        if not campaigns.withdraw(session, [waiting.invitation_id], STOOD_IN_FOR, now):
            continue  # they have been asked meanwhile
        handed += 1
        if instead is not None:
            invitation = _invitation(session, instead, waiting.campaign_id, survey, waiting.due_at, now)
            campaigns.invite(session, [invitation])
    return handed


def _to_hand_over(session: Session, now: datetime) -> list[tuple[WaitingLead, Lead | None]]:
    """Who waits to be asked and is not here today, each with whoever stands in; None where there is nobody at all."""
    waiting = {int(each.reference.removeprefix(OF_STAFF)): each for each in triage.waiting_leads(session, KIND)}
    if not waiting:
        return []
    readers = who_read(session, waiting, local_day(now))
    mailboxes = triage.mailboxes(session, [reader for reader in readers.values() if reader is not None])
    return [
        (each, None if reader is None else Lead(each.unit_id, reader, *mailboxes[reader], rank=0, leads=1))
        for staff_id, each in waiting.items()
        if (reader := readers[staff_id]) != staff_id
    ]


def _here(session: Session, leads: list[Lead], now: datetime) -> list[Lead]:
    """The same leads; in the place of each who is not here today, whoever stands in for them."""
    readers = who_read(session, {lead.staff_id for lead in leads}, local_day(now))
    mailboxes = triage.mailboxes(session, [reader for reader in readers.values() if reader is not None])
    return [
        lead._replace(staff_id=reader, **mailboxes[reader]._asdict())
        for lead in leads
        if (reader := readers[lead.staff_id]) is not None
    ]


def _invitation(
    session: Session, lead: Lead, campaign_id: int, survey: Survey, due: datetime, now: datetime
) -> NewInvitation:
    return NewInvitation(
        person_id=respondent(session, lead, now),
        campaign_id=campaign_id,
        triage_decision_id=None,
        stage_on=local_day(now),
        audience=survey.audience,
        age_band=None,
        survey_id=survey.id,
        unit_id=lead.unit_id,
        status="offered",
        not_asked_because=None,
        due_at=due,
        made_at=now,
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
    who = Addressee(reference=f"{OF_STAFF}{lead.staff_id}", name=lead.name, addresses={"email": lead.email})
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
