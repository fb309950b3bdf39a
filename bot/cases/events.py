"""What happens in cases: each event kept once, corrected, withdrawn; and what follows from it, when its day has come."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from bot.calendar import local_day
from bot.cases import timeline
from bot.cases.planning import Planner
from bot.cases.readers import EARLIEST_STAGE, LATEST_STAGE
from bot.cases.timeline import EVENTS, TURNS, Happened, Kind
from bot.council import Council
from bot.one_by_one import one_by_one
from bot.refusals import refuse
from store.council import events as rows
from store.council import planning
from store.council.events import KeptEvent
from store.session import Database, Session
from surveys.catalogue import Catalogue

__all__ = ["EVENTS", "Reported", "apply_due", "correct", "record", "report", "review_numbers", "withdraw"]

log = logging.getLogger(__name__)

AT_ONCE = 250
"""So many events, of nearly as many cases, are applied in one transaction."""

ROUND = 100_000
"""So many events are looked at in one run; more wait for the next."""

_FIRST = date(1, 1, 1)


class Reported(NamedTuple):
    """An event that is kept; `is_new`: nobody had told of it before."""

    event_id: int
    is_new: bool


def record(
    session: Session,
    case_id: int,
    stage: str,
    happened_on: date,
    *,
    reference: str | None = None,
    is_listed: bool = False,
    now: datetime,
) -> Reported:
    """Keep an event once: by the reference that another system gives it, or by case, kind and day.

    What follows is done by `apply_due`, on the day of the event. An event that was withdrawn stays so however often it is
    told again, unless under a new reference: then whoever was being asked about it and had not answered is invited anew.

    Args:
        is_listed: a case list tells of it.

    Raises:
        Refused: there is no such kind or case, the day cannot be right, or the reference is that of another event; nothing
            was changed.
    """
    _check(stage, happened_on, local_day(now))
    if planning.lock_case(session, case_id) is None:
        raise refuse("case", "not known", "add the case first")
    known = rows.by_reference(session, reference) if reference else None
    if known and (known.case_id, known.stage, known.happened_on) != (case_id, stage, happened_on):
        raise refuse(
            "reference", "that of another event", "correct that event, or give this one a reference of its own"
        )
    known = known or rows.at(session, case_id, stage, happened_on)
    if known is None:
        added = rows.add(
            session, case_id, stage, happened_on, reference=reference, recorded_at=now, is_listed=is_listed
        )
        if added is None:  # another case has taken the reference in the meantime
            raise refuse("reference", "that of another event", "give this one a reference of its own")
        return Reported(added, is_new=True)
    if known.is_withdrawn and reference and reference != known.reference:
        rows.revive(session, known.id, reference, now)
        rows.set_aside(session, known.id)
        return Reported(known.id, is_new=True)
    if reference and known.reference is None:
        rows.name(session, known.id, reference)
    return Reported(known.id, is_new=False)


def report(
    session: Session,
    case_id: int,
    stage: str,
    happened_on: date,
    *,
    reference: str | None = None,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> Reported:
    """Keep an event once, as `record` does, and do at once what cannot wait: a text to a case that has moved may hurt.

    Raises:
        Refused: as `record` does.
    """
    reported = record(session, case_id, stage, happened_on, reference=reference, now=now)
    if reported.is_new and stage in TURNS and happened_on <= local_day(now):
        Planner(catalogue, council, now).apply(session, [case_id])
    return reported


def correct(
    session: Session, event_id: int, happened_on: date, *, catalogue: Catalogue, council: Council, now: datetime
) -> int:
    """Move an event to the day on which it truly was. Whoever was asked stays as they were; for others the day moves along.

    One of its kind that was withdrawn on that day gives way, and takes the other day.

    Returns:
        How many people who were not to be asked about something will be asked now.

    Raises:
        Refused: there is no such event, or one of its kind stands on that day; nothing was changed.
    """
    kept = _standing(session, event_id)
    if kept.happened_on == happened_on:
        return 0
    _check(kept.stage, happened_on, local_day(now))
    if there := rows.at(session, kept.case_id, kept.stage, happened_on):
        if not there.is_withdrawn:
            raise refuse("happened_on", "another event of this kind is on that day", "withdraw this one")
        rows.swap_days(session, kept, there)  # what has not happened is on the day on which nothing has
    rows.move(session, event_id, happened_on, apply_again=happened_on > local_day(now))
    return Planner(catalogue, council, now).settle(session, kept.case_id, moved={event_id})


def withdraw(
    session: Session, event_id: int, because: str, *, catalogue: Catalogue, council: Council, now: datetime
) -> bool:
    """Note that an event has not happened after all. Nobody is asked about it any more; what was answered stays.

    Whoever is being asked is told that the questions have closed. Contact that was frozen stays so until it is confirmed.

    Returns:
        False where it was withdrawn already.

    Raises:
        Refused: there is no such event; nothing was changed.
    """
    kept = _locked(session, event_id)
    if kept.is_withdrawn:
        return False
    rows.withdraw(session, event_id, because, now)
    Planner(catalogue, council, now).settle(session, kept.case_id)
    return True


def review_numbers(session: Session, case_id: int) -> dict[int, int]:
    """The number of each review of a case within its involvement, by the event's id."""
    kept = (event for event in rows.of_case(session, case_id) if not event.is_withdrawn)
    return timeline.review_numbers(Happened(event.id, cast("Kind", event.stage), event.happened_on) for event in kept)


