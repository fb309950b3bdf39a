"""Stand-ins that are passed in, never patched in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from channels.base import Outgoing, Sent
from channels.errors import SendError


@dataclass
class FakeChannel:
    """A channel that takes every message, unless told otherwise.

    Attributes:
        sent: what it has taken, in order.
        faults: raised by the next sends, one each, before anything is taken.
        loses_answer: takes the next message and then fails all the same, as when a connection breaks.
        taken_before: how many messages it has given ids to already, where a database knows of them.
    """

    name: str = "sms"
    sent: list[Outgoing] = field(default_factory=list)
    faults: list[SendError] = field(default_factory=list)
    loses_answer: SendError | None = None
    taken_before: int = 0

    def send(self, message: Outgoing) -> Sent:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(message)
        if self.loses_answer is not None:
            fault, self.loses_answer = self.loses_answer, None
            raise fault
        return Sent(f"{self.name}-{self.taken_before + len(self.sent)}")

    def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        del since
        taken = enumerate(self.sent, start=self.taken_before + 1)
        ids = (
            f"{self.name}-{place}"
            for place, sent in taken
            if (sent.address, sent.text) == (message.address, message.text)
        )
        found = next((name for name in ids if name not in known), None)
        return Sent(found) if found else None

    def texts_to(self, address: str) -> list[str]:
        """What it has taken for one address, in order."""
        return [message.text for message in self.sent if message.address == address]
