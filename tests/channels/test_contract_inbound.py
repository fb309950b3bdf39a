"""What comes in on any channel, from its provider's post to the database: kept once, proven, answered once.

The other half of the contract, sending, is in `test_contract`; receipts of channels that have them are below.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from bot.chats.links import Links
from bot.clock import SetClock
from bot.service import Service
from channels.webchat import WebChat
from console.wiring import BOUNCES, EXTENSION
from settings import Settings
from store.tables import ContactPoint, Conversation, EarlyReceipt, Invitation, Message, OptOut
from store.talks import messages
from store.talks.messages import Queued
from tests.builders import MUM, House, make_case
from tests.channels.inbound import AUTH_TOKEN, PUBLIC, Telegram, Twilio, Way, Web
from tests.channels.reports import report
from tests.fakes import FakeChannel
from tests.standins.telegram import SECRET

CHAT = "7700900123"
AT_ONCE = 6
CHOSEN = {
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": AUTH_TOKEN,
    "twilio_from_number": "+447700900000",
    "public_base_url": PUBLIC,
    "secret_key": "x" * 40,
    "duty_email": "dee@council.example",
    "privacy_url": "heard.council.example/p",
    "telegram_webhook_secret": SECRET,
    "trial": False,
}


class NamedLikeMail(FakeChannel):
    """Names what it has taken as mail is named, which every channel may do."""

    def send(self, message):
        sent = super().send(message)
        return type(sent)(f"<{sent.provider_id}@council.example>")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
def app(database_url: str, clock: SetClock) -> Iterator[Flask]:
    channels = {name: NamedLikeMail(name) for name in ("sms", "telegram", "email")}
    app = create_app(
        Settings.model_validate({"database_url": database_url, **CHOSEN}), {**channels, "web": WebChat()}, clock
    )
    yield app
    app.extensions[EXTENSION].database.close()


@pytest.fixture
def house(app: Flask, clock: SetClock) -> House:
    service: Service = app.extensions[EXTENSION]
    return House(service, service.channels["sms"], service.channels["email"], clock)


def by_sms(app: Flask, house: House) -> Way:
    make_case(house)
    house.ask()
    return Twilio(app.test_client(), MUM)


def by_telegram(app: Flask, house: House) -> Way:
    made = make_case(house, mobile=None)
    with house.database.writing() as session:
        session.add(ContactPoint(person_id=made.person_id, channel="telegram", address=CHAT))
        session.query(Invitation).update({"status": "offered"})
    house.ask()
    return Telegram(app.test_client(), CHAT)


def by_web(app: Flask, house: House) -> Way:
    made = make_case(house)
    with house.database.writing() as session:
        (invitation,) = session.scalars(select(Invitation.id))
        links = Links.of(house.service.council)
        url = links.for_invitation(session, invitation, made.person_id, house.clock.now())
    way = Web(app.test_client(), url.removeprefix(PUBLIC))
    way.client.post(f"{way.address}/begin")
    return way


WAYS: dict[str, Callable[[Flask, House], Way]] = {"sms": by_sms, "telegram": by_telegram, "web": by_web}


@pytest.fixture(params=WAYS)
def way(request: pytest.FixtureRequest, app: Flask, house: House) -> Way:
    """A channel on which somebody has just been asked."""
    made = WAYS[request.param](app, house)
    with house.database.reading() as session:
        talk = session.scalars(select(Conversation)).one()
        assert (talk.channel, talk.closed_at) == (made.channel, None)
    return made


def heard(house: House) -> list[str]:
    """What has been kept of what came in."""
    with house.database.reading() as session:
        return list(session.scalars(select(Message.text).where(Message.direction == "in").order_by(Message.id)))


def said(house: House) -> list[str]:
    """What we have said, all of it sent, with the pause between two messages that Telegram asks for."""
    for _ in range(4):
        house.service.outbox.drain()
        house.clock.move(timedelta(seconds=2))
    with house.database.reading() as session:
        ours = select(Message.text).where(Message.direction == "out", Message.sent_at.is_not(None))
        return list(session.scalars(ours.order_by(Message.id)))


def test_what_somebody_writes_is_kept_word_for_word_and_answered(house: House, way: Way):
    before = said(house)
    assert way.post(way.written("yes 😀 I'd like that")) == way.taken
    assert heard(house) == ["yes 😀 I'd like that"]
    assert len(said(house)) > len(before)


@pytest.mark.parametrize("proof", ["none", "wrong"])
def test_what_is_not_proven_is_turned_away_and_leaves_nothing_behind(house: House, way: Way, proof):
    before = said(house)
    assert way.post(way.written("yes"), proof) == way.refused
    assert (heard(house), said(house)) == ([], before)


def test_what_comes_again_is_kept_and_answered_once(house: House, way: Way):
    post = way.written("yes")
    way.post(post)
    after = said(house)
    assert way.post(post) == way.taken
    house.clock.move(timedelta(days=1))
    assert way.post(post) == way.taken
    assert (heard(house), said(house)) == (["yes"], after)


def test_what_comes_several_times_at_the_same_instant_is_kept_and_answered_once(house: House, way: Way):
    post, gate, answers = way.written("yes"), threading.Barrier(AT_ONCE), []
    clients = [type(way)(way.client.application.test_client(), way.address) for _ in range(AT_ONCE)]

    def deliver(client: Way) -> None:
        gate.wait(10)
        answers.append(client.post(post))

    threads = [threading.Thread(target=deliver, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(answers) == AT_ONCE
    assert max(answers) < 400
    after = said(house)
    assert heard(house) == ["yes"]
    way.post(post)
    assert said(house) == after


def test_nothing_said_is_kept_where_a_provider_posts_it_and_told_where_a_page_can_tell(house: House, way: Way):
    answer = way.post(way.written(""))
    assert (answer == way.taken) is way.takes_nothing_said
    assert answer < 500
    assert heard(house) == ([""] if way.takes_nothing_said else [])


def test_the_longest_that_a_channel_carries_is_kept_whole(house: House, way: Way):
    words = ("It was good, mostly. " * 300)[: way.longest - 1] + "é"
    assert way.post(way.written(words)) == way.taken
    assert heard(house) == [words]


def test_what_is_too_long_is_refused_and_leaves_nothing_behind(house: House, way: Way):
    before = said(house)
    assert way.post(way.written("x" * way.beyond)) == way.too_long
    assert (heard(house), said(house)) == ([], before)


def test_a_stop_ends_it_at_once_and_nothing_follows_but_one_confirmation(house: House, way: Way):
    before = said(house)
    assert way.post(way.written(way.stop_words)) == way.taken
    assert len(said(house)) <= len(before) + 1
    house.clock.move(timedelta(days=5))
    assert house.ask() == 0
    assert len(said(house)) <= len(before) + 1
    with house.database.reading() as session:
        assert session.scalars(select(Conversation.closed_at)).one() is not None
        assert session.scalars(select(Invitation.status)).one() == "declined"
        stops = session.execute(select(OptOut.channel, OptOut.address)).all()
    assert stops == ([] if way.channel == "web" else [(way.channel, way.address)])


GONE = ("undelivered", True)


@pytest.fixture(params=["sms", "email"])
def tell(request: pytest.FixtureRequest, app: Flask, house: House):
    """Has a provider report that the first message on its channel was not delivered; `send` sends that message."""
    name = f"<{request.param}-1@council.example>"
    twilio = Twilio(app.test_client(), MUM)

    def tell_of_it(proof="true", word: str = "undelivered") -> int:
        if request.param == "email":
            app.extensions[BOUNCES].take(report(message_id=name))
            return 204
        post = {"MessageSid": name, "MessageStatus": word, "ErrorCode": "30005"}
        return twilio.post(post, proof, "/webhooks/sms/status")

    def send() -> None:
        address = MUM if request.param == "sms" else "pat@school.example"
        with house.database.writing() as session:
            messages.queue(session, [Queued(request.param, address, "x", "digest", "k")], house.clock.now())
        house.service.outbox.drain()

    tell_of_it.send, tell_of_it.channel = send, request.param
    return tell_of_it


def standing(house: House) -> tuple[str, bool]:
    """How our one message stands, and whether it is said why."""
    with house.database.reading() as session:
        assert session.scalar(select(func.count(EarlyReceipt.id))) == 0
        status, why = session.execute(select(Message.status, Message.error_explanation)).one()
    return status, bool(why)


def test_a_receipt_counts(house: House, tell):
    tell.send()
    assert standing(house) == ("accepted", False)
    assert tell() == 204
    assert standing(house) == GONE


def test_a_receipt_that_comes_before_our_own_record_counts_once_there_is_one(house: House, tell):
    assert tell() == 204
    tell.send()
    assert standing(house) == GONE


@pytest.mark.parametrize("first", ["the send", "a receipt"])
def test_a_receipt_that_comes_twice_counts_once(house: House, tell, first: str):
    for step in (tell.send, tell, tell) if first == "the send" else (tell, tell, tell.send):
        step()
    assert standing(house) == GONE


def test_a_receipt_that_comes_late_still_counts(house: House, tell):
    tell.send()
    house.clock.move(timedelta(days=9))
    tell()
    assert standing(house) == GONE


def test_a_receipt_that_comes_after_a_later_one_changes_nothing(house: House, tell):
    tell.send()
    tell()
    if tell.channel == "sms":
        for word in ("sent", "delivered", "queued", "something new"):
            assert tell(word=word) == 204
    assert standing(house) == GONE


@pytest.mark.parametrize("proof", ["none", "wrong"])
def test_a_receipt_that_is_not_proven_is_turned_away(house: House, app: Flask, proof):
    post = {"MessageSid": "<sms-1@council.example>", "MessageStatus": "undelivered", "ErrorCode": "30005"}
    assert Twilio(app.test_client(), MUM).post(post, proof, "/webhooks/sms/status") == 403
    with house.database.reading() as session:
        assert session.scalar(select(func.count(EarlyReceipt.id))) == 0
