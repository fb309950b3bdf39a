"""Where Telegram posts what people write.

Thin: check the secret, read, hand over, answer. May not know the provider's forms: `app.py` passes what takes an update in.
May not keep, log or answer anything itself. The app exempts this blueprint from CSRF checks; the secret is what proves a
request: core.telegram.org/bots/api#setwebhook.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable

from flask import Blueprint, Response, request

from channels.access import open_to
from channels.errors import Rejected
from channels.webhooks.bounds import webhook

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

_LARGEST = (
    256 * 1024
)  # bytes; a text of 4,096 emoji that are escaped one by one takes about 50,000, with what it answers twice


def telegram_webhooks(secret: str, take_in: Callable[[object], object]) -> Blueprint:
    """Return the blueprint with POST /webhooks/telegram.

    Answers 200 only after `take_in` has returned; what it raises is not caught, so Telegram sees a 500 and posts the update
    again. A request without the secret is answered 403, one that is no update 400, one above 256 KiB 413, and nothing is
    called.

    Args:
        secret: what Telegram was given to prove itself with.
        take_in: is handed the update as JSON; what it says is kept when it returns. May raise `Unreadable`.

    Raises:
        ValueError: there is no secret, so nothing could be trusted.
    """
    if not secret:
        raise ValueError("The webhook's secret is missing: without it anybody could pretend to be Telegram.")
    pages = webhook("telegram", not_proven="Not from Telegram.", largest=_LARGEST)

    @pages.post("")
    @open_to("provider")
    def inbound() -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
            raise Rejected("the secret is missing or wrong")
        take_in(request.get_json(force=True))
        return Response(status=200)

    return pages
