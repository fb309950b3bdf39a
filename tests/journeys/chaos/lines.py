"""The channels as people and providers use them, with true signatures and secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import requests

from tests.journeys.chaos.day import News
from tests.standins.twilio_rest import TwilioStandIn


class Texts:
    """Text messages through Twilio."""

    def __init__(self, twilio: TwilioStandIn, service_url: str):
        self._twilio, self._url = twilio, service_url
        self._read = 0

    def news(self) -> Iterable[News]:
        taken = self._twilio.messages[self._read :]
        self._read += len(taken)
        return [News(message.to, message.body, message) for message in taken]

    def write(self, address: str, text: str, key: str) -> requests.Response:
        sid = "SM" + key.replace(".", "f").rjust(32, "0")
        return self._twilio.post_inbound(self._url, address, text, sid)

    def reports(self, news: News) -> Iterable[Callable[[], requests.Response]]:
        return [lambda status=status: self._twilio.report(news.reference, status) for status in ("sent", "delivered")]
