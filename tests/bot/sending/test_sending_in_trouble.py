"""Faults on the way out: none of them may be silent, go on for ever, or hold up what has nothing to do with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import alerts
from bot.access import Viewer
from bot.outbox import Outbox
from channels.base import Outgoing, Sent
from channels.errors import BadAddress, Busy, OptedOut, OurFault, Refused, TimedOut, Unreachable
from store.sending import outbox, outcomes, unsent
from store.tables import Alert, ContactPoint, Conversation, Message
from store.talks import conversations, messages
from store.talks.messages import Queued
from tests.builders import DEFINITIONS, DUTY_MOBILE, MUM, House, make_case
from tests.fakes import FakeChannel

DOWN = Unreachable("down", "No connection.")
LOST = TimedOut("timeout", "No answer.")
OTHER = "+447700900002"


def queue(house: House, text: str, key: str, address: str = MUM, kind: str = "reply", channel: str = "sms") -> None:
    with house.database.writing() as session:
        messages.queue(session, [Queued(channel, address, text, kind, key)], house.clock.now())


def rows(house: House) -> list[tuple]:
    """Key, status and the provider's name of every message of ours."""
    with house.database.reading() as session:
        columns = select(Message.key, Message.status, Message.provider_id).order_by(Message.id)
        return [tuple(row) for row in session.execute(columns.where(Message.direction == "out"))]


def wait(house: House, minutes: float) -> None:
    house.clock.move(timedelta(minutes=minutes))
    house.service.outbox.drain()


def test_a_text_sent_late_is_not_adopted_for_a_later_one_with_the_same_words(house: House):
    queue(house, "Sorry?", "first")
    house.sms.faults = [DOWN] * 9
    for _ in range(9):
        wait(house, 20)
    queue(house, "Sorry?", "second")
    house.clock.move(timedelta(minutes=20))
    assert house.service.outbox.send_next()
    assert house.said() == ["Sorry?"]
    house.sms.faults = [LOST]
    house.service.outbox.drain()
    queue(house, "What comes after", "third")
    wait(house, 1)
    assert house.said() == ["Sorry?", "Sorry?", "What comes after"]
    assert rows(house) == [
        ("first", "accepted", "sms-1"),
        ("second", "accepted", "sms-2"),
        ("third", "accepted", "sms-3"),
    ]


def test_what_is_found_under_a_name_that_we_know_otherwise_is_not_ours(house: House):
    queue(house, "one", "one", OTHER)
    house.service.outbox.drain()
    house.sms.sent[0] = Outgoing(MUM, "two", "k")  # the provider lists it as if it had gone to the other number
    queue(house, "two", "two")
    house.sms.faults = [LOST]
    house.service.outbox.drain()
    wait(house, 1)
    assert rows(house) == [("one", "accepted", "sms-1"), ("two", "accepted", "sms-2")]


def test_a_provider_that_gives_one_name_twice_has_taken_the_message_all_the_same(house: House):
    queue(house, "one", "one")
    house.service.outbox.drain()
    house.sms.sent.clear()
    queue(house, "two", "two")
    queue(house, "three", "three")
    house.service.outbox.drain()
    assert rows(house) == [("one", "accepted", "sms-1"), ("two", "accepted", None), ("three", "accepted", "sms-2")]


def test_a_fault_of_our_own_does_not_hold_up_an_address_for_ever(house: House):
    queue(house, "breaks something", "first")
    queue(house, "waits behind it", "second")
    house.sms.faults = [ValueError("with words in it")] * 12  # type: ignore[list-item]
    for _ in range(13):
        wait(house, 20)
    assert [status for _, status, _ in rows(house)] == ["failed", "accepted"]
    with house.database.reading() as session:
        (trouble,) = unsent.troubles(session, house.clock.now())
    assert (trouble.kind, trouble.channel, trouble.is_over, trouble.code) == ("reply", "sms", True, "ValueError")


