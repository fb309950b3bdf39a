"""What is looked at once more at the moment of sending, kind by kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.calendar import LONDON, Hours
from bot.conversation.state import State
from bot.cover.hours import may_go_at
from bot.sending.checks import CHECKS, EVERY_KIND, verdict
from store.sending.claimed import Claimed, Facts
from store.talks.messages import LIFETIMES, PRIORITIES
from tests.builders import COUNCIL, MUM
from tests.shipped import CATALOGUE

TUESDAY = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
MONDAY_NIGHT = datetime(2026, 10, 5, 22, 0, tzinfo=UTC)
PARENT = Facts(safe_contact="text", audience="parent_carer")
A_MOMENT = timedelta(seconds=1)


def claimed(kind: str, facts: Facts = PARENT, channel: str = "sms", **columns: object) -> Claimed:
    usual = Claimed(1, channel, MUM, "hello", None, "k", kind, 1, False, 1, at=TUESDAY, first_attempt_at=TUESDAY)
    return usual._replace(facts=facts, **columns)  # type: ignore[arg-type]


def code(message: Claimed, now: datetime = TUESDAY) -> str | None:
    found = verdict(message, now, COUNCIL)
    return found.code if found else None


def test_every_kind_has_a_priority_a_lifetime_and_a_place_in_the_table():
    assert set(PRIORITIES) == set(LIFETIMES) == EVERY_KIND
    assert {check.code for check in CHECKS} >= {
        "opted_out",
        "too_old",
        "not_safe_to_text",
        "case_closed",
        "out_of_hours",
    }


@pytest.mark.parametrize(
    ("facts", "found", "kinds"),
    [
        (PARENT, None, EVERY_KIND),
        (PARENT._replace(opted_out=True), "opted_out", EVERY_KIND - {"confirmation"}),
        (PARENT._replace(opted_out=True), None, {"confirmation"}),
        (PARENT._replace(person_opted_out=True), "opted_out", {"reply", "safety", "invitation", "reminder"}),
        (PARENT._replace(safe_contact="none"), "not_safe_to_text", {"invitation", "reminder", "reply"}),
        (PARENT._replace(safe_contact="none"), None, {"safety", "confirmation", "alert"}),
        (PARENT._replace(safe_contact="discreet"), "not_safe_to_text", {"invitation", "reminder", "reply"}),
        (PARENT._replace(safe_contact_there="none"), "not_safe_to_text", {"invitation", "reminder", "reply"}),
        (PARENT._replace(safe_contact_there="none"), None, {"safety", "confirmation", "alert"}),
        (PARENT._replace(safe_contact_there="discreet"), "not_safe_to_text", {"invitation", "reminder", "reply"}),
        (PARENT._replace(address_closed="wrong_number"), "address_closed", {"invitation", "reminder", "reply"}),
        (PARENT._replace(address_closed="undeliverable"), None, {"reply", "safety", "confirmation"}),
        (PARENT._replace(address_closed="wrong_number"), None, {"safety", "confirmation"}),
        (PARENT._replace(do_not_contact=True), "do_not_contact", {"invitation", "reminder", "reply"}),
        (PARENT._replace(do_not_contact=True, opted_out=True), "do_not_contact", {"invitation", "reminder", "reply"}),
        (PARENT._replace(do_not_contact=True), None, {"safety", "confirmation", "alert", "alarm", "digest"}),
        (PARENT._replace(address_frozen=True), "address_frozen", {"invitation", "reminder"}),
        (PARENT._replace(address_frozen=True), None, {"reply", "safety", "confirmation"}),
        (PARENT._replace(conversation_closed_at=TUESDAY + A_MOMENT), "conversation_closed", {"invitation", "reply"}),
        (PARENT._replace(conversation_closed_at=TUESDAY + A_MOMENT), None, {"safety", "confirmation"}),
        (PARENT._replace(conversation_closed_at=TUESDAY), None, {"invitation", "reply"}),
        (PARENT._replace(case_ended_on=date(2026, 10, 6)), "case_closed", {"invitation", "reminder", "reply"}),
        (PARENT._replace(overtaken=True), "overtaken", {"invitation", "reminder"}),
        (PARENT._replace(overtaken=True), None, {"reply"}),
        (PARENT._replace(heard_at=TUESDAY + A_MOMENT), "answered_since", {"reminder"}),
        (PARENT._replace(heard_at=TUESDAY + A_MOMENT), None, {"invitation", "reply"}),
    ],
)
def test_a_fact_speaks_against_some_kinds_and_not_against_others(facts: Facts, found: str | None, kinds: set[str]):
    assert {kind: code(claimed(kind, facts)) for kind in kinds} == dict.fromkeys(kinds, found)


FIRST_WORDS = State.new(CATALOGUE.get("yp_11_15_review"), {}).but(phase="invited").to_json()
GOING_ON = State.new(CATALOGUE.get("yp_11_15_review"), {}).but(phase="asking", turn=1).to_json()
AT_15 = Facts(
    safe_contact="text",
    audience="young_person",
    age_band="11-15",
    birth_date=date(2010, 10, 7),
    may_alone=True,
    conversation_state=FIRST_WORDS,
)
ON_THE_EVE = datetime(2026, 10, 6, 15, 50, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("facts", "days_later", "found"),
    [
        (AT_15, 0, None),
        (AT_15, 1, "other_age"),
        (AT_15._replace(conversation_state=GOING_ON), 1, None),
        (AT_15._replace(conversation_state=None), 1, None),
        (AT_15._replace(birth_date=None, recorded_band="11-15"), 1, None),
        (AT_15._replace(birth_date=None, recorded_band="16-25"), 0, "other_age"),
        (AT_15._replace(birth_date=date(2008, 10, 7), age_band="16-25"), 1, "out_of_hours"),
        (AT_15._replace(audience="parent_carer", age_band=None), 1, "out_of_hours"),
    ],
)
def test_first_words_are_for_the_age_of_the_day_on_which_they_leave(facts: Facts, days_later: int, found: str | None):
    now = ON_THE_EVE + timedelta(days=days_later)
    assert code(claimed("invitation", facts, at=ON_THE_EVE), now) == found
    assert code(claimed("reply", facts, at=ON_THE_EVE), ON_THE_EVE) is None


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (AT_15, None),
        (AT_15._replace(may_alone=None), "not_at_their_age"),
        (AT_15._replace(may_alone=False), "not_at_their_age"),
        (AT_15._replace(may_alone=None, birth_date=date(2009, 1, 1)), None),
        (AT_15._replace(birth_date=date(2017, 1, 1)), "not_at_their_age"),
        (AT_15._replace(birth_date=None, recorded_band="8-10"), "not_at_their_age"),
        (AT_15._replace(birth_date=None, recorded_band=None), None),
        (AT_15._replace(audience="parent_carer", may_alone=None), None),
        (AT_15._replace(may_alone=None, conversation_closed_at=TUESDAY), None),
    ],
)
def test_nobody_is_asked_on_who_is_too_young_to_be_asked_alone(facts: Facts, found: str | None):
    message = claimed("reply", facts._replace(conversation_state=GOING_ON))
    assert (code(message), code(message._replace(kind="safety"))) == (found, None)


def test_nobody_is_reminded_who_is_too_young_to_be_asked_alone():
    undecided = AT_15._replace(conversation_state=GOING_ON, may_alone=None)
    assert code(claimed("reminder", undecided, at=ON_THE_EVE), ON_THE_EVE) == "not_at_their_age"
    assert code(claimed("reminder", undecided._replace(may_alone=True), at=ON_THE_EVE), ON_THE_EVE) is None


def test_an_alert_is_mailed_although_its_reader_has_unsubscribed_from_invitations():
    stopped = PARENT._replace(opted_out=True)
    assert code(claimed("alert", stopped, "email")) is None
    assert code(claimed("invitation", stopped, "email")) == "opted_out"


@pytest.mark.parametrize("kind", sorted(EVERY_KIND))
def test_what_is_past_its_time_is_dropped_whatever_its_kind(kind: str):
    message = claimed(kind, not_after=TUESDAY)
    assert code(message) is None
    assert code(message, TUESDAY + A_MOMENT) == "too_old"


def test_out_of_hours_an_invitation_waits_for_the_window_to_open_and_a_reply_does_not():
    found = verdict(claimed("invitation"), MONDAY_NIGHT, COUNCIL)
    assert found is not None
    assert found.until == datetime(2026, 10, 6, 10, 0, tzinfo=LONDON)
    assert verdict(claimed("reply"), MONDAY_NIGHT, COUNCIL) is None
    assert verdict(claimed("invitation"), MONDAY_NIGHT, replace(COUNCIL, keeps_windows=False)) is None


def test_what_would_be_too_old_when_its_window_opens_is_dropped_now():
    assert code(claimed("invitation", not_after=MONDAY_NIGHT + timedelta(hours=1)), MONDAY_NIGHT) == "too_old"


@pytest.mark.parametrize(
    ("audience", "band", "desk", "asked_at", "goes_at"),
    [
        ("parent_carer", None, "mon-fri 09:00-17:00", "2026-10-06 14:59", "2026-10-06 14:59"),
        ("parent_carer", None, "mon-fri 09:00-16:00", "2026-10-06 14:00", "2026-10-07 10:00"),
        ("parent_carer", None, "mon-fri 11:00-17:00", "2026-10-06 10:15", "2026-10-06 11:00"),
        ("parent_carer", None, "tue 09:00-17:00", "2026-10-07 10:15", "2026-10-13 10:00"),
        ("parent_carer", None, "fri 09:00-17:00", "2026-10-07 10:15", None),
        ("parent_carer", None, "mon-fri 16:00-20:00", "2026-10-06 10:15", None),
        ("young_person", "16-25", "mon-fri 09:00-17:00", "2026-10-06 15:30", "2026-10-07 12:00"),
        ("young_person", "11-15", "mon-fri 09:00-17:00", "2026-10-06 12:00", "2026-10-06 15:45"),
        ("young_person", "11-15", "mon-fri 09:00-18:00", "2026-10-06 16:30", "2026-10-07 15:45"),
        ("young_person", "11-15", "mon-fri 09:00-17:00", "2026-10-26 11:00", "2026-10-26 12:00"),
        ("partner", None, "mon-fri 09:00-17:00", "2026-10-06 22:00", "2026-10-07 09:30"),
        ("partner", None, "mon-fri 09:00-17:00", "2026-10-08 15:00", "2026-10-13 09:30"),
        ("open_access", None, "mon-fri 09:00-17:00", "2026-10-06 22:00", "2026-10-06 22:00"),
    ],
)
def test_nothing_leaves_without_cover(audience: str, band: str | None, desk: str, asked_at: str, goes_at: str | None):
    council = replace(COUNCIL, duty=replace(COUNCIL.duty, hours=Hours.parse(desk)))
    moment = datetime.fromisoformat(asked_at).replace(tzinfo=LONDON)
    expected = datetime.fromisoformat(goes_at).replace(tzinfo=LONDON) if goes_at else None
    assert may_go_at(audience, band, moment, council) == expected
