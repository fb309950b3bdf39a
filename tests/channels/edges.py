"""Each channel beside a provider that can be made to misbehave, for the contract that all channels share."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from channels.base import Channel, Outgoing
from channels.email import KeptMail, SmtpMail
from channels.handset import Handset
from channels.sms import TwilioSms
from channels.telegram import Line, TelegramChat
from channels.webchat import WebChat
from tests.standins.smtp import MailServer, text_of
from tests.standins.telegram import TelegramStandIn
from tests.standins.twilio_rest import TwilioStandIn

IMPATIENT = 0.4  # seconds a channel waits for an answer in these tests


@dataclass
class Edge:
    """A channel, an address it can write to, and ways for its provider to misbehave (None: it has no provider)."""

    channel: Channel
    address: str
    taken: Callable[[], list[tuple[str, str]]] | None
    down: Callable[[], None] | None = None
    slow: Callable[[], None] | None = None
    busy: Callable[[], None] | None = None
    nonsense: Callable[[], None] | None = None
    refusing: Callable[[], None] | None = None
    our_fault: Callable[[], None] | None = None
    bad_address: Callable[[], None] | None = None
    opted_out: Callable[[], None] | None = None

    def message(self, text: str, key: str = "k1") -> Outgoing:
        return Outgoing(self.address, text, key)


def client_of(twilio: TwilioStandIn, **changes) -> TwilioSms:
    """The SMS channel, set up for the stand-in."""
    settings = {
        "account_sid": twilio.account_sid,
        "auth_token": twilio.auth_token,
        "messaging_service_sid": twilio.messaging_service_sid,
        "api_base_url": twilio.base_url,
        "timeout": IMPATIENT,
    }
    return TwilioSms(**{**settings, **changes})


@contextlib.contextmanager
def twilio_edge() -> Iterator[Edge]:
    with TwilioStandIn() as twilio, contextlib.closing(client_of(twilio)) as channel:
        yield Edge(
            channel,
            "+447700900123",
            taken=lambda: [(m.to, m.body) for m in twilio.messages],
            down=twilio.go_down,
            slow=lambda: twilio.answer_slowly(IMPATIENT * 3),
            busy=lambda: twilio.refuse_with(20429, 429, retry_after="7"),
            nonsense=twilio.answer_nonsense,
            refusing=lambda: twilio.refuse_with(21617),
            our_fault=lambda: twilio.refuse_with(20003, 401),
            bad_address=lambda: twilio.refuse_with(21614),
            opted_out=lambda: twilio.opt_out("+447700900123"),
        )


def chat_of(telegram: TelegramStandIn, **changes) -> TelegramChat:
    """The Telegram channel, set up for the stand-in."""
    settings = {"token": telegram.token, "api_base_url": telegram.base_url, "timeout": IMPATIENT}
    return TelegramChat(Line(**{**settings, **changes}))


@contextlib.contextmanager
def telegram_edge() -> Iterator[Edge]:
    with TelegramStandIn() as telegram, contextlib.closing(chat_of(telegram)) as channel:
        telegram.begin(7700900123)
        yield Edge(
            channel,
            "7700900123",
            taken=lambda: [(str(m["chat"]["id"]), m["text"]) for m in telegram.messages],
            down=telegram.go_down,
            slow=lambda: telegram.answer_slowly(IMPATIENT * 3),
            busy=lambda: telegram.refuse_with(429, "Too Many Requests: retry after 7", retry_after=7),
            nonsense=telegram.answer_nonsense,
            refusing=lambda: telegram.refuse_with(400, "Bad Request: message is too long"),
            our_fault=lambda: telegram.refuse_with(401, "Unauthorized"),
            bad_address=lambda: telegram.refuse_with(400, "Bad Request: chat not found"),
            opted_out=lambda: telegram.block(7700900123),
        )


@contextlib.contextmanager
def mail_edge() -> Iterator[Edge]:
    with MailServer() as server:
        channel = SmtpMail(
            host=server.host, port=server.port, security="none", sender="heard@council.example", timeout=IMPATIENT
        )
        yield Edge(
            channel,
            "worker@council.example",
            taken=lambda: [(m["To"], text_of(m).rstrip("\n")) for m in server.mails],
            down=server.go_down,
            slow=server.go_silent,
            busy=lambda: server.refuse("RCPT", "451 4.7.1 Greylisted"),
            nonsense=lambda: server.refuse("DATA", "wonderful"),
            refusing=lambda: server.refuse("DATA", "552 5.3.4 Too big"),
            our_fault=lambda: server.refuse("MAIL", "550 5.7.1 Not from here"),
            bad_address=lambda: server.refuse("RCPT", "550 5.1.1 No such mailbox"),
        )


@contextlib.contextmanager
def kept_edge() -> Iterator[Edge]:
    yield Edge(KeptMail(), "worker@council.example", taken=None)


@contextlib.contextmanager
def handset_edge() -> Iterator[Edge]:
    yield Edge(Handset(), "+447700900123", taken=None)


@contextlib.contextmanager
def web_edge() -> Iterator[Edge]:
    yield Edge(WebChat(), "chat-1", taken=None)


EDGES = {
    "twilio": twilio_edge,
    "telegram": telegram_edge,
    "smtp": mail_edge,
    "kept mail": kept_edge,
    "handset": handset_edge,
    "web chat": web_edge,
}