def test_what_follows_from_giving_up_may_fail_without_holding_up_the_rest(house: House):
    make_case(house)
    house.ask()
    with house.database.writing() as session:
        session.get_one(Conversation, 1).state = "broken"
        queued = Queued("sms", MUM, "hello", "reply", "first", conversation_id=1)
        messages.queue(session, [queued], house.clock.now())
    queue(house, "next", "second")
    house.sms.faults = [BadAddress("21614", "Not a mobile.")]
    house.service.outbox.drain()
    assert [status for key, status, _ in rows(house) if key in {"first", "second"}] == ["failed", "accepted"]


def test_an_alert_does_not_wait_behind_an_earlier_mail_or_text(house: House):
    house.email.faults = [Busy("451", "Later.")]
    house.sms.faults = [DOWN]
    queue(house, "first", "mail 1", "duty@council.example", "alert", "email")
    queue(house, "first", "text 1", DUTY_MOBILE, "alert")
    house.service.outbox.drain()
    queue(house, "second", "mail 2", "duty@council.example", "alert", "email")
    queue(house, "second", "text 2", DUTY_MOBILE, "alert")
    house.service.outbox.drain()
    assert [mail.text for mail in house.email.sent] == ["second"]
    assert house.said(DUTY_MOBILE) == ["second"]


def test_an_alert_and_a_conversation_on_one_phone_do_not_wait_for_each_other(house: House):
    house.sms.faults = [DOWN]
    queue(house, "an answer", "reply", DUTY_MOBILE)
    house.service.outbox.drain()
    queue(house, "an alert", "alert", DUTY_MOBILE, "alert")
    house.service.outbox.drain()
    assert house.said(DUTY_MOBILE) == ["an alert"]
    house.sms.faults = [DOWN]
    queue(house, "another alert", "alert 2", DUTY_MOBILE, "alert")
    house.service.outbox.drain()
    wait(house, 0.1)
    assert house.said(DUTY_MOBILE)[1] == "an answer"


def test_a_new_alert_goes_at_once_when_the_server_is_well_again(house: House):
    house.email.faults = [Busy("451", "Later.")] * 8
    house.text("he hit me", address="+447700900555")
    for _ in range(7):
        wait(house, 20)
    house.text("i want to die", address="+447700900556")
    assert len(house.email.sent) == 1
    wait(house, 1.5)
    assert len(house.email.sent) == 2


@pytest.mark.parametrize(
    "fault", [Refused("554", "Not this."), OurFault("535", "Our sign-in."), BadAddress("550", "No.")]
)
def test_an_alert_that_is_refused_is_tried_again_until_it_goes(house: House, fault: Refused | OurFault | BadAddress):
    house.email.faults = [fault] * 30
    house.text("he hit me", address="+447700900555")
    for _ in range(29):
        wait(house, 7)
    assert house.email.sent == []
    with house.database.reading() as session:
        (trouble,) = unsent.troubles(session, house.clock.now())
    assert (trouble.kind, trouble.channel, trouble.is_over) == ("alert", "email", False)
    assert (trouble.code, trouble.how_many) == (fault.code, 1)
    wait(house, 7)
    wait(house, 7)
    assert len(house.email.sent) == 1
    with house.database.reading() as session:
        assert unsent.troubles(session, house.clock.now()) == []


@pytest.mark.parametrize(("channel", "kind"), [("sms", "reply"), ("email", "digest")])
def test_a_fault_of_our_account_is_waited_for_and_shown_meanwhile(house: House, channel: str, kind: str):
    fake: FakeChannel = {"sms": house.sms, "email": house.email}[channel]
    fake.faults = [OurFault("20003", "Our key.")] * 16
    queue(house, "words nobody may see", "k", kind=kind, channel=channel)
    for _ in range(16):
        wait(house, 80)
    with house.database.reading() as session:
        shown = unsent.troubles(session, house.clock.now())
    assert [(trouble.kind, trouble.is_over, trouble.code) for trouble in shown] == [(kind, False, "20003")]
    assert "nobody may see" not in str(shown)
    assert MUM not in str(shown)
    wait(house, 80)
    assert rows(house)[0][1] == "accepted"


