"""What Twilio, and whoever plays Twilio, may post to the service as it is installed: `app.py` and the machine's clock."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from store.tables import EarlyReceipt, Message
from tests.journeys.conftest import TWO_DATABASES
from tests.journeys.town import Town

pytestmark = [pytest.mark.journey, pytest.mark.parametrize("town", TWO_DATABASES, indirect=True)]

STRANGER = "+447911123456"
AT_ONCE = 6

ODD_TEXTS = {
    "1,600 characters": "It was good. " * 123 + "x",
    "1,600 characters that need two units each": "\N{FACE WITH TEARS OF JOY}" * 1600,
    "a family of emoji, joined": "\U0001f469\u200d\U0001f469\u200d\U0001f467 2\ufe0f\u20e3",
    "NUL characters": "a\x00b\x00",
    "right to left, with marks": "\u200fمرحبا، كل شيء بخير \u200e2\u200f",
    "letters with loose accents": "e\u0301 and \u00e9 are not the same",
    "blanks and line ends": "  two\r\nlines\t \n",
    "markup": "<script>alert('x')</script> & 'so on'; DROP TABLE messages;--",
    "nothing": "",
}


@pytest.fixture
def installed(town: Town) -> Town:
    """The service as it is installed, started."""
    del town.service.environment["FLASK_APP"]
    town.service.start()
    return town


def test_what_twilio_has_not_signed_is_refused_and_not_kept(installed: Town):
    town, twilio = installed, installed.twilio
    url = town.service.url
    for_other_words = twilio.sign(f"{url}/webhooks/sms", twilio.inbound(STRANGER, "other words"))
    with_other_token = twilio.sign(f"{url}/webhooks/sms", twilio.inbound(STRANGER, "hi", "SM1"), "a stranger's token")
    refused = [
        *(
            twilio.post_inbound(url, STRANGER, "hi", "SM1", signature=signature)
            for signature in ("", "nonsense", for_other_words, with_other_token)
        ),
        twilio.post_inbound(url, STRANGER, "hi", "SM1", public_url="https://elsewhere.example"),
        twilio.post_status(url, "SM2", "delivered", signature=""),
        twilio.post_status(url, "SM2", "delivered", signature="nonsense"),
    ]
    assert [answer.status_code for answer in refused] == [403] * 7
    assert town.look_up(select(func.count(Message.id))) == [0]
    assert town.look_up(select(func.count(EarlyReceipt.id))) == [0]
    assert twilio.messages == []


def test_the_same_text_delivered_several_times_at_the_same_moment_counts_once(installed: Town):
    together = threading.Barrier(AT_ONCE)

    def deliver(_: int) -> int:
        together.wait(20)
        return installed.text(STRANGER, "hello", "SM" + "5" * 32).status_code

    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert list(threads.map(deliver, range(AT_ONCE))) == [200] * AT_ONCE
    assert len(installed.wait_for_texts(STRANGER, 1)) == 1
    assert installed.received_from(STRANGER) == ["hello"]


def test_words_are_kept_exactly_as_they_were_sent_and_every_text_is_answered_once(installed: Town):
    phones = {f"+4479111230{place:02}": text for place, text in enumerate(ODD_TEXTS.values())}
    for phone, text in phones.items():
        assert installed.text(phone, text).status_code == 200
    installed.wait_until_all_is_sent()
    for phone, text in phones.items():
        assert installed.received_from(phone) == [text]
        assert len(installed.texts_to(phone)) == 1
