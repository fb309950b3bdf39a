"""Notifiers two days after the decision, the districts' monthly view of triage, and the partners' page that is always open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from analysis.figures import NOT_ASKED_LABELS
from bot.campaigns import always_open, district, jobs, triage
from bot.campaigns.district import chosen
from bot.campaigns.lists import Outcome
from store.inviting import open_surveys
from store.inviting.triage import Lead
from store.tables import Campaign, Case, Leave, Person, Staff, TriageDecision, Unit
from tests.bot.campaigns.town import SCHOOL, ask, campaigns_of, invitations, london, make_cycle, take_in
from tests.builders import MUM, House, make_case

HEAD = "reference,decided_on,district,outcome,name,organisation,email,mobile\n"
FIRST = "T-1,2026-10-06,Marlbury,early help,Kit Beck,Oak Primary,kit@beck.example,\n"
LATER = "T-2,2026-10-07,Marlbury,no further action,Kit Beck,Oak Primary,kit@beck.example,\n"


def decide(house: House, *rows: str) -> Outcome:
    with house.database.writing() as session:
        return triage.import_list(
            session,
            (HEAD + "".join(rows)).encode(),
            catalogue=house.service.catalogue,
            council=house.service.council,
            now=house.clock.now(),
        )


def stands(house: House) -> list[tuple[str, str | None]]:
    return [(each.status, each.not_asked_because) for each in invitations(house)]


def districts(house: House) -> int:
    return district.make_due(house.database, house.service.catalogue, house.service.council, house.clock.now())


def test_a_notifier_is_asked_two_days_after_the_decision(house: House) -> None:
    assert decide(house, FIRST)[:3] == (1, 0, 0)
    assert decide(house, FIRST)[:3] == (0, 0, 1)
    house.clock.at = london(2026, 10, 7, 15)
    assert ask(house) == 0
    house.clock.at = london(2026, 10, 8, 10)
    assert ask(house) == 1
    [mail] = house.email.sent
    assert mail.subject == "Kent Early Help: how did we handle your request?"
    assert "Kit" not in mail.text


def test_of_several_decisions_the_latest_is_asked_about_in_whatever_order_they_come(house: House) -> None:
    house.clock.at = london(2026, 10, 7, 15)
    decide(house, LATER)
    decide(house, FIRST)
    assert stands(house) == [("offered", None), ("not_asked", "later_decision")]
    decide(house, LATER.replace("T-2,2026-10-07", "T-3,2026-10-07"))
    assert stands(house)[0] == ("not_asked", "later_decision")
    house.clock.at = london(2026, 10, 13)
    assert ask(house) == 1


def test_nobody_is_asked_about_triage_twice_within_four_weeks(house: House) -> None:
    decide(house, FIRST)
    house.clock.at = london(2026, 10, 8)
    ask(house)
    house.clock.at = london(2026, 10, 20)
    decide(house, FIRST.replace("T-1,2026-10-06", "T-9,2026-10-19"))
    house.clock.at = london(2026, 10, 22)
    assert ask(house) == 0
    assert stands(house)[1] == ("not_asked", "asked_recently")


def test_a_partner_whose_own_turn_waits_is_not_asked_about_one_request(house: House) -> None:
    take_in(house, SCHOOL)
    decide(house, FIRST.replace("kit@beck", "pat@oak"))
    house.clock.at = london(2026, 10, 8)
    make_cycle(house)
    assert ask(house) == 1
    assert len(invitations(house)) == 2
    with house.database.reading() as session:
        assert len(session.scalars(select(Person)).all()) == 1, "one person, whatever they are asked about"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (FIRST.replace("2026-10-06", "2026-10-09"), "decided_on: in the future"),
        (FIRST.replace("kit@beck.example", ""), "email: no address"),
        (FIRST.replace("early help", ""), "outcome: blank"),
        (FIRST.replace("kit@beck.example,", ",07700 900001"), "row: an address that a family uses"),
    ],
)
def test_a_decision_that_is_wrong_is_refused(house: House, row: str, told: str) -> None:
    make_case(house, mobile=MUM)
    outcome = decide(house, row)
    assert told in str(outcome.refused[0])
    with house.database.reading() as session:
        assert session.scalars(select(TriageDecision)).all() == []


def test_an_old_decision_is_kept_and_asked_about_no_more(house: House) -> None:
    decide(house, FIRST.replace("2026-10-06", "2026-08-01"))
    assert stands(house) == [("not_asked", "too_long_ago")]


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (london(2026, 11, 1), None),
        (london(2026, 11, 2), "2026-10"),
        (london(2027, 1, 1), None),
        (london(2027, 1, 4), "2026-12"),
        (london(2028, 3, 1), "2028-02"),
        (london(2026, 11, 25), None),
    ],
    ids=["a Sunday", "its Monday", "New Year's Day", "the first working day", "after a leap day", "too late"],
)
def test_districts_are_asked_once_from_the_first_working_day_of_the_month(
    house: House, moment, period: str | None
) -> None:
    make_case(house)
    house.clock.at = moment
    assert districts(house) == (1 if period else 0)
    assert districts(house) == 0
    assert [each.period for each in campaigns_of(house)] == ([period] if period else [])


def test_whoever_leads_a_unit_is_mailed_at_work_and_is_nobodys_family(house: House) -> None:
    make_case(house)
    house.clock.at = london(2026, 11, 3)
    districts(house)
    assert ask(house) == 1
    [mail] = house.email.sent
    assert mail.address == "EH-1001.manager@council.example"
    assert mail.subject == "Kent Early Help: what Triage passed to you"
    assert "/s/" not in mail.text
    with house.database.reading() as session:
        person = session.scalars(select(Person).where(Person.reference.like("staff:%"))).one()
        assert person.post is None
    house.clock.at = london(2026, 12, 1)
    districts(house)
    assert ask(house) == 1, "four weeks after is a month after"


def test_the_units_own_manager_comes_first_and_nobody_is_asked_twice() -> None:
    def lead(unit: int, staff: int, rank: int, leads: int = 1) -> Lead:
        return Lead(unit, staff, "Mo", "mo@council.example", rank, leads)

    found = chosen([lead(1, 8, 1, 5), lead(1, 9, 0), lead(2, 7, 2, 1), lead(2, 6, 2, 3), lead(3, 9, 1, 2)])
    assert [(each.unit_id, each.staff_id) for each in found] == [(1, 9), (2, 6)]


def stand_in(house: House, manager_id: int | None) -> int:
    """Let a manager have a deputy; return their number."""
    with house.database.writing() as session:
        deputy = Staff(email="di@council.example", name="Di", role="manager", failed_sign_ins=0)
        session.add(deputy)
        session.flush()
        session.get_one(Staff, manager_id).deputy_id = deputy.id
        return deputy.id


def be_away(house: House, staff_id: int | None, first: date, last: date) -> None:
    with house.database.writing() as session:
        session.add(Leave(staff_id=staff_id, first_day=first, last_day=last))


def asked_by_mail(house: House) -> list[str]:
    """Ask as the clock does; where mails went."""
    jobs.ask_due(house.service, house.clock)
    house.service.outbox.drain()
    return [mail.address for mail in house.email.sent]


def test_the_deputy_of_a_lead_who_is_away_is_asked(house: House) -> None:
    made = make_case(house)
    stand_in(house, made.manager_id)
    be_away(house, made.manager_id, date(2026, 11, 2), date(2026, 11, 6))
    house.clock.at = london(2026, 11, 3)
    assert districts(house) == 1
    assert asked_by_mail(house) == ["di@council.example"]


@pytest.mark.parametrize("why", ["has left", "is away"])
def test_a_lead_who_is_not_here_when_their_turn_comes_is_stood_in_for(house: House, why: str) -> None:
    made = make_case(house)
    stand_in(house, made.manager_id)
    house.clock.at = london(2026, 11, 2, 18)
    assert districts(house) == 1
    if why == "is away":
        be_away(house, made.manager_id, date(2026, 11, 3), date(2026, 11, 6))
    else:
        with house.database.writing() as session:
            session.get_one(Staff, made.manager_id).ended_on = date(2026, 11, 2)
    house.clock.at = london(2026, 11, 3)
    assert asked_by_mail(house) == ["di@council.example"]
    assert [each for each in stands(house) if each[0] == "not_asked"] == [("not_asked", "stood_in_for")]
    assert asked_by_mail(house) == ["di@council.example"], "once"
    assert "stood_in_for" in NOT_ASKED_LABELS


def test_a_lead_who_is_here_and_waits_is_not_stood_in_for(house: House) -> None:
    made = make_case(house)
    stand_in(house, made.manager_id)
    house.clock.at = london(2026, 11, 2, 18)
    districts(house)
    assert district.hand_over(house.database, house.service.catalogue, house.clock.now()) == 0
    house.clock.at = london(2026, 11, 3)
    assert asked_by_mail(house) == ["EH-1001.manager@council.example"]


def test_nobody_is_mailed_where_nobody_stands_in_for_who_has_left(house: House) -> None:
    made = make_case(house)
    house.clock.at = london(2026, 11, 2, 18)
    districts(house)
    with house.database.writing() as session:
        session.get_one(Staff, made.manager_id).ended_on = date(2026, 11, 2)
    house.clock.at = london(2026, 11, 3)
    assert asked_by_mail(house) == []
    assert [each for each in stands(house) if each[0] == "not_asked"] == [("not_asked", "stood_in_for")]


def test_staff_who_have_left_lead_nothing(house: House) -> None:
    made = make_case(house)
    with house.database.writing() as session:
        session.get_one(Staff, made.manager_id).ended_on = london(2026, 10, 31).date()
        session.get_one(Unit, made.unit_id)
        session.get_one(Case, made.case_id)
    house.clock.at = london(2026, 11, 3)
    assert districts(house) == 0
    with house.database.reading() as session:
        assert session.scalars(select(Campaign)).all() == []


def test_the_partners_page_is_opened_once_and_again_under_its_old_address(house: House) -> None:
    def keep_open() -> str:
        with house.database.writing() as session:
            return always_open.keep_open(session, house.service.catalogue, house.clock.now())

    assert keep_open() == keep_open() == "partners"
    with house.database.writing() as session:
        open_surveys.close(session, "partners", house.clock.now())
    house.clock.move(timedelta(days=1))
    assert keep_open() == "partners"
    with house.database.reading() as session:
        [opened] = open_surveys.everyone(session)
        assert opened.is_open(house.clock.now())


def test_the_partners_page_gets_another_code_where_something_else_has_its_own(house: House) -> None:
    with house.database.writing() as session:
        open_surveys.add(session, "partners", "staff_event", unit_id=None, now=house.clock.now(), closes_at=None)
        code = always_open.keep_open(session, house.service.catalogue, house.clock.now())
        assert code != "partners"
        assert always_open.keep_open(session, house.service.catalogue, house.clock.now()) == code
