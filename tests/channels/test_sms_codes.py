"""What Twilio's codes mean: of texts that it does not take, and of those that it cannot deliver."""

from __future__ import annotations

import contextlib
import re

import pytest

from channels import errors
from channels.base import Outgoing
from channels.sms import codes
from tests.channels.edges import client_of
from tests.standins.twilio_rest import TwilioStandIn

MESSAGE = Outgoing("+447700900123", "How was it?", "k1")


@pytest.fixture
def twilio():
    with TwilioStandIn() as standin:
        yield standin


@pytest.fixture
def sms(twilio):
    with contextlib.closing(client_of(twilio)) as channel:
        yield channel


MEANINGS = [
    (10001, 403, errors.OurFault),
    (20001, 400, errors.Refused),
    (20005, 401, errors.OurFault),
    (20403, 403, errors.OurFault),
    (20504, 504, errors.ProviderFault),
    (21214, 400, errors.BadAddress),
    (21219, 400, errors.OurFault),
    (21265, 400, errors.BadAddress),
    (21266, 400, errors.BadAddress),
    (21602, 400, errors.Refused),
    (21609, 400, errors.OurFault),
    (21703, 400, errors.OurFault),
    (63017, 429, errors.Busy),
    (63038, 429, errors.Busy),
    (90010, 403, errors.OurFault),
    (None, 504, errors.ProviderFault),
    (21610, 400, errors.OptedOut),
    (21211, 400, errors.BadAddress),
    (21614, 400, errors.BadAddress),
    (21612, 400, errors.OurFault),
    (21616, 400, errors.OurFault),
    (30003, 400, errors.Retryable),
    (30005, 400, errors.BadAddress),
    (30007, 400, errors.Refused),
    (30022, 429, errors.Busy),
    (30023, 429, errors.Busy),
    (30032, 400, errors.OurFault),
    (30033, 400, errors.OurFault),
    (30034, 400, errors.OurFault),
    (30035, 400, errors.OurFault),
    (30040, 400, errors.OurFault),
    (30041, 400, errors.OurFault),
    (30045, 400, errors.Refused),
    (21217, 400, errors.BadAddress),
    (21401, 400, errors.OurFault),
    (21601, 400, errors.OurFault),
    (21603, 400, errors.OurFault),
    (21604, 400, errors.BadAddress),
    (21704, 400, errors.OurFault),
    (21705, 400, errors.OurFault),
    (21910, 400, errors.OurFault),
    (21635, 400, errors.BadAddress),
    (21408, 403, errors.Refused),
    (21606, 400, errors.OurFault),
    (21608, 400, errors.OurFault),
    (21617, 400, errors.Refused),
    (21659, 400, errors.OurFault),
    (20003, 401, errors.OurFault),
    (20404, 404, errors.OurFault),
    (20429, 429, errors.Busy),
    (14107, 429, errors.Busy),
    (21611, 429, errors.Busy),
    (20500, 500, errors.ProviderFault),
    (20503, 503, errors.ProviderFault),
    (99999, 400, errors.Refused),
    (99999, 429, errors.Busy),
    (None, 400, errors.Refused),
    (None, 401, errors.OurFault),
    (None, 403, errors.OurFault),
    (None, 404, errors.OurFault),
    (None, 408, errors.TimedOut),
    (None, 429, errors.Busy),
    (None, 500, errors.ProviderFault),
    (None, 502, errors.ProviderFault),
    (None, 503, errors.ProviderFault),
    (None, 302, errors.ProviderFault),
]


@pytest.mark.parametrize(("code", "status", "meaning"), MEANINGS)
def test_what_twilio_answers_means_one_of_our_errors(twilio, sms, code, status, meaning):
    twilio.refuse_with(code, status)
    with pytest.raises(meaning) as failed:
        sms.send(MESSAGE)
    assert type(failed.value) is meaning
    assert failed.value.code == str(code or status)
    assert twilio.messages == []


@pytest.mark.parametrize(("header", "seconds"), [("7", 7.0), ("soon", None)])
def test_the_wait_that_twilio_asks_for_is_passed_on(header, seconds):
    assert codes.failure(429, 20429, {"Retry-After": header}).retry_after == seconds


DELIVERY = [
    ("30001", False),  # queue
    ("30002", False),  # our account
    ("30003", False),  # a phone that is off
    ("30004", True),  # blocked
    ("30005", True),  # not in use
    ("30006", True),  # a landline
    ("30007", False),  # taken for spam: our wording
    ("30008", False),  # nobody knows
    ("30009", False),  # about a text to us
    ("30012", False),
    ("30017", False),
    ("30018", False),
    ("30021", False),
    ("30022", False),  # too fast
    ("30023", False),
    ("30024", False),
    ("30032", False),  # our sender is not known yet
    ("30033", False),
    ("30034", False),
    ("30035", False),
    ("30040", False),
    ("30041", False),
    ("30042", False),
    ("30045", False),
    ("30036", False),  # too old when its turn came
    ("30410", False),  # the phone company was silent
    ("30450", False),  # taken for fraud
    # of the numbers that a Messaging Service looks at only after it has answered
    ("21211", True),
    ("21614", True),
    ("21635", True),
    ("21610", False),  # their wish, and no fault of the number's
    ("21408", False),
    ("21612", False),  # mostly the sender's
    ("21703", False),
    ("63038", False),
]


@pytest.mark.parametrize(("code", "permanent"), DELIVERY)
def test_a_number_is_given_up_only_for_what_is_surely_about_the_number(code, permanent):
    assert codes.undelivered(code).permanent is permanent


def test_whoever_told_twilio_to_stop_has_opted_out_and_nobody_else():
    assert [code for code, _ in DELIVERY if codes.undelivered(code).opted_out] == ["21610"]


@pytest.mark.parametrize("code", ["", "0", "39999", "-30005", "30005.0", "³0005", "9" * 5000])
def test_a_code_that_nobody_knows_has_no_explanation(code):
    assert codes.undelivered(code) is None


def explanations():
    asked = {number: codes.undelivered(str(number)) for number in range(10_000, 100_000)}
    return {number: why.explanation for number, why in asked.items() if why}


def test_every_explanation_is_whole_sentences_without_a_number_or_a_name_of_the_apis():
    told = explanations()
    assert len(told) > 70
    for number, sentence in told.items():
        assert re.fullmatch(r"[A-Z][^\n]+[.]", sentence), number
        assert not re.search(r"\d{5,}|StatusCallback|MessagingServiceSid|ValidityPeriod|HTTP", sentence), number
