"""Short ways to more stages of a case, and to how an invitation stands."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from bot.calendar import LONDON
from bot.invitations.offering import StageReached, offer
from bot.respondents import Respondent
from store.tables import Campaign, Conversation, Invitation, Person, StageEvent
from tests.builders import House, MadeCase


def at(words: str) -> datetime:
    """A moment of London's clock."""
    return datetime.fromisoformat(words).replace(tzinfo=LONDON)


def reach(house: House, made: MadeCase, stage: str, on: date, audience: str = "parent_carer") -> None:
    """The person of a case is offered one more stage of it."""
    with house.database.writing() as session:
        event = StageEvent(case_id=made.case_id, stage=stage, happened_on=on)
        session.add(event)
        session.flush()
        born = session.get_one(Person, made.person_id).birth_date
        respondent = Respondent(made.person_id, audience, born, None, "text")  # type: ignore[arg-type]
        team = {"worker_id": made.worker_id, "line_manager_id": made.manager_id, "unit_id": made.unit_id}
        reached = StageReached(case_id=made.case_id, stage_event_id=event.id, stage=stage, happened_on=on, **team)  # type: ignore[arg-type]
        service = house.service
        offer(
            session,
            respondent,
            [reached],
            catalogue=service.catalogue,
            council=service.council,
            now=house.clock.now(),
        )


def invite_in_campaign(house: House, person_id: int, *, status: str, asked_at: datetime | None = None) -> None:
    """A campaign has invited somebody."""
    today = house.clock.now().date()
    with house.database.writing() as session:
        campaign = Campaign(
            name="Consultation",
            kind="one_off",
            survey_id="parent_review",
            audience="parent_carer",
            opens_on=today,
            closes_on=today + timedelta(days=14),
            reminders=1,
            selection="all",
            status="running",
            made_at=house.clock.now(),
        )
        session.add(campaign)
        session.flush()
        session.add(
            Invitation(
                person_id=person_id,
                campaign_id=campaign.id,
                stage_on=today,
                audience="parent_carer",
                survey_id="parent_review",
                status=status,
                due_at=house.clock.now(),
                made_at=house.clock.now(),
                asked_at=asked_at,
            )
        )


def standing(house: House, number: int) -> tuple[str, str | None]:
    """The status of an invitation, and why nobody was asked."""
    with house.database.reading() as session:
        found = session.get_one(Invitation, number)
        return found.status, found.not_asked_because


def due(house: House, number: int) -> datetime:
    with house.database.reading() as session:
        return session.get_one(Invitation, number).due_at


def asked_in_order(house: House) -> list[int]:
    """The invitations whose conversations have begun, in the order in which they did."""
    with house.database.reading() as session:
        return list(session.scalars(select(Conversation.invitation_id).order_by(Conversation.id)))


def close_all(house: House) -> None:
    """Every conversation ends now."""
    with house.database.writing() as session:
        for talk in session.scalars(select(Conversation).where(Conversation.closed_at.is_(None))):
            talk.closed_at = house.clock.now()