def apply_due(database: Database, *, catalogue: Catalogue, council: Council, now: datetime, limit: int = ROUND) -> int:
    """Do what follows from each event whose day has come, the oldest first; return from how many events.

    It may run twice, and in two processes at once: a case is planned by one of them at a time. A fault in one case keeps no
    other waiting; its events are tried again the next time.

    Args:
        limit: at most so many events are looked at.

    Raises:
        PartlyDone: at the end, where something failed.
    """
    planner = Planner(catalogue, council, now)
    today, after, looked_at, applied = local_day(now), (_FIRST, 0), 0, 0
    failed: list[int] = []
    while looked_at < limit:
        with database.reading() as session:
            page = planning.due(session, today, after, min(AT_ONCE, limit - looked_at))
        if not page:
            break
        after, looked_at = (page[-1].happened_on, page[-1].id), looked_at + len(page)
        case_ids = sorted({event.case_id for event in page})
        try:
            applied += _apply(database, planner, case_ids)
        except Exception as fault:  # noqa: BLE001 - whoever of them is to blame is found out one by one
            log.error("events: %s while applying many; going on one by one", type(fault).__name__)  # noqa: TRY400
            failed += case_ids
    return applied + one_by_one(failed, lambda case_id: bool(_apply(database, planner, [case_id])))


def _apply(database: Database, planner: Planner, case_ids: Sequence[int]) -> int:
    return database.transact(lambda session: planner.apply(session, case_ids))


def _check(stage: str, happened_on: date, today: date) -> None:
    if stage not in EVENTS:
        raise refuse("stage", "not one of the choices", f"write one of: {', '.join(EVENTS)}")
    if happened_on < EARLIEST_STAGE:
        raise refuse("happened_on", "before 2000", "write the date with all four digits of the year")
    if happened_on - today > LATEST_STAGE:
        raise refuse("happened_on", "more than two years ahead", "check the year")


def _locked(session: Session, event_id: int) -> KeptEvent:
    """An event as it stands once its case is locked."""
    known = rows.by_id(session, event_id)
    if known is not None and planning.lock_case(session, known.case_id) is not None:
        known = rows.by_id(session, event_id)
    if known is None:
        raise refuse("event", "not known", "look it up anew")
    return known


def _standing(session: Session, event_id: int) -> KeptEvent:
    kept = _locked(session, event_id)
    if kept.is_withdrawn:
        raise refuse("event", "withdrawn", "report it under a new reference")
    return kept
