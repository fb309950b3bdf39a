"""A strict stand-in for Twilio: its Messages API on a loopback port, and its webhooks posted with true signatures.

It refuses what the real one would refuse, and also what the real one would quietly ignore (an unknown parameter), so
that a slip in our client shows. Safe for threads; use it as a context manager or call `close`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Self
from uuid import uuid4

from tests.standins.loopback import LoopbackServer
from tests.standins.twilio_account import SetUp
from tests.standins.twilio_answers import Answer, Refusal, create, list_page, tell
from tests.standins.twilio_webhooks import Webhooks


@dataclass(frozen=True)
class Message:
    """One message that the stand-in has taken."""

    sid: str
    to: str
    body: str
    created: datetime
    status: str
    from_: str | None = None
    messaging_service_sid: str | None = None
    status_callback: str | None = None
    validity_period: int | None = None
    sent: datetime | None = None


@dataclass
class _Knobs:
    refusals: list[Refusal] = field(default_factory=list)
    opted_out: set[str] = field(default_factory=set)
    raw: Answer | None = None
    hang_after: int | None = None
    slow: float = 0.0


class TwilioStandIn(Webhooks):
    """Twilio, as far as Heard can tell.

    Attributes:
        account_sid, auth_token, messaging_service_sid: what the client must be set up with.
        messages: a copy of what was taken, oldest first; listing it is safe at any time.
        set_up: how the account, its numbers and its Messaging Service are set up.
        requests: "METHOD path" of every request that came, without its query.
    """

    def __init__(
        self,
        *,
        account_sid: str = "AC" + "0a" * 16,
        auth_token: str = "key-of-the-stand-in",
        messaging_service_sid: str = "MG" + "0b" * 16,
        port: int = 0,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        super().__init__(auth_token=auth_token, account_sid=account_sid)
        self.messaging_service_sid = messaging_service_sid
        self.set_up = SetUp()
        self.requests: list[str] = []
        self._now = now
        self._taken: list[Message] = []
        self._knobs = _Knobs()
        self._lock = threading.RLock()
        self._hanging = threading.Event()
        self._released = threading.Event()
        self._server = LoopbackServer(self._answer, port)
        self._server.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object):
        self.close()

    def close(self):
        """Let go of everything that hangs and close the port."""
        self._released.set()
        self._server.stop()

    @property
    def base_url(self) -> str:
        """What to set as the API's address."""
        return self._server.url

    @property
    def messages(self) -> list[Message]:
        with self._lock:
            return list(self._taken)

    def refuse_with(self, code, status=400, *, number=None, times=1, retry_after=None):
        """Refuse the next `times` messages (None: all from now on), or only those to `number`."""
        with self._lock:
            self._knobs.refusals.append(Refusal(code, status, number, times, retry_after))

    def opt_out(self, number):
        """From now on messages to `number` are refused with 21610, until `opt_in`."""
        with self._lock:
            self._knobs.opted_out.add(number)

    def opt_in(self, number):
        with self._lock:
            self._knobs.opted_out.discard(number)

    def answer_nonsense(self, body=b"<html>It works!</html>", status=200):
        """Take messages, but answer everything with `body`."""
        self._set(raw=Answer(status, body, {"Content-Type": "text/html"}))

    def answer_slowly(self, seconds):
        """Take messages at once and answer `seconds` later."""
        self._set(slow=seconds)

    def hang_after_accepting(self, n=1):
        """Take the n-th message from now, and never answer it until `release`: see `wait_until_hanging`."""
        self._hanging.clear()
        self._released.clear()
        self._set(hang_after=n)

    def wait_until_hanging(self, seconds=10.0):
        """Wait until a message was taken that will not be answered; True if there is one in time."""
        return self._hanging.wait(seconds)

    def release(self):
        """Answer everything that hangs and everything from now on."""
        self._set(hang_after=None)
        self._released.set()

    def behave(self):
        """Undo every knob but opt-outs."""
        self.release()
        with self._lock:
            self._knobs = _Knobs(opted_out=self._knobs.opted_out)

    def go_down(self):
        """Close the port and cut every connection."""
        self._server.stop()

    def come_up(self):
        """Open the same port again."""
        self._server.start()

    def mark(self, sid, status, sent=None):
        """Set how far a message has come, as lists show it; tell the service with `post_status`."""
        with self._lock:
            moment = sent or self._now()
            self._taken = [replace(m, status=status, sent=moment) if m.sid == sid else m for m in self._taken]

    def _set(self, **knobs: Any):
        with self._lock:
            for name, value in knobs.items():
                setattr(self._knobs, name, value)

    def _answer(self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes) -> Answer | None:
        hang = False
        with self._lock:
            self.requests.append(f"{method} {path}")
            if method == "POST":
                answer, message = create(self, headers, path, body)
                if message is not None:
                    self._taken.append(message)
                    hang = self._is_to_hang()
            elif path.endswith("/Messages.json"):
                answer = list_page(self, self._taken, headers, path, query)
            else:
                answer = tell(self, headers, path, query)
            answer, slow = self._knobs.raw or answer, self._knobs.slow
        if slow:
            self._released.wait(slow) if hang else threading.Event().wait(slow)
        if hang:
            self._hanging.set()
            self._released.wait()
        return answer

    def _is_to_hang(self) -> bool:
        if self._knobs.hang_after is None:
            return False
        self._knobs.hang_after -= 1
        return self._knobs.hang_after <= 0

    def refusal_for(self, number: str) -> Refusal | None:
        """What stands in the way of a message to `number`; called by `create`, with the lock held."""
        if number in self._knobs.opted_out:
            return Refusal(21610, 400)
        for refusal in list(self._knobs.refusals):
            if refusal.number in (None, number):
                if refusal.times is not None:
                    refusal.times -= 1
                    if refusal.times <= 0:
                        self._knobs.refusals.remove(refusal)
                return refusal
        return None

    def new_message(self, form: Mapping[str, str]) -> Message:
        """The message that a good form stands for."""
        service = form.get("MessagingServiceSid")
        return Message(
            sid="SM" + uuid4().hex,
            to=form["To"],
            body=form["Body"],
            created=self._now(),
            status="accepted" if service else "queued",
            from_=form.get("From"),
            messaging_service_sid=service,
            status_callback=form.get("StatusCallback"),
            validity_period=int(form["ValidityPeriod"]) if "ValidityPeriod" in form else None,
        )
