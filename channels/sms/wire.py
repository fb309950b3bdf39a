"""The line to Twilio: carries the client's requests and turns everything that goes wrong into `channels.errors`.

Errors of `requests` and of the client hold whole URLs and Twilio's sentences, numbers included. They end here: what
leaves has no cause and no context, so that no traceback can show them. Nothing here may log.
"""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from twilio.http.http_client import TwilioHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]
from urllib3.exceptions import NameResolutionError, NewConnectionError

from channels import errors
from channels.deadline import Deadline
from channels.errors import SendError
from channels.sms import codes
from channels.sms.timely import DEADLINE, Timely

_TOO_LATE = "Twilio did not answer in time. It may have taken the message."
_UNANSWERED = "The connection to Twilio was lost before it answered. It may have taken the message."


class Wire:
    """What `twilio.rest.Client` takes as its HTTP client; safe to share between threads.

    Redirects are not followed and nothing is retried, so a message is posted once at most.

    Raises (from `request`):
        channels.errors.SendError: no connection, no answer in time, or an answer other than 2xx.
    """

    is_async = False

    def __init__(self, timeout: float) -> None:
        """`timeout`: seconds allowed for a whole exchange."""
        _silence()
        self._timeout = timeout
        self._client: Any = TwilioHttpClient(timeout=timeout, logger=_nowhere())
        for scheme in ("https://", "http://"):
            self._client.session.mount(scheme, Timely())

    @contextmanager
    def exchange(self) -> Iterator[None]:
        """Let all that is requested in here take no longer than the time-out in all."""
        with Deadline(self._timeout) as deadline:
            before = DEADLINE.set(deadline)
            try:
                yield
            finally:
                DEADLINE.reset(before)

    def request(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - the client's arguments, passed through
        """Make one request, within an `exchange`; takes what `TwilioHttpClient.request` takes."""
        deadline = DEADLINE.get()
        limit = {"timeout": deadline.left} if deadline else {}
        try:
            response = self._client.request(*args, **{**kwargs, **limit})
        except requests.RequestException as problem:
            trouble = disconnected(problem)
        else:
            if deadline and deadline.is_over:  # what came may be only the beginning of an answer
                raise errors.TimedOut("timed_out", _TOO_LATE)
            if 200 <= response.status_code < 300:
                return response
            trouble = codes.failure(response.status_code, _code(response), response.headers)
        raise trouble

    def close(self) -> None:
        """Close the connections that are kept open for reuse."""
        self._client.session.close()


def disconnected(problem: requests.RequestException) -> SendError:
    """Say whether a request that failed without an answer may have reached Twilio.

    What `requests` makes a ValueError too is an address that cannot be one, noticed before anything is sent.
    """
    if isinstance(problem, requests.ReadTimeout):
        return errors.TimedOut("timed_out", _TOO_LATE)
    if isinstance(problem, requests.ConnectTimeout | ValueError) or any(map(_before_sending, _within(problem))):
        return errors.Unreachable("unreachable", "No connection to Twilio could be made, so nothing was sent.")
    return errors.TimedOut("connection_lost", _UNANSWERED)


def _before_sending(problem: BaseException) -> bool:
    return isinstance(problem, NewConnectionError | NameResolutionError | ssl.SSLCertVerificationError)


def _within(problem: BaseException) -> Iterator[BaseException]:
    """Yield an exception and those that it wraps: requests and urllib3 put them in arguments, reasons and contexts."""
    seen: list[BaseException] = [problem]
    for each in seen:
        inner = (*each.args, getattr(each, "reason", None), each.__context__)
        seen.extend(i for i in inner if isinstance(i, BaseException) and i not in seen)
    yield from seen


def _code(response: Response) -> int | None:
    try:
        code = json.loads(response.text)["code"]
    except (ValueError, TypeError, KeyError):
        return None
    return code if isinstance(code, int) else None


def _nowhere() -> logging.Logger:
    """A logger for the client, which else writes URLs with numbers in them at level INFO."""
    logger = logging.getLogger("channels.sms.twilio")
    logger.setLevel(logging.CRITICAL)
    return logger


def _silence() -> None:
    """Keep urllib3 from writing request lines, which hold the number that a list is asked for."""
    logging.getLogger("urllib3.connectionpool").setLevel(logging.CRITICAL)
    logging.getLogger("twilio.http_client").setLevel(logging.CRITICAL)
