"""Where the SMS provider posts what people write and how far our messages have come.

Thin: check the signature, read, hand over, answer. May not know the provider: `app.py` passes a reader. May not keep,
log or answer anything itself. The app exempts this blueprint from CSRF checks; the signature is what proves a request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from flask import Blueprint, Response, request

from channels.access import open_to
from channels.base import Ignored, Receipt, Received
from channels.errors import Rejected
from channels.webhooks.bounds import webhook

_NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""TwiML for "say nothing back": replies go through the outbox, so that they are kept and can be tried again."""

_LARGEST = 64 * 1024  # bytes; 1,600 emoji take about 20,000 once they are form-encoded


class Reader(Protocol):
    """What knows the provider's form: `channels.sms.TwilioReader`."""

    def is_signed(self, path: str, query: bytes, form: Mapping[str, str], headers: Mapping[str, str]) -> bool:
        """Whether the provider signed this request."""

    def read_inbound(self, form: Mapping[str, str]) -> Received:
        """Return what somebody sent, or raise `Unreadable`."""

    def read_status(self, form: Mapping[str, str]) -> Receipt | Ignored:
        """Return how far a message has come, or raise `Unreadable`."""


def sms_webhooks(
    reader: Reader, receive: Callable[[Received], object], record_receipt: Callable[[Receipt], object]
) -> Blueprint:
    """Return the blueprint with POST /webhooks/sms and POST /webhooks/sms/status.

    Answers 200 with empty TwiML, or 204 for a status, only after `receive` or `record_receipt` has returned; what they
    raise is not caught, so the provider sees a 500 and its own fallback applies. A request that is not signed is
    answered 403, one without a sender or an id 400, one above 64 KiB 413, and nothing is called.
    """
    pages = webhook("sms", not_proven="Not signed by the provider.", largest=_LARGEST)

    @pages.post("")
    @open_to("provider")
    def inbound() -> Response:
        receive(reader.read_inbound(_signed_form(reader)))
        return Response(_NO_REPLY, mimetype="text/xml")

    @pages.post("/status")
    @open_to("provider")
    def status() -> Response:
        news = reader.read_status(_signed_form(reader))
        if isinstance(news, Receipt):
            record_receipt(news)
        return Response(status=204)

    return pages


def _signed_form(reader: Reader) -> Mapping[str, str]:
    if not reader.is_signed(request.path, request.query_string, request.form, dict(request.headers)):
        raise Rejected("the signature is missing or wrong")
    return request.form
