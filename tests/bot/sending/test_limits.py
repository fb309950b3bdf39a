"""Pace, day and money: what they hold back, what they never hold back, and that they hold across processes."""

from __future__ import annotations

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bot.calendar import local_day
from bot.outbox import Outbox
from bot.sending import switch
from bot.sending.limits import SPACING, Limits
from store.sending import throttle, unsent
from store.tables import Message, Tally
from tests.bot.sending.queueing import ids, outcome, queue
from tests.builders import House
from tests.fakes import FakeChannel

LEASE = timedelta(seconds=30)
A_SECOND = timedelta(seconds=1)
MONEY = Limits(pence_per_part=Decimal(10), pounds_a_day=Decimal(1), alarm_to="alarm@council.example")


def make_outbox(house: House, limits: Limits, *more: FakeChannel) -> Outbox:
    channels = {channel.name: channel for channel in (house.sms, house.email, *more)}
    return Outbox(house.database, channels, house.clock, LEASE, limits=limits)


def number(place: int) -> str:
    return f"+44770090{place:04}"


def test_no_more_leave_in_a_second_than_the_pace_allows_and_other_channels_go_on(house: House):
    outbox = make_outbox(house, Limits(a_second={"sms": 45}))
    for place in range(9):
        queue(house, f"text {place}", address=number(place))
    queue(house, "mail", "digest", "owen@council.example", "email")
    outbox.drain()
    assert (len(house.sms.sent), len(house.email.sent)) == (3, 1)
    assert 0 < outbox.seconds_to_turn() <= 1 / 42
    house.clock.move(timedelta(milliseconds=70))
    outbox.drain()
    assert len(house.sms.sent) == 6
    house.clock.move(timedelta(minutes=1))
    outbox.drain()
    assert len(house.sms.sent) == 9


def test_a_message_that_its_pace_holds_stays_due_and_is_not_taken_up(house: House):
    outbox = make_outbox(house, Limits(a_second={"sms": 1}))
    queue(house, "one", address=number(1))
    queue(house, "two", address=number(2))
    assert outbox.send(ids(house)["one"])
    assert not outbox.send(ids(house)["two"])
    assert outbox.due(5) == [ids(house)["two"]]
    house.clock.move(A_SECOND)
    assert outbox.send(ids(house)["two"])


def test_telegram_gets_no_more_than_thirty_in_any_second_and_one_a_second_in_a_chat(house: House):
    telegram = FakeChannel("telegram")
    outbox = make_outbox(house, Limits(a_second={"telegram": 30}, spacing=SPACING), telegram)
    for place in range(2):
        queue(house, f"same chat {place}", address="chat", channel="telegram")
    for place in range(60):
        queue(house, f"{place}", address=f"{place}", channel="telegram")
    outbox.drain()
    at_once = len(telegram.sent)
    for _ in range(49):
        house.clock.move(timedelta(milliseconds=20))
        outbox.drain()
    assert telegram.texts_to("chat") == ["same chat 0"]
    assert at_once < len(telegram.sent) <= 30
    for _ in range(20):
        house.clock.move(timedelta(milliseconds=200))
        outbox.drain()
    assert len(telegram.sent) == 62
    assert telegram.texts_to("chat") == ["same chat 0", "same chat 1"]


@pytest.mark.parametrize("database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_the_pace_holds_across_workers(house: House):
    for place in range(12):
        queue(house, f"{place}", address=number(place))
    channels = [FakeChannel("sms") for _ in range(3)]
    outboxes = [
        Outbox(house.database, {"sms": channel}, house.clock, LEASE, limits=Limits(a_second={"sms": 75}))
        for channel in channels
    ]
    workers = [threading.Thread(target=outbox.drain) for outbox in outboxes]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sum(len(channel.sent) for channel in channels) == 5


def test_a_days_limit_holds_back_what_nobody_waits_for_until_midnight_in_london(house: House):
    outbox = make_outbox(house, Limits(a_day={"sms": 2}))
    for place, kind in enumerate(
        ("invitation", "invitation", "invitation", "reminder", "reply", "confirmation", "alert")
    ):
        queue(house, f"{kind} {place}", kind, number(place))
    outbox.drain()
    house.clock.move(timedelta(hours=12, minutes=25))  # five to midnight in London, which is still on summer time
    outbox.drain()
    assert sorted(message.text for message in house.sms.sent) == ["alert 6", "confirmation 5", "reply 4"]
    house.clock.move(timedelta(minutes=10))
    outbox.drain()
    assert len(house.sms.sent) == 5


def test_the_alarm_is_mailed_once_at_four_fifths_and_above_the_limit_only_what_is_waited_for_leaves(house: House):
    outbox = make_outbox(house, MONEY)
    for place in range(12):
        queue(house, f"ask {place}", "invitation", number(place))
    for place in range(7):
        assert outbox.send(ids(house)[f"ask {place}"])
    assert house.email.sent == []
    outbox.drain()
    assert len(house.sms.sent) == 10
    queue(house, "answer", address=number(50))
    outbox.drain()
    assert house.sms.sent[-1].text == "answer"
    (alarm,) = house.email.sent
    assert (alarm.address, "£0.80" in alarm.text, "+44" in alarm.text) == ("alarm@council.example", True, False)
    with house.database.reading() as session:
        (tally,) = session.scalars(select(Tally).where(Tally.channel == "sms"))
    assert (tally.day, tally.messages, tally.parts) == (local_day(house.clock.now()), 11, 11)
    assert outbox.due(5) == []


def test_long_texts_are_counted_by_their_parts(house: House):
    outbox = make_outbox(house, MONEY)
    queue(house, "x" * 200)
    outbox.drain()
    with house.database.reading() as session:
        assert throttle.bounds(session, local_day(house.clock.now())).today["sms"].parts == 2


def test_the_switch_stops_everything_but_alerts_at_once_in_every_process(house: House):
    mine, others = make_outbox(house, Limits()), make_outbox(house, Limits())
    assert switch.stop(house.database, house.clock.now())
    assert not switch.stop(house.database, house.clock.now()), "it was stopped already"
    for place, kind in enumerate(("reply", "invitation", "reminder", "confirmation", "alert")):
        queue(house, kind, kind, number(place))
    assert mine.drain() + others.drain() == 1
    assert [message.text for message in house.sms.sent] == ["alert"]
    assert not mine.send(ids(house)["reply"])
    assert switch.status(house.database).waiting == {"reply": 1, "invitation": 1, "reminder": 1, "confirmation": 1}
    assert switch.start(house.database, house.clock.now())
    assert not switch.start(house.database, house.clock.now())
    others.drain()
    assert len(house.sms.sent) == 5


def test_what_has_waited_too_long_behind_the_switch_is_not_sent_in_a_burst(house: House):
    switch.stop(house.database, house.clock.now())
    for place in range(3):
        queue(house, f"{place}", address=number(place))
    house.clock.move(timedelta(days=1, minutes=1))
    switch.start(house.database, house.clock.now())
    house.service.outbox.drain()
    assert house.sms.sent == []
    assert {outcome(house, f"{place}") for place in range(3)} == {("dropped", "too_old")}
    with house.database.reading() as session:
        assert all(session.scalars(select(Message.error_explanation)))
        (trouble,) = unsent.troubles(session, house.clock.now())
    assert (trouble.kind, trouble.code, trouble.how_many) == ("reply", "too_old", 3)
