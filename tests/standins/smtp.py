"""A mail server on a loopback port that keeps what it is given, refuses on request, and can go silent."""

# ruff: noqa: ARG002 - aiosmtpd decides what its hooks are given

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
import threading
from email.message import EmailMessage
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


class MailServer:
    """A server for mail; use it as a context manager.

    Attributes:
        host, port: where it listens.
        mails: what it has taken, oldest first, parsed.
        recipients: the envelope's recipients, one list a mail.
        senders: the envelope's sender, one a mail.
        greeted_as: how clients call themselves, oldest first.
        signed_in: user names that signed in, oldest first.
    """

    host = "127.0.0.1"

    def __init__(self, *, username=None, password=None, tls=None, starttls=None, smtputf8=True):
        """Listen at once.

        Args:
            username, password: what must be signed in with; None lets anybody send.
            tls: an ssl.SSLContext to speak TLS from the first byte.
            starttls: an ssl.SSLContext to offer STARTTLS with, and to insist on it.
            smtputf8: whether it knows addresses with any letters.
        """
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.senders: list[str] = []
        self.greeted_as: list[str] = []
        self.signed_in: list[str] = []
        self._lock = threading.Lock()
        self._answers: dict[str, str] = {}
        self._credentials = (username, password)
        self._talking = threading.Event()
        self._talking.set()
        options = {"tls_context": starttls, "require_starttls": True} if starttls else {}
        if username:
            options |= {"authenticator": self._authenticate, "auth_require_tls": starttls is not None}
        self._options = {**options, "ssl_context": tls, "enable_SMTPUTF8": smtputf8}
        self._controller: Controller | None = None
        self.port = _free_port()
        self.come_up()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object):
        self.close()

    def close(self):
        """Let go of everything and close the port."""
        self.behave()
        self.go_down()

    def come_up(self):
        """Open the port; nothing happens if it is open."""
        if self._controller is None:
            self._controller = Controller(self, hostname=self.host, port=self.port, **self._options)
            self._controller.start()

    def go_down(self):
        """Close the port; nothing happens if it is closed."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def refuse(self, command, answer):
        """Answer a command ("MAIL", "RCPT" or "DATA") with `answer`, such as "550 5.1.1 No such mailbox"."""
        with self._lock:
            self._answers[command] = answer

    def go_silent(self):
        """Take mail, and never answer that it was taken."""
        self._talking.clear()

    def behave(self):
        with self._lock:
            self._answers.clear()
        self._talking.set()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802 - aiosmtpd's names
        session.host_name = hostname
        self.greeted_as.append(hostname)
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if refused := self._answers.get("MAIL"):
            return refused
        if self._credentials[0] and not session.authenticated:
            return "530 5.7.0 Sign in first"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if refused := self._answers.get("RCPT"):
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if refused := self._answers.get("DATA"):
            return refused
        content = envelope.content.replace(b"\r\n", b"\n")  # as a mailbox keeps it
        with self._lock:
            self.mails.append(email.message_from_bytes(content, policy=email.policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
            self.senders.append(envelope.mail_from)
        await asyncio.to_thread(self._talking.wait)
        return "250 OK"

    def _authenticate(self, server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode()) if isinstance(data, LoginPassword) else None
        if given != self._credentials:
            return AuthResult(success=False, handled=False)
        self.signed_in.append(given[0])
        return AuthResult(success=True)


def text_of(mail: EmailMessage) -> str:
    """The text part of a mail."""
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    """The HTML part of a mail."""
    return mail.get_body(("html",)).get_content()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
