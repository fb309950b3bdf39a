"""From a stage event to an invitation, and from an invitation that is due to an open conversation.

The stage event makes the invitation, never a worker's choice (decision 11 of the requirements). Whoever is not asked
has a row all the same, with the reason, so that coverage shows who was not heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar import in_window, local_day, midnight
from bot.clock import Clock
from bot.council import Council
from bot.one_by_one import one_by_one
from bot.respondents import Respondent, age_band
from bot.talks import standing, ways
from bot.talks.beginning import Beginning, MakeLink
from bot.talks.ways import Way
from store.inviting import invitations as rows
from store.inviting import moves
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.stages import Stage
from surveys.survey import Survey

CHANNEL = "sms"
"""The channel whose addresses a case list holds."""

_STANDS = {"opted_out", "asked_recently"}
"""Reasons not to ask that no case list can put right."""

A_DAY_BETWEEN = timedelta(days=1)
"""How long a second person on the same phone waits (one conversation per phone at a time)."""


@dataclass(frozen=True)
class StageReached:
    """A stage of a case, and whose case it was on that day."""

    case_id: int
    stage_event_id: int
    stage: Stage
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
    fresh = _invitation(respondent, reached, catalogue, council, now)
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
    return _reason_of_age(band, survey) or next((reason for reason, holds in reasons if holds), None)


def _reason_of_age(band: str | None, survey: Survey | None) -> str | None:
    """Say why nobody of this age is asked, or not by us, if so."""
    reasons = (
        ("too_young", band in {"under_8", "8-10"}),
        ("no_survey", survey is None or survey.in_person or not set(ways.IN_ORDER) & set(survey.channels)),
        ("no_record_of_agreement", band == "11-15"),
    )
    return next((reason for reason, holds in reasons if holds), None)


def due_at(audience: str, band: str | None, moment: datetime, council: Council) -> datetime:
    """The first moment from `moment` on at which this person may be texted first."""
    return in_window(audience, band, moment) if council.keeps_windows else moment


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
        by_age = _reason_of_age(ways.band_of(person, invitee.audience, now), survey)
        if by_age is not None:
            return by_age
        leads_nowhere = person.safe_contact == "discreet" and self._beginning.make_link is None
        reasons = (
            ("no_mobile", not points),
            ("unsafe_contact", leads_nowhere or survey is None or not ways.is_safe(person.safe_contact, survey)),
            ("opted_out", any(point.opted_out for point in points)),
            ("asked_recently", invitee.stage != "closure" and rows.asked_since(session, invitee.person_id, cap)),
        )
        return next((reason for reason, holds in reasons if holds), None)
