"""`smtplib` with one deadline for the whole exchange: see `channels.deadline`. May not know what is sent."""

from __future__ import annotations

import smtplib
import ssl
from typing import Any

from channels.deadline import Deadline

LONGEST_CONNECTING = 10.0
"""Seconds. A server that is not there at all must not hold up those who wait for a text."""


class _Heeding:
    """What an SMTP client does besides: it shows its socket to the deadline, and says nothing when the time is up."""

    deadline: Deadline
    sock: Any

    def getreply(self) -> tuple[int, bytes]:
        """Wait for an answer, no longer than there is time left."""
        self._check()
        answer: tuple[int, bytes] = super().getreply()  # type: ignore[misc]
        return answer

    def send(self, s: Any) -> None:  # noqa: ANN401 - smtplib's argument
        """Say something, if there is time left."""
        self._check()
        super().send(s)  # type: ignore[misc]

    def _check(self) -> None:
        if self.deadline.is_over:
            self.close()  # type: ignore[attr-defined]
            raise smtplib.SMTPServerDisconnected("the time is up")
        if self.sock:
            self.deadline.watch(self.sock)


class TimelySmtp(_Heeding, smtplib.SMTP):
    """In the clear, or with STARTTLS later."""

    def __init__(self, host: str, port: int, deadline: Deadline, own_name: str) -> None:
        """Connect, and wait for the greeting.

        Args:
            own_name: how we greet the server. Given, so that no name service need be asked what this machine is called.
        """
        self.deadline = deadline
        super().__init__(host, port, own_name, timeout=min(deadline.left, LONGEST_CONNECTING))


class TimelySmtpOverTls(_Heeding, smtplib.SMTP_SSL):
    """With TLS from the first byte."""

    def __init__(self, host: str, port: int, deadline: Deadline, own_name: str, tls: ssl.SSLContext) -> None:
        """Connect, and wait for the greeting."""
        self.deadline = deadline
        super().__init__(host, port, own_name, timeout=min(deadline.left, LONGEST_CONNECTING), context=tls)
