"""What partners and notifiers say is read by the manager of their district, who is mailed where they ask to be contacted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot import organisation, partner_requests, staffing
from bot.access import Viewer
from bot.calendar import local_day
from bot.campaigns import triage
from bot.refusals import Refused
from bot.shown import answers
from store.council import organisation as rows
from store.tables import Staff
from tests.bot.campaigns.town import CLINIC, ask, london, make_cycle, take_in
from tests.bot.talks.playing import reply
from tests.builders import House

CLINICS_PHONE = "+447700900201"
WORDS = "Your duty line is quick to ring back"
SAID = ("GO", "1", "1", "1", "1", "1", WORDS, "Shorter forms")
DI, MO, ADMIN = "di@council.example", "mo@council.example", "ada@council.example"
DECISIONS = (
    "reference,decided_on,district,outcome,name,email,mobile\nT-1,2026-10-06,{},early help,Kit Beck,,07700 900203\n"
)


@pytest.fixture
def house(house: House) -> House:
    """A clinic in Marlbury, whose manager is Di; Mo manages no district; Ada is an administrator."""
    with house.database.writing() as session:
        for email, role in ((ADMIN, "administrator"), (DI, "manager"), (MO, "manager")):
            session.add(Staff(email=email, name=email[:2].title(), role=role))
    take_in(house, CLINIC)
    manage(house, DI)
    return house


def manage(house: House, email: str, district: str = "Marlbury") -> bool:
    with house.database.writing() as session:
        return staffing.manage_district(session, district, email, now=house.clock.now())


def asks_for_contact(house: House, answer: str = "1") -> None:
    """Ask the clinic, and hear all it says, and whether it asks to be contacted."""
    make_cycle(house)
    assert ask(house) == 1
    reply(house, *SAID, answer, address=CLINICS_PHONE)
    house.service.outbox.drain()


def viewer(house: House, email: str) -> Viewer:
    with house.database.reading() as session:
        found = session.query(Staff).filter_by(email=email).one()
        managers = organisation.read_by(session, found.id, local_day(house.clock.now()))
        return Viewer(found.id, found.role, managers, organisation.districts_read_by(session, managers))


def words_for(house: House, email: str) -> set[str | None]:
    who = viewer(house, email)
    with house.database.reading() as session:
        return {each.words for each in answers.latest(session, who, catalogue=house.service.catalogue).answers}


def askers_for(house: House, email: str) -> list[partner_requests.Asker]:
    who = viewer(house, email)
    with house.database.reading() as session:
        return partner_requests.latest(session, who, house.clock.now())


def mailed(house: House) -> dict[str, str]:
    """Everybody who was mailed by now, and the last mail to each."""
    return {sent.address: f"{sent.subject}\n{sent.text}" for sent in house.email.sent}


def test_the_manager_of_the_district_is_mailed_without_a_word_of_it_and_reads_who_it_is(house: House):
    asks_for_contact(house)
    assert list(mailed(house)) == [DI]
    for hidden in (WORDS, "Ash", "Elm", "Marlbury", "900201", "Health visitor"):
        assert hidden not in mailed(house)[DI]
    [asker] = askers_for(house, DI)
    assert (asker.who, asker.district) == ("Ash Elm, Health visitor, Elm Clinic", "Marlbury")
    assert asker.waits_for == "asks to be contacted"
    assert list(asker.addresses) == [CLINICS_PHONE]
    assert askers_for(house, MO) == []
    assert askers_for(house, ADMIN) == [asker]


def test_who_does_not_ask_for_it_is_listed_nowhere(house: House):
    asks_for_contact(house, "2")
    assert mailed(house) == {}
    assert askers_for(house, DI) == askers_for(house, ADMIN) == []


def test_whoever_stands_in_for_the_manager_is_mailed_and_reads_in_their_place(house: House):
    with house.database.writing() as session:
        staffing.change(session, DI, staffing.Changes(deputy=MO), now=house.clock.now())
        staffing.add_leave(session, DI, date(2026, 10, 1), date(2026, 10, 31), now=house.clock.now())
    asks_for_contact(house)
    assert list(mailed(house)) == [MO]
    assert len(askers_for(house, MO)) == 1
    assert WORDS in words_for(house, MO)


def test_where_nobody_manages_the_district_an_administrator_is_mailed(house: House):
    manage(house, "none")
    asks_for_contact(house)
    assert list(mailed(house)) == [ADMIN]
    assert askers_for(house, DI) == []


def test_a_request_is_listed_for_four_weeks(house: House):
    asks_for_contact(house)
    house.clock.move(timedelta(days=27))
    assert len(askers_for(house, DI)) == 1
    house.clock.move(timedelta(days=2))
    assert askers_for(house, DI) == []


def test_what_a_partner_says_is_read_by_the_manager_of_their_district_alone(house: House):
    asks_for_contact(house, "2")
    assert words_for(house, DI) >= {WORDS, "Shorter forms"}
    assert words_for(house, MO) == set()
    assert WORDS in words_for(house, ADMIN)


@pytest.mark.parametrize(("district", "sees"), [("marlbury", True), ("Northwold", False)])
def test_what_a_notifier_says_is_read_by_the_manager_of_the_decisions_district(
    house: House, district: str, *, sees: bool
):
    with house.database.writing() as session:
        parts = {"catalogue": house.service.catalogue, "council": house.service.council, "now": house.clock.now()}
        triage.import_list(session, DECISIONS.format(district).encode(), **parts)
    house.clock.at = london(2026, 10, 8)
    assert ask(house) == 1
    reply(house, "GO", "1", "1", "1", "1", WORDS, address="+447700900203")
    assert (WORDS in words_for(house, DI)) is sees
    assert WORDS in words_for(house, ADMIN)


@pytest.mark.parametrize(("answer", "waits"), [("3", True), ("2", False)])
def test_a_notifier_who_has_heard_nothing_is_listed_and_the_manager_of_the_district_is_mailed(
    house: House, answer: str, *, waits: bool
):
    with house.database.writing() as session:
        parts = {"catalogue": house.service.catalogue, "council": house.service.council, "now": house.clock.now()}
        triage.import_list(session, DECISIONS.format("Marlbury").encode(), **parts)
    house.clock.at = london(2026, 10, 8)
    ask(house)
    reply(house, "GO", "1", answer, address="+447700900203")
    house.service.outbox.drain()
    listed = [(asker.who, asker.waits_for, asker.district) for asker in askers_for(house, DI)]
    assert listed == ([("Kit Beck", "has heard nothing from Triage", "Marlbury")] if waits else [])
    assert list(mailed(house)) == ([DI] if waits else [])
    assert "Kit" not in repr(mailed(house))
    assert askers_for(house, MO) == []


def test_a_district_that_nobody_knows_and_a_reader_who_may_not_are_refused(house: House):
    with pytest.raises(Refused) as refused:
        manage(house, DI, "Nowhere")
    assert refused.value.problems[0].instead == "write one of: Marlbury"
    with house.database.writing() as session:
        session.add(Staff(email="jo@council.example", name="Jo", role="worker"))
    with pytest.raises(Refused):
        manage(house, "jo@council.example")
    assert manage(house, DI, "marlbury") is False, "it was so already"


def test_a_district_keeps_its_manager_when_its_area_is_told(house: House):
    with house.database.writing() as session:
        rows.keep_area(session, "Marlbury", "East")
        assert rows.district_manager(session, "Marlbury") is not None
        rows.keep_area(session, "Marlbury", "West")
        assert rows.district_manager(session, "Marlbury") is not None
