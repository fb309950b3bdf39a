"""Hands text messages to Twilio, looks for one that it may have taken already, and checks the account.

May not decide whether or when to try again: that is the outbox's. `wire` raises everything that goes wrong on the line.
Twilio has no idempotency key for creating a message, so `find` is what stands between a lost answer and a second text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from twilio.base.exceptions import TwilioException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]
from twilio.rest.api.v2010.account.message import MessageInstance  # type: ignore[import-untyped]

from channels import errors
from channels.base import Finding, Outgoing, Sent
from channels.errors import ProviderFault
from channels.sms.checking import Expected, looks
from channels.sms.reading import STATUSES
from channels.sms.wire import Wire

_NUMBER = re.compile(r"\+[1-9]\d{6,14}|\d{5,6}", re.ASCII)
_LONGEST_WAIT = 60 * 60  # seconds in Twilio's queue; Twilio's own ten hours would wake people
_TRIAL_PREFIX = "Sent from your Twilio trial account - "
_LOOKED_THROUGH = 200  # messages to one person; far more than a year of surveys
_SKEW = timedelta(minutes=5)  # Twilio's clock and ours need not agree
_ASK_AGAIN = "Put that right and check again: what comes after it has not been looked at."
_NONSENSE = (TwilioException, ValueError, TypeError, KeyError, AttributeError)
"""What the client raises over an answer that is 2xx and not what Twilio sends; `SendError` is none of these."""


class TwilioSms:
    """The SMS channel; one instance serves all threads."""

    name = "sms"

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        messaging_service_sid: str | None = None,
        from_number: str | None = None,
        status_callback: str | None = None,
        inbound_url: str = "",
        country: str = "GB",
        api_base_url: str | None = None,
        timeout: float = 10.0,
    ) -> None:
        """Set up the client; nothing is sent yet.

        Args:
            account_sid: begins with "AC".
            auth_token: the account's key.
            messaging_service_sid: begins with "MG"; preferred, since it brings queues and opt-out handling.
            from_number: E.164 or a short code, where there is no messaging service.
            status_callback: public URL that Twilio reports delivery to, or None.
            inbound_url: public URL that Twilio must post replies to; `check` looks whether it does.
            country: that of the people who are texted (ISO 3166, two letters).
            api_base_url: where the API is, for tests and for Twilio's regional hosts; None is Twilio's own.
            timeout: seconds allowed for `send` from beginning to end, and for `find`.

        Raises:
            ValueError: there is no sender, there are two, or it is one that nobody can reply to.
        """
        self._sender = _sender(messaging_service_sid, from_number)
        (sender,) = self._sender.items()
        self._expected = Expected(account_sid, sender, inbound_url, country)
        callback = {"status_callback": status_callback} if status_callback else {}
        self._always = {**self._sender, **callback, "validity_period": _LONGEST_WAIT}
        self._wire = Wire(timeout)
        # A mapping of its own keeps the client from reading TWILIO_REGION and TWILIO_EDGE, which would change our host.
        environment = {"TWILIO_EDGE": ""}
        self._client = Client(account_sid, auth_token, http_client=self._wire, environment=environment)
        if api_base_url:
            self._client.api.base_url = self._client.messaging.base_url = api_base_url

    def send(self, message: Outgoing) -> Sent:
        """Hand one text to Twilio: see `channels.base.Channel.send`."""
        try:
            with self._wire.exchange():
                return _sent(self._client.messages.create(to=message.address, body=message.text, **self._always))
        except _NONSENSE:
            pass  # raised below, where no context of the client's hangs on to it
        raise _nonsense()

    def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """Look for `message` at Twilio: see `channels.base.Channel.find`.

        The list is narrowed to the number only. Its DateSent filter counts days in GMT and is about sending, which a
        message that Twilio has just accepted has yet to reach, so times are compared here, with when it was created.
        """
        earliest = since.astimezone(UTC) - _SKEW
        try:
            with self._wire.exchange():
                listed = self._client.messages.list(to=message.address, limit=_LOOKED_THROUGH)
            ours = [m for m in listed if _is(m, message.text) and m.date_created >= earliest and m.sid not in known]
            return _sent(max(ours, key=lambda m: m.date_created)) if ours else None
        except _NONSENSE:
            pass
        raise _nonsense()

    def check(self) -> Sequence[Finding]:
        """Look at the account: see `channels.base.Checked`. Each look has the time-out to itself.

        Where Twilio cannot be reached or does not let us in, nothing more is asked.
        """
        found: list[Finding] = []
        for look in looks(self._client, self._expected):
            try:
                with self._wire.exchange():
                    found += look()
                continue
            except (errors.OurFault, errors.Busy) as problem:
                trouble = f"{problem.explanation} (Twilio's code {problem.code})"
            except errors.Unreachable:
                trouble = "No connection to Twilio could be made."
            except errors.TimedOut:
                trouble = "Twilio did not answer in time."
            except errors.SendError as problem:
                trouble = f"Twilio answered with a fault (code {problem.code})."
            except _NONSENSE:
                trouble = "Twilio's answer could not be understood."
            found.append(Finding(is_wrong=True, what=trouble, instead=_ASK_AGAIN))
            break
        return found

    def close(self) -> None:
        """Close the connections that are kept open for reuse."""
        self._wire.close()


def _sender(service: str | None, number: str | None) -> dict[str, str]:
    if bool(service) == bool(number):
        raise ValueError("Set a messaging service or a number to send from: one of them, not both.")
    if service:
        if not service.startswith("MG"):
            raise ValueError("A messaging service's name begins with MG.")
        return {"messaging_service_sid": service}
    if not _NUMBER.fullmatch(number or ""):
        raise ValueError(
            "The sender must be a phone number in full, such as +447700900123, or a short code. "
            "A name cannot be replied to, so nobody could answer a question or say STOP."
        )
    return {"from_": number or ""}


def _sent(message: MessageInstance) -> Sent:
    if not isinstance(message.sid, str) or not message.sid:
        raise ValueError("no sid")
    return Sent(message.sid, STATUSES.get(str(message.status), "accepted"))


def _is(listed: MessageInstance, text: str) -> bool:
    """Whether we sent it and with these words; Twilio may trim the end, and puts a note before a trial's texts."""
    body = str(listed.body or "")
    ours = str(listed.direction or "").startswith("outbound")
    return ours and body.removeprefix(_TRIAL_PREFIX).rstrip() == text.rstrip()


def _nonsense() -> ProviderFault:
    return ProviderFault("nonsense", "Twilio's answer could not be understood. It may have taken the message.")
