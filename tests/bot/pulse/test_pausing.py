"""A pulse that a person has paused: nothing more of it leaves, and nobody can be told by who was mailed before the pause."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.campaigns import progress, running
from bot.campaigns.running import CannotDo
from bot.pulse import asking
from store.tables import AuditEntry, Campaign, Message, PulseAsked, Ticket
from tests.bot.pulse.offices import TEAMS, Office, email_of, staff_of

WHO = email_of("Ashbrook", 0)


def move(office: Office, act) -> None:
    with office.database.writing() as session:
        act(session, session.query(Campaign.id).scalar(), staff_id=None, now=office.clock.now())


def queue(office: Office) -> int:
    """Run the clock's job, and send nothing yet."""
    return asking.run(office.room.house.service, office.clock.now(), office.random)


def send(office: Office) -> int:
    """Send what may leave now; return how many mails have left by now."""
    office.room.house.service.outbox.drain()
    return sum(len(office.mails_to(email)) for email in staff_of(TEAMS))


def test_while_it_is_paused_nobody_is_mailed_and_afterwards_everybody_is(office: Office):
    assert queue(office) == 24
    move(office, running.pause)
    assert send(office) == 0
    office.clock.move(timedelta(days=7))
    assert queue(office) == 0, "nobody is reminded of what they have not been sent"
    assert send(office) == 0
    move(office, running.resume)
    office.clock.move(timedelta(minutes=5))
    assert send(office) == 24
    assert office.tickets.hand_in(office.token_of(WHO)) is not None
    with office.database.reading() as session:
        assert session.query(Ticket).count() == session.query(PulseAsked).count() == 24
        whats = [entry.what for entry in session.query(AuditEntry).filter(AuditEntry.subject.like("campaign %"))]
    assert whats == ["paused a campaign", "went on with a campaign"]


def test_reminders_that_wait_are_held_back_too(office: Office):
    office.ask()
    office.clock.move(timedelta(days=7))
    assert queue(office) == 24
    move(office, running.pause)
    assert send(office) == 24, "the first mails alone have left"
    move(office, running.resume)
    office.clock.move(timedelta(minutes=5))
    assert send(office) == 48


def test_what_a_pause_has_held_leaves_in_the_hours_of_staff(office: Office):
    queue(office)
    move(office, running.pause)
    send(office)
    office.clock.move(timedelta(hours=10))
    move(office, running.resume)
    assert send(office) == 0, "it is the evening"
    office.clock.move(timedelta(hours=14))
    assert send(office) == 24


def test_nobody_goes_in_while_others_have_not_been_sent_their_links(office: Office):
    queue(office)
    with office.database.writing() as session:
        held = [row.id for row in session.query(Message.id).filter(Message.address != WHO)]
        session.query(Message).filter(Message.id.in_(held)).update(
            {"next_attempt_at": office.clock.now() + timedelta(1)}
        )
    assert send(office) == 1
    move(office, running.pause)
    token = office.token_of(WHO)
    door = office.tickets.look(token)
    assert door is not None
    assert (door.is_open, door.is_held, door.is_spent) == (True, True, False)
    assert office.tickets.hand_in(token) is None
    move(office, running.resume)
    office.clock.move(timedelta(days=1))
    assert send(office) == 24
    assert office.tickets.hand_in(token) is not None


def test_whoever_has_been_asked_may_answer_while_it_is_paused(office: Office):
    office.ask()
    move(office, running.pause)
    office.answer(office.token_of(WHO), "Quieter rooms")
    door = office.tickets.look(office.token_of(WHO))
    assert door is not None
    assert door.is_spent


def test_a_paused_pulse_ends_with_its_last_day_and_what_waits_is_never_sent(office: Office):
    queue(office)
    move(office, running.pause)
    office.clock.move(timedelta(days=21))
    queue(office)
    assert send(office) == 0
    with office.database.reading() as session:
        assert session.query(Campaign.status).scalar() == "ended"
        assert {status for (status,) in session.query(Message.status)} == {"dropped"}


def test_it_cannot_be_ended_by_hand_for_its_results_are_shown_once_nobody_can_answer(office: Office):
    office.ask()
    with pytest.raises(CannotDo, match="ends by itself after its last day"):
        move(office, running.end)
    with pytest.raises(CannotDo, match="It runs"):
        move(office, running.resume)


def test_its_progress_tells_who_was_asked_and_never_how_many_have_answered(office: Office):
    queue(office)
    with office.database.reading() as session:
        (found,) = progress.everyone(session)
        one = progress.of(session, found.campaign.id)
    assert one is not None
    assert (one.asked, one.answered, one.waiting) == (24, None, 24)
    send(office)
    office.answer(office.token_of(WHO), "Quieter rooms")
    with office.database.reading() as session:
        one = progress.of(session, found.campaign.id)
    assert one is not None
    assert (one.asked, one.answered, one.waiting) == (24, None, 0)


def test_who_is_mailed_late_is_reminded_of_that_day_and_not_at_once(office: Office):
    queue(office)
    move(office, running.pause)
    office.clock.move(timedelta(days=8))
    move(office, running.resume)
    assert send(office) == 24
    assert office.ask() == 0, "the first reminder would be due, but they have only just been mailed"
    office.clock.move(timedelta(days=7))
    assert office.ask() == 24
    _first, reminder = office.mails_to(WHO)
    assert "On Wednesday 14 October we sent you a private link" in reminder
