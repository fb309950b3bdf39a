"""`flask people`: what a named worker decides about somebody on a case."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select, update

from bot.service import Service
from store.tables import ContactPoint, DoNotContact, Invitation, Person, TakingPartAlone
from tests.builders import House, make_case
from tests.fakes import FakeChannel

CASE, BY = "eh-1001", ("--by", "eh-1001.worker@council.example")


def run(app: Flask, *arguments: str, fails: bool = False) -> str:
    result = app.test_cli_runner().invoke(args=["people", *arguments])
    assert (result.exit_code != 0) is fails, result.output
    return result.output


@pytest.fixture
def case(service: Service) -> Service:
    """Jo of 14, whom nobody has said anything about."""
    house = House(service, FakeChannel(), FakeChannel("email"), service.clock)  # type: ignore[arg-type]
    make_case(house, audience="young_person", birth_date=date(2012, 1, 1), reference=CASE)
    return service


def stands(service: Service) -> tuple[str, str | None]:
    with service.database.reading() as session:
        row = session.get_one(Invitation, 1)
        return row.status, row.not_asked_because


def test_a_worker_decides_that_somebody_can_take_part_alone(app: Flask, case: Service):
    assert run(app, "alone", CASE, "Jo", "may", *BY, "--why", "He asked to.") == "Kept: they can take part alone.\n"
    assert stands(case) == ("offered", None)
    run(app, "alone", CASE, "young_person", "may-not", *BY, "--why", "Moved.")
    assert stands(case) == ("not_asked", "no_record_of_agreement")
    with case.database.reading() as session:
        assert [row.may for row in session.scalars(select(TakingPartAlone))] == [True, False]


def test_nobody_writes_until_it_is_lifted(app: Flask, case: Service):
    stop = ("do-not-contact", CASE, "Jo", "in_hospital", *BY)
    assert run(app, *stop) == "Nobody writes to them any more.\n"
    assert run(app, *stop) == "That was so already.\n"
    assert stands(case) == ("not_asked", "no_record_of_agreement"), "nobody was to be asked"
    assert run(app, "contact-again", CASE, "Jo", *BY) == "They may be written to again.\n"
    assert run(app, "contact-again", CASE, "Jo", *BY) == "Nothing stood in the way.\n"
    with case.database.reading() as session:
        assert session.scalars(select(DoNotContact)).one().ended_at is not None


def test_every_address_that_could_be_used_is_confirmed(app: Flask, case: Service):
    with case.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because="undeliverable"))
    assert run(app, "confirm", CASE, "Jo", *BY) == "1 confirmed.\n"
    with case.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because="wrong_number"))
    assert run(app, "confirm", CASE, "Jo", *BY).startswith("They have no address that could be used")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("confirm", CASE, "Jo", "--by", "nobody@council.example"), "nobody of that address works here"),
        (("confirm", CASE, "Zed", *BY), "Nobody of case eh-1001 goes by that"),
        (("confirm", "EH-9", "Jo", *BY), "There is no case EH-9"),
        (("do-not-contact", CASE, "Jo", "other", *BY), "note: blank; write in a few words"),
        (("do-not-contact", CASE, "Jo", "bored", *BY), "'bored' is not one of"),
        (("alone", CASE, "Jo", "may", *BY, "--why", " "), "why: blank"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence_and_changes_nothing(
    app: Flask, case: Service, arguments: tuple[str, ...], told: str
):
    assert told in run(app, *arguments, fails=True)
    assert stands(case) == ("not_asked", "no_record_of_agreement")
    with case.database.reading() as session:
        assert session.scalars(select(DoNotContact)).all() == []
        assert session.scalars(select(Person.name)).all() == ["Jo"]
