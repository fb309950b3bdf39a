"""What `TwilioSms.check` finds in an account, asked through Twilio's own client."""

from __future__ import annotations

import contextlib

import pytest

from tests.channels.edges import IMPATIENT, client_of
from tests.standins.twilio_account import Number
from tests.standins.twilio_rest import TwilioStandIn

INBOUND = "https://heard.example/webhooks/sms"
SENDER = "+447700900999"


@pytest.fixture
def twilio():
    with TwilioStandIn() as standin:
        standin.set_up.service["inbound_request_url"] = INBOUND
        standin.set_up.numbers[0].url = INBOUND
        yield standin


def findings(twilio, **changes):
    """All that the check finds; Twilio's client takes a moment to read its modules in at the first request."""
    settings = {"inbound_url": INBOUND, "timeout": 5.0, **changes}
    with contextlib.closing(client_of(twilio, **settings)) as sms:
        return sms.check()


def wrong(twilio, **changes):
    return [found.what for found in findings(twilio, **changes) if found.is_wrong]


BY_NUMBER = {"messaging_service_sid": None, "from_number": SENDER}
BY_SHORT_CODE = {"messaging_service_sid": None, "from_number": "60777"}


@pytest.mark.parametrize("sender", [{}, BY_NUMBER])
def test_an_account_that_is_set_up_as_the_docs_say_has_nothing_wrong(twilio, sender):
    found = findings(twilio, **sender)
    assert wrong(twilio, **sender) == []
    assert len(found) > 5
    assert twilio.messages == []
    assert {request.split()[0] for request in twilio.requests} == {"GET"}


def test_a_short_code_may_send_too(twilio):
    twilio.set_up.numbers.append(Number("60777", url=INBOUND))
    assert wrong(twilio, **BY_SHORT_CODE) == []
    twilio.set_up.numbers[-1].url = None
    assert wrong(twilio, **BY_SHORT_CODE) == ["Replies are not posted to us but to nowhere."]


def test_what_twilio_does_not_tell_is_left_to_a_person(twilio):
    by_hand = [found for found in findings(twilio) if found.instead and not found.is_wrong]
    assert ["countries" in found.what or "words" in found.what for found in by_hand] == [True, True]
    stock = [found.what for found in findings(twilio, **BY_NUMBER) if "stock words" in found.what]
    assert len(stock) == 1


ACCOUNT = [
    ({"status": "suspended"}, "The account is suspended, so it sends nothing."),
    ({"status": "closed"}, "The account is closed, so it sends nothing."),
    ({"kind": "Trial"}, "It is a trial account: it texts verified numbers only, and puts a note before every text."),
    ({"balance": "19.99"}, "Less than 20 GBP is left on the account; at nothing it stops sending."),
    ({"balance": "-3"}, "Less than 20 GBP is left on the account; at nothing it stops sending."),
    ({"pool": []}, "No number that can send texts is in the Messaging Service."),
    ({"pool": [Number(texts=False)]}, "No number that can send texts is in the Messaging Service."),
    ({"names": ["EarlyHelp"]}, "A name is in the sender pool. Nobody can reply to a name, nor say STOP to it."),
    (
        {"pool": [Number("+12125550123")]},
        "A number that we send from is not of the country whose people are texted, so replies cost them more.",
    ),
]


@pytest.mark.parametrize(("change", "what"), ACCOUNT)
def test_what_is_wrong_with_the_account_is_told(twilio, change, what):
    vars(twilio.set_up).update(change)
    assert wrong(twilio) == [what]


SERVICE = [
    ({"inbound_request_url": None}, "Replies are not posted to us but to nowhere."),
    (
        {"inbound_request_url": "https://key:word@demo.example/x"},
        "Replies are not posted to us but to demo.example by POST.",
    ),
    ({"inbound_request_url": INBOUND + "/"}, "Replies are not posted to us but to heard.example by POST."),
    ({"inbound_method": "GET"}, "Replies are not posted to us but to heard.example by GET."),
    (
        {"smart_encoding": True},
        "Smart encoding is on: Twilio changes characters, and a text whose answer was lost could be sent twice.",
    ),
]


