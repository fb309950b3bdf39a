"""The channels as people and providers use them, with true signatures and secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import requests

from tests.journeys.chaos.day import News
from tests.standins.telegram import TelegramStandIn
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


class Chats:
    """Telegram chats."""

    def __init__(self, telegram: TelegramStandIn, service_url: str):
        self._telegram, self._url = telegram, service_url
        self._read = 0

    def news(self) -> Iterable[News]:
        sent = self._telegram.messages[self._read :]
        self._read += len(sent)
        return [News(str(message["chat"]["id"]), message["text"], None) for message in sent]

    def write(self, address: str, text: str, key: str) -> requests.Response:
        person, turn = map(int, key.split("."))
        update = self._telegram.text(int(address), text) | {"update_id": person * 100 + turn}
        return self._telegram.post(self._url, update)

    def reports(self, _: News) -> Iterable[Callable[[], requests.Response]]:
        return []  # Telegram tells nobody how far a message has come
