"""From a stage event to an invitation.

The stage event makes the invitation, never a worker's choice (decision 11 of the requirements). Whoever is not asked
has a row all the same, with the reason, so that coverage shows who was not heard.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import local_day, midnight
from bot.council import Council
from bot.cover.hours import due_at
from bot.respondents import Respondent, age_band
from bot.talks import initials, standing, ways
from store.council import data_notes
from store.council import standing as store_standing
from store.council.standing import Standing
from store.inviting import invitations as rows
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.stages import Stage
from surveys.survey import Survey

CHANNEL = "sms"
"""The channel whose addresses a case list holds."""

OVERTAKEN = frozenset({"case_closed", "reopened", "stepped_up", "moved_away", "withdrawn", "left_case"})
"""Reasons that a case's events and people give; each may go again, if an event turns out to be none."""

CURABLE = frozenset(
    {
        "do_not_contact",
        "no_record_of_agreement",
        "number_unconfirmed",
        "worker_number",
        "partner_number",
        "no_mobile",
        "unsafe_contact",
        "too_young",
        "no_survey",
        "too_long_ago",
        initials.ALIKE,
        *OVERTAKEN,
    }
)
"""Reasons not to ask that go when something is put right. Any other stands: a stop, say, or that a worker holds it back."""

TO_CONFIRM = (
    "Somebody must confirm how they are reached before they are asked: for half a year nobody has known the number to be "
    "theirs, or it takes no texts, or the case has moved on since. Ask the family, and confirm it."
)


@dataclass(frozen=True)
class StageReached:
    """A stage of a case, and whose case it was on that day.

    Attributes:
        level: of the case, from which it follows which survey is asked; None where it is not known.
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
    level: str | None = None


def offer(
    session: Session,
    respondent: Respondent,
    stages: list[StageReached],
    *,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
    known: Standing | None = None,
) -> int:
    """Make the invitations that these stages call for and that are not there yet.

    Args:
        known: how the person stands, where it has been looked up already.

    Returns:
        How many were made; 0 where they all were there already.
    """
    known = known or standing_of(session, respondent.person_id, now)
    made = [draft(respondent, known, reached, catalogue, council, now) for reached in stages]
    tell_of_doubt(session, [(one.person_id, one.not_asked_because) for one in made], now)
    return rows.add(session, made)


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

    What nothing can put right stands: a stop, and having been asked something else lately. A stage that has grown too old
    in the meantime stands with the reason it had, and where it has none, is settled as that.

    Returns:
        Whether somebody who was not to be asked will be asked now.
    """
    if unasked.not_asked_because is not None and unasked.not_asked_because not in CURABLE:
        return False
    known = standing_of(session, respondent.person_id, now)
    fresh = draft(respondent, known, reached, catalogue, council, now)
    if fresh.not_asked_because == "too_long_ago" and unasked.status == "not_asked" and not unasked.has_moved:
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
    tell_of_doubt(session, [(fresh.person_id, fresh.not_asked_because)], now)
    if unasked.status != fresh.status:
        standing.note(session, unasked.invitation_id, unasked.status, fresh.status, now, fresh.not_asked_because)
    return unasked.status == "not_asked" and fresh.status == "offered"


def draft(
    respondent: Respondent,
    known: Standing,
    reached: StageReached,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> rows.NewInvitation:
    """The invitation of one person about one stage, as it is first written: to be asked, or not and why."""
    band = age_band(respondent, local_day(now))
    survey = catalogue.for_stage(respondent.audience, band, reached.stage, reached.level)
    reason = _reason_not_to_ask(respondent, known, reached, band, survey, council, now)
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
    known: Standing,
    reached: StageReached,
    band: str | None,
    survey: Survey | None,
    council: Council,
    now: datetime,
) -> str | None:
    """Say why this person is not asked, if so."""
    is_safe = survey is not None and ways.is_safe(respondent.safe_contact, survey)
    reasons = (
        ("do_not_contact", known.is_barred),
        ("too_long_ago", reached.happened_on < local_day(now) - timedelta(days=council.ask_within_days)),
        (by_person := ways.reason_of_person(known, band, survey), by_person is not None),
        (_instead_of_a_line(known, reached), not known.has_line),
        ("unsafe_contact", not is_safe),
    )
    return next((reason for reason, holds in reasons if holds), reached.overtaken)


def standing_of(session: Session, person_id: int, now: datetime) -> Standing:
    """How a person stands today, as far as asking them goes."""
    return store_standing.of(session, person_id, ways.fresh_since(now))


def reason_of_line(session: Session, person_id: int, now: datetime) -> str:
    """Say why somebody who has no address that may be used has none. `tell_of_doubt` tells who can put it right."""
    return _no_line(standing_of(session, person_id, now))


def _instead_of_a_line(known: Standing, reached: StageReached) -> str:
    """Say why somebody cannot be reached; where a line is only to be confirmed, what the case has overtaken comes first."""
    reason = _no_line(known)
    return reached.overtaken or reason if reason == data_notes.UNCONFIRMED else reason


def _no_line(known: Standing) -> str:
    if known.has_doubtful_line and not known.has_line:
        return data_notes.UNCONFIRMED
    return known.refused_line or "no_mobile"


def tell_of_doubt(session: Session, reasons: Iterable[tuple[int, str | None]], now: datetime) -> None:
    """Note for the team whose address must be confirmed, since it keeps them from being asked.

    Args:
        reasons: people, each with why they are not asked; None where they are.
    """
    doubtful = [person_id for person_id, reason in reasons if reason == data_notes.UNCONFIRMED]
    if doubtful:
        data_notes.note(session, doubtful, CHANNEL, data_notes.UNCONFIRMED, TO_CONFIRM, now)
