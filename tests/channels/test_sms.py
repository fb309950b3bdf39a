"""Text messages through Twilio: finding a message again, and what the channel refuses to be."""

from __future__ import annotations

import contextlib
import ssl
from datetime import UTC, datetime, timedelta

import pytest
import requests

from channels import errors
from channels.base import Outgoing
from channels.sms.wire import disconnected
from tests.channels.edges import client_of
from tests.standins.loopback import LoopbackServer
from tests.standins.twilio_rest import TwilioStandIn

PHONE = "+447700900123"
MESSAGE = Outgoing(PHONE, "How was it?", "k1")


@pytest.fixture
def twilio():
    with TwilioStandIn() as standin:
        yield standin


@pytest.fixture
def sms(twilio):
    with contextlib.closing(client_of(twilio)) as channel:
        yield channel


def an_hour_ago():
    return datetime.now(UTC) - timedelta(hours=1)


def test_the_wait_reaches_the_outbox_through_the_client(twilio, sms):
    twilio.refuse_with(20429, 429, retry_after="12")
    with pytest.raises(errors.Busy) as failed:
        sms.send(MESSAGE)
    assert failed.value.retry_after == 12


def test_a_message_carries_the_service_and_where_to_report(twilio):
    callback = "https://heard.example/webhooks/sms/status"
    with contextlib.closing(client_of(twilio, status_callback=callback)) as sms:
        sent = sms.send(MESSAGE)
    (message,) = twilio.messages
    assert (message.sid, message.messaging_service_sid) == (sent.provider_id, twilio.messaging_service_sid)
    assert message.status_callback == callback


def test_a_message_does_not_wait_at_twilio_until_the_night(twilio, sms):
    sms.send(MESSAGE)
    assert twilio.messages[0].validity_period == 60 * 60


def test_a_number_may_send_where_there_is_no_service(twilio):
    number = {"messaging_service_sid": None, "from_number": "+447700900999"}
    with contextlib.closing(client_of(twilio, **number)) as sms:
        assert sms.send(MESSAGE).status == "accepted"
    assert twilio.messages[0].from_ == "+447700900999"


@pytest.mark.parametrize(
    ("sender", "why"),
    [
        ({"messaging_service_sid": None, "from_number": "EarlyHelp"}, "cannot be replied to"),
        ({"messaging_service_sid": None, "from_number": "07700 900999"}, "in full"),
        ({"messaging_service_sid": None, "from_number": "6077"}, "short code"),
        ({"messaging_service_sid": None, "from_number": "٦٠٧٧٧"}, "short code"),
        ({"messaging_service_sid": None, "from_number": None}, "one of them"),
        ({"from_number": "+447700900999"}, "not both"),
        ({"messaging_service_sid": "AC00"}, "begins with MG"),
    ],
)
def test_a_sender_that_nobody_can_reply_to_is_refused_at_once(twilio, sender, why):
    with pytest.raises(ValueError, match=why):
        client_of(twilio, **sender)


def test_a_wrong_key_is_a_matter_of_our_account(twilio):
    with contextlib.closing(client_of(twilio, auth_token="wrong")) as sms, pytest.raises(errors.OurFault) as failed:
        sms.send(MESSAGE)
    assert failed.value.code == "20003"


def test_a_message_whose_answer_was_lost_is_found_again(twilio, sms):
    twilio.hang_after_accepting(1)
    with pytest.raises(errors.TimedOut):
        sms.send(MESSAGE)
    twilio.release()
    found = sms.find(MESSAGE, an_hour_ago(), known=[])
    assert found is not None
    assert found.provider_id == twilio.messages[0].sid


def test_a_message_is_found_before_twilio_has_sent_it_and_with_its_status_afterwards(twilio, sms):
    sent = sms.send(MESSAGE)
    assert sms.find(MESSAGE, an_hour_ago(), known=[]).status == "accepted"
    twilio.mark(sent.provider_id, "undelivered")
    assert sms.find(MESSAGE, an_hour_ago(), known=[]).status == "undelivered"


