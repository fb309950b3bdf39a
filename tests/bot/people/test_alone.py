"""Who is 11 to 15 is asked only where a named worker has decided that they can take part alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.people.keeping import Refused
from tests.bot.people.acting import correct, decide, log, stands
from tests.bot.talks.playing import at, phase
from tests.builders import House, make_case

AT_14 = date(2012, 1, 1)
AT_10 = date(2016, 1, 1)
AT_17 = date(2009, 1, 1)
NO_RECORD = ("not_asked", "no_record_of_agreement")


def young(house: House, born: date = AT_14, **more: object) -> None:
    make_case(house, audience="young_person", birth_date=born, **more)  # type: ignore[arg-type]


@pytest.fixture
def house(house: House) -> House:
    """At a time at which young people of either age are texted: ten to four on a Tuesday."""
    house.clock.at = at(6, 15, 50)
    return house


def test_nobody_has_decided_so_they_are_not_asked(house: House):
    young(house)
    assert stands(house) == NO_RECORD


def test_a_worker_who_says_they_may_lets_them_be_asked_at_once(house: House):
    young(house)
    decide(house, may=True)
    assert stands(house) == ("offered", None)
    assert house.ask() == 1
    assert log(house)[0] == ("Mo Manager", "decided that somebody can take part alone", "person 1")


@pytest.mark.parametrize(
    ("decisions", "becomes"),
    [
        ((True, False), NO_RECORD),
        ((False,), NO_RECORD),
        ((False, True), ("offered", None)),
        ((True, False, True), ("offered", None)),
    ],
)
def test_the_latest_decision_counts(house: House, decisions: tuple[bool, ...], becomes: tuple):
    young(house)
    for may in decisions:
        decide(house, may=may)
    assert stands(house) == becomes


def test_who_may_not_any_more_is_asked_no_further(house: House):
    young(house)
    decide(house, may=True)
    house.ask()
    said = house.said()
    decide(house, may=False)
    house.service.outbox.drain()
    assert (phase(house), house.said()) == ("cancelled", said)


def test_at_17_nobody_needs_a_decision_and_none_can_forbid_it(house: House):
    young(house, AT_17)
    assert stands(house) == ("offered", None)
    house.clock.at = at(7, 12, 30)  # from three on, the desk does not read for two more hours
    house.ask()
    decide(house, may=False)
    assert phase(house) == "invited"


def test_a_decision_lets_no_child_be_texted(house: House):
    young(house, AT_10)
    decide(house, may=True)
    assert stands(house) == ("not_asked", "too_young")


def test_it_is_looked_at_again_when_they_are_due(house: House):
    young(house, AT_17)
    correct(house, birth_date=AT_14)
    assert house.ask() == 0
    assert stands(house) == NO_RECORD


def test_what_has_grown_too_old_stays_unasked(house: House):
    young(house)
    house.clock.move(timedelta(days=40))
    decide(house, may=True)
    assert stands(house) == NO_RECORD


@pytest.mark.parametrize(("person_id", "why", "field"), [(1, " ", "why"), (77, "He wants to.", "person")])
def test_a_decision_about_nobody_or_without_a_reason_is_refused(house: House, person_id: int, why: str, field: str):
    young(house)
    with pytest.raises(Refused) as refused:
        decide(house, person_id, may=True, why=why)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (stands(house), log(house)) == (NO_RECORD, [])
