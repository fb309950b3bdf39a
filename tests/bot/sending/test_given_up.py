"""What the team is told of a person whose message was tried to the last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sending.trying import MOST_ATTEMPTS
from channels.errors import Busy, OurFault, SendError, TimedOut, Unreachable
from store.council import data_notes
from tests.bot.sending.queueing import outcome, queue
from tests.builders import House, make_case


def notes(house: House) -> list[data_notes.Note]:
    with house.database.reading() as session:
        return data_notes.standing(session)


def try_to_the_last(house: House, error: SendError) -> None:
    """Queue a reply that makes sense for long, and let every attempt at it fail."""
    queue(house, "hello", not_after=house.clock.now() + timedelta(days=30))
    house.sms.faults = [error] * MOST_ATTEMPTS
    for _ in range(MOST_ATTEMPTS + 1):  # what may have been sent is looked for once more
        house.service.outbox.drain()
        house.clock.move(timedelta(minutes=80))
    assert outcome(house, "hello") == ("failed", error.code)


@pytest.mark.parametrize("error", [Busy("21611", "The queue is full."), TimedOut("timeout", "No answer.")])
def test_an_address_that_never_took_a_message_is_noted_until_it_takes_one(house: House, error: SendError):
    make_case(house)
    try_to_the_last(house, error)
    (note,) = notes(house)
    assert (note.cases, note.code) == ("EH-1001", data_notes.NEVER_TAKEN)
    assert (
        note.explanation == f"Tried {MOST_ATTEMPTS + error.may_have_been_sent} times and given up. {error.explanation}"
    )
    queue(house, "again")
    house.service.outbox.drain()
    assert outcome(house, "again")[0] == "accepted"
    assert notes(house) == []


@pytest.mark.parametrize("error", [OurFault("20003", "Our key."), Unreachable("down", "No connection.")])
def test_an_outage_or_a_fault_of_our_account_says_nothing_of_a_persons_address(house: House, error: SendError):
    make_case(house)
    try_to_the_last(house, error)
    assert notes(house) == []
