"""How long a provider asks us to wait."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.errors import LONGEST_WAIT
from channels.telegram.codes import failure
from channels.waiting import wait_asked_for, within_bounds

NOW = 1_793_700_000.0  # Tue, 03 Nov 2026 10:00:00 GMT
SENT = {"Date": "Tue, 03 Nov 2026 09:59:00 GMT"}


def asked(value: str, **headers: str) -> float | None:
    return wait_asked_for({"Retry-After": value, **headers}, lambda: NOW)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("", None),
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0.5", 0.5),
        ("-3", 0.0),
        ("1e12", LONGEST_WAIT),
        ("soon", None),
        ("nan", None),
        ("inf", LONGEST_WAIT),
        ("1e999", LONGEST_WAIT),
        ("Tue, 03 Nov 2026 10:00:30 GMT", 30.0),
        ("Tue, 03 Nov 2026 10:00:30 +0000", 30.0),
        ("Tue, 03 Nov 2026 11:00:30 +0100", 30.0),
        ("Tue, 03 Nov 2026 10:00:30 -0000", 30.0),
        ("Tue Nov  3 10:00:30 2026", 30.0),
        ("Tuesday, 03-Nov-26 10:00:30 GMT", 30.0),
        ("Tue, 03 Nov 2026 09:00:00 GMT", 0.0),
        ("Tue, 03 Nov 2099 09:00:00 GMT", LONGEST_WAIT),
        ("Tue, 99 Nov 2026 10:00:30 GMT", None),
        ("Tue, 03 Nov 99999999 10:00:30 GMT", None),
    ],
)
def test_a_wait_is_a_number_of_seconds_or_a_date_in_any_form_that_http_knows(value, seconds):
    assert asked(value) == seconds


def test_nobody_who_asks_for_nothing_is_waited_for():
    assert wait_asked_for({}) is None


def test_a_date_is_measured_against_the_answers_own_where_it_has_one():
    assert asked("Tue, 03 Nov 2026 10:00:30 GMT", **SENT) == 90.0
    assert asked("Tue, 03 Nov 2026 10:00:30 GMT", Date="yesterday") == 30.0


@given(st.text(max_size=40))
def test_whatever_is_asked_for_the_wait_makes_sense(value):
    seconds = asked(value, Date=value)
    assert seconds is None or 0 <= seconds <= LONGEST_WAIT


@pytest.mark.parametrize(("asked_for", "seconds"), [(7, 7.0), (-1, 0.0), (10**400, LONGEST_WAIT), (float("nan"), None)])
def test_the_wait_that_telegram_asks_for_has_the_same_bounds(asked_for, seconds):
    assert within_bounds(asked_for) == seconds
    body = json.dumps({"description": "Too Many Requests", "parameters": {"retry_after": asked_for}}).encode()
    assert failure(429, body).retry_after == seconds
