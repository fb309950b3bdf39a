"""What may be with its provider is looked for there once more before it is given up, and caps are counted apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sending.trying import MOST_ATTEMPTS, MOST_ATTEMPTS_WHEN_BROKEN
from channels.errors import SendError, TimedOut, Unreachable
from tests.bot.sending.queueing import outcome, queue
from tests.builders import House

DOWN = Unreachable("down", "No connection.")
LOST = TimedOut("timeout", "No answer.")
OURS = ValueError("with words in it")


def try_on(house: House, times: int) -> None:
    for _ in range(times):
        house.service.outbox.drain()
        house.clock.move(timedelta(minutes=80))


def long_lived(house: House) -> None:
    queue(house, "hello", not_after=house.clock.now() + timedelta(days=30))


def test_an_outage_does_not_use_up_what_faults_of_our_own_are_allowed(house: House):
    long_lived(house)
    house.sms.faults = [DOWN] * MOST_ATTEMPTS_WHEN_BROKEN
    try_on(house, MOST_ATTEMPTS_WHEN_BROKEN)
    house.sms.faults = [OURS] * 3  # type: ignore[list-item]
    try_on(house, 4)
    assert outcome(house, "hello")[0] == "accepted"


@pytest.mark.parametrize(
    ("fault", "most"), [(OURS, MOST_ATTEMPTS_WHEN_BROKEN), (LOST, MOST_ATTEMPTS)], ids=["ours", "lost"]
)
def test_what_the_last_attempt_may_have_sent_is_looked_for_before_it_is_given_up(
    house: House, fault: Exception, most: int
):
    long_lived(house)
    house.sms.faults = [fault] * (most - 1)  # type: ignore[list-item]
    try_on(house, most - 1)
    house.sms.loses_answer = fault  # type: ignore[assignment]
    try_on(house, 2)
    assert outcome(house, "hello")[0] == "accepted"
    assert house.said() == ["hello"]


@pytest.mark.parametrize(
    ("fault", "most", "code"),
    [(OURS, MOST_ATTEMPTS_WHEN_BROKEN, "ValueError"), (LOST, MOST_ATTEMPTS, "timeout")],
    ids=["ours", "lost"],
)
def test_what_is_not_there_at_the_last_look_is_given_up_and_not_sent(
    house: House, fault: SendError, most: int, code: str
):
    long_lived(house)
    house.sms.faults = [fault] * most
    try_on(house, most + 1)
    assert outcome(house, "hello") == ("failed", code)
    assert house.said() == []