def test_a_paused_conversation_stays_open_when_our_reply_cannot_be_delivered(house: House):
    make_case(house)
    house.ask()
    house.text("GO")
    house.sms.faults = [BadAddress("21614", "Not a mobile.")]
    house.text("he hit me")
    with house.database.reading() as session:
        (alert,) = session.scalars(select(Alert))
        assert session.get_one(Conversation, 1).closed_at is None
        assert session.scalars(select(ContactPoint.closed_because)).one() == "undeliverable"
        lost = [line for line in messages.thread(session, alert.conversation_id or 0) if line.is_lost]
    assert [(line.error_code, line.explanation) for line in lost] == [("21614", "Not a mobile.")]
    viewer, now, said = Viewer(1, "duty"), house.clock.now(), len(house.said())
    with house.database.writing() as session:
        assert alerts.acknowledge(session, alert.reference, viewer, now)
        assert alerts.release(session, alert.reference, viewer, "Seen.", catalogue=DEFINITIONS, now=now)
    house.service.outbox.drain()
    assert len(house.said()) > said, "the release must resume the questions"


def test_a_paused_conversation_stays_open_when_the_provider_reports_a_stop(house: House):
    make_case(house)
    house.ask()
    house.text("GO")
    house.sms.faults = [OptedOut("21610", "Stopped.")]
    house.text("he hit me")
    with house.database.reading() as session:
        assert session.get_one(Conversation, 1).closed_at is None


def test_closing_a_conversation_does_not_forget_when_something_was_heard(house: House):
    make_case(house)
    house.ask()
    house.text("GO")
    heard = house.clock.now()
    with house.database.writing() as session:
        talk = conversations.lock(session, 1)
        assert talk is not None
        conversations.save(session, 1, talk.state, heard_at=None, closed_at=heard + timedelta(days=8))
    with house.database.reading() as session:
        assert session.get_one(Conversation, 1).last_heard_at == heard


def test_a_worker_that_lost_its_lease_does_not_overwrite_what_another_has_settled(house: House):
    queue(house, "slow", "k")
    lease = timedelta(seconds=30)
    with house.database.writing() as session:
        slow = outbox.claim(session, house.clock.now(), lease)
    house.clock.move(timedelta(seconds=31))
    with house.database.writing() as session:
        quick = outbox.claim(session, house.clock.now(), lease)
    assert slow is not None
    assert quick is not None
    failed = {"code": "x", "explanation": "x"}
    with house.database.writing() as session:
        assert not outcomes.put_back(session, slow, unsure=True, due=house.clock.now(), **failed)
        assert not outcomes.give_up(session, slow, status="failed", **failed)
    assert rows(house) == [("k", "sending", None)]
    with house.database.writing() as session:
        assert outcomes.record_sent(session, quick.id, "SM1", "accepted", house.clock.now()) == "recorded"
        assert outcomes.record_sent(session, slow.id, "SM2", "accepted", house.clock.now()) == "settled"
        assert not outcomes.give_up(session, slow, status="failed", **failed)
    assert rows(house) == [("k", "accepted", "SM1")]


def test_a_mail_is_leased_for_longer_than_a_text(house: House):
    queue(house, "digest", "k", "owen@council.example", "digest", "email")
    with house.database.writing() as session:
        assert outbox.claim(session, house.clock.now(), timedelta(seconds=30)) is not None
    house.clock.move(timedelta(seconds=59))
    assert house.service.outbox.drain() == 0
    house.clock.move(timedelta(seconds=2))
    assert house.service.outbox.drain() == 1


def test_a_fault_in_writing_down_what_was_sent_leads_to_asking_the_provider_not_to_sending_twice(house: House):
    class Unhandy(FakeChannel):
        def send(self, message: Outgoing) -> Sent:
            super().send(message)
            raise KeyError("sid")

    handset = Unhandy("sms")
    queue(house, "once", "k")
    sending = Outbox(house.database, {"sms": handset}, house.clock, timedelta(seconds=30))
    sending.drain()
    house.clock.move(timedelta(minutes=1))
    sending.drain()
    assert handset.texts_to(MUM) == ["once"]
    assert rows(house) == [("k", "accepted", "sms-1")]
