"""What a channel is given besides the words: what may be pressed under them, and where such mails can be ended."""

from __future__ import annotations

from datetime import timedelta

from bot.outbox import Outbox
from bot.sending.choices import to_json
from channels.base import Choices
from tests.bot.sending.queueing import queue
from tests.builders import House

OPTIONS = Choices("listened", ((1, "Yes"), (2, "No")))
PARTNER = "pat@school.example"


def test_choices_come_through_as_they_were_queued(house: House):
    queue(house, "Did we listen?", choices=to_json(OPTIONS))
    queue(house, "Thank you.")
    house.service.outbox.drain()
    assert [message.choices for message in house.sms.sent] == [OPTIONS, None]


def test_only_a_mailed_invitation_can_be_ended_by_its_reader(house: House):
    outbox = Outbox(
        house.database,
        house.service.channels,
        house.clock,
        timedelta(seconds=30),
        unsubscribe=lambda key: f"https://heard.council.example/unsubscribe/{key}",
    )
    queue(house, "asked", "invitation", PARTNER, "email")
    queue(house, "digest", "digest", PARTNER, "email")
    queue(house, "text", "invitation")
    outbox.drain()
    assert {mail.text: mail.unsubscribe for mail in (*house.email.sent, *house.sms.sent)} == {
        "asked": "https://heard.council.example/unsubscribe/asked",
        "digest": None,
        "text": None,
    }
