"""Conversations that go on elsewhere: by a private link, on another agreed line, and what comes to the line they left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.receipts import Receipts
from bot.sending import undeliverable
from bot.talks.ways import Way
from channels.base import Receipt
from channels.errors import BadAddress
from store.sending import outbox
from store.sending.claimed import Claimed
from store.session import Session
from store.tables import ContactPoint, Message, OptOut, Person
from store.talks import conversations
from tests.bot.talks.playing import (
    CHAT,
    PAGE,
    agree_to_telegram,
    answers,
    at,
    begin,
    history,
    lapse,
    move,
    moving,
    phase,
    release_all,
    reply,
    status,
    talk,
)
from tests.builders import MUM, House, make_case


def last_claimed(session: Session, house: House) -> Claimed:
    """The latest message, as if it had just been tried."""
    outbox_row = session.scalars(select(Message).where(Message.direction == "out").order_by(Message.id.desc())).first()
    assert outbox_row is not None
    outbox_row.status = "queued"
    session.flush()
    claimed = outbox.claim(session, house.clock.now(), timedelta(seconds=30))
    assert claimed is not None
    return claimed


def give_up(house: House, *, opted_out: bool = False) -> None:
    """Let the latest message be one that cannot arrive."""
    with house.database.writing() as session:
        claimed = last_claimed(session, house)
        undeliverable.follow_up(
            session,
            claimed,
            house.clock.now(),
            opted_out=opted_out,
            dead_address=not opted_out,
            fall_back=moving(house).fall_back,
        )
    house.service.outbox.drain()


def test_a_discreet_contact_is_led_to_the_web_and_asked_nothing_by_text(house: House) -> None:
    make_case(house, safe_contact="discreet")
    assert house.ask() == 1
    assert house.said()[0].startswith("Hi, you said we could text you a few quick questions.")
    house.text("1")
    assert house.said()[1].startswith("Thanks. Here is a private link, for you only: https://heard.")
    assert (phase(house), status(house)) == ("linked", "started")
    assert move(house, PAGE)
    assert [text[:12] for text in house.told("chat-1", "web")] == ["Hi, it's Ken", "Not a live l", "1/8 How are "]
    house.text("7", "chat-1", channel="web", button="1.q1")
    assert answers(house) == {"q1": 7}
    assert len(house.said()) == 2


def test_a_discreet_conversation_goes_nowhere_but_to_the_web(house: House) -> None:
    made = make_case(house, safe_contact="discreet")
    house.ask()
    agree_to_telegram(house, made.person_id)
    assert not move(house, Way("telegram", CHAT))
    give_up(house)
    assert (house.told(CHAT), history(house)[-1]) == ([], ("asked", "unreachable", "undeliverable"))


def test_nobody_is_led_to_a_web_chat_that_there_is_none_of(house: House) -> None:
    make_case(house, safe_contact="discreet", audience="parent_carer")
    with house.database.writing() as session:
        session.get_one(Person, 1).safe_contact = "none"
    assert house.ask() == 0
    assert history(house) == [("offered", "not_asked", "unsafe_contact")]


def test_whoever_answers_a_discreet_phone_between_conversations_is_told_nothing(house: House) -> None:
    make_case(house, safe_contact="discreet")
    house.text("who is this")
    assert house.said() == ["Thanks. You won't get more texts from us."]


def test_a_dead_number_falls_back_to_the_chat_that_was_agreed_to(house: House) -> None:
    begin(house, "GO", "7")
    agree_to_telegram(house)
    give_up(house)
    assert house.told(CHAT) == ["Welcome back. Here is where we left off. 2/8 Since we started, have things got …"]
    assert (talk(house).channel, status(house)) == ("telegram", "partly_answered")
    with house.database.reading() as session:
        assert session.scalars(select(ContactPoint.closed_because).where(ContactPoint.address == MUM)).one() == (
            "undeliverable"
        )


def test_what_is_said_on_the_new_line_keeps_to_the_persons_hours(house: House) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    house.clock.at = at(6, 22)
    give_up(house)
    assert house.told(CHAT) == []
    house.clock.at = at(7, 10)
    house.service.outbox.drain()
    assert len(house.told(CHAT)) == 1


@pytest.mark.parametrize("why", ["stopped there", "not theirs any more", "not safe"])
def test_without_an_agreed_line_the_conversation_ends(house: House, why: str) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    with house.database.writing() as session:
        if why == "stopped there":
            session.add(OptOut(channel="telegram", address=CHAT, began_at=house.clock.now()))
        elif why == "not safe":
            session.get_one(Person, 1).safe_contact = "none"
        else:
            point = session.scalars(select(ContactPoint).where(ContactPoint.address == CHAT)).one()
            point.closed_because = "replaced"
    give_up(house)
    assert (house.told(CHAT), history(house)[-1]) == ([], ("started", "unreachable", "undeliverable"))


def test_a_stop_by_text_is_never_answered_on_another_channel(house: House) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    give_up(house, opted_out=True)
    assert (house.told(CHAT), history(house)[-1]) == ([], ("started", "declined", "opted_out"))


def test_a_failure_on_the_line_that_was_left_ends_nothing(house: House) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    with house.database.writing() as session:
        claimed = last_claimed(session, house)
    assert move(house, Way("telegram", CHAT))
    with house.database.writing() as session:
        undeliverable.follow_up(session, claimed, house.clock.now(), opted_out=False, dead_address=True)
    assert (phase(house), talk(house).closed_at) == ("asking", None)


def test_a_conversation_held_for_safety_moves_without_a_word_and_is_released_there(house: House) -> None:
    begin(house, "GO", "he hit me")
    agree_to_telegram(house)
    give_up(house)
    assert (phase(house), house.told(CHAT)) == ("paused", [])
    release_all(house)
    assert [text[:7] for text in house.told(CHAT)] == ["Welcome", "1/8 How"]


def test_two_conversations_never_meet_at_one_address(house: House) -> None:
    begin(house, "GO")
    make_case(house, reference="EH-2", mobile="+447700900002")
    house.ask()
    assert not move(house, Way("sms", "+447700900002"))
    assert talk(house).address == MUM


def test_first_words_too_old_to_be_sent_are_said_again_in_the_next_hours(house: House) -> None:
    make_case(house)
    house.ask()
    before = len(house.said())
    house.clock.at = at(6, 20)
    with house.database.writing() as session:
        open_talk = conversations.lock(session, 1)
        assert open_talk is not None
        assert moving(house).say_again(session, open_talk, house.clock.now(), "again:1")
    house.service.outbox.drain()
    assert len(house.said()) == before
    house.clock.at = at(7, 10)
    house.service.outbox.drain()
    assert house.said()[before:] == house.said()[:before]
    assert (status(house), phase(house)) == ("asked", "invited")
    assert (talk(house).opened_at, talk(house).remind_at) == (at(7, 10), at(10, 10)), "silence counts from then on"
    reply(house, "GO")
    with house.database.writing() as session:
        open_talk = conversations.lock(session, 1)
        assert open_talk is not None
        assert not moving(house).say_again(session, open_talk, house.clock.now(), "again:2")


def test_a_stop_on_the_web_is_a_stop_on_the_line_that_led_there(house: House) -> None:
    make_case(house, safe_contact="discreet")
    house.ask()
    house.text("1")
    assert move(house, PAGE)
    house.text("STOP", "chat-1", channel="web")
    assert stops(house) == {("web", "chat-1", None), ("sms", MUM, 1)}
    house.text("START", "chat-1", channel="web")
    assert stops(house) == set()


def test_a_page_that_the_wrong_person_reads_closes_the_phone_that_led_there(house: House) -> None:
    make_case(house, safe_contact="discreet")
    house.ask()
    house.text("1")
    assert move(house, PAGE)
    house.text("who is this reading my wifes phone", "chat-1", channel="web")
    assert (phase(house), ("sms", MUM, None) in stops(house)) == ("unsafe", True)
    with house.database.reading() as session:
        assert session.scalars(select(ContactPoint.closed_because)).all() == ["unsafe"]


def test_a_web_chat_stays_open_as_long_as_its_link(house: House) -> None:
    make_case(house, safe_contact="discreet")
    house.ask()
    house.text("1")
    assert move(house, PAGE)
    house.clock.move(timedelta(days=13))
    assert lapse(house) == 0
    house.clock.move(timedelta(days=2))
    assert lapse(house) == 1
    assert history(house)[-1] == ("started", "lapsed", None)


def stops(house: House) -> set[tuple[str, str, int | None]]:
    with house.database.reading() as session:
        rows = session.scalars(select(OptOut).where(OptOut.ended_at.is_(None)))
        return {(row.channel, row.address, row.person_id) for row in rows}


def test_a_reply_that_cannot_arrive_is_said_where_it_can(house: House) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    house.sms.faults = [BadAddress("landline", "This number takes no texts.")]
    reply(house, "7")
    assert house.told(CHAT) == ["Welcome back. Here is where we left off. 2/8 Since we started, have things got …"]
    assert answers(house) == {"q1": 7}


def test_a_receipt_hours_later_that_says_the_number_is_dead_falls_back_too(house: House) -> None:
    begin(house, "GO")
    agree_to_telegram(house)
    house.clock.move(timedelta(hours=2))
    receipt = Receipt("sms", f"sms-{len(house.sms.sent)}", "undelivered", "30006", permanent=True)
    receipts = Receipts(house.database, house.clock, moving(house).fall_back)
    receipts.record(receipt)
    receipts.record(receipt)
    house.service.outbox.drain()
    assert len(house.told(CHAT)) == 1
    assert house.told(CHAT)[0].startswith("Welcome back. Here is where we left off. 1/8 How are things in your family?")
