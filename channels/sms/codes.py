"""What Twilio's error codes and HTTP statuses mean for us: one table, and the few lines that read it.

May not quote Twilio's own sentences: they hold the number that was written to.
Codes: twilio.com/docs/api/errors. A code that is not in the table is judged by its HTTP status.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from channels import errors
from channels.errors import SendError

_ACCOUNT = "Twilio does not accept our account or its key. Check the account's name, key and standing."
_SENDER = "Twilio will not send from our number or messaging service. Check the sender in Twilio's console."
_BUSY = "Twilio asked us to send more slowly."
_NOT_MOBILE = "Twilio says that this number cannot take text messages."

_CODES: dict[int, tuple[type[SendError], str]] = {
    14107: (errors.Busy, _BUSY),
    20003: (errors.OurFault, _ACCOUNT),
    20005: (errors.OurFault, _ACCOUNT),
    20006: (errors.OurFault, _ACCOUNT),
    20008: (errors.OurFault, "These are Twilio's test keys, which send nothing. Set the live ones."),
    20404: (errors.OurFault, _ACCOUNT),
    20429: (errors.Busy, _BUSY),
    21211: (errors.BadAddress, "Twilio says that this is not a phone number."),
    21212: (errors.OurFault, _SENDER),
    21217: (errors.BadAddress, "Twilio says that this is not a phone number."),
    21265: (errors.BadAddress, _NOT_MOBILE),
    21408: (
        errors.Refused,  # nearly always a stranger's number abroad, and meant so
        "Our Twilio account may not send to this country. Allow it in Twilio's geographic permissions.",
    ),
    21602: (errors.Refused, "The message has no text."),
    21603: (errors.OurFault, _SENDER),
    21604: (errors.BadAddress, "There is no number to send to."),
    21606: (errors.OurFault, _SENDER),
    21608: (errors.OurFault, "A Twilio trial account sends only to numbers that were verified with it."),
    21609: (
        errors.OurFault,
        "Twilio cannot use the address it should report back to. Check the public address of Heard.",
    ),
    21610: (errors.OptedOut, "This person has told Twilio to stop."),
    21611: (errors.Busy, "Twilio's queue for our number is full."),
    21612: (errors.BadAddress, "Twilio cannot reach this number from ours."),
    21614: (errors.BadAddress, _NOT_MOBILE),
    21617: (errors.Refused, "The message is longer than the 1,600 characters that Twilio takes."),
    21635: (errors.BadAddress, _NOT_MOBILE),
    21659: (errors.OurFault, _SENDER),
    21660: (errors.OurFault, _SENDER),
    21661: (errors.OurFault, _SENDER),
    21701: (errors.OurFault, _SENDER),
    21703: (errors.OurFault, _SENDER),
    21704: (errors.OurFault, _SENDER),
    21705: (errors.OurFault, _SENDER),
    30001: (errors.Busy, "Twilio's queue for our number is full."),
    30002: (errors.OurFault, _ACCOUNT),
    63038: (errors.Busy, "Our Twilio account has sent all that it may send today."),
}

_STATUSES: dict[int, tuple[type[SendError], str]] = {
    401: (errors.OurFault, _ACCOUNT),
    403: (errors.OurFault, _ACCOUNT),
    404: (errors.OurFault, _ACCOUNT),
    408: (errors.TimedOut, "Twilio waited too long for the end of our request."),
    429: (errors.Busy, _BUSY),
}


def failure(status: int, code: int | None, headers: Mapping[str, str]) -> SendError:
    """Return the error that an answer of Twilio's stands for, ready to be raised.

    Args:
        status: HTTP status, anything but 2xx.
        code: Twilio's own code from the body, if there was one.
        headers: of the answer; `Retry-After` is honoured in both of its forms (RFC 9110 section 10.2.3).
    """
    kind, explanation = _CODES.get(code or 0) or _STATUSES.get(status) or _by_class(status)
    return kind(str(code or status), explanation, retry_after=_wait(headers))


def _by_class(status: int) -> tuple[type[SendError], str]:
    if 400 <= status < 500:
        return errors.Refused, "Twilio refused the message. Its code says why: twilio.com/docs/api/errors."
    return errors.ProviderFault, "Twilio answered with a fault of its own."


def _wait(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait; a date is measured against the answer's own `Date`, so that no clock of ours comes into it."""
    value = headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        seconds = float(value) if not value.endswith("GMT") else _until(value, headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _until(moment: str, now: str) -> float:
    return (parsedate_to_datetime(moment) - parsedate_to_datetime(now)).total_seconds()
