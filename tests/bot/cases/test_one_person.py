"""One person on several cases: recognised without a reference too, and told of alike by all rows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.cases.load import ImportSummary
from bot.clock import SetClock
from store.session import Database
from store.tables import ContactPoint, Participant, Person
from tests.bot.cases.lists import a_row, a_young_person, import_rows


class Lists:
    """Case lists that come in, and who is kept after them."""

    def __init__(self, database: Database, clock: SetClock, folder: Path) -> None:
        self.database = database
        self._clock = clock
        self._folder = folder

    def bring(self, *rows: dict[str, str]) -> ImportSummary:
        self._clock.move(timedelta(days=1))
        return import_rows(self.database, self._clock, self._folder, *rows)

    def kept(self, *columns: Any) -> list[Any]:
        with self.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].class_.id))]

    def people(self) -> list[int]:
        """Who takes part, case by case."""
        return [person_id for (person_id,) in self.kept(Participant.person_id)]


@pytest.fixture
def lists(database: Database, clock: SetClock, tmp_path: Path) -> Lists:
    return Lists(database, clock, tmp_path)


ON_EH_2 = {"case_reference": "EH-2"}
SAM = a_young_person()


@pytest.mark.parametrize(
    ("row", "other", "people"),
    [
        (a_row(), a_row(), [1, 1]),
        (a_row(), a_row(person_reference="P-1"), [1, 1]),
        (a_row(person_reference="P-1"), a_row(), [1, 1]),
        (a_row(person_reference="P-1"), a_row(person_reference="P-2"), [1, 2]),
        (a_row(), a_row(mobile="07700 900200"), [1, 2]),
        (a_row(mobile=""), a_row(mobile=""), [1, 2]),
        (a_row(), a_row(name_to_use="Anna"), [1, 2]),
        (SAM, SAM, [1, 1]),
        (SAM, {**SAM, "birth_date": "2012-05-16"}, [1, 2]),
        (SAM, {**SAM, "birth_date": "", "age_band": "11-15"}, [1, 2]),
        ({**SAM, "birth_date": "", "age_band": "11-15"}, {**SAM, "birth_date": "", "age_band": "11-15"}, [1, 2]),
        (SAM, a_row(name_to_use="Sam", mobile=SAM["mobile"], language="en"), [1, 2]),
    ],
)
def test_somebody_on_two_cases_is_recognised_by_role_name_birth_date_and_number(
    lists: Lists, row: dict[str, str], other: dict[str, str], people: list[int]
):
    rows = [row, {**other, **ON_EH_2}]
    assert lists.bring(*rows).refused == []
    assert lists.people() == people
    assert lists.bring(*rows).unchanged == 2


def test_an_adult_whose_birth_date_only_one_side_knows_is_not_recognised(lists: Lists):
    lists.bring(a_row())
    with lists.database.writing() as session:
        session.execute(update(Person).values(birth_date=date(1990, 1, 1)))
    lists.bring(a_row(**ON_EH_2))
    assert lists.people() == [1, 2]


@pytest.mark.parametrize(
    ("closed_because", "people"), [("wrong_number", [1, 1]), ("undeliverable", [1, 1]), ("replaced", [1, 2])]
)
def test_a_number_that_turned_out_to_be_a_strangers_is_not_tried_again_for_another_case(
    lists: Lists, closed_because: str, people: list[int]
):
    lists.bring(a_row())
    with lists.database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because=closed_because))
    lists.bring(a_row(**ON_EH_2))
    assert lists.people() == people


OF_P1 = {"person_reference": "P-1"}


@pytest.mark.parametrize(
    ("one", "other", "column"),
    [
        ({"mobile": "07700 900201"}, {"mobile": "07700 900202"}, "mobile"),
        ({}, {"mobile": ""}, "mobile"),
        ({"safe_contact": "none"}, {"safe_contact": "text"}, "safe_contact"),
        ({"safe_contact_note": "Ring first."}, {"safe_contact_note": ""}, "safe_contact_note"),
        ({"name_to_use": "Anna"}, {"name_to_use": "Agnieszka"}, "name_to_use"),
        ({"language": "en"}, {"language": "pl"}, "language"),
        ({"easy_read": "yes"}, {"easy_read": "no"}, "easy_read"),
        ({"preferred_channel": "sms"}, {"preferred_channel": "telegram"}, "preferred_channel"),
        ({**SAM, "birth_date": "2017-01-01"}, {**SAM, "birth_date": "2007-01-01"}, "birth_date"),
        ({**SAM, "birth_date": "", "age_band": "8-10"}, {**SAM, "birth_date": "", "age_band": "16-25"}, "age_band"),
    ],
)
def test_rows_of_one_person_must_agree_and_the_first_one_stands(
    lists: Lists, one: dict[str, str], other: dict[str, str], column: str
):
    rows = [a_row(**{**one, **OF_P1}), a_row(**{**other, **OF_P1, **ON_EH_2})]
    known = (Person.name, Person.birth_date, Person.language, Person.safe_contact, Person.safe_contact_note)
    found = lists.bring(*rows)
    assert [(refusal.line, refusal.column, refusal.instead) for refusal in found.refused] == [
        (3, column, "make the rows of this person agree")
    ]
    before = (lists.kept(*known), lists.kept(ContactPoint.address, ContactPoint.confirmed_at))
    assert lists.bring(*rows).unchanged == 1
    assert (lists.kept(*known), lists.kept(ContactPoint.address, ContactPoint.confirmed_at)) == before


def test_what_one_row_leaves_open_another_may_say(lists: Lists):
    rows = [a_row(easy_read="", preferred_channel=""), a_row(easy_read="yes", preferred_channel="sms", **ON_EH_2)]
    assert lists.bring(*rows).refused == []
    assert lists.bring(*rows).unchanged == 2


def test_somebody_who_is_recognised_without_a_reference_is_told_of_alike_too(lists: Lists):
    lists.bring(a_row(), a_row(**ON_EH_2))
    found = lists.bring(a_row(mobile="07700 900201"), a_row(mobile="07700 900202", **ON_EH_2))
    assert [(refusal.line, refusal.column) for refusal in found.refused] == [(3, "mobile")]
    assert lists.people() == [1, 1]


def test_a_number_that_a_list_brings_back_is_not_known_to_be_theirs_anew(lists: Lists):
    lists.bring(a_row())
    [(known_at,)] = lists.kept(ContactPoint.confirmed_at)
    lists.bring(a_row(mobile="07700 900201"))
    lists.bring(a_row())
    assert lists.kept(ContactPoint.closed_because, ContactPoint.confirmed_at)[0] == (None, known_at)
