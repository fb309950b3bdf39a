"""Invented families, and what workers do for them by hand."""

from __future__ import annotations

from typing import Any

from bot.cases import events, keeping
from bot.invitations import holding
from bot.people import alone, barring, confirming
from tests.builders import COUNCIL, DEFINITIONS, MUM
from tests.scenarios.town import Town, london

FOLLOWS: dict[str, Any] = {"catalogue": DEFINITIONS, "council": COUNCIL}
DAD = "+447700900002"
CHECK = "Hi, a few questions for {}. Is that you? 1 That's me, 2 I'm someone else, 3 Wrong number"
IGNORE = "Hi, please ignore our last questions. You don't need to do anything."


def happens(town: Town, stage: str, day: str, reference: str = "EH-1") -> int:
    """Another system tells of an event, as it does by `/api/v1`; the clock does what follows."""
    now = town.house.clock.now()
    on = london(day).date()
    with town.database.writing() as session:
        told = events.report(session, town.case(reference), stage, on, **FOLLOWS, now=now)
    town.house.service.outbox.drain()
    return told.event_id


def bar(town: Town, name: str, reason: str) -> None:
    now = town.house.clock.now()
    with town.database.writing() as session:
        assert barring.bar(session, town.person(name), reason, note=None, staff_id=None, **FOLLOWS, now=now)


def may_take_part_alone(town: Town, name: str) -> None:
    now = town.house.clock.now()
    with town.database.writing() as session:
        alone.decide(session, town.person(name), may=True, why="A phone of her own.", staff_id=1, **FOLLOWS, now=now)


def confirms(town: Town, name: str, mobile: str = MUM) -> bool:
    """A worker says that a number is somebody's."""
    now, whose = town.house.clock.now(), town.person(name)
    with town.database.writing() as session:
        return confirming.confirm(session, whose, "sms", mobile, staff_id=1, **FOLLOWS, now=now)


def limits(town: Town, one: str, other: str) -> bool:
    """A court order keeps two adults apart."""
    who = (town.person(one), town.person(other))
    with town.database.writing() as session:
        now = town.house.clock.now()
        return keeping.limit_contact(session, town.case(), *who, "court_order", **FOLLOWS, now=now)


def hold_back(town: Town, invitation_id: int, reason: str, worker: str = "jo.bright@council.example") -> bool:
    staff_id, now = town.staff(worker).staff_id, town.house.clock.now()
    with town.database.writing() as session:
        return holding.hold_back(session, invitation_id, reason, staff_id=staff_id, now=now)
