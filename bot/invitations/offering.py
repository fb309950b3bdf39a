"""From a stage event to an invitation.

The stage event makes the invitation, never a worker's choice (decision 11 of the requirements). Whoever is not asked
has a row all the same, with the reason, so that coverage shows who was not heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import local_day, midnight
from bot.council import Council
from bot.cover.hours import due_at
from bot.respondents import Respondent, age_band
from bot.talks import standing, ways
from store.inviting import invitations as rows
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.stages import Stage
from surveys.survey import Survey

CHANNEL = "sms"
"""The channel whose addresses a case list holds."""

_STANDS = {"opted_out", "asked_recently"}
"""Reasons not to ask that no case list can put right."""


@dataclass(frozen=True)
class StageReached:
    """A stage of a case, and whose case it was on that day.

    Attributes:
        overtaken: why nobody is asked about it any more, since the case has gone on (`bot.cases.timeline`); else None.
    """

    case_id: int
    stage_event_id: int
    stage: Stage
    happened_on: date
    worker_id: int
    line_manager_id: int | None
    unit_id: int
    overtaken: str | None = None


def offer(
    session: Session,
    respondent: Respondent,
    stages: list[StageReached],
    *,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> int:
    """Make the invitations that these stages call for and that are not there yet.

    Returns:
        How many were made; 0 where they all were there already.
    """
    return rows.add(session, [draft(respondent, reached, catalogue, council, now) for reached in stages])


@dataclass(frozen=True)
class Unasked:
    """An invitation whose person has not been asked.

    Attributes:
        has_moved: its stage is on another day now.
    """

    invitation_id: int
    status: str
    not_asked_because: str | None
    has_moved: bool


def reconsider(
    session: Session,
    unasked: Unasked,
    respondent: Respondent,
    reached: StageReached,
    *,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> bool:
    """Look at an invitation anew, since something about its person or its stage has changed.

    What a case list cannot put right stands: a stop, and having been asked something else lately. A stage that has grown
    too old in the meantime stands with the reason it had.

    Returns:
        Whether somebody who was not to be asked will be asked now.
    """
    if unasked.not_asked_because in _STANDS:
        return False
    fresh = draft(respondent, reached, catalogue, council, now)
    if fresh.not_asked_because == "too_long_ago" and not unasked.has_moved:
        return False
    revision = rows.Revision(
        stage_on=fresh.stage_on,
        age_band=fresh.age_band,
        survey_id=fresh.survey_id,
        status=fresh.status,
        not_asked_because=fresh.not_asked_because,
        due_at=fresh.due_at,
    )
    rows.revise(session, unasked.invitation_id, revision)
    if unasked.status != fresh.status:
        standing.note(session, unasked.invitation_id, unasked.status, fresh.status, now, fresh.not_asked_because)
    return unasked.status == "not_asked" and fresh.status == "offered"


def draft(
    respondent: Respondent, reached: StageReached, catalogue: Catalogue, council: Council, now: datetime
) -> rows.NewInvitation:
    """The invitation of one person about one stage, as it is first written: to be asked, or not and why."""
    band = age_band(respondent, local_day(now))
    survey = catalogue.for_stage(respondent.audience, band, reached.stage)
    reason = _reason_not_to_ask(respondent, reached, band, survey, council, now)
    due = midnight(reached.happened_on) + timedelta(days=survey.delay_days if survey else 0)
    return rows.NewInvitation(
        person_id=respondent.person_id,
        case_id=reached.case_id,
        stage_event_id=reached.stage_event_id,
        stage=reached.stage,
        stage_on=reached.happened_on,
        audience=respondent.audience,
        age_band=band,
        survey_id=survey.id if survey else None,
        worker_id=reached.worker_id,
        line_manager_id=reached.line_manager_id,
        unit_id=reached.unit_id,
        status="not_asked" if reason else "offered",
        not_asked_because=reason,
        due_at=due_at(respondent.audience, band, max(due, now), council),
        made_at=now,
    )


def _reason_not_to_ask(
    respondent: Respondent,
    reached: StageReached,
    band: str | None,
    survey: Survey | None,
    council: Council,
    now: datetime,
) -> str | None:
    """Say why this person is not asked, if so.

    Someone of 11 to 15 may be asked only where their worker has recorded that they can take part alone (surveys' policy).
    No such record is kept yet, so until then none of them is texted.
    """
    too_old = reached.happened_on < local_day(now) - timedelta(days=council.ask_within_days)
    if too_old:
        return "too_long_ago"
    reasons = (
        ("no_mobile", not respondent.has_mobile),
        ("unsafe_contact", survey is None or not ways.is_safe(respondent.safe_contact, survey)),
    )
    return reason_of_age(band, survey) or next((reason for reason, holds in reasons if holds), reached.overtaken)


def reason_of_age(band: str | None, survey: Survey | None) -> str | None:
    """Say why nobody of this age is asked, or not by us, if so."""
    reasons = (
        ("too_young", band in {"under_8", "8-10"}),
        ("no_survey", survey is None or survey.in_person or not set(ways.IN_ORDER) & set(survey.channels)),
        ("no_record_of_agreement", band == "11-15"),
    )
    return next((reason for reason, holds in reasons if holds), None)
