"""Keeping by hand what workers decide and find out about people, each in their own name."""

from __future__ import annotations

from bot.access import Viewer
from bot.by_hand.given import told, told_by_field
from bot.cases import keeping
from bot.people import alone, barring, confirming
from bot.service import Service
from store import audit
from store.session import Session
from store.shown.caseload import AddressRow


def decide_alone(session: Session, service: Service, viewer: Viewer, person_id: int, *, may: bool, why: str) -> None:
    """Keep whether somebody of 11 to 15 can take part alone.

    Raises:
        NotKept: no reason is given.
    """
    with told_by_field():
        alone.decide(session, person_id, may=may, why=why, staff_id=viewer.staff_id, **told(service))


def bar(session: Session, service: Service, viewer: Viewer, person_id: int, reason: str, note: str) -> None:
    """Let nobody write to a person from now on.

    Raises:
        NotKept: the reason needs a note.
    """
    with told_by_field():
        said = note.strip() or None
        barring.bar(session, person_id, reason, note=said, staff_id=viewer.staff_id, **told(service))


def lift(session: Session, service: Service, viewer: Viewer, person_id: int) -> bool:
    """Let people write to somebody again; False where nothing stood in the way."""
    return barring.lift(session, person_id, staff_id=viewer.staff_id, **told(service))


def leave(session: Session, service: Service, viewer: Viewer, case_id: int, person_id: int) -> bool:
    """Note that somebody takes part in a case no more; False where they have left already."""
    now = service.clock.now()
    has_left = keeping.leave(session, case_id, person_id, now=now)
    if has_left:
        what = "noted that somebody takes part in a case no more"
        audit.record(session, at=now, staff_id=viewer.staff_id, what=what, subject=f"person {person_id}")
    return has_left


def limit(
    session: Session, service: Service, viewer: Viewer, case_id: int, pair: tuple[int, int], reason: str, note: str
) -> bool:
    """Note that two adults of a case may not learn of each other what we know; False where that is noted already.

    Raises:
        NotKept: they are not two adults of the case.
    """
    with told_by_field():
        said = note.strip() or None
        return keeping.limit_contact(
            session, case_id, *pair, reason, note=said, staff_id=viewer.staff_id, **told(service)
        )


def end_limit(
    session: Session, service: Service, viewer: Viewer, case_id: int, pair: tuple[int, int], because: str
) -> bool:
    """Note that contact between two adults of a case is limited no more; False where it was not.

    Raises:
        NotKept: no reason is given.
    """
    with told_by_field():
        now = service.clock.now()
        return keeping.end_limit(session, case_id, *pair, because, staff_id=viewer.staff_id, now=now)


def confirm(session: Session, service: Service, viewer: Viewer, address: AddressRow) -> bool:
    """Keep that an address is theirs; False where it can be used no more."""
    return confirming.confirm(
        session,
        address.person_id,
        address.channel,
        address.address,
        staff_id=viewer.staff_id,
        **told(service),
    )
