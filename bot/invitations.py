"""From a stage event to an invitation, and from an invitation that is due to an open conversation.

The stage event makes the invitation, never a worker's choice (decision 11 of the requirements). Whoever is not asked
has a row all the same, with the reason, so that coverage shows who was not heard.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from surveys.catalogue import Catalogue
from surveys.questions import Survey

from bot.calendar import SEND_WINDOWS, local_day, midnight, next_in
from bot.council import Council
from store import invitations as rows
from store.session import Session


@dataclass(frozen=True)
class Respondent:
    """Someone who takes part in a case, as far as asking goes.

    Attributes:
        audience: `young_person` or `parent_carer`.
        age_band: as recorded, where the birth date is not known.
        safe_contact: `text`, `discreet` or `none`.
    """

    person_id: int
    audience: str
    birth_date: date | None
    age_band: str | None
    safe_contact: str
    has_mobile: bool


@dataclass(frozen=True)
class StageReached:
    """A stage of a case, and whose case it was on that day."""

    case_id: int
    stage_event_id: int
    stage: str
    happened_on: date
    worker_id: int
    line_manager_id: int
    unit_id: int


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
    return rows.add(session, [_invitation(respondent, reached, catalogue, council, now) for reached in stages])


def _invitation(
    respondent: Respondent, reached: StageReached, catalogue: Catalogue, council: Council, now: datetime
) -> rows.NewInvitation:
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
    too_old = reached.happened_on < local_day(now) - timedelta(days=council.ask_within_days)
    reasons = (
        ("too_long_ago", too_old),
        ("too_young", band in {"under_8", "8-10"}),
        ("no_survey", survey is None),
        ("unsafe_contact", respondent.safe_contact != "text"),
        ("no_mobile", not respondent.has_mobile),
    )
    return next((reason for reason, holds in reasons if holds), None)


def due_at(audience: str, band: str | None, moment: datetime, council: Council) -> datetime:
    """The first moment from `moment` on at which this person may be texted first."""
    window = SEND_WINDOWS.get((audience, band))
    if window is None or not council.keeps_windows:
        return moment
    return next_in(window, moment, skip_eves=True)


def age_band(respondent: Respondent, today: date) -> str | None:
    """The band a young person is in today, worked out from the birth date where it is known; None for adults."""
    if respondent.audience != "young_person":
        return None
    if respondent.birth_date is None:
        return respondent.age_band
    born = respondent.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    bands = ((8, "under_8"), (11, "8-10"), (16, "11-15"))
    return next((band for limit, band in bands if age < limit), "16-25")
