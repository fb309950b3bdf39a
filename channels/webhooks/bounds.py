"""What every provider's webhook has in common: how much it may post, and what it is answered when it may not."""

from __future__ import annotations

from flask import Blueprint, Response, request

from channels.errors import Rejected, Unreadable


def webhook(provider: str, *, not_proven: str, largest: int) -> Blueprint:
    """Return a blueprint at /webhooks/`provider`, which takes no more than it must and answers in a sentence.

    `Rejected` is answered 403 with `not_proven`, `Unreadable` 400 with its own words, and what is above `largest` bytes 413.
    Nothing else is caught.
    """
    pages = Blueprint(f"{provider}_webhooks", __name__, url_prefix=f"/webhooks/{provider}")

    @pages.before_request
    def bound() -> None:
        request.max_content_length = largest

    @pages.errorhandler(Rejected)
    def rejected(_: Rejected) -> Response:
        return Response(f"{not_proven}\n", status=403, mimetype="text/plain")

    @pages.errorhandler(Unreadable)
    def unreadable(problem: Unreadable) -> Response:
        return Response(f"{problem}\n", status=400, mimetype="text/plain")

    return pages
