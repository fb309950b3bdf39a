"""A year of a county with three districts, played as it would happen, and what must be true at its end."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from store.session import Database
from store.shown import coverage
from store.shown.coverage import Wanted
from store.tables import Campaign, Case, Digest, Invitation, Person, PulseAsked, Ticket
from tests.year import rules, settling
from tests.year.conftest import Played
from tests.year.county import BEGINS, ENDS, County, Member
from tests.year.rules import Asked

pytestmark = pytest.mark.timeout(3000)


@pytest.fixture(scope="module")
def drawn(played: Played) -> County:
    return played.county


@pytest.fixture(scope="module")
def year(played: Played) -> Database:
    """The database as the year has left it."""
    return played.database


@pytest.fixture(scope="module")
def asked(year: Database) -> list[Asked]:
    return rules.unprompted(year)


def test_everyone_on_a_case_has_exactly_one_invitation_for_every_stage(year: Database, drawn: County):
    expected = Counter(
        (case.reference, member.role, member.name, stage, day)
        for case, day, stage in drawn.stages(ENDS)
        for member in case.members
    )
    with year.reading() as session:
        found = session.execute(
            select(Case.reference, Invitation.audience, Person.name, Invitation.stage, Invitation.stage_on)
            .join(Case, Case.id == Invitation.case_id)
            .join(Person, Person.id == Invitation.person_id)
        )
        made = Counter(tuple(row) for row in found)
    assert len(expected) > 3_000
    assert made == expected


def test_nobody_was_asked_out_of_hours_or_while_nobody_read(asked: list[Asked]):
    assert len(asked) > 1_500
    assert rules.outside_hours(asked) == []
    assert rules.without_cover(asked, settling.covered()) == []


def test_nobody_was_asked_twice_too_often_or_beside_somebody_else(year: Database, asked: list[Asked]):
    assert rules.asked_twice(asked) == []
    assert rules.too_soon(asked) == []
    assert rules.two_at_once(year) == []


def test_nobody_was_asked_against_their_will(year: Database, asked: list[Asked]):
    assert rules.against_their_will(year, asked) == []


def test_whoever_was_not_asked_has_a_reason_that_is_true(year: Database, drawn: County):
    members = {
        (case.reference, one.role, one.name): (one, case.members) for case in drawn.cases for one in case.members
    }
    with year.reading() as session:
        left = session.execute(
            select(Case.reference, Invitation.audience, Person.name, Invitation.stage_on, Invitation.not_asked_because)
            .join(Case, Case.id == Invitation.case_id)
            .join(Person, Person.id == Invitation.person_id)
            .where(Invitation.status == "not_asked")
        ).all()
    untrue = [
        (reference, reason)
        for reference, role, name, day, reason in left
        if not _is_true(reason, *members[reference, role, name], day)
    ]
    assert untrue == []


def _is_true(reason: str, member: Member, household: list[Member], day: date) -> bool:
    """Whether a reason fits what the county knows of somebody; what follows from answers and calendars is not known here."""
    age = (day - member.birth_date).days / 365.25 if member.birth_date else None
    known = {
        "no_mobile": not member.mobile,
        "unsafe_contact": "none" in {each.safe_contact for each in household if each.mobile == member.mobile},
        "too_young": age is not None and age < 11.2,
        "no_record_of_agreement": age is not None and 10.9 < age < 16.1 and not member.may_alone,
        "do_not_contact": member.barred_on is not None,
        "opted_out": member.answers == "stop" or bool(member.mobile),
        "too_long_ago": day < BEGINS - timedelta(days=27) or bool(member.mobile),
    }
    return known.get(reason, True)


def test_nobody_who_is_due_and_may_be_asked_is_forgotten(year: Database):
    with year.reading() as session:
        waiting = session.scalars(
            select(Invitation.stage_on).where(Invitation.status == "offered", Invitation.case_id.is_not(None))
        ).all()
    assert all(day > ENDS - timedelta(days=28) for day in waiting)


def test_every_stage_stands_in_the_coverage(year: Database, drawn: County):
    wanted = Wanted(since=date(2025, 1, 1), until=ENDS + timedelta(days=1))
    with year.reading() as session:
        stages = coverage.stages(session, "district", wanted, ENDS)
        people = coverage.people(session, "district", wanted)
    expected = Counter(drawn.district_of(case.unit) for case, _, _ in drawn.stages(ENDS))
    counted: Counter[str] = Counter()
    for row in stages:
        counted[row.key] += row.stages
    assert counted == expected
    assert sum(row.people for row in people) == sum(len(case.members) for case, _, _ in drawn.stages(ENDS))


def test_every_partner_was_invited_at_least_every_six_months(year: Database):
    with year.reading() as session:
        invited = session.execute(
            select(Person.organisation_id, func.count(), func.max(Invitation.stage_on))
            .join(Person, Person.id == Invitation.person_id)
            .join(Campaign, Campaign.id == Invitation.campaign_id)
            .where(Campaign.kind == "partners")
            .group_by(Person.organisation_id)
        ).all()
    assert len(invited) == settling.PARTNERS
    assert {number for _, number, _ in invited} <= {2, 3}
    assert all(last > ENDS - timedelta(days=190) for _, _, last in invited)


def test_everyone_in_post_was_asked_how_work_is_in_every_quarter_once(year: Database, drawn: County):
    with year.reading() as session:
        pulses = dict(session.execute(select(Campaign.period, Campaign.id).where(Campaign.kind == "pulse")).all())
        asked = Counter(session.scalars(select(PulseAsked.campaign_id)))
        tickets = session.scalar(select(func.count()).select_from(Ticket))
    staff = len(drawn.managers) + len(drawn.workers) + 1  # and the duty person
    assert sorted(pulses) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
    assert asked == dict.fromkeys(pulses.values(), staff)
    assert tickets == staff * len(pulses)


def test_every_line_manager_has_one_digest_for_every_month(year: Database, drawn: County):
    with year.reading() as session:
        made = Counter(session.scalars(select(Digest.period)))
    months = [date(2026, month, 1) for month in range(1, 12)]
    assert {month: made[month] for month in months} == dict.fromkeys(months, len(drawn.managers))
