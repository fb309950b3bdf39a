"""What a case system puts, and what it reads back of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from bot.cases import events
from bot.clock import SetClock
from console.wiring import EXTENSION
from store.council import data_notes
from store.session import Database
from store.tables import DoNotContact, Invitation, Staff, StageEvent, TakingPartAlone
from tests.console.api.calling import CASE, PERSON, REVIEW, System

EVENTS = "/cases/EH-1/events"
BAR = "/people/P-1/do-not-contact"
ALONE = "/people/P-1/alone"
LIMIT = "/cases/EH-1/participants/P-1/limits/P-2"


def test_a_person_is_read_back_as_they_were_put(system: System):
    created = system.put("/people/P-1", PERSON | {"language": "pl", "emails": ["jo@example.org"]})
    assert created.status_code == 201
    assert created.json == system.get("/people/P-1").json
    assert created.json == {
        "reference": "P-1",
        "name": "Jo",
        "birth_date": "1988-04-02",
        "age_band": None,
        "language": "pl",
        "easy_read": False,
        "safe_contact": "text",
        "safe_contact_note": None,
        "preferred_channel": None,
        "contact_points": [
            {"channel": "sms", "address": "+447700900001", "in_use": True, "confirmed_on": "2026-10-06"},
            {"channel": "email", "address": "jo@example.org", "in_use": True, "confirmed_on": "2026-10-06"},
        ],
        "do_not_contact": None,
        "alone": None,
    }


def test_a_put_takes_the_place_of_what_was_there(system: System):
    system.put("/people/P-1", PERSON)
    changed = system.put("/people/P-1", {"name": "Jo", "mobiles": ["07700 900002"]})
    assert changed.status_code == 200
    assert [point["address"] for point in changed.json["contact_points"]] == ["+447700900002"]
    assert (changed.json["birth_date"], changed.json["safe_contact"]) == (None, "none")


@pytest.mark.parametrize(
    ("path", "said", "pointer"),
    [
        ("/people/P-1", PERSON | {"mobiles": ["07700 900001", "01632 960001"]}, "#/mobiles/1"),
        ("/people/P-1", PERSON | {"birth_date": "2026-10-07"}, "#/birth_date"),
        (BAR, {"reason": "other"}, "#/note"),
        (ALONE, {"may": True, "why": "her own phone", "worker": "nobody@council.example"}, "#/worker"),
        (ALONE, {"may": True, "why": " ", "worker": "sam.worker@council.example"}, "#/why"),
        ("/cases/EH-1", CASE | {"manager": CASE["worker"]}, "#/manager/email"),
        ("/cases/EH-1/participants/P-1", {"role": "young_person"}, "#/role"),
    ],
)
def test_what_our_rules_refuse_points_at_the_field_and_changes_nothing(
    system: System, path: str, said: dict[str, object], pointer: str
):
    system.with_case()
    before = (system.get("/people/P-1").json, system.get("/cases/EH-1").json)
    refused = system.put(path, said)
    assert (refused.status_code, refused.json["type"]) == (422, "urn:heard:problem:refused")
    assert [flaw["pointer"] for flaw in refused.json["errors"]] == [pointer]
    assert (system.get("/people/P-1").json, system.get("/cases/EH-1").json) == before


def test_a_young_person_takes_part_once_their_age_is_known(system: System):
    system.with_case()
    system.put("/people/P-2", {"name": "Sky"})
    part = "/cases/EH-1/participants/P-2"
    refused = system.put(part, {"role": "young_person"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "#/role")
    assert "date of birth" in refused.json["errors"][0]["detail"]
    system.put("/people/P-2", {"name": "Sky", "age_band": "11-15"})
    assert system.put(part, {"role": "young_person"}).status_code == 200
    lost = system.put("/people/P-2", {"name": "Sky"})
    assert (lost.status_code, lost.json["errors"][0]["pointer"]) == (422, "#/birth_date")


def test_a_refused_number_is_noted_once_for_the_team_until_it_is_put_right(system: System, database: Database):
    system.with_case()

    def notes() -> list[tuple[str, str, str]]:
        with database.reading() as session:
            return [(note.cases, note.code, note.explanation) for note in data_notes.standing(session)]

    for _ in range(2):
        assert system.put("/people/P-1", PERSON | {"mobiles": ["01632 960001"]}).status_code == 422
    ((case, code, why),) = notes()
    assert (case, code) == ("EH-1", "number_refused")
    assert why.startswith("A number that a case system gave cannot be used")
    assert "960001" not in why
    assert system.put("/people/P-9", PERSON | {"mobiles": ["01632 960001"]}).status_code == 422
    assert len(notes()) == 1, "of somebody who is not kept there is no team to tell"
    assert system.put("/people/P-1", PERSON).status_code == 200
    assert notes() == []


def test_nobody_may_write_to_a_person_until_they_may_again(system: System, database: Database):
    system.with_case()
    barred = system.put(BAR, {"reason": "unsafe", "note": "her partner reads the phone"})
    assert barred.json["do_not_contact"] == {"reason": "unsafe", "since": "2026-10-06"}
    assert "partner" not in barred.text, "a note is for staff"
    system.put(BAR, {"reason": "unsafe", "note": "her partner reads the phone"})
    with database.reading() as session:
        assert session.query(DoNotContact).count() == 1
    assert [system.call("DELETE", BAR).status_code for _ in range(2)] == [204, 204]
    assert system.get("/people/P-1").json["do_not_contact"] is None


def test_who_says_that_nobody_may_write_is_kept_where_the_system_names_them(system: System, database: Database):
    system.with_case()
    died = {"reason": "died"}
    system.put(BAR, died)
    system.put(BAR, died | {"worker": "Sam.Worker@council.example"})
    system.put(BAR, died)
    with database.reading() as session:
        found = select(Staff.email).join(DoNotContact, DoNotContact.staff_id == Staff.id)
        assert list(session.scalars(found.where(DoNotContact.ended_at.is_(None)))) == ["sam.worker@council.example"]
    nobody = system.put(BAR, {"reason": "unsafe", "note": "x", "worker": "no.body@council.example"})
    assert [flaw["pointer"] for flaw in nobody.json["errors"]] == ["#/worker"]
    assert system.get("/people/P-1").json["do_not_contact"]["reason"] == "died"


def test_taking_part_alone_is_a_named_workers_decision_and_kept_once(system: System, database: Database):
    system.with_case()
    said = {"may": True, "why": "She has a phone of her own.", "worker": "Sam.Worker@council.example"}
    told = {"may": True, "worker": "sam.worker@council.example", "decided_on": "2026-10-06"}
    for _ in range(2):
        assert system.put(ALONE, said).json["alone"] == told
    assert "phone of her own" not in system.get("/people/P-1").text, "the reason is for staff"
    with database.reading() as session:
        [(name, may)] = session.execute(
            select(Staff.name, TakingPartAlone.may).join(Staff, Staff.id == TakingPartAlone.staff_id)
        ).all()
    assert (name, may) == ("Sam Worker", True)
    assert system.put(ALONE, said | {"may": False}).json["alone"]["may"] is False
    assert system.put(ALONE, {"may": True, "why": "x"}).status_code == 400, "never without somebody's name"


def test_whoever_has_left_decides_nothing(system: System, database: Database):
    system.with_case()
    with database.writing() as session:
        session.execute(update(Staff).values(ended_on=date(2026, 10, 5)))
    refused = system.put(ALONE, {"may": True, "why": "x", "worker": "sam.worker@council.example"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "#/worker")


def test_contact_between_two_adults_is_limited_until_it_is_said_to_be_no_more(system: System):
    system.with_case()
    system.put("/people/P-2", {"name": "Ali"})
    refused = system.put(LIMIT, {"reason": "court_order"})
    assert (refused.status_code, refused.json["errors"][0]["parameter"]) == (422, "other_reference")
    system.put("/cases/EH-1/participants/P-2", {"role": "parent_carer"})
    for _ in range(2):
        limited = system.put(LIMIT, {"reason": "court_order", "note": "until May"})
        assert limited.json["contact_limits"] == [{"person": "P-1", "other": "P-2", "reason": "court_order"}]
    assert "until May" not in limited.text, "a note is for staff"
    assert system.put(LIMIT, {"reason": "other"}).json["errors"][0]["pointer"] == "#/note"
    assert system.put(LIMIT, {"reason": "unsafe"}).json["contact_limits"][0]["reason"] == "unsafe"
    assert system.call("DELETE", LIMIT).status_code == 400
    assert [system.call("DELETE", f"{LIMIT}?because=order_ended").status_code for _ in range(2)] == [204, 204]
    assert system.get("/cases/EH-1").json["contact_limits"] == []


def test_a_case_is_read_back_with_who_takes_part_in_it(system: System):
    system.with_case()
    system.put("/cases/EH-1/participants/P-1", {"role": "parent_carer", "parental_responsibility": True})
    read = system.get("/cases/EH-1").json
    assert read == {
        "reference": "EH-1",
        "status": "open",
        "area": None,
        **{name: CASE[name] for name in ("level", "service", "district", "unit", "worker", "manager")},
        "participants": [{"person": "P-1", "role": "parent_carer", "parental_responsibility": True, "left_on": None}],
        "contact_limits": [],
    }
    assert system.put("/cases/EH-1", CASE | {"area": "East"}).json["area"] == "East"
    assert [system.call("DELETE", "/cases/EH-1/participants/P-1").status_code for _ in range(2)] == [204, 204]
    assert system.get("/cases/EH-1").json["participants"][0]["left_on"] == "2026-10-06"


@pytest.mark.parametrize(
    ("method", "path", "said"),
    [
        ("GET", "/people/P-9", None),
        ("PUT", "/people/P-9/do-not-contact", {"reason": "died"}),
        ("DELETE", "/people/P-9/do-not-contact", None),
        ("PUT", "/people/P-9/alone", {"may": True, "why": "x", "worker": "sam.worker@council.example"}),
        ("PUT", "/cases/EH-1/participants/P-1/limits/P-9", {"reason": "court_order"}),
        ("DELETE", "/cases/EH-9/participants/P-1/limits/P-9?because=agreed", None),
        ("GET", "/cases/EH-9", None),
        ("PUT", "/cases/EH-9/participants/P-1", {"role": "parent_carer"}),
        ("PUT", "/cases/EH-1/participants/P-9", {"role": "parent_carer"}),
        ("DELETE", "/cases/EH-9/participants/P-1", None),
        ("POST", "/cases/EH-9/events", REVIEW),
        ("GET", "/cases/EH-9/events", None),
        ("GET", "/events/999", None),
        ("PATCH", "/events/999", {"happened_on": "2026-10-01"}),
        ("DELETE", "/events/999?because=wrong_case", None),
    ],
)
def test_what_is_not_kept_is_not_found(settled: System, method: str, path: str, said: object):
    answer = settled.call(method, path, said)
    assert (answer.status_code, answer.json["type"]) == (404, "urn:heard:problem:not-found")


def test_events_are_paged_in_the_order_in_which_they_were_told(system: System):
    system.with_case()
    days = [f"2026-09-{day:02}" for day in (20, 10, 30, 5, 15)]
    for day in days:
        assert system.call("POST", EVENTS, {"stage": "review", "happened_on": day}).status_code == 201
    read, path = [], f"{EVENTS}?limit=2"
    while path:
        page = system.get(path).json
        read.append([event["happened_on"] for event in page["events"]])
        path = f"{EVENTS}?limit=2&after={page['next']}" if page["next"] else None
    assert read == [days[:2], days[2:4], days[4:]]


def test_the_day_of_an_event_is_corrected(system: System):
    system.with_case()
    event = system.call("POST", EVENTS, REVIEW | {"reference": "R-1"}).json
    moved = system.call("PATCH", f"/events/{event['id']}", {"happened_on": "2026-10-01"})
    assert moved.json == event | {"happened_on": "2026-10-01"}
    other = system.call("POST", EVENTS, REVIEW).json
    taken = system.call("PATCH", f"/events/{other['id']}", {"happened_on": "2026-10-01"})
    assert (taken.status_code, taken.json["errors"][0]["pointer"]) == (422, "#/happened_on")


def test_a_withdrawn_event_is_gone_and_stays_in_the_list(system: System, database: Database):
    system.with_case()
    event = system.call("POST", EVENTS, REVIEW).json
    where = f"/events/{event['id']}"
    assert system.call("DELETE", f"{where}?because=because").status_code == 400
    assert system.call("DELETE", f"{where}?because=wrong_case").status_code == 204
    assert system.get(where).status_code == 404
    assert system.get(EVENTS).json["events"] == [event | {"withdrawn_on": "2026-10-06"}]
    with database.reading() as session:
        assert session.query(StageEvent).one().withdrawn_because == "wrong_case"
    again = system.call("POST", EVENTS, REVIEW)
    assert (again.status_code, again.json["errors"][0]["pointer"]) == (422, "#/reference")
    assert system.call("POST", EVENTS, REVIEW | {"reference": "R-2"}).status_code == 201


def test_an_event_makes_its_invitation_when_the_planner_comes_by(system: System, either: Flask, clock: SetClock):
    system.with_case()
    system.call("POST", EVENTS, REVIEW)
    service = either.extensions[EXTENSION]
    clock.move(timedelta(minutes=1))
    assert events.apply_due(service.database, catalogue=service.catalogue, council=service.council, now=clock.now())
    with service.database.reading() as session:
        made = session.query(Invitation).one()
    assert (made.status, made.stage_on, made.audience) == ("offered", date(2026, 10, 5), "parent_carer")
