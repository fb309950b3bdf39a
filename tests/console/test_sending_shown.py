"""What staff see of sending on their first page: that all of it is stopped, and addresses to put right."""

from __future__ import annotations

import pytest

from bot.clock import SetClock
from bot.sending import switch
from bot.service import Service
from store.council import data_notes
from store.tables import Case, ContactPoint, Participant, Person, Staff, Unit
from tests.console.office import Browser

NUMBER = "+447700900123"
NAME = "Zzmarkername"


def note_dead_number(service: Service, clock: SetClock) -> None:
    """A family of somebody else's worker, with a number that does not exist."""
    with service.database.writing() as session:
        unit = Unit(service="Early Help units", district="Marlbury", name="Elsewhere")
        worker = Staff(email="w@council.example", name="Wes Worker", role="worker", failed_sign_ins=0)
        person = Person(name=NAME, language="en", safe_contact="text")
        session.add_all([unit, worker, person])
        session.flush()
        case = Case(reference="EH-77", level="intensive", unit_id=unit.id, worker_id=worker.id)
        session.add(case)
        session.flush()
        session.add(Participant(case_id=case.id, person_id=person.id, role="parent_carer"))
        point = ContactPoint(person_id=person.id, channel="sms", address=NUMBER)
        session.add(point)
        session.flush()
        data_notes.note_trouble(session, "sms", NUMBER, "30005", "The number does not exist.", clock.now())
        point.closed_because = "undeliverable"


def test_an_administrator_sees_which_addresses_to_put_right_without_name_or_number(
    browser: Browser, service: Service, clock: SetClock
):
    note_dead_number(service, clock)
    browser.sign_in("administrator")
    shown = " ".join(browser.get("/").text.split())
    for words in ("Addresses to put right", "EH-77", "Wes Worker", "The number does not exist. (code 30005)"):
        assert words in shown
    assert NUMBER not in shown
    assert NAME not in shown


@pytest.mark.parametrize("role", ["manager", "worker", "duty"])
def test_others_see_only_what_is_theirs_to_put_right(browser: Browser, service: Service, clock: SetClock, role: str):
    note_dead_number(service, clock)
    browser.sign_in(role)
    assert "EH-77" not in browser.get("/").text


@pytest.mark.parametrize("role", ["worker", "manager", "duty", "administrator"])
def test_everybody_sees_that_all_sending_is_stopped(browser: Browser, service: Service, clock: SetClock, role: str):
    browser.sign_in(role)
    assert "All sending is stopped" not in browser.get("/").text
    switch.stop(service.database, clock.now())
    assert "All sending is stopped" in browser.get("/").text
