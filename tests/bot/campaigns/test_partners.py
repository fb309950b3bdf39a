"""Partners: the register, and their turn every six months."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.campaigns import partners, progress
from bot.campaigns.lists import UnreadableList
from bot.campaigns.partners import NoSuchPartner
from bot.campaigns.periods import period_of
from bot.sending import switch
from channels.errors import BadAddress
from store.council import data_notes
from store.shown import campaigns as shown
from store.tables import ContactPoint, PartnerOrganisation, Person
from tests.bot.campaigns.town import (
    CLINIC,
    HEAD,
    SCHOOL,
    ask,
    campaigns_of,
    invitations,
    london,
    make_cycle,
    take_in,
)
from tests.bot.talks.playing import lapse
from tests.builders import MUM, House, make_case


def test_a_register_is_taken_in_once_however_often_it_is_read(house: House) -> None:
    assert take_in(house, SCHOOL, CLINIC)[:3] == (2, 0, 0)
    assert take_in(house, SCHOOL, CLINIC)[:3] == (0, 0, 2)
    with house.database.reading() as session:
        people = session.scalars(select(Person).order_by(Person.id)).all()
        assert [(each.post, each.safe_contact) for each in people] == [
            ("Safeguarding lead", "text"),
            ("Health visitor", "text"),
        ]
        points = session.scalars(select(ContactPoint).order_by(ContactPoint.id)).all()
        assert [(each.channel, each.address) for each in points] == [
            ("email", "pat@oak.example"),
            ("sms", "+447700900201"),
        ]


def test_whoever_takes_over_a_post_takes_over_its_place_and_the_old_address_is_used_no_more(house: House) -> None:
    take_in(house, SCHOOL)
    changed = SCHOOL.replace("Pat Oak,pat@", "Lee Oak,lee@").replace("Oak Primary", "OAK primary")
    assert take_in(house, changed)[:3] == (0, 1, 0)
    with house.database.reading() as session:
        assert session.scalars(select(PartnerOrganisation.name)).all() == ["Oak Primary"]
        assert session.scalars(select(Person.name)).all() == ["Lee Oak"]
        closed = {point.address: point.closed_because for point in session.scalars(select(ContactPoint))}
    assert closed == {"pat@oak.example": "replaced", "lee@oak.example": None}
    take_in(house, SCHOOL)
    with house.database.reading() as session:
        used = select(ContactPoint.address).where(ContactPoint.closed_because.is_(None))
        assert session.scalars(used).all() == ["pat@oak.example"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Oak,school,,,Lead,Pat,,\n", "line 2, email: no address - write an e-mail address or a mobile number"),
        ("Oak,school,highest,,Lead,Pat,p@o.example,\n", "line 2, level: not one of the choices"),
        ("Oak,school,,,Lead,Pat,not-a-mail,\n", "line 2, email: not an e-mail address"),
        ("Oak,school,,,Lead,Pat,,020 7946 0000\n", "line 2, mobile: "),
        ("Oak,school,,,,Pat,p@o.example,\n", "line 2, post: blank"),
        ("Oak,school\n", "line 2, row: not one field for each column"),
        ("Oak,school,,,Lead,Pat,mum@home.example,\n", "line 2, row: an address that a family uses"),
    ],
)
def test_a_row_that_is_wrong_is_refused_with_what_to_write_and_changes_nothing(
    house: House, row: str, told: str
) -> None:
    made = make_case(house, mobile=MUM)
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="email", address="mum@home.example"))
    outcome = take_in(house, row, CLINIC)
    assert outcome[:3] == (1, 0, 0)
    assert str(outcome.refused[0]).startswith(told)
    assert "Pat" not in str(outcome.refused[0])


def test_a_number_that_turns_out_to_be_a_partners_is_closed_for_the_family_and_its_team_told(house: House) -> None:
    make_case(house, mobile=MUM)
    assert take_in(house, "Oak,school,,,Lead,Pat,,07700 900001\n").added == 1
    assert house.ask() == 0
    with house.database.reading() as session:
        assert [note.code for note in data_notes.standing(session)] == ["partner_number"]
        closed = select(ContactPoint.closed_because).where(ContactPoint.address == MUM).order_by(ContactPoint.id)
        assert list(session.scalars(closed)) == ["partner_number", None]
    assert take_in(house, "Oak,school,,,Lead,Pat,,07700 900001\n").unchanged == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "must name these columns too"),
        (b"\xff\xfe", "not text in UTF-8"),
        ((HEAD.replace("mobile", "shoe size") + SCHOOL).encode(), "unknown, counted from the left: 8"),
        ((HEAD + 'Oak,"school').encode(), "Line 2 cannot be read as CSV"),
        ((HEAD.replace("mobile", "email") + SCHOOL).encode(), "more than once: email"),
    ],
)
def test_a_file_that_is_no_register_changes_nothing_and_says_what_to_do(house: House, data: bytes, told: str) -> None:
    with house.database.writing() as session, pytest.raises(UnreadableList, match=told):
        partners.import_list(session, data, house.clock.now())


def test_a_new_organisation_is_asked_within_a_month_and_then_every_six_months(house: House) -> None:
    house.clock.at = london(2026, 10, 6)
    take_in(house, SCHOOL)
    asked_on = []
    for month in range(10, 24):
        for day in (2, 6):
            house.clock.at = london(2026 + (month - 1) // 12, (month - 1) % 12 + 1, day)
            make_cycle(house)
            assert make_cycle(house) == 0, "the second run changes nothing"
            if ask(house):
                asked_on.append(period_of(house.clock.at.date()))
    assert asked_on == ["2026-10", "2027-04", "2027-10"]
    assert [each.period for each in campaigns_of(house)] == asked_on


def test_a_council_may_ask_partners_more_often(house: House) -> None:
    service = house.service
    names = replace(service.council.names, cadences={"partners": 4, "staff_pulse": 3})
    house.service = replace(service, council=replace(service.council, names=names))
    house.clock.at = london(2026, 10, 6)
    take_in(house, SCHOOL)
    assert (make_cycle(house), ask(house)) == (1, 1)
    house.clock.at = london(2027, 1, 31)
    assert make_cycle(house) == 0
    house.clock.at = london(2027, 2, 1)
    assert make_cycle(house) == 1


@pytest.mark.parametrize(
    ("asked", "then", "is_due"),
    [
        (london(2026, 8, 27), london(2027, 1, 31), False),
        (london(2026, 8, 27), london(2027, 2, 1), True),
        (london(2026, 9, 1), london(2027, 2, 28), False),
        (london(2026, 9, 1), london(2027, 3, 1), True),
        (london(2027, 8, 31), london(2028, 2, 1), True),
    ],
)
def test_the_half_year_is_counted_in_months(house: House, asked, then, is_due: bool) -> None:
    house.clock.at = asked
    take_in(house, SCHOOL)
    assert make_cycle(house) == 1
    assert ask(house) == 1
    house.clock.at = then
    assert make_cycle(house) == int(is_due)


def test_an_organisation_whose_mail_came_back_has_its_turn_again_next_month(house: House) -> None:
    take_in(house, SCHOOL)
    make_cycle(house)
    with house.database.writing() as session:
        session.scalars(select(ContactPoint)).one().closed_because = "undeliverable"
    assert ask(house) == 0
    assert [(each.status, each.not_asked_because) for each in invitations(house)] == [("not_asked", "no_address")]
    assert make_cycle(house) == 0, "once a month is enough"
    house.clock.at = london(2026, 11, 3)
    take_in(house, SCHOOL.replace("pat@", "post@"))
    assert make_cycle(house) == 1
    assert ask(house) == 1


def test_an_organisation_whose_mail_was_held_up_until_it_was_too_late_has_its_turn_again(house: House) -> None:
    take_in(house, SCHOOL)
    make_cycle(house)
    switch.stop(house.database, house.clock.now())
    assert ask(house) == 1
    house.clock.move(timedelta(days=15))
    assert lapse(house) == 0, "nobody can have answered it"
    house.clock.at = london(2026, 11, 4)
    assert lapse(house) == 1
    assert [each.status for each in invitations(house)] == ["unreachable"]
    switch.start(house.database, house.clock.now())
    house.service.outbox.drain()
    assert house.email.sent == []
    assert make_cycle(house) == 1
    assert ask(house) == 1


def test_an_organisation_that_has_left_is_not_asked(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    with house.database.writing() as session:
        assert partners.leave(session, "oak primary", None, house.clock.now()) == 1
        with pytest.raises(NoSuchPartner, match="flask partners list"):
            partners.leave(session, "Nobody", None, house.clock.now())
    assert make_cycle(house) == 1
    take_in(house, SCHOOL)
    assert make_cycle(house) == 1, "it is back, and its turn has come"


def test_a_contact_who_has_left_is_not_asked_while_a_colleague_can_be(house: House) -> None:
    take_in(house, SCHOOL, SCHOOL.replace("Safeguarding lead,Pat Oak,pat@", "Head,Jo Oak,jo@"))
    with house.database.writing() as session:
        assert partners.leave(session, "Oak Primary", "head", house.clock.now()) == 1
    assert make_cycle(house) == 1


def test_an_invitation_that_came_back_is_no_proof_that_anybody_was_invited(house: House) -> None:
    take_in(house, SCHOOL, CLINIC)
    make_cycle(house)
    house.email.faults.append(BadAddress("no_mailbox", "There is no such mailbox."))
    assert ask(house) == 2
    with house.database.reading() as session:
        asked = {each.name: each.asked_at is not None for each in shown.organisations(session)}
        rows = list(csv.DictReader(progress.proof_as_csv(shown.proofs(session)).splitlines()))
    assert asked == {"Oak Primary": False, "Elm Clinic": True}
    invited = {row["organisation"]: (row["status"], row["invited_on"]) for row in rows}
    assert invited == {"Oak Primary": ("unreachable", ""), "Elm Clinic": ("asked", "2026-10-06")}
