"""Days and hours of the council, all of it in Europe/London: working days, when somebody may be written to.

`days` knows bank holidays, `terms` school terms, `hours` the send windows.
"""

from __future__ import annotations

from bot.calendar.days import (
    LONDON,
    bank_holidays,
    first_working_day,
    holidays_known_until,
    is_working_day,
    local_day,
    midnight,
    month_after,
    month_before,
    months_earlier,
)
from bot.calendar.hours import DAY_NAMES, SEND_WINDOWS, Hours, in_a_text, in_window, next_in, window_on
from bot.calendar.terms import BadTerms, is_school_holiday, terms_known_until
from bot.calendar.warnings import warnings

__all__ = [
    "DAY_NAMES",
    "LONDON",
    "SEND_WINDOWS",
    "BadTerms",
    "Hours",
    "bank_holidays",
    "first_working_day",
    "holidays_known_until",
    "in_a_text",
    "in_window",
    "is_school_holiday",
    "is_working_day",
    "local_day",
    "midnight",
    "month_after",
    "month_before",
    "months_earlier",
    "next_in",
    "terms_known_until",
    "warnings",
    "window_on",
]
