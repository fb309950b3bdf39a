"""Whatever order events are told in, and whenever what follows is done, a case ends up the same."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.cases.timeline import EVENTS
from bot.clock import SetClock
from store.session import Database
from store.tables import Case, Invitation, StageEvent, WorkerSpell
from tests.bot.cases.casework import add_person, apply, keep, october, record
from tests.builders import House, make_house

NUMBERS = count(1)
TOLD = st.lists(st.tuples(st.sampled_from(tuple(EVENTS)), st.integers(-8, 9)), min_size=1, max_size=7, unique=True)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One service for all examples, each with cases of its own."""
    from store.migrate import migrate  # noqa: PLC0415
    from tests.conftest import TUESDAY_MORNING  # noqa: PLC0415

    database = Database(f"sqlite:///{tmp_path_factory.mktemp('any') / 'order.sqlite'}")
    migrate(database)
    return make_house(database, SetClock(TUESDAY_MORNING))


def left_behind(house: House, told: list[tuple[str, int]], pauses: set[int]) -> object:
    """What a case comes to: its status, its invitations and whose it was."""
    number = next(NUMBERS)
    case_id = keep(house, reference=f"EH-{number}").case_id
    for mobile in ("+447700900001", None):
        add_person(house, case_id, mobile)
    for place, (stage, day) in enumerate(told):
        record(house, case_id, stage, october(day))
        if place in pauses:
            apply(house)
    apply(house)
    with house.database.reading() as session:
        invitations = session.execute(
            select(StageEvent.stage, StageEvent.happened_on, Invitation.status, Invitation.not_asked_because)
            .join(Invitation, Invitation.stage_event_id == StageEvent.id)
            .where(Invitation.case_id == case_id)
        )
        spells = session.execute(
            select(WorkerSpell.began_on, WorkerSpell.ended_on).where(WorkerSpell.case_id == case_id)
        )
        return (
            session.scalar(select(Case.status).where(Case.id == case_id)),
            sorted(str((stage, day, *_as_it_stands(status, because))) for stage, day, status, because in invitations),
            sorted(map(str, spells)),
        )


def _as_it_stands(status: str, because: str | None) -> tuple[str, str | None]:
    """Contact is frozen once: whoever waited by then is found out when they are to be asked."""
    return ("offered", None) if because == "number_unconfirmed" else (status, because)


@settings(deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=TOLD, data=st.data())
def test_events_in_any_order_leave_the_same_behind(house: House, told: list[tuple[str, int]], data: st.DataObject):
    shuffled = data.draw(st.permutations(told))
    pauses = data.draw(st.sets(st.integers(0, len(told) - 1)))
    straight = left_behind(house, sorted(told, key=lambda event: event[1]), set())
    assert left_behind(house, list(shuffled), pauses) == straight
