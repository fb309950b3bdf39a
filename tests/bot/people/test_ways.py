"""By which way somebody is asked: what they prefer, what is safe, what their age allows; and in which wording."""

from __future__ import annotations

import pytest

from channels.errors import BadAddress
from tests.bot.people.acting import correct
from tests.bot.talks.playing import CHAT, agree_to_telegram, reply, status, talk
from tests.builders import MUM, House, make_case


@pytest.mark.parametrize(
    ("prefers", "safe_contact", "has_chat", "channel"),
    [
        (None, "text", True, "telegram"),
        ("telegram", "text", True, "telegram"),
        ("sms", "text", True, "sms"),
        ("telegram", "text", False, "sms"),
        ("telegram", "discreet", True, None),
        ("sms", "none", True, None),
    ],
)
def test_what_they_prefer_comes_first_where_it_is_safe(
    house: House, prefers: str | None, safe_contact: str, *, has_chat: bool, channel: str | None
):
    made = make_case(house)
    if has_chat:
        agree_to_telegram(house, made.person_id)
    correct(house, preferred_channel=prefers, safe_contact=safe_contact)
    asked = house.ask()
    assert asked == (channel is not None or safe_contact == "discreet")
    if channel is not None:
        assert talk(house).channel == channel
    assert safe_contact == "text" or house.told(CHAT) == []


def test_who_prefers_texts_falls_back_to_the_chat_that_they_have_bound(house: House):
    made = make_case(house)
    agree_to_telegram(house, made.person_id)
    correct(house, preferred_channel="sms")
    house.sms.faults = [BadAddress("30005", "No such number.")]
    house.ask()
    assert (talk(house).channel, talk(house).address) == ("telegram", CHAT)


def test_who_has_agreed_to_nothing_else_is_unreachable(house: House):
    make_case(house)
    correct(house, preferred_channel="telegram")
    house.sms.faults = [BadAddress("30005", "No such number.")]
    house.ask()
    assert (status(house), house.told(CHAT)) == ("unreachable", [])


@pytest.mark.parametrize(
    ("easy", "asked"),
    [
        (False, "1/8 Did Sam listen to you and your family? 1 Yes, 2 Mostly, 3 Not really, 4 No"),
        (True, "1/8 Did Sam listen to you? 1 Yes, 2 Mostly, 3 Not really, 4 No"),
    ],
)
def test_who_reads_easy_wording_gets_it(house: House, easy: bool, asked: str):
    make_case(house, stage="assessment")
    correct(house, easy_read=easy)
    house.ask()
    reply(house, "GO")
    assert house.said(MUM)[-1] == asked
