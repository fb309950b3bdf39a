"""The planner over many cases: in bounded batches, whatever is wrong with one of them, and two of them at once."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from sqlalchemy import func, insert, select

from bot.cases import events
from bot.one_by_one import PartlyDone
from store.session import Database
from store.tables import Case, Invitation, Participant, Person, StageEvent
from tests.bot.cases.casework import FOLLOWS, apply, keep
from tests.builders import House

CASES = 700


def many(house: House, cases: int = CASES) -> None:
    """So many cases with one parent each, all at one review and then closed."""
    kept = keep(house, reference="EH-0")
    with house.database.writing() as session:
        unit_id, worker_id = session.execute(select(Case.unit_id, Case.worker_id).where(Case.id == kept.case_id)).one()
        numbers = range(1000, 1000 + cases)
        case = {"level": "intensive", "unit_id": unit_id, "worker_id": worker_id}
        session.execute(insert(Case), [{"id": n, "reference": f"EH-{n}", **case} for n in numbers])
        session.execute(
            insert(Person), [{"id": n, "name": "Jo", "language": "en", "safe_contact": "text"} for n in numbers]
        )
        session.execute(insert(Participant), [{"case_id": n, "person_id": n, "role": "parent_carer"} for n in numbers])
        for stage, day in (("review", date(2026, 9, 28)), ("closure", date(2026, 10, 5))):
            session.execute(insert(StageEvent), [{"case_id": n, "stage": stage, "happened_on": day} for n in numbers])


def counted(database: Database) -> tuple[int, int, int]:
    """How many invitations there are, how many of them differ, and how many cases are closed."""
    with database.reading() as session:
        pairs = select(Invitation.person_id, Invitation.stage_event_id).distinct().subquery()
        return (
            session.scalar(select(func.count()).select_from(Invitation)) or 0,
            session.scalar(select(func.count()).select_from(pairs)) or 0,
            session.scalar(select(func.count()).where(Case.status == "closed")) or 0,
        )


def test_all_that_is_due_is_applied_once(house: House):
    many(house)
    assert (apply(house, limit=10_000), apply(house)) == (2 * CASES, 0)
    assert counted(house.database) == (2 * CASES, 2 * CASES, CASES)


def test_a_run_looks_at_no_more_than_it_was_told_to(house: House):
    many(house)
    assert apply(house, limit=10) <= 20, "both events of ten cases"
    assert apply(house, limit=10_000) > 0


def test_a_fault_in_one_case_keeps_no_other_waiting(house: House):
    many(house)
    with house.database.writing() as session:
        session.execute(insert(StageEvent), [{"case_id": 1003, "stage": "nonsense", "happened_on": date(2026, 10, 1)}])
    for _ in range(2):
        with pytest.raises(PartlyDone):
            apply(house, limit=10_000)
    assert counted(house.database)[2] == CASES - 1


@pytest.mark.postgres
def test_two_planners_at_once_make_no_doubles(house: House):
    many(house)
    other = Database(house.database.engine.url.render_as_string(hide_password=False))
    applied: list[int] = []

    def plan(database: Database) -> None:
        applied.append(events.apply_due(database, **FOLLOWS, now=house.clock.now()))

    planners = [threading.Thread(target=plan, args=(database,)) for database in (house.database, other)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()
    applied.append(apply(house, limit=10_000))
    other.close()
    assert sum(applied) == 2 * CASES, "each event by one of them"
    assert counted(house.database) == (2 * CASES, 2 * CASES, CASES)
