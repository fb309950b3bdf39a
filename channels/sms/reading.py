"""Makes sense of what Twilio posts to us, and tells whether it was Twilio that posted it.

May not change a word of what somebody wrote, and may not trust forwarded headers: the signature is checked against the
public address from the settings. Fields: twilio.com/docs/messaging/guides/webhook-request and
twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks. Signatures:
twilio.com/docs/usage/security#validating-requests.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from twilio.request_validator import (  # type: ignore[import-untyped]
    HMAC_SHA1,
    HMAC_SHA256,
    SIGNATURE_HEADER,
    SIGNATURE_SETTINGS_HEADER,
    RequestValidator,
    get_signature_algorithm,
)

from channels.base import Ignored, Keyword, Receipt, Received, Status
from channels.errors import Unreadable
from channels.sms.codes import undelivered

STATUSES: dict[str, Status] = {
    "accepted": "accepted",
    "scheduled": "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "sent": "sent",
    "partially_delivered": "sent",  # some of it arrived: more than nothing, less than delivered
    "delivered": "delivered",
    "read": "read",
    "undelivered": "undelivered",
    "failed": "failed",
    "canceled": "failed",
}
"""Twilio's word to ours. Its list has 13 words and grows; `receiving` and `received` are of messages to us."""

_GONE_WRONG = frozenset({"undelivered", "failed"})
_KEYWORDS: dict[str, Keyword] = {"STOP": "stop", "START": "start", "HELP": "help"}
_ALGORITHMS = frozenset({HMAC_SHA1, HMAC_SHA256})


class TwilioReader:
    """Reads Twilio's webhooks for one public address and its keys: what `channels.webhooks.sms_webhooks` is given."""

    def __init__(self, public_base_url: str, auth_tokens: Sequence[str]) -> None:
        """Remember what a signature must prove.

        Args:
            public_base_url: how Twilio reaches us, for example "https://heard.example.gov.uk", as it is set there.
            auth_tokens: the account's key, and while keys are being changed the other one too.

        Raises:
            ValueError: no key was given, so nothing could ever be trusted.
        """
        if not any(auth_tokens):
            raise ValueError("At least one Twilio auth token is needed to tell Twilio's requests from others'.")
        self._base = public_base_url.rstrip("/")
        self._tokens = tuple(token for token in auth_tokens if token)

    def is_signed(self, path: str, query: bytes, form: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        """Whether one of our keys signed this request: see the function of the same name."""
        return is_signed(self._base, path, query, form, headers, self._tokens)

    def read_inbound(self, form: Mapping[str, str]) -> Received:
        """Return what somebody sent: see the function of the same name."""
        return read_inbound(form)

    def read_status(self, form: Mapping[str, str]) -> Receipt | Ignored:
        """Return how far a message has come: see the function of the same name."""
        return read_status(form)


def is_signed(
    base_url: str,
    path: str,
    query: bytes,
    form: Mapping[str, str],
    headers: Mapping[str, str],
    auth_tokens: Sequence[str],
) -> bool:
    """Whether one of `auth_tokens` signed this request, by Twilio's own validator.

    Args:
        base_url: the public address, without a path's slash at its end.
        path: of the request, beginning with a slash.
        query: the query string, raw: decoding it would change what was signed.
        form: the MultiDict itself: a plain dict would lose fields that come twice.
        headers: of the request; only Twilio's own two are read.
        auth_tokens: keys that may have signed.
    """
    signature = headers.get(SIGNATURE_HEADER)
    algorithm = get_signature_algorithm(headers.get(SIGNATURE_SETTINGS_HEADER))
    if not signature or algorithm not in _ALGORITHMS:
        return False
    url = base_url + path + ("?" + query.decode("latin-1") if query else "")
    return any(RequestValidator(token).validate(url, form, signature, algorithm) for token in auth_tokens)


def read_inbound(form: Mapping[str, str]) -> Received:
    """Return what somebody sent, word for word: emoji, NULs and all.

    Raises:
        channels.errors.Unreadable: MessageSid or From is missing.
    """
    return Received(
        channel="sms",
        provider_id=_required(form, "MessageSid"),
        address=_required(form, "From"),
        text=form.get("Body", ""),
        media_count=_count(form.get("NumMedia", "")),
        handled_by_provider=_KEYWORDS.get(form.get("OptOutType", "").upper()),
    )


def read_status(form: Mapping[str, str]) -> Receipt | Ignored:
    """Return how far one of our messages has come, or `Ignored` where Twilio's word for it says nothing to us.

    Raises:
        channels.errors.Unreadable: MessageSid or MessageStatus is missing.
    """
    provider_id = _required(form, "MessageSid")
    status = STATUSES.get(_required(form, "MessageStatus").lower())
    if status is None:
        return Ignored("a status that is not about a message of ours going out, or that is new")
    code = form.get("ErrorCode", "")
    why = undelivered(code) if status in _GONE_WRONG else None
    return Receipt(
        channel="sms",
        provider_id=provider_id,
        status=status,
        error_code=code if code.strip("0") else None,
        permanent=bool(why and why.permanent),
        explanation=why.explanation if why else None,
        opted_out=bool(why and why.opted_out),
    )


def _count(written: str) -> int:
    """A number of pictures; Twilio sends ten at most, so what is longer than two digits is no number of Twilio's."""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 2 else 0


def _required(form: Mapping[str, str], field: str) -> str:
    value = form.get(field, "")
    if not value:
        raise Unreadable(f"{field} is missing")
    return value
