"""A council with two thousand parents to ask, each on a channel of their own, put straight into its tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from store.base import Base
from store.migrate import migrate
from store.session import Database, Session
from store.tables import Case, ContactPoint, Invitation, Participant, Person, Staff, StageEvent, Unit

SURVEY = "parent_closure"


def prepare(database: Database, addresses: Sequence[tuple[str, str]], now: datetime) -> None:
    """Make the tables, and in them one case for each channel and address, with a closure to be asked about now.

    Whoever's channel is "web" has no address to write to: they are given a link.
    """
    migrate(database)
    numbers = range(1, len(addresses) + 1)
    happened = (now - timedelta(days=7)).date()
    with database.writing() as session:
        _add(session, Unit, [{"id": 1, "service": "Early Help", "district": "Marlbury", "name": "Unit 1"}])
        _add(session, Staff, [{"id": 1, "email": "manager@council.example", "name": "Mo Manager", "role": "manager"}])
        _add(session, Staff, [{"id": 2, "email": "worker@council.example", "name": "Sam Worker", "line_manager_id": 1}])
        known = {"name": "Jo", "language": "en", "safe_contact": "text", "first_contacted_at": now}
        _add(session, Person, [{"id": n, **known} for n in numbers])
        points = [
            {"person_id": n, "channel": channel, "address": address}
            for n, (channel, address) in zip(numbers, addresses, strict=True)
            if channel != "web"
        ]
        _add(session, ContactPoint, points)
        cases = {"level": "intensive", "unit_id": 1, "worker_id": 2}
        _add(session, Case, [{"id": n, "reference": f"EH-{n}", **cases} for n in numbers])
        _add(session, Participant, [{"case_id": n, "person_id": n, "role": "parent_carer"} for n in numbers])
        _add(
            session, StageEvent, [{"id": n, "case_id": n, "stage": "closure", "happened_on": happened} for n in numbers]
        )
        due = [now if channel != "web" else now + timedelta(days=1) for channel, _ in addresses]
        _add(session, Invitation, [_invitation(n, happened, due[n - 1]) for n in numbers])


def _add(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)


def _invitation(number: int, happened: Any, due: datetime) -> dict[str, Any]:
    return {
        "id": number,
        "person_id": number,
        "case_id": number,
        "stage_event_id": number,
        "stage": "closure",
        "stage_on": happened,
        "audience": "parent_carer",
        "survey_id": SURVEY,
        "worker_id": 2,
        "line_manager_id": 1,
        "unit_id": 1,
        "status": "offered",
        "due_at": due,
        "made_at": due,
    }
