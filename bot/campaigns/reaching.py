"""Whether and how somebody can be asked now, outside the stages of a case. Looked up and judged; nothing is changed.

Families are reached as they are about a stage, by the lines that they have agreed to. Partners, notifiers and staff are
mailed a private page; whoever has no mail address and a mobile is texted where the survey goes by text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import NamedTuple

from bot.cases.timeline import reason_outside
from bot.council import Council
from bot.invitations.offering import reason_of_line
from bot.talks import initials, ways
from bot.talks.beginning import Beginning
from bot.talks.ways import Way
from store.council import participants
from store.inviting import marks as marks_of
from store.inviting import moves, unasked
from store.inviting.invitations import Invitee
from store.inviting.marks import Marks
from store.session import Session
from surveys.stages import FAMILIES
from surveys.survey import Survey

MAIL = "email"
UNCAPPED = frozenset({"district_triage"})
"""Kinds of campaign that ask at a pace of their own: once a month is what they are for."""


class Reach(NamedTuple):
    """How somebody is asked. `mail`: the address that gets a mail with their page; None where a line is written to."""

    way: Way
    mail: str | None = None

    @property
    def address(self) -> str:
        """Where they hear of it first."""
        return self.mail or self.way.address

    @property
    def channel(self) -> str:
        """By what they hear of it first."""
        return MAIL if self.mail else self.way.channel


@dataclass(frozen=True)
class Judged:
    """What there is to say about asking somebody now.

    Attributes:
        initial: the letters by which they are asked for there; None where they are not asked.
        reason: why they are not asked; None where they are.
        free_from: what they were asked lately keeps them free until then; None where nothing does.
    """

    person: moves.Reachable
    survey: Survey | None
    reach: Reach | None
    initial: str | None
    reason: str | None
    free_from: datetime | None


def judge(
    session: Session, invitee: Invitee, kind: str, beginning: Beginning, council: Council, now: datetime
) -> Judged:
    """Look at a person and at everything that is recorded of them.

    Args:
        kind: the campaign's kind, or `triage`.
    """
    person = moves.reachable(session, invitee.person_id)
    held_since = now - timedelta(days=council.ask_within_days)
    marks = marks_of.of(session, invitee.person_id, alike(session, invitee), held_since)
    survey = beginning.survey_for(invitee, person, now)
    points = _points(session, person, invitee.audience, survey, now)
    safe = ways.safe_among(points, survey, leads_to_web=beginning.make_link is not None) if survey else []
    reach = _reach(safe, invitee.audience, survey, marks)
    reason = _reason_of_case(session, invitee, person) or marks.held_because
    reason = reason or _reason(session, invitee, person, survey, points, safe, now)
    if reason is None and reach is None:
        reason = "no_address"
    initial = initials.of(session, person.person_id, reach.way) if reason is None and reach is not None else None
    if reason is None and initial is None:
        reason = initials.ALIKE
    return Judged(
        person, survey, reach, initial, reason or _comes_first(marks, kind), _free_from(marks, kind, council, now)
    )


def alike(session: Session, invitee: Invitee) -> Sequence[int]:
    """Who counts as them where it is about how often they are asked: whoever has the same address, but for families.

    Who is the contact of two schools, or of one and a notifier too, is one person to us twice.
    """
    if invitee.audience in FAMILIES:
        return [invitee.person_id]
    return unasked.sharing_a_line(session, invitee.person_id)


def _points(
    session: Session, person: moves.Reachable, audience: str, survey: Survey | None, now: datetime
) -> Sequence[moves.Point]:
    if survey is None:
        return []
    points = moves.points(session, person.person_id)
    if audience in FAMILIES:
        return ways.open_to(person, points, survey, now)
    may = {MAIL: "web" in survey.channels, "sms": "sms" in survey.channels}
    return [point for channel in may for point in points if point.channel == channel and may[channel]]


def _reach(safe: Sequence[moves.Point], audience: str, survey: Survey | None, marks: Marks) -> Reach | None:
    if survey is None:
        return None
    if audience in FAMILIES:
        way = ways.choose(safe)
        return Reach(way) if way else None
    free = [point for point in safe if point.safe_contact == "text" and not point.opted_out]
    if not free:
        return None
    first = next((point for point in free if point.channel == marks.preferred_channel), free[0])
    if first.channel == MAIL:
        return Reach(Way("web", f"chat-{token_hex(8)}"), first.address)
    return Reach(Way("sms", first.address))


def _reason_of_case(session: Session, invitee: Invitee, person: moves.Reachable) -> str | None:
    """Why somebody is not asked whatever the survey: nobody may write to them, or they are on no open case as family."""
    if person.is_barred:
        return "do_not_contact"
    if invitee.audience not in FAMILIES:
        return None
    return reason_outside(participants.case_statuses(session, [invitee.person_id])[invitee.person_id])


def _reason(
    session: Session,
    invitee: Invitee,
    person: moves.Reachable,
    survey: Survey | None,
    points: Sequence[moves.Point],
    safe: Sequence[moves.Point],
    now: datetime,
) -> str | None:
    is_family = invitee.audience in FAMILIES
    band = ways.band_of(person, invitee.audience, now)
    if survey is None:
        return "other_age" if invitee.age_band else "no_survey"
    if is_family and (by_person := ways.reason_of_person(person, band, survey)):
        return by_person
    if not points:
        return reason_of_line(session, person.person_id, now) if is_family else "no_address"
    reasons = (
        ("unsafe_contact", not safe),
        ("opted_out", any(point.opted_out for point in points)),
    )
    return next((reason for reason, holds in reasons if holds), None)


def _comes_first(marks: Marks, kind: str) -> str | None:
    """What they are to be asked before this, since this would keep them free of it until it is too late.

    A stage of their case comes before any campaign; their organisation's own turn, twice a year, before one request of many.
    """
    if marks.stage_waits:
        return "stage_waits"
    return "asked_recently" if kind == "triage" and marks.cycle_waits else None


def _free_from(marks: Marks, kind: str, council: Council, now: datetime) -> datetime | None:
    """When somebody may be asked again who was asked something within the council's days; None where that is now."""
    if kind in UNCAPPED or marks.asked_at is None:
        return None
    free = marks.asked_at + timedelta(days=council.contact_cap_days)
    return free if free > now else None
