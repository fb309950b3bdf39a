"""A provider that answers every step in time and takes too long all the same: the whole exchange has one limit."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import SystemClock
from bot.outbox import Outbox
from channels import errors
from channels.base import Channel, Outgoing
from channels.email import SmtpMail
from channels.sms import TwilioSms
from store.session import Database
from store.talks import messages
from store.talks.messages import Queued
from tests.channels.edges import client_of
from tests.standins.twilio_rest import TwilioStandIn

LIMIT = 0.6
STEP = 0.25
"""Seconds: less than the limit for each step, and more for all of them."""
LATEST = 1.1
MESSAGE = Outgoing("+447700900123", "How was it?", "k1")
MAIL = Outgoing("worker@council.example", "How was it?", "k1")


class Slow:
    """A server on loopback that hesitates before each of its lines; `pause` may be changed at any time."""

    def __init__(self) -> None:
        self.pause = STEP
        self.taken: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._over = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._over.set()
        self._listening.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listening.accept()
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, connection.makefile("rb") as heard, contextlib.suppress(OSError):
            self.converse(connection, heard)

    def say(self, connection: socket.socket, line: bytes) -> None:
        self._over.wait(self.pause)
        connection.sendall(line)

    def converse(self, connection: socket.socket, heard) -> None:
        raise NotImplementedError


class SlowMail(Slow):
    """A mail server that takes everything."""

    def converse(self, connection: socket.socket, heard) -> None:
        self.say(connection, b"220 slow\r\n")
        while line := heard.readline():
            match line.split()[0].upper():
                case b"DATA":
                    self.say(connection, b"354 go on\r\n")
                    body = b"".join(iter(heard.readline, b".\r\n"))
                    if not body.endswith(b"\r\n"):
                        return
                    self.taken.append(body)
                    self.say(connection, b"250 taken\r\n")
                case b"QUIT":
                    connection.sendall(b"221 bye\r\n")
                    return
                case _:
                    self.say(connection, b"250 fine\r\n")


class SlowApi(Slow):
    """An API that takes everything, and whose answer comes line by line."""

    def converse(self, connection: socket.socket, heard) -> None:
        self.taken.append(heard.readline())
        while heard.readline().strip():
            pass
        for line in (b"HTTP/1.1 200 OK\r\n", b"X-One: 1\r\n", b"X-Two: 2\r\n", b"X-Three: 3\r\n", b"\r\n", b"{}"):
            self.say(connection, line)


@pytest.fixture
def slow_mail() -> Iterator[SlowMail]:
    with contextlib.closing(SlowMail()) as server:
        yield server


@pytest.fixture
def slow_api() -> Iterator[SlowApi]:
    with contextlib.closing(SlowApi()) as server:
        yield server


def mail_to(server: SlowMail, timeout: float = LIMIT) -> SmtpMail:
    return SmtpMail(host="127.0.0.1", port=server.port, security="none", sender="heard@kent.example", timeout=timeout)


@contextlib.contextmanager
def sms_by(server: SlowApi) -> Iterator[TwilioSms]:
    with (
        TwilioStandIn() as twilio,
        contextlib.closing(client_of(twilio, api_base_url=f"http://127.0.0.1:{server.port}", timeout=LIMIT)) as sms,
    ):
        yield sms


def times_out(channel: Channel, message: Outgoing) -> bool:
    began = time.monotonic()
    with pytest.raises(errors.TimedOut) as failed:
        channel.send(message)
    assert time.monotonic() - began < LATEST
    return failed.value.may_have_been_sent


def test_a_mail_server_that_is_slow_at_every_step_is_cut_off_before_it_has_the_mail(slow_mail: SlowMail):
    assert times_out(mail_to(slow_mail), MAIL)
    assert slow_mail.taken == []


def test_a_mail_server_is_waited_for_as_long_as_there_is_time(slow_mail: SlowMail):
    slow_mail.pause = 0.05
    mail_to(slow_mail).send(MAIL)
    assert len(slow_mail.taken) == 1


def test_an_answer_that_trickles_in_is_cut_off(slow_api: SlowApi):
    with sms_by(slow_api) as sms:
        assert times_out(sms, MESSAGE)
        began = time.monotonic()
        with pytest.raises(errors.TimedOut):
            sms.find(MESSAGE, datetime.now(UTC) - timedelta(hours=1), known=[])
        assert time.monotonic() - began < LATEST


def test_a_connection_that_was_kept_open_is_cut_off_too():
    with TwilioStandIn() as twilio, contextlib.closing(client_of(twilio, timeout=LIMIT)) as sms:
        sms.send(MESSAGE)
        twilio.answer_slowly(LIMIT * 3)
        assert times_out(sms, MESSAGE)
        twilio.behave()
        sms.send(MESSAGE)
        assert len(twilio.messages) == 3


def test_two_workers_never_hand_in_a_mail_twice_that_takes_longer_than_a_lease(sqlite: Database, slow_mail: SlowMail):
    """A mail's lease is 0.8 s here and the exchange would take 1.5 s; when the server is quicker, the mail goes once."""
    lease = timedelta(seconds=0.4)
    outbox = Outbox(sqlite, {"email": mail_to(slow_mail, timeout=0.7)}, SystemClock(), lease)
    with sqlite.writing() as session:
        mail = Queued("email", "owen@council.example", "digest", "alert", "k", subject="s")
        messages.queue(session, [mail], SystemClock().now())
    stop = threading.Event()
    workers = [threading.Thread(target=outbox.work, args=(stop,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    time.sleep(3)
    assert slow_mail.taken == []
    slow_mail.pause = 0
    deadline = time.monotonic() + 20
    while not slow_mail.taken and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1)
    stop.set()
    outbox.wake()
    for worker in workers:
        worker.join()
    assert len(slow_mail.taken) == 1
