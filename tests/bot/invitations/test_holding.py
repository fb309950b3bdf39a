"""Holding an invitation back: for a listed reason, before it is asked, by those whose case it is."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.figures import NOT_ASKED_LABELS
from bot.cases import events, keeping
from bot.cases.planning import Planner
from bot.invitations import holding
from bot.invitations.holding import CannotHold
from store import audit
from store.inviting import invitations as rows
from store.tables import Invitation, Staff
from tests.bot.invitations.stages import at, standing
from tests.bot.people.acting import WIRING
from tests.bot.talks.playing import history
from tests.builders import COUNCIL, DEFINITIONS, House, MadeCase, make_case


def hold(house: House, staff_id: int, reason: str = "unsafe", number: int = 1) -> bool:
    with house.database.writing() as session:
        return holding.hold_back(session, number, reason, staff_id=staff_id, now=house.clock.now())


def take_back(house: House, staff_id: int) -> bool:
    planner = Planner(DEFINITIONS, COUNCIL, house.clock.now())
    with house.database.writing() as session:
        return holding.take_back(session, 1, planner, staff_id=staff_id) is not None


@pytest.fixture
def made(house: House) -> MadeCase:
    return make_case(house)


@pytest.mark.parametrize("reason", holding.REASONS)
def test_a_worker_may_hold_back_for_each_listed_reason_which_is_kept_and_has_words(
    house: House, made: MadeCase, reason: str
):
    assert hold(house, made.worker_id, reason)
    assert standing(house, 1) == ("not_asked", f"held_{reason}")
    assert f"held_{reason}" in NOT_ASKED_LABELS
    assert history(house) == [("offered", "not_asked", f"held_{reason}")]
    assert house.ask() == 0
    with house.database.reading() as session:
        assert session.get_one(Invitation, 1).held_by == made.worker_id
        assert audit.subjects(session, "held back an invitation") == ["EH-1001"]


def test_there_is_no_other_reason(house: House, made: MadeCase):
    with pytest.raises(CannotHold, match="unsafe, bereaved, no_channel, declined"):
        hold(house, made.worker_id, "not appropriate")
    assert standing(house, 1) == ("offered", None)


def test_holding_back_twice_changes_nothing_the_second_time(house: House, made: MadeCase):
    assert hold(house, made.worker_id)
    assert not hold(house, made.manager_id, "declined")
    assert standing(house, 1) == ("not_asked", "held_unsafe")


@pytest.mark.parametrize("who", ["another worker", "another manager"])
def test_nobody_else_may(house: House, made: MadeCase, who: str):
    other = make_case(house, reference="EH-2", mobile=None)
    staff_id = other.worker_id if who == "another worker" else other.manager_id
    with pytest.raises(CannotHold, match="Only the worker of a case and their line manager"):
        hold(house, staff_id)
    hold(house, made.manager_id)
    with pytest.raises(CannotHold, match="Only the worker of a case"):
        take_back(house, staff_id)
    assert standing(house, 1) == ("not_asked", "held_unsafe")


def test_what_has_been_asked_cannot_be_held_back(house: House, made: MadeCase):
    house.ask()
    with pytest.raises(CannotHold, match="nothing to hold back"):
        hold(house, made.worker_id)
    assert standing(house, 1) == ("asked", None)


def test_what_is_taken_back_is_asked(house: House, made: MadeCase):
    hold(house, made.worker_id)
    assert take_back(house, made.manager_id)
    assert not take_back(house, made.manager_id)
    assert standing(house, 1) == ("offered", None)
    assert house.ask() == 1
    assert history(house) == [
        ("offered", "not_asked", "held_unsafe"),
        ("not_asked", "offered", None),
        ("offered", "asked", None),
    ]


def test_what_is_taken_back_too_late_is_settled_as_too_long_ago(house: House, made: MadeCase):
    hold(house, made.worker_id)
    house.clock.at = at("2026-11-03 11:00")
    take_back(house, made.worker_id)
    assert standing(house, 1) == ("not_asked", "too_long_ago"), "in the same moment, so that its worker is told"
    assert history(house)[-1] == ("offered", "not_asked", "too_long_ago")
    assert house.ask() == 0


def withdraw_stage(house: House, _made: MadeCase) -> None:
    with house.database.writing() as session:
        events.withdraw(session, 1, "A mistake.", **WIRING, now=house.clock.now())


def close_case(house: House, made: MadeCase) -> None:
    with house.database.writing() as session:
        events.report(session, made.case_id, "closure", date(2026, 10, 5), **WIRING, now=house.clock.now())


def leave_case(house: House, made: MadeCase) -> None:
    with house.database.writing() as session:
        keeping.leave(session, made.case_id, made.person_id, now=house.clock.now())


@pytest.mark.parametrize(
    ("happens", "reason"),
    [(withdraw_stage, "withdrawn"), (close_case, "case_closed"), (leave_case, "left_case")],
)
def test_what_is_taken_back_is_not_asked_where_the_case_has_overtaken_it_meanwhile(
    house: House, made: MadeCase, happens, reason: str
):
    hold(house, made.worker_id)
    happens(house, made)
    assert standing(house, 1) == ("not_asked", "held_unsafe")
    assert take_back(house, made.worker_id)
    assert standing(house, 1) == ("not_asked", reason)
    assert (house.ask(), house.said()) == (0, [])
    assert history(house)[:3] == [
        ("offered", "not_asked", "held_unsafe"),
        ("not_asked", "offered", None),
        ("offered", "not_asked", reason),
    ]


def test_a_changed_list_does_not_take_back_what_a_worker_holds(house: House, made: MadeCase):
    hold(house, made.worker_id)
    now = house.clock.now()
    with house.database.writing() as session:
        rows.revise(session, 1, rows.Revision(date(2026, 10, 3), None, "parent_review", "offered", None, now))
    assert standing(house, 1) == ("not_asked", "held_unsafe")


def test_a_worker_sees_their_own_cases_and_a_manager_those_of_their_workers(house: House, made: MadeCase):
    other = make_case(house, reference="EH-2", mobile="+447700900002")
    with house.database.writing() as session:
        session.get_one(Staff, other.worker_id).line_manager_id = made.manager_id
    hold(house, other.worker_id, number=2)
    with house.database.reading() as session:
        seen = {
            name: (
                [one.case_reference for one in holding.coming_up(session, staff_id)],
                [one.case_reference for one in holding.held(session, staff_id)],
            )
            for name, staff_id in (
                ("worker", made.worker_id),
                ("other worker", other.worker_id),
                ("manager", made.manager_id),
                ("other manager", other.manager_id),
            )
        }
    assert seen == {
        "worker": (["EH-1001"], []),
        "other worker": ([], ["EH-2"]),
        "manager": (["EH-1001"], ["EH-2"]),
        "other manager": ([], []),
    }


def test_whoever_stands_in_for_the_manager_holds_back_in_their_place_and_nobody_else_does(house: House, made: MadeCase):
    other = make_case(house, reference="EH-2", mobile="+447700900002")
    with house.database.writing() as session:
        assert [one.case_reference for one in holding.coming_up(session, other.manager_id, {made.manager_id})] == [
            "EH-1001",
            "EH-2",
        ]
        with pytest.raises(CannotHold):
            holding.hold_back(session, 1, "unsafe", staff_id=other.manager_id, now=house.clock.now())
        assert holding.hold_back(
            session, 1, "unsafe", staff_id=other.manager_id, leads={made.manager_id}, now=house.clock.now()
        )
