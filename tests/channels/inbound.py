"""Each way in to the whole app, played as its provider or a browser would, for the contract that all channels share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Literal
from urllib.parse import urlencode

from flask.testing import FlaskClient

from tests.standins.telegram import SECRET
from tests.standins.telegram_updates import Updates
from tests.standins.twilio_webhooks import Webhooks

PUBLIC = "https://heard.council.example"
AUTH_TOKEN = "0123456789abcdef0123456789abcdef"
Proof = Literal["true", "none", "wrong"]
Post = dict[str, Any]


@dataclass
class Twilio:
    """Texts, signed by Twilio's own code."""

    client: FlaskClient
    address: str
    channel = "sms"
    stop_words = "STOP"
    taken, refused, too_long = 200, 403, 413
    longest, beyond = 1_600, 70_000
    takes_nothing_said = True
    webhooks: Webhooks = field(default_factory=lambda: Webhooks(auth_token=AUTH_TOKEN, account_sid="AC1"))

    def written(self, words: str) -> Post:
        return self.webhooks.inbound(self.address, words)

    def post(self, post: Post, proof: Proof = "true", path: str = "/webhooks/sms") -> int:
        key = {"true": AUTH_TOKEN, "wrong": "another", "none": ""}[proof]
        headers = {"X-Twilio-Signature": self.webhooks.sign(PUBLIC + path, post, key)} if key else {}
        form = "application/x-www-form-urlencoded"
        return self.client.post(path, data=urlencode(post), content_type=form, headers=headers).status_code


@dataclass
class Telegram:
    """Updates, with the secret that Telegram was given."""

    client: FlaskClient
    address: str
    channel = "telegram"
    stop_words = "/stop"
    taken, refused, too_long = 200, 403, 413
    longest, beyond = 4_096, 300_000
    takes_nothing_said = True
    updates: Updates = field(default_factory=Updates)

    def written(self, words: str) -> Post:
        return self.updates.text(int(self.address), words)

    def post(self, post: Post, proof: Proof = "true") -> int:
        secret = {"true": SECRET, "wrong": SECRET + "x", "none": ""}[proof]
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        return self.client.post("/webhooks/telegram", json=post, headers=headers).status_code


@dataclass
class Web:
    """The forms of a page; the token in its address is the proof. `address` is that path."""

    client: FlaskClient
    address: str
    channel = "web"
    stop_words = "END"
    taken, refused, too_long = 303, 404, 422
    longest, beyond = 4_000, 4_001
    takes_nothing_said = False

    def written(self, words: str) -> Post:
        page = self.client.get(self.address).get_data(as_text=True)
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
        return {**{name: unescape(value) for name, value in hidden}, "press": "send", "answer": words}

    def post(self, post: Post, proof: Proof = "true") -> int:
        path = {"true": self.address, "wrong": self.address[:-1] + "-", "none": "/chat/"}[proof]
        return self.client.post(path, data=post).status_code


Way = Twilio | Telegram | Web