@pytest.mark.parametrize(("change", "what"), SERVICE)
def test_what_is_wrong_with_the_messaging_service_is_told(twilio, change, what):
    twilio.set_up.service.update(change)
    assert wrong(twilio) == [what]


def test_several_numbers_need_a_sticky_sender(twilio):
    twilio.set_up.pool.append(Number("+447700900998"))
    assert wrong(twilio) == []
    twilio.set_up.service["sticky_sender"] = False
    assert wrong(twilio) == ["With several numbers and no sticky sender, one person is texted from different numbers."]


def test_where_each_number_has_a_webhook_of_its_own_that_one_is_looked_at(twilio):
    twilio.set_up.service.update(use_inbound_webhook_on_number=True, inbound_request_url=None)
    assert wrong(twilio) == []
    twilio.set_up.numbers[0].url = "https://demo.example/"
    assert wrong(twilio) == ["Replies are not posted to us but to demo.example by POST."]


NUMBER = [
    ({"number": "+447700900001"}, "The number that we send from is not in this account."),
    ({"texts": False}, "It can only be called, not texted."),
    ({"url": None}, "Replies are not posted to us but to nowhere."),
    ({"method": "GET"}, "Replies are not posted to us but to heard.example by GET."),
    ({"app": "AP00"}, "Replies are not posted to us but to a TwiML app by POST."),
]


@pytest.mark.parametrize(("change", "what"), NUMBER)
def test_what_is_wrong_with_a_number_is_told(twilio, change, what):
    vars(twilio.set_up.numbers[0]).update(change)
    assert wrong(twilio, **BY_NUMBER) == [what]


@pytest.mark.parametrize("sender", [{}, BY_NUMBER])
def test_what_people_write_must_not_go_elsewhere_when_we_fail(twilio, sender):
    elsewhere = "https://key:word@demo.example/x"
    twilio.set_up.service["fallback_url"] = twilio.set_up.numbers[0].fallback = elsewhere
    assert wrong(twilio, **sender) == ["When we fail, what people write is posted to demo.example."]
    twilio.set_up.service["fallback_url"] = twilio.set_up.numbers[0].fallback = INBOUND
    assert wrong(twilio, **sender) == []


def test_a_messaging_service_of_another_account_is_told(twilio):
    assert wrong(twilio, messaging_service_sid="MG" + "0c" * 16) == ["The Messaging Service is not in this account."]


def test_an_account_that_keeps_its_balance_to_itself_is_not_wrong(twilio):
    twilio.set_up.balance = None
    assert wrong(twilio) == []
    assert any("what is left" in found.what for found in findings(twilio))


def test_a_wrong_key_is_all_that_is_told(twilio):
    (found,) = findings(twilio, auth_token="wrong")
    assert found.is_wrong
    assert "20003" in found.what
    assert "wrong" not in found.what


def test_a_provider_that_is_down_slow_or_talks_nonsense_is_told_within_the_time_out(twilio):
    twilio.answer_slowly(2)
    assert wrong(twilio, timeout=IMPATIENT) == ["Twilio did not answer in time."]
    twilio.behave()
    twilio.answer_nonsense()
    assert wrong(twilio) == ["Twilio's answer could not be understood."]
    twilio.behave()
    twilio.go_down()
    assert wrong(twilio) == ["No connection to Twilio could be made."]


def test_every_finding_that_is_wrong_says_what_to_do(twilio):
    vars(twilio.set_up).update(status="suspended", kind="Trial", balance="0", pool=[], names=["EarlyHelp"])
    twilio.set_up.service.update(inbound_request_url=None, smart_encoding=True)
    found = [each for each in findings(twilio) if each.is_wrong]
    assert len(found) == 7
    assert all(each.instead.endswith(".") for each in found)
