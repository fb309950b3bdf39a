"""Invitations that no longer leave, with what follows: whoever was not asked must not count as asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.clock import SetClock
from bot.invitations.asking import Inviter
from channels.errors import TimedOut
from store.session import Session
from store.tables import ContactPoint, Conversation, Invitation, InvitationStep, Message, OptOut, Person, StageEvent
from tests.builders import MUM, House, MadeCase, make_case


def invite(house: House) -> MadeCase:
    """Somebody is asked, and the texts still wait in the outbox."""
    made = make_case(house)
    Inviter(house.database, house.service.catalogue, house.service.council, house.clock).send_due()
    return made


def stands(house: House) -> tuple[str, str | None, bool]:
    """Where the invitation stands, the reason of its last move, and whether its conversation has ended."""
    with house.database.reading() as session:
        steps = select(InvitationStep.because).order_by(InvitationStep.id.desc()).limit(1)
        closed = session.scalars(select(Conversation.closed_at)).one() is not None
        return session.get_one(Invitation, 1).status, session.scalar(steps), closed


def codes(house: House) -> set[tuple[str, str | None]]:
    with house.database.reading() as session:
        rows = session.execute(select(Message.status, Message.error_code).where(Message.direction == "out"))
        return {(status, code) for status, code in rows}


def close_number(session: Session, _made: MadeCase) -> None:
    session.execute(update(ContactPoint).values(closed_because="moved"))


def record_unsafe(session: Session, _made: MadeCase) -> None:
    session.execute(update(Person).values(safe_contact="none"))


def close_case(session: Session, made: MadeCase) -> None:
    reached = session.scalars(select(StageEvent.happened_on)).one()
    session.add(StageEvent(case_id=made.case_id, stage="closure", happened_on=reached))


def take_case_away(session: Session, made: MadeCase) -> None:
    reached = session.scalars(select(StageEvent.happened_on)).one()
    session.add(StageEvent(case_id=made.case_id, stage="stepped_up", happened_on=reached))


def begin_anew(session: Session, made: MadeCase) -> None:
    reached = session.scalars(select(StageEvent.happened_on)).one()
    session.add(StageEvent(case_id=made.case_id, stage="reopened", happened_on=reached + timedelta(days=1)))


def stop_alone(session: Session, made: MadeCase) -> None:
    reached = session.scalars(select(Invitation.made_at)).one()
    session.add(OptOut(channel="sms", address=MUM, person_id=made.person_id, began_at=reached))


@pytest.mark.parametrize(
    ("change", "code", "status"),
    [
        (close_number, "address_closed", "unreachable"),
        (record_unsafe, "not_safe_to_text", "unreachable"),
        (close_case, "case_closed", "unreachable"),
        (take_case_away, "case_closed", "unreachable"),
        (begin_anew, "case_closed", "unreachable"),
        (stop_alone, "opted_out", "declined"),
    ],
)
def test_what_changed_since_an_invitation_was_written_keeps_it_from_leaving(house: House, change, code, status):
    made = invite(house)
    with house.database.writing() as session:
        change(session, made)
    house.service.outbox.drain()
    assert house.said() == []
    assert codes(house) == {("dropped", code)}
    assert stands(house) == (status, code, True)


@pytest.mark.parametrize(
    ("stage", "after"), [("stepped_up", -1), ("reopened", 0), ("stepped_up", 60), ("family_plan", 1)]
)
def test_what_happened_before_or_lies_ahead_or_ends_nothing_keeps_nobody_from_being_asked(house: House, stage, after):
    made = invite(house)
    with house.database.writing() as session:
        reached = session.scalars(select(StageEvent.happened_on)).one()
        day = reached + timedelta(days=after)
        session.add(StageEvent(case_id=made.case_id, stage=stage, happened_on=day))
    house.service.outbox.drain()
    assert len(house.said()) > 0


def test_a_stop_of_one_person_on_a_shared_phone_does_not_become_everyones(house: House):
    made = invite(house)
    with house.database.writing() as session:
        stop_alone(session, made)
    house.service.outbox.drain()
    with house.database.reading() as session:
        assert session.scalars(select(OptOut.person_id)).all() == [made.person_id]


def test_after_an_outage_an_invitation_waits_for_the_next_window_and_goes_there(house: House, clock: SetClock):
    invite(house)
    clock.move(timedelta(hours=9))
    house.service.outbox.drain()
    assert house.said() == []
    assert codes(house) == {("queued", "out_of_hours")}
    assert stands(house) == ("asked", None, False)
    clock.move(timedelta(hours=15))
    house.service.outbox.drain()
    assert len(house.said()) > 0
    assert stands(house) == ("asked", None, False)


def test_after_a_long_outage_it_is_dropped_and_said_anew_on_the_next_day_for_such_texts(house: House, clock: SetClock):
    invite(house)
    clock.move(timedelta(days=6))
    house.service.outbox.drain()
    assert house.said() == []
    assert stands(house) == ("asked", None, False)
    clock.move(timedelta(days=1))
    house.service.outbox.drain()
    assert len(house.said()) == len(set(house.said())) > 0


def test_what_the_provider_had_taken_before_the_outage_is_adopted_not_dropped(house: House, clock: SetClock):
    invite(house)
    house.sms.loses_answer = TimedOut("timeout", "No answer.")
    house.service.outbox.drain(1)
    clock.move(timedelta(days=6))
    house.service.outbox.drain()
    assert len(house.said()) == 1
    assert stands(house)[0] == "asked"
