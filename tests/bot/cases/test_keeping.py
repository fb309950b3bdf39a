"""Keeping cases: whose they are and when, who takes part, and two adults who must not learn of each other."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.cases import keeping
from bot.people import keeping as persons
from bot.people.numbers import problem_with
from bot.refusals import Refused
from store.tables import Case, ContactLimit, ContactPoint, District, Invitation, Participant, Staff, WorkerSpell
from tests.bot.cases.casework import add_person, apply, frozen, keep, leave, october, record, rows, standing
from tests.builders import COUNCIL, DEFINITIONS, House

KIM = {"worker_email": "kim.fenn@council.example", "worker_name": "Kim Fenn"}
FOLLOWS: dict[str, Any] = {"catalogue": DEFINITIONS, "council": COUNCIL}
SHARED, OWN = "+447700900001", "+447700900002"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reference", " "),
        ("reference", "E" * 41),
        ("level", "heavy"),
        ("unit", ""),
        ("district", "\x00"),
        ("worker_email", "jo.bright"),
        ("worker_name", ""),
        ("manager_email", ""),
        ("manager_email", "JO.BRIGHT@council.example"),
        ("area", "\x07"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(house: House, field: str, value: str):
    with pytest.raises(Refused) as refused:
        keep(house, **{field: value})
    assert [problem.field for problem in refused.value.problems] == [field]
    assert (rows(house, Case.id), rows(house, Staff.id)) == ([], [])
    assert value.strip() == "" or value not in str(refused.value)


def test_a_case_that_is_told_again_changes_nothing(house: House):
    first = keep(house, area="East Kent", worker_mobile="+447700900800")
    assert first == (first.case_id, True, True)
    assert keep(house) == (first.case_id, False, False)
    assert keep(house, level="additional") == (first.case_id, False, True)
    with house.database.reading() as session:
        assert session.get_one(District, "Northwold").area == "East Kent"
    assert rows(house, Staff.mobile) == [(None,), ("+447700900800",)], "what is not told again stays"


def test_a_case_is_held_by_one_worker_after_the_other(house: House):
    case_id = keep(house).case_id
    house.clock.move(timedelta(days=3))
    keep(house, **KIM)
    keep(house, **KIM)
    house.clock.move(timedelta(hours=2))
    keep(house)
    house.clock.move(timedelta(days=2))
    keep(house, **KIM)
    spells = rows(house, WorkerSpell.staff_id, WorkerSpell.began_on, WorkerSpell.ended_on)
    jo, kim = spells[0][0], spells[-1][0]
    assert spells == [
        (jo, october(6), october(8)),
        (jo, october(9), october(10)),
        (kim, october(11), None),
    ], f"of case {case_id}: who has it in the evening counts"


def test_a_case_from_before_spells_were_kept_was_its_workers_all_along(house: House):
    case_id = keep(house).case_id
    with house.database.writing() as session:
        session.connection().exec_driver_sql("DELETE FROM worker_spells")
    keep(house, **KIM)
    add_person(house, case_id)
    record(house, case_id, "review", october(1))
    apply(house)
    [jo, *_] = [staff_id for staff_id, name in rows(house, Staff.id, Staff.name) if name == "Jo Bright"]
    assert rows(house, Invitation.worker_id) == [(jo,)]
    assert rows(house, WorkerSpell.began_on, WorkerSpell.ended_on) == [
        (date(2000, 1, 1), october(5)),
        (october(6), None),
    ]


def test_who_led_the_worker_that_day_is_kept_though_nobody_did(house: House):
    case_id = keep(house).case_id
    add_person(house, case_id)
    with house.database.writing() as session:
        session.execute(update(Staff).values(line_manager_id=None))
    record(house, case_id, "review", october(1))
    assert apply(house) == 1
    assert rows(house, Invitation.status, Invitation.line_manager_id) == [("offered", None)]


def test_whoever_joins_later_is_asked_about_what_has_been(house: House):
    case_id = keep(house).case_id
    record(house, case_id, "review", october(1))
    apply(house)
    assert standing(house) == []
    person_id = add_person(house, case_id)
    apply(house)
    assert standing(house) == [("review", "offered", None)]
    leave(house, case_id, person_id)
    apply(house)
    assert standing(house) == [("review", "not_asked", "left_case")]
    with house.database.writing() as session:
        keeping.join(session, case_id, person_id, "parent_carer", now=house.clock.now())
    apply(house)
    assert standing(house) == [("review", "offered", None)], "who has come back"


@pytest.mark.parametrize(("said", "kept"), [((True, None), True), ((None, True), True), ((True, False), False)])
def test_parental_responsibility_stays_as_it_was_where_nobody_says(
    house: House, said: tuple[bool | None, ...], kept: bool
):
    case_id = keep(house).case_id
    person_id = add_person(house, case_id)
    for each in said:
        with house.database.writing() as session:
            keeping.join(
                session, case_id, person_id, "parent_carer", parental_responsibility=each, now=house.clock.now()
            )
    assert rows(house, Participant.parental_responsibility) == [(kept,)]


@pytest.mark.parametrize("role", ["partner", "young_person", ""])
def test_nobody_has_two_roles_in_a_case_or_none(house: House, role: str):
    case_id = keep(house).case_id
    person_id = add_person(house, case_id)
    with pytest.raises(Refused), house.database.writing() as session:
        keeping.join(session, case_id, person_id, role, now=house.clock.now())


@pytest.mark.parametrize("known", [{}, {"birth_date": date(2013, 3, 12)}, {"age_band": "11-15"}])
def test_a_young_person_takes_part_whose_age_is_known_one_way_or_the_other(house: House, known: dict):
    case_id = keep(house).case_id
    with house.database.writing() as session:
        person_id = persons.add(session, persons.PersonDetails(name="Sky", **known), now=house.clock.now())
    if known:
        with house.database.writing() as session:
            assert keeping.join(session, case_id, person_id, "young_person", now=house.clock.now())
        with pytest.raises(Refused, match="birth_date: blank"), house.database.writing() as session:
            persons.change(session, person_id, persons.PersonDetails(name="Skye"), now=house.clock.now())
    else:
        with pytest.raises(Refused, match="birth_date: blank"), house.database.writing() as session:
            keeping.join(session, case_id, person_id, "young_person", now=house.clock.now())
        assert rows(house, Participant.role) == []


def limit(house: House, case_id: int, *people: int, reason: str = "court_order") -> bool:
    with house.database.writing() as session:
        return keeping.limit_contact(session, case_id, *people, reason, **FOLLOWS, now=house.clock.now())


def test_two_adults_who_must_not_learn_of_each_other_share_no_number(house: House):
    """Scenario 7: the number that both have is used for neither, and cannot be given to either again."""
    case_id = keep(house).case_id
    mother, father = (add_person(house, case_id, SHARED) for _ in range(2))
    assert (limit(house, case_id, mother, father), limit(house, case_id, father, mother)) == (True, False)
    assert len(rows(house, ContactLimit.id)) == 1
    assert frozen(house) == ["contact_limited"] * 2
    with house.database.reading() as session:
        for person_id in (mother, father):
            problem = problem_with(session, SHARED, person_id=person_id)
            assert problem is not None
            assert "Jo" not in str(problem), "nor is it told who the other one is"
            assert problem_with(session, OWN, person_id=person_id) is None


def end_limit(house: House, case_id: int, *people: int, because: str = "the order ran out") -> bool:
    with house.database.writing() as session:
        return keeping.end_limit(session, case_id, *people, because, now=house.clock.now())  # type: ignore[misc]


def test_a_limit_that_has_ended_lets_a_number_be_shared_once_it_is_confirmed_and_may_come_back(house: House):
    case_id = keep(house).case_id
    mother, father = (add_person(house, case_id, SHARED) for _ in range(2))
    limit(house, case_id, mother, father)
    with pytest.raises(Refused):
        end_limit(house, case_id, mother, father, because=" ")
    assert (end_limit(house, case_id, father, mother), end_limit(house, case_id, mother, father)) == (True, False)
    assert frozen(house) == ["contact_limited"] * 2, "whose the number is, a worker says"
    with house.database.reading() as session:
        assert problem_with(session, SHARED, person_id=mother) is None
    assert limit(house, case_id, mother, father)
    assert rows(house, ContactLimit.ended_because) == [("the order ran out",), (None,)]
    with house.database.reading() as session:
        assert problem_with(session, SHARED, person_id=mother) is not None


def test_another_reason_for_a_limit_is_kept_and_lets_no_confirmed_number_rest_again(house: House):
    case_id = keep(house).case_id
    mother, father = add_person(house, case_id, SHARED), add_person(house, case_id, SHARED)
    limit(house, case_id, mother, father)
    with house.database.writing() as session:
        session.execute(update(ContactPoint).where(ContactPoint.person_id == mother).values(frozen_because=None))
    assert limit(house, case_id, mother, father, reason="unsafe")
    assert rows(house, ContactLimit.reason) == [("unsafe",)]
    assert frozen(house).count("contact_limited") == 1
    with pytest.raises(Refused):
        limit(house, case_id, mother, father, reason="other")


def test_a_number_of_ones_own_goes_on_being_used(house: House):
    case_id = keep(house).case_id
    mother, father = add_person(house, case_id, SHARED), add_person(house, case_id, OWN)
    assert limit(house, case_id, mother, father)
    assert frozen(house) == [None, None]


@pytest.mark.parametrize("reason", ["court_order", "nonsense"])
def test_a_limit_is_between_two_adults_of_the_case(house: House, reason: str):
    case_id = keep(house).case_id
    mother, child = add_person(house, case_id), add_person(house, case_id, None, "young_person")
    for pair in ((mother, child), (mother, mother), (mother, 99)):
        with pytest.raises(Refused):
            limit(house, case_id, *pair, reason=reason)
    assert rows(house, ContactLimit.id) == []


def test_what_a_shared_phone_is_told_names_nobody_but_the_one_who_is_asked():
    texts = {
        name: text
        for name, text in DEFINITIONS.nothing_open("parent_carer").messages.items()
        if name.startswith("shared_phone")
    }
    assert set(texts) == {"shared_phone_check", "shared_phone_not_me"}
    for text in texts.values():
        assert {part.split("}")[0] for part in text.split("{")[1:]} == {"initial"}


def test_a_number_of_staff_is_no_familys(house: House):
    keep(house, worker_mobile="+447700900800")
    with house.database.reading() as session:
        problem = problem_with(session, "+447700900800")
    assert problem is not None
    assert "900800" not in str(problem)


def test_on_the_day_after_a_long_silence_the_first_worker_still_holds_the_old_stage(house: House):
    case_id = keep(house).case_id
    add_person(house, case_id)
    house.clock.at = datetime(2026, 10, 20, 10, tzinfo=UTC)
    keep(house, **KIM)
    record(house, case_id, "assessment", october(1))
    record(house, case_id, "review", october(19))
    record(house, case_id, "closure", october(20))
    apply(house)
    workers = [worker for _, worker in sorted(rows(house, Invitation.stage_on, Invitation.worker_id))]
    assert workers[0] == workers[1] != workers[2]