def test_only_the_same_words_to_the_same_number_are_found(twilio, sms):
    sms.send(MESSAGE)
    sms.send(Outgoing("+447700900456", MESSAGE.text, "k2"))
    assert sms.find(Outgoing(PHONE, "How was it", "k3"), an_hour_ago(), known=[]) is None
    assert sms.find(Outgoing("+447700900789", MESSAGE.text, "k3"), an_hour_ago(), known=[]) is None
    assert sms.find(MESSAGE, an_hour_ago(), known=[]).provider_id == twilio.messages[0].sid


def test_a_message_that_is_known_already_is_not_found_a_second_time(sms):
    first, second = sms.send(MESSAGE), sms.send(MESSAGE)
    assert sms.find(MESSAGE, an_hour_ago(), known=[second.provider_id]) == first
    assert sms.find(MESSAGE, an_hour_ago(), known=[first.provider_id, second.provider_id]) is None


def test_a_message_from_before_is_not_taken_for_this_one(sms):
    sms.send(MESSAGE)
    assert sms.find(MESSAGE, datetime.now(UTC) + timedelta(hours=1), known=[]) is None


def test_the_latest_is_found_among_pages_of_others():
    moments = iter(datetime(2026, 11, 3, 10, tzinfo=UTC) + timedelta(seconds=n) for n in range(200))
    with TwilioStandIn(now=lambda: next(moments)) as twilio, contextlib.closing(client_of(twilio)) as sms:
        wanted = sms.send(MESSAGE)
        for n in range(120):
            sms.send(Outgoing(PHONE, f"another {n}", f"a{n}"))
        assert sms.find(MESSAGE, datetime(2026, 11, 3, 9, tzinfo=UTC), known=[]) == wanted


def test_the_note_that_trial_accounts_get_does_not_hide_a_message(sms):
    prefixed = Outgoing(PHONE, f"Sent from your Twilio trial account - {MESSAGE.text}", "k9")
    sent = sms.send(prefixed)
    assert sms.find(MESSAGE, an_hour_ago(), known=[]) == sent


def test_a_list_that_cannot_be_had_is_an_error_and_not_an_empty_list(twilio, sms):
    twilio.go_down()
    with pytest.raises(errors.Unreachable):
        sms.find(MESSAGE, an_hour_ago(), known=[])
    twilio.come_up()
    assert sms.find(MESSAGE, an_hour_ago(), known=[]) is None


def test_a_connection_that_is_cut_in_mid_request_leaves_it_open_whether_the_message_was_taken(twilio):
    server = LoopbackServer(lambda *_: None)
    server.start()
    try:
        with contextlib.closing(client_of(twilio, api_base_url=server.url)) as sms, pytest.raises(errors.TimedOut):
            sms.send(MESSAGE)
    finally:
        server.stop()


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b"null", b'{"sid": null}', b'{"sid": 7}', b'{"messages": 3}'])
def test_answers_that_are_json_and_nonsense_are_seen_through(twilio, sms, answer):
    twilio.answer_nonsense(answer, status=201)
    with pytest.raises(errors.ProviderFault):
        sms.send(MESSAGE)
    with pytest.raises(errors.ProviderFault):
        sms.find(MESSAGE, an_hour_ago(), known=[])


def test_no_connection_follows_from_what_the_environment_says_about_regions(twilio, monkeypatch):
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    with contextlib.closing(client_of(twilio)) as sms:
        assert sms.send(MESSAGE).provider_id


@pytest.mark.parametrize(
    ("problem", "meaning"),
    [
        (requests.exceptions.SSLError(ssl.SSLCertVerificationError(1, "expired")), errors.Unreachable),
        (requests.exceptions.SSLError(ssl.SSLError(1, "cut off")), errors.TimedOut),
        (requests.exceptions.InvalidURL("no such URL"), errors.Unreachable),
        (requests.exceptions.ChunkedEncodingError("cut off"), errors.TimedOut),
    ],
)
def test_only_what_surely_went_wrong_before_sending_counts_as_not_sent(problem, meaning):
    assert isinstance(disconnected(problem), meaning)


def test_a_name_that_nobody_knows_is_unreachable(twilio):
    nowhere = client_of(twilio, api_base_url="http://nobody.invalid")
    with contextlib.closing(nowhere) as sms, pytest.raises(errors.Unreachable):
        sms.send(MESSAGE)
