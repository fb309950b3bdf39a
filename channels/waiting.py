"""How long a provider asks us to wait, in whatever form it says so: one reading for every channel.

Pure but for the clock it is given. May not wait, nor decide what to do about it.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from channels.errors import LONGEST_WAIT


def wait_asked_for(headers: Mapping[str, str], now: Callable[[], float] = time.time) -> float | None:
    """Return the seconds that the header `Retry-After` asks for (RFC 9110 section 10.2.3), None where it asks for none.

    It may be a number of seconds or a date in any of HTTP's forms (section 5.6.7). A date is measured against the answer's
    own `Date`, so that no clock of ours comes into it, and against `now` where there is none.

    Args:
        headers: of the answer.
        now: seconds since 1970.
    """
    value = headers.get("Retry-After", "").strip()
    try:
        return within_bounds(float(value))
    except ValueError:
        moment, sent = _moment(value), _moment(headers.get("Date", ""))
    return None if moment is None else within_bounds(moment - (now() if sent is None else sent))


def within_bounds(seconds: float) -> float | None:
    """Return `seconds`, but never less than none or more than a day; None for what is no number."""
    bounded = min(max(seconds, 0), LONGEST_WAIT)
    return None if math.isnan(bounded) else float(bounded)


def _moment(written: str) -> float | None:
    try:
        moment: datetime = parsedate_to_datetime(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
